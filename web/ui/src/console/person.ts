// Who somebody is, in the words that stand wherever something is written or
// pressed for them: the name, and the age that tells namesakes apart.

import type { Head } from "../wire";
import type { Talk } from "../shared/talk";
import { readable } from "../shared/when";
import type { console_ as english } from "../texts/en_staff";

export interface Person {
  name: string;
  /** In words; "" where nobody knows the day of birth. */
  age: string;
  /** The day of birth in words. */
  born: string;
  /** Name and age: how they are called beside a field and on a button. */
  called: string;
}

/** personOf is who a conversation is with, as far as head and talk tell. */
export function personOf(head: Head | undefined, talk: Talk | undefined, words: typeof english, language: string): Person {
  const told = (slot: string): string => talk?.answers.find((a) => a.slot === slot && !a.skipped)?.text ?? "";
  const name = head?.patient || talk?.vouched?.["name"] || told("name") || words.unnamed;
  const day = head?.born || talk?.vouched?.["born"] || "";
  const age = ageIn(day, new Date(), words);
  return { name, age, born: day && readable(day, language), called: age ? `${name}, ${age}` : name };
}

/** ageIn gives an age in years, of small children in months. */
export function ageIn(born: string, now: Date, words: typeof english): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(born);
  if (!m) return "";
  const months = (now.getFullYear() - Number(m[1])) * 12 + now.getMonth() + 1 - Number(m[2]) - (now.getDate() < Number(m[3]) ? 1 : 0);
  if (months < 0 || months > 12 * 130) return "";
  return months < 24 ? words.months(months) : words.years(Math.floor(months / 12));
}
