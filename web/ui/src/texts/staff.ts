// The texts of the console, in every language.

import * as en from "./en_staff";
import type { Language } from "./pick";
import { mirrored, pseudo } from "./pseudo";
import * as ru from "./ru_staff";

/** staffTextsOf gives them in a language. */
export function staffTextsOf(language: Language): typeof en {
  if (language === pseudo) return mirrored({ ...en });
  return language === "ru" ? ru : en;
}
