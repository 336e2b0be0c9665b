// What is said of the way into a call that a check has chosen.

import { type Advice, type Choice, keptChoice } from "../../shared/chosen";
import type { Shelf } from "../../shared/shelf";
import type { BookingWords } from "../../texts/booking";

/** whyWords says what was found, and which way is the better one for it. */
export function whyWords({ way, because }: Choice, phone: boolean, { check }: BookingWords): string {
  if (way === "page") return check.ready;
  return `${check.because[because] ?? ""} ${way === "phone" && !phone ? check.so.silent : check.so[way]}`.trim();
}

/** adviceIn is what the ways in are drawn by; null where the page is the way. phone
 *  is whether the clinic has one. */
export function adviceIn(shelf: Shelf, phone: boolean, words: BookingWords): Advice | null {
  const choice = keptChoice(shelf);
  return choice.way === "page" ? null : { way: choice.way, words: whyWords(choice, phone, words) };
}
