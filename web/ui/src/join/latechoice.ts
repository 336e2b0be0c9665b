// What can be done where the doctor does not come: asked of whoever has the link,
// for the chat may be on another device. A new time is found by telephone or there.

import type { BookedCall } from "../wire";
import { dialButton, fill, h } from "../shared/dom";
import { newKey } from "../shared/secret";
import type { BookingWords } from "../texts/booking";
import { presses } from "../visit/press";

export interface LateChoiceOptions {
  words: BookingWords;
  say(text: string): void;
  choose(key: string, option: string): Promise<unknown>;
  /** Look what has come of it. */
  done(): void;
  /** The clinic's telephone with the words before it, "" where there is none. */
  phone: string;
  phoneWords: string;
  chat: string;
}

export class LateChoice {
  readonly element = h("div", { class: "late-choice", hidden: true });
  /** What was chosen on this page last. */
  chosen = "";
  private drawn = "";

  constructor(private readonly o: LateChoiceOptions) {}

  /** show follows the appointment; null where nothing is to be decided. */
  show(booked: BookedCall | null): void {
    const asked = booked !== null && (booked.late ?? 0) >= 3 && booked.may.includes("late");
    const drawn = asked ? `asked ${booked.chosen ?? ""}` : "";
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = !asked || booked.chosen === "wait";
    if (!asked) fill(this.element);
    else if (booked.chosen === "new_time") this.newTime();
    else this.ask();
  }

  private ask(): void {
    const { words, choose, say, done } = this.o;
    const choices = Object.keys(words.late.choices) as (keyof typeof words.late.choices)[];
    fill(this.element, presses({ words, say }, ...choices.map((option) => {
      const key = newKey();
      return { act: option, text: words.late.choices[option], run: async () => {
        await choose(key, option);
        this.chosen = option;
        done();
      } };
    })));
  }

  private newTime(): void {
    const { words, phone, phoneWords, chat } = this.o;
    fill(this.element, h("div", { class: "buttons" }, phone !== "" && dialButton(phoneWords, phone), h("a", { class: "button plain", href: chat }, words.early.chat)));
  }
}

/** chosenWords are what is said of a choice, and what comes of it. */
export const chosenWords = (option: string, { late, early }: BookingWords): string => `${late.chosen[option] ?? ""} ${early.comes[option] ?? ""}`.trim();
