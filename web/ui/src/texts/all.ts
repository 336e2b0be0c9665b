// Every language's texts for patients; the console has its own besides, in staff.ts.

import * as en from "./en";
import type { Language } from "./pick";
import { mirrored, pseudo } from "./pseudo";
import * as ru from "./ru";

/** textsOf gives the texts of a language. */
export function textsOf(language: Language): typeof en {
  if (language === pseudo) return mirrored({ ...en });
  return language === "ru" ? ru : en;
}
