// The question that stands open, at the end of the chat, with what else can be
// pressed there: passing it over, changing the answer before it, and typing in
// the place of video.

import { fill, h } from "../../shared/dom";
import type { Asked } from "../../shared/talk";
import { drawOf } from "./all";
import type { QuestionOptions } from "./question";

export interface StandingOptions extends QuestionOptions {
  /** The answer before it is taken back. */
  back(): void;
  decline(step: string): void;
  /** The button that had the focus is no longer there. */
  left(): void;
  /** There is a new question, and nobody has gone elsewhere since the last answer. */
  next(first: HTMLElement | null): void;
}

export class Standing {
  readonly element = h("div", { class: "standing", role: "group", tabindex: "-1", hidden: true });
  private stands = "";
  private follows = false; // the focus is waiting for what comes next

  constructor(private readonly o: StandingOptions) {
    this.element.setAttribute("aria-label", o.words.panel.answer);
  }

  /** show draws the question; decline is the step of a hand-over to video that may
   *  be passed over. A redraw would take the focus away, so there is none while the
   *  same things stand. */
  show(asked: Asked | null, decline: string): void {
    const stands = asked || decline ? JSON.stringify([asked, decline]) : "";
    if (stands === this.stands) return;
    this.stands = stands;
    const had = this.element.contains(document.activeElement);
    const parts = this.parts(asked, decline);
    this.element.hidden = parts.length === 0;
    fill(this.element, ...parts);
    if (had) {
      this.follows = true;
      this.o.left(); // what was pressed is gone, and the focus with it
    }
    if (asked && this.follows) {
      this.follows = false;
      this.o.next(drawOf(asked) ? this.element : null);
    }
    this.element.scrollIntoView?.({ block: "nearest" });
  }

  private parts(asked: Asked | null, decline: string): HTMLElement[] {
    const { words, skip, back } = this.o;
    const quiet = (act: string, text: string, press: () => void): HTMLElement =>
      h("button", { type: "button", class: "ghost aside", "data-act": act, onclick: press }, text);
    const answers = asked ? drawOf(asked)?.(asked, this.o) ?? [] : [];
    const last = answers[answers.length - 1];
    if (asked?.optional && last) {
      const button = h("button", { type: "button", class: "plain skip", onclick: () => skip(asked) }, words.panel.skip);
      if (last.classList.contains("two")) last.prepend(button);
      else answers.push(button);
    }
    return [
      ...answers,
      ...(asked?.back ? [quiet("back", words.ask.back, back)] : []),
      ...(decline ? [h("button", { type: "button", class: "plain choice", "data-act": "decline", onclick: () => this.o.decline(decline) }, words.ask.ratherType)] : []),
    ];
  }
}
