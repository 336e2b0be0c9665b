// A language for tests, made of English: its letters are drawn from right to
// left and its texts are half as long again. Whatever stands on a page in Latin
// letters then has no text in the language's file, whatever is cut off had no
// room, and whatever leans left was not written for all directions.

export const pseudo = "ar-XB";

const from = "abcdefghijklmnopqrstuvwxyz";
const to = "אבכדהפגהיחקלמנופקרסתאווכיז";

/** turned is the text in other letters, longer, between marks. */
export function turned(text: string): string {
  if (text === "") return "";
  const letters = [...text].map((c) => to[from.indexOf(c.toLowerCase())] ?? c).join("");
  return `«${letters}${" אבג".repeat(Math.ceil(letters.length / 12))}»`;
}

/** mirrored turns every text of a language's file. What a text is given stays as
 *  it is, for names are nobody's to translate. */
export function mirrored<T extends object>(texts: T): T {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, turn(value)])) as T;
}

function turn(value: unknown): unknown {
  if (typeof value === "string") return turned(value);
  if (typeof value === "function") return (...given: unknown[]) => around(String(value(...given)), given);
  if (Array.isArray(value)) return value.map(turn);
  return typeof value === "object" && value !== null ? mirrored(value) : value;
}

/** around turns a text but for what it was given. */
function around(text: string, given: readonly unknown[]): string {
  const name = given.map(String).find((g) => g !== "" && text.includes(g));
  if (name === undefined) return turned(text);
  return text.split(name).map(turned).join(`\u2068${name}\u2069`);
}
