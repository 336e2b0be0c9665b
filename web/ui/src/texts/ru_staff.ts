// Всё, что говорит консоль: слова для пациентов и её собственные.

export * from "./ru";
export * from "./ru_console";
export * from "./ru_flows";
export * from "./ru_visits";
