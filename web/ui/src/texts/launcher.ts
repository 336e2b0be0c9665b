// The launcher's texts alone: a clinic's page loads no others.

import { launcher as en } from "./en";
import type { Language } from "./pick";
import { mirrored, pseudo } from "./pseudo";
import { launcher as ru } from "./ru";

/** launcherTexts gives them in a language. */
export function launcherTexts(language: Language): typeof en {
  if (language === pseudo) return mirrored(en);
  return language === "ru" ? ru : en;
}
