// In which language somebody wrote, as far as the letters tell: a reader that
// takes Russian for English spells it letter by letter.

const cyrillic = ["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"];

/** tongueOf gives the usual language unless most letters are of another script. */
export function tongueOf(text: string, usual: string): string {
  const count = (letters: RegExp): number => (text.match(letters) ?? []).length;
  const ours = count(/[\u0400-\u04ff]/g);
  const latin = count(/[a-z]/gi);
  const expected = cyrillic.includes(usual.split("-")[0] ?? "");
  if (ours > latin && !expected) return "ru";
  if (latin > ours && expected) return "en";
  return usual;
}
