// The way into a call that the check of the device has chosen, as this browser keeps
// it: on another device of the same patient it may be another one.

import type { Shelf } from "./shelf";

/** Choice is a way, and the finding that it comes from, as the texts name it. */
export interface Choice {
  way: "page" | "app" | "sound" | "phone";
  because: string;
}

/** Advice is a way in that is put first, and the words why. */
export interface Advice {
  way: "app" | "sound" | "phone";
  words: string;
}

const at = "way";
/** A finding holds for so long, in milliseconds: a headset is plugged in meanwhile. */
const holds = 24 * 60 * 60_000;

/** keepChoice remembers what a check has come to; null forgets it. */
export function keepChoice(shelf: Shelf, choice: Choice | null, now = Date.now()): void {
  if (choice === null || choice.way === "page") shelf.drop(at);
  else shelf.set(at, JSON.stringify({ ...choice, until: now + holds }));
}

/** keptChoice is what was found here, or else wished: sound only stands until it is
 *  taken back. */
export function keptChoice(shelf: Shelf, now = Date.now()): Choice {
  try {
    const { way, because, until } = JSON.parse(shelf.get(at) ?? "{}") as Partial<Choice & { until: number }>;
    if (way && because && (until ?? 0) > now) return { way, because };
  } catch {
    // Rubbish is no choice.
  }
  return shelf.get("sound") === null ? { way: "page", because: "" } : { way: "sound", because: "wished" };
}

/** opensItself is whether a visit may open on this page without a press. */
export const opensItself = ({ way }: Choice): boolean => way === "page" || way === "sound";
