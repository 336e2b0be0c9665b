// The texts of the page of a join link alone.

import * as en from "./en_join";
import type { Language } from "./pick";
import { mirrored, pseudo } from "./pseudo";
import * as ru from "./ru_join";

export type JoinWords = typeof en.join;

/** joinTexts gives them in a language. */
export function joinTexts(language: Language): JoinWords {
  if (language === pseudo) return mirrored(en.join);
  return language === "ru" ? ru.join : en.join;
}
