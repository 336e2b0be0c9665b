// How long it is until something begins.

import type { booked } from "../texts/en_booking";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** spanOf is a time to come in words: two units at most, the smallest a minute. */
export function spanOf(ms: number, words: typeof booked.span): string {
  const left = Math.max(0, ms);
  if (left >= day) {
    const whole = Math.round(left / hour);
    return pair(words.days(Math.floor(whole / 24)), whole % 24, words.hours);
  }
  const minutes = Math.ceil(left / minute);
  if (minutes >= 60) return pair(words.hours(Math.floor(minutes / 60)), minutes % 60, words.minutes);
  return words.minutes(minutes);
}

const pair = (first: string, n: number, second: (n: number) => string): string => (n === 0 ? first : `${first} ${second(n)}`);

/** clockOf is a short time to come as a clock that runs down: 4:07. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest.replace(/^0(\d:)/, "$1");
}

/** spokenAt are the minutes before the start at which the time is said aloud. */
export const spokenAt: readonly number[] = [5, 1, 0];

/** passed gives the last of those minutes that lies between two looks at the clock;
 *  null where none does. A look long after all of them says where it stands alone. */
export function passed(before: number, now: number): number | null {
  const crossed = spokenAt.filter((m) => before > m * minute && now <= m * minute);
  return crossed[crossed.length - 1] ?? null;
}
