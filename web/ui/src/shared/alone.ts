// Waiting alone in a call: who is in the room alone reads that the other was
// told, may ring again, and after a while reads the next step.

import type { door as english } from "../texts/en_call";
import { Refused } from "./api";
import { dial, h } from "./dom";

/** How long a wait is, for its words. */
export type Length = "told" | "soon" | "long";

export function lengthOf(milliseconds: number): Length {
  if (milliseconds < 30_000) return "told";
  return milliseconds < 120_000 ? "soon" : "long";
}

/** How long the bell rests after a press, in milliseconds: as the server has it. */
export const bellRest = 20_000;

export class Alone {
  readonly element = h("div", { class: "alone", hidden: true });
  private readonly text = h("p");
  private readonly bell: HTMLButtonElement;
  private readonly phone: HTMLElement;
  private who = "";
  private since = 0;
  private rungAt = 0;
  private unrung = false; // the last press did not ring
  private ringing = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly words: typeof english.alone, number: string, private readonly ring: () => Promise<void>, private readonly changed: () => void) {
    this.bell = h("button", { type: "button", class: "plain ring-again", onclick: () => void this.press() }, words.again);
    this.phone = h("p", { class: "hint", hidden: true }, words.phone + " ", number !== "" && dial(number));
    if (number === "") this.phone.replaceChildren();
    this.element.append(this.text, h("div", { class: "buttons" }, this.bell), this.phone);
  }

  /** spoken is what stands here, for the page's voice. */
  get spoken(): string {
    return this.text.textContent ?? "";
  }

  /** show follows whether somebody is alone, and whom they wait for. */
  show(alone: boolean, who: string): void {
    if (!alone) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.since = this.rungAt = 0;
      this.unrung = false;
      this.element.hidden = true;
      this.text.textContent = "";
      return;
    }
    this.since ||= Date.now();
    this.element.hidden = false;
    this.draw(who);
    this.timer ??= setInterval(() => this.draw(who), 1_000);
  }

  /** rings is told when anybody rang for the same wait. */
  rang(): void {
    this.rungAt = Date.now();
    this.unrung = false;
  }

  private draw(who: string): void {
    this.who = who;
    const now = Date.now();
    const length = lengthOf(now - this.since);
    const rested = now - this.rungAt >= bellRest;
    const words = this.unrung ? this.words.unrung : rested ? this.words[length](who) : this.words.rung;
    if (this.text.textContent !== words) {
      this.text.textContent = words;
      this.changed();
    }
    this.bell.disabled = !rested || this.ringing;
    this.phone.hidden = length !== "long" || !this.phone.hasChildNodes();
  }

  /** press says that it has rung once it has. */
  private async press(): Promise<void> {
    this.ringing = this.bell.disabled = true;
    try {
      await this.ring();
      this.rang();
    } catch (e) {
      if (e instanceof Refused && e.code === "too_many") this.rang();
      else this.unrung = true;
    }
    this.ringing = false;
    if (this.timer !== undefined) this.draw(this.who);
  }
}
