// Which language a page speaks.

export type Language = "en" | "ru";

const written: readonly string[] = ["en", "ru"];

/** pick takes the first wish that there is a file for. */
export function pick(...wishes: (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const base = (wish ?? "").toLowerCase().split(/[-_]/)[0] ?? "";
    if (written.includes(base)) return base as Language;
  }
  return "en";
}

/** wished are the browser's languages, the dearest first. */
export const wished = (): readonly string[] => navigator.languages ?? [navigator.language];
