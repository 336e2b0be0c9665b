// The texts of the second bundle.

import * as en from "./en_booking";
import type { Language } from "./pick";
import { mirrored, pseudo } from "./pseudo";
import * as ru from "./ru_booking";

export type BookingWords = typeof en;

/** bookingTexts gives the texts of a language. */
export function bookingTexts(language: Language): BookingWords {
  if (language === pseudo) return mirrored({ ...en });
  return language === "ru" ? ru : en;
}
