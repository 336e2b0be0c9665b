// Before a booked visit begins: a clock that runs down by Bedside's time, said aloud
// at five, one and no minutes, and the check of the device meanwhile.

import type { BookedCall } from "../wire";
import { fill, h } from "../shared/dom";
import { momentOf } from "../shared/when";
import type { BookingWords } from "../texts/booking";
import { chosenWords } from "./latechoice";
import { clockOf, passed, spanOf } from "../visit/span";

export interface EarlyOptions {
  words: BookingWords;
  language: string;
  say(text: string): void;
  check(): void;
  /** The time has come: look at once whether the room runs. */
  begun(): void;
}

/** lateWords is what is said while the doctor is not there, as far as it has come; ""
 *  where they are not late. */
export function lateWords(stage: number, chosen: string, words: BookingWords): string {
  const { late } = words;
  if (chosen !== "") return chosenWords(chosen, words);
  return ["", late.told, late.lead][stage] ?? late.ask;
}

/** From here on seconds are counted. */
const nearBy = 60 * 60_000;

export class Early {
  readonly element = h("div", { class: "early", hidden: true });
  /** What runs down; it belongs right below the title that begins its sentence. */
  readonly clock = h("p", { class: "clock", "aria-hidden": "true" });
  private readonly words = h("div", { class: "early-words" });
  private readonly device: HTMLElement;
  private booked: BookedCall | null = null;
  private ahead = 0; // Bedside's clock against this machine's, in milliseconds
  private left = Infinity;
  private drawn = "";
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly o: EarlyOptions) {
    this.device = h("button", { type: "button", class: "plain", "data-act": "check", onclick: () => o.check() }, o.words.booked.check);
    this.element.append(this.words, h("div", { class: "buttons" }, this.device));
  }

  /** Milliseconds until it begins, below nothing once it should have. */
  get rest(): number {
    return this.booked ? Date.parse(this.booked.start) - Date.now() - this.ahead : 0;
  }

  /** show follows the appointment; null where there is none to wait for. */
  show(booked: BookedCall | null): void {
    this.booked = booked;
    this.element.hidden = this.clock.hidden = booked === null;
    clearInterval(this.timer);
    if (!booked) return;
    this.ahead = Date.parse(booked.now) - Date.now() || 0;
    this.draw(booked);
    this.tick();
    this.timer = setInterval(() => this.tick(), 1_000);
  }

  /** title and lead of the page while it stands. */
  title(): string {
    const { early, late, booked } = this.o.words;
    if (this.booked?.late) return late.title;
    return this.rest > 0 ? early.begins : booked.now;
  }

  lead(doctor: string): string {
    const { early } = this.o.words;
    const { booked } = this;
    if (!booked) return "";
    if (booked.late) return lateWords(booked.late, booked.chosen ?? "", this.o.words);
    const who = [doctor, booked.department].filter((t) => t !== "").join(", ");
    return `${early.when(momentOf(booked.start, this.o.language))}${who === "" ? "" : ` ${who}.`}`;
  }

  private draw(booked: BookedCall): void {
    const { early } = this.o.words;
    const late = booked.late ?? 0;
    const drawn = `${late} ${this.rest > 0}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.device.hidden = late > 0;
    fill(this.words, h("p", { class: "hint" }, this.rest > 0 || late > 0 ? early.keep : early.opening));
  }

  private tick(): void {
    const rest = this.rest;
    const { early, booked } = this.o.words;
    this.clock.hidden = rest <= 0;
    const text = rest < nearBy ? clockOf(rest) : spanOf(rest, booked.span);
    if (this.clock.textContent !== text) this.clock.textContent = text;
    const minutes = this.left === Infinity ? null : passed(this.left, rest);
    this.left = rest;
    if (minutes !== null) this.o.say(early.spoken[minutes] ?? "");
    if (minutes !== 0) return;
    if (this.booked) this.draw(this.booked);
    this.o.begun();
  }
}
