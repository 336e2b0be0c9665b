// How it was, asked once when the conversation is over: five words to choose from,
// and a few of one's own for whoever has them.

import { fill, h } from "../shared/dom";
import type { Talk } from "../shared/talk";
import type * as english from "../texts/en";

export interface RatingOptions {
  words: typeof english;
  rate(stars: number, text: string): void;
  say(text: string): void;
}

export class Rating {
  readonly element = h("section", { class: "rating", hidden: true });
  private stars = 0;
  private face = "";

  constructor(private readonly o: RatingOptions) {
    this.element.setAttribute("aria-label", o.words.rating.title);
  }

  /** show asks, or thanks; sent says that a rating is on its way. */
  show(talk: Talk, sent: boolean): void {
    const asks = (talk.phase === "closed" || talk.phase === "parked") && talk.rate;
    const face = !asks ? "" : talk.rating || sent ? "thanks" : "asks";
    if (face === this.face) return;
    const before = this.face;
    this.face = face;
    this.element.hidden = face === "";
    this.stars = 0;
    if (face === "asks") this.ask();
    if (face !== "thanks") return;
    const had = this.element.contains(document.activeElement);
    fill(this.element, h("p", { class: "thanks", tabindex: "-1" }, this.o.words.rating.thanks));
    if (had) this.element.querySelector<HTMLElement>(".thanks")?.focus();
    else if (before === "asks") this.o.say(this.o.words.rating.thanks);
  }

  private ask(): void {
    const { rating, common } = this.o.words;
    const text = h("input", { type: "text", maxlength: "500", autocomplete: "off", "aria-label": rating.text, placeholder: rating.text });
    const more = h("form", { class: "rating-more", hidden: true, onsubmit: (e) => {
      e.preventDefault();
      this.o.rate(this.stars, text.value.trim());
    } }, text, h("button", { type: "submit" }, common.send));
    const all = rating.stars.map((words, i) => h("button", { type: "button", class: "plain", "aria-pressed": "false", "data-stars": i + 1, onclick: () => {
      this.stars = i + 1;
      all.forEach((b, j) => b.setAttribute("aria-pressed", String(j === i)));
      more.hidden = false;
    } }, words));
    fill(this.element, h("h2", {}, rating.title), h("div", { class: "stars" }, ...all), more);
  }
}
