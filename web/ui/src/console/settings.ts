// What the console remembers on this machine, whoever signs in: looks, language,
// whether it sounds, whether single keys do things.

import { openShelf, type Shelf } from "../shared/shelf";
import { type Language, pick, wished } from "../texts/pick";

export type Theme = "light" | "dark" | "";

export class Settings {
  private readonly shelf: Shelf;

  constructor(shelf: Shelf = openShelf("bedside-console-set/")) {
    this.shelf = shelf;
  }

  /** theme is what was chosen here; "" follows the system. */
  theme(): Theme {
    const kept = this.shelf.get("theme");
    return kept === "light" || kept === "dark" ? kept : "";
  }

  setTheme(theme: Theme): void {
    this.put("theme", theme);
  }

  /** language is what was chosen here, else the browser's, else the clinic's. */
  language(clinic: string | undefined): Language {
    return pick(this.shelf.get("language"), ...wished(), clinic);
  }

  setLanguage(language: Language): void {
    this.put("language", language);
  }

  /** on says whether something that is usually on has been turned off: sound, keys. */
  on(what: "sound" | "keys"): boolean {
    return this.shelf.get(what) !== "off";
  }

  turn(what: "sound" | "keys", on: boolean): void {
    this.put(what, on ? "" : "off");
  }

  /** doneToday says whether something was done today on this machine: a sound heard. */
  doneToday(what: string): boolean {
    return this.shelf.get("done/" + what) === today();
  }

  doToday(what: string): void {
    this.put("done/" + what, today());
  }

  private put(key: string, value: string): void {
    if (value === "") this.shelf.drop(key);
    else this.shelf.set(key, value);
  }
}

const today = (): string => new Date().toDateString();

/** dress puts a theme on the page; "" leaves it to the clinic's choice or the system. */
export function dress(theme: Theme, clinic: string | undefined): void {
  const worn = theme || (clinic === "light" || clinic === "dark" ? clinic : "");
  if (worn) document.documentElement.dataset["theme"] = worn;
  else delete document.documentElement.dataset["theme"];
}
