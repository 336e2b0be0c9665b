// How a patient who looks elsewhere is fetched: a soft sound when a doctor comes
// or writes, and for a call a ring that comes again until it is joined, seen to
// or half a minute old; the page's title and, on phones, the motor say the same.

import type { Bell } from "../shared/bell";
import type { Shelf } from "../shared/shelf";

export interface RingsOptions {
  shelf: Shelf;
  bell: Bell;
  /** The patient has the panel before them. */
  noticed(): boolean;
  /** The title while nothing is the matter, and in a call's words. */
  title(): string;
  calling(): string;
  /** The page around us may show it too. */
  told(kind: "doctor" | "call" | ""): void;
}

const every = 3_000;
const longest = 30_000;

export class Rings {
  private timer: ReturnType<typeof setInterval> | undefined;
  private since = 0;
  private flash = false;

  constructor(private readonly o: RingsOptions) {}

  get muted(): boolean {
    return this.o.shelf.get("mute") !== null;
  }

  mute(on: boolean): void {
    if (on) this.o.shelf.set("mute", "1");
    else this.o.shelf.drop("mute");
  }

  /** doctor tells softly that a doctor is there. */
  doctor(): void {
    if (this.o.noticed()) return;
    if (!this.muted) this.o.bell.soft();
    this.shake([80]);
    this.o.told("doctor");
  }

  /** call rings for one that is ready, until stop. */
  call(): void {
    if (this.timer !== undefined || this.o.noticed()) return;
    this.since = Date.now();
    this.o.told("call");
    this.once();
    this.timer = setInterval(() => this.once(), every);
  }

  /** stop ends the ringing: joined, seen, or over. */
  stop(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.shake([]);
    this.flash = false;
    document.title = this.o.title();
    this.o.told("");
  }

  private once(): void {
    if (this.o.noticed() || Date.now() - this.since >= longest) {
      this.stop();
      return;
    }
    if (!this.muted) this.o.bell.ring();
    this.shake([200, 100, 200]);
    this.flash = still() || !this.flash;
    document.title = this.flash ? this.o.calling() : this.o.title();
  }

  private shake(pattern: number[]): void {
    try {
      if (!this.muted) navigator.vibrate?.(pattern);
    } catch {
      // A frame that may not: sound and title say it.
    }
  }
}

/** still is true for people who want nothing to move. */
const still = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
