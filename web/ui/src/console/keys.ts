// The console by keys alone. Single keys work wherever nothing is typed, by their
// place on the keyboard, so that a Russian layout has the same ones; whoever
// speaks to the machine or brushes keys turns them off (WCAG 2.1.4). With Alt the
// few that lead away from a field work while typing too.

export interface Shortcut {
  /** Places on the keyboard: KeyJ, Slash, Digit1. */
  codes: readonly string[];
  shift?: boolean;
  /** With Alt it works while something is typed, and when single keys are off. */
  alt?: boolean;
  /** It works before every page of the console. */
  anywhere?: boolean;
  /** With Alt it works while a dialog stands over the console, too. */
  over?: boolean;
  /** How the sheet writes it, and what it says. */
  sign: string;
  words: string;
  group: string;
  /** false: there is nothing to do now. */
  run(code: string): unknown;
}

/** withAlt are the signs of those that work while something is typed. */
export const withAlt = (all: readonly Shortcut[]): string => all.filter((s) => s.alt).map((s) => s.sign).join(" ");

export interface KeysOptions {
  shortcuts: readonly Shortcut[];
  /** Single keys are on. */
  single(): boolean;
  /** The page is before the doctor, and no sheet over it. */
  awake(): boolean;
  /** No sheet stands over the console, whatever page is looked at. */
  free(): boolean;
}

export class Keys {
  private readonly listen = (e: KeyboardEvent): void => this.key(e);

  constructor(private readonly o: KeysOptions) {
    document.addEventListener("keydown", this.listen);
  }

  end(): void {
    document.removeEventListener("keydown", this.listen);
  }

  private key(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey) return;
    const free = this.o.free();
    const awake = this.o.awake();
    const found = this.o.shortcuts.find((s) => (free || (s.over && e.altKey)) && (awake || s.anywhere) && this.fits(s, e));
    if (!found || (e.repeat && found.codes[0] !== "KeyJ" && found.codes[0] !== "KeyK")) return;
    if (found.run(e.code) !== false) e.preventDefault();
  }

  private fits(s: Shortcut, e: KeyboardEvent): boolean {
    if (!s.codes.includes(e.code)) return false;
    if (e.altKey) return s.alt === true;
    return (s.shift ?? false) === e.shiftKey && this.o.single() && !types(e.target);
  }
}

/** types says that keys are text where the focus is. */
function types(at: EventTarget | null): boolean {
  const e = at as HTMLElement | null;
  if (!e || !e.tagName) return false;
  return e.isContentEditable || /^(TEXTAREA|SELECT)$/.test(e.tagName) || (e.tagName === "INPUT" && !/^(checkbox|radio|button)$/.test((e as HTMLInputElement).type));
}
