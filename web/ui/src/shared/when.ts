// Days and times as people read them.

export interface DayWords {
  today: string;
  yesterday: string;
}

/** dayOf names the day of a moment, as seen now. */
export function dayOf(at: Date, now: Date, language: string, words: DayWords): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(regional(language), { day: "numeric", month: "long", ...year }).format(at);
}

export function timeOf(at: Date, language: string): string {
  return new Intl.DateTimeFormat(regional(language), { hour: "numeric", minute: "2-digit" }).format(at);
}

/** momentOf names a day and a time of this machine's zone; what is no moment stays. */
export function momentOf(text: string, language: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(regional(language), { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(at);
}

/** shortMoment is a time, with its day where that is not today. */
export function shortMoment(text: string, now: number, language: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const time = timeOf(at, language);
  return sameDay(at, new Date(now)) ? time : `${new Intl.DateTimeFormat(regional(language), { day: "numeric", month: "short" }).format(at)}, ${time}`;
}

/** regional is the language as the reader's browser has it: who reads English in
 *  London reads 15:30, not 3:30 PM. */
export function regional(language: string, wished: readonly string[] = typeof navigator === "undefined" ? [] : navigator.languages ?? []): string {
  return wished.find((w) => w.split("-")[0]?.toLowerCase() === language.split("-")[0]?.toLowerCase()) ?? language;
}

/** sameDay says whether two moments fall on one day of this machine's zone. */
export function sameDay(a: Date, b: Date): boolean {
  return midnight(a) === midnight(b);
}

/** readable turns an ISO day, as a date field gives it, into words as the bot writes
 *  them (7 March 1958), whatever the region; other text stays. */
export function readable(text: string, language: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!m) return text;
  const day = new Date(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric" }).format(day);
}

/** isoDay is the day of a moment on this machine's clock, as readable takes it. */
export function isoDay(at: string): string {
  const d = new Date(at);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

const midnight = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
