// Which languages there are, and which of them a page speaks.

import { pseudo } from "./pseudo";

/** Language is one that people are offered; the last is for tests alone: English
 *  turned round and drawn out, from right to left. */
export type Language = "en" | "ru" | typeof pseudo;

/** What people may choose from, each by its own name. */
export const offered: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "ru", name: "Русский" },
];

/** speakable gives the language for a wish, if there is a file for it. */
export function speakable(wish: string | null | undefined): Language | null {
  if (wish === pseudo) return pseudo;
  const base = (wish ?? "").toLowerCase().split(/[-_]/)[0] ?? "";
  return offered.find((l) => l.code === base)?.code ?? null;
}

/** pick takes the first wish that there is a file for. */
export function pick(...wishes: (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = speakable(wish);
    if (language) return language;
  }
  return "en";
}

/** nameOf is what a language calls itself; "" for one that nobody is offered. */
export const nameOf = (code: string): string => offered.find((l) => l.code === code)?.name ?? "";

/** directionOf is how a language is written. */
export const directionOf = (language: Language): "ltr" | "rtl" => (language === pseudo ? "rtl" : "ltr");

/** wished are the browser's languages, the dearest first. */
export const wished = (): readonly string[] => navigator.languages ?? [navigator.language];
