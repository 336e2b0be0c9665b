// Russian: files that are sent and shown, for patients and staff.

import type { files as english } from "./en_files";

const counted = (n: number): string => `${n} ${{ one: "файл", few: "файла" }[new Intl.PluralRules("ru").select(n) as "one" | "few"] ?? "файлов"}`;

export const files: typeof english = {
  attach: "Отправить фото или файл",
  choosePhoto: "Выбрать фото",
  choose: "Выбрать фото или PDF",
  choosePDF: "Выбрать PDF",
  take: "Сделать фото",
  limits: (count, size) => (count > 1 ? `Не больше ${count}, каждый до ${size}.` : `Не больше ${size}.`),
  done: (n) => `Готово: ${counted(n)}`,
  sent: (n) => counted(n),
  sending: (name) => `Отправляется ${name}`,
  preparing: "Готовим файл …",
  waiting: "Ждёт связи",
  cancel: (name) => `Не отправлять ${name}`,
  retry: "Отправить ещё раз",
  discard: "Убрать",
  failed: (name, why) => `Не отправлено: ${name}. ${why}`,
  photoFrom: (who, name) => `Фото от: ${who}, ${name}`,
  download: "Сохранить",
  loading: "Загружается …",
  notLoaded: "Файл сейчас не загружается. Попробуйте ещё раз.",
  close: "Закрыть фото",
  title: "Файлы",
  size: { kb: "КБ", mb: "МБ" },
  tooLarge: (size) => `Файл слишком большой: не больше ${size}.`,
  how: "Выберите файл ниже, затем нажмите «Готово».",
};
