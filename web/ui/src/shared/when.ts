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
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", ...year }).format(at);
}

export function timeOf(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** sameDay says whether two moments fall on one day of this machine's zone. */
export function sameDay(a: Date, b: Date): boolean {
  return midnight(a) === midnight(b);
}

/** readable turns an ISO day, as a date field gives it, into words; other text stays. */
export function readable(text: string, language: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!m) return text;
  const day = new Date(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(day);
}

const midnight = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
