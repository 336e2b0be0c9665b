// What a patient can do with the conversation as a whole: end it, begin another.

import { fill, h, icon } from "../shared/dom";
import type { Phase } from "../wire";
import type * as english from "../texts/en";
import type { Stage } from "./desk";

const dots = "M5 12h.01M12 12h.01M19 12h.01";

export class Menu {
  readonly button: HTMLButtonElement;
  readonly element = h("div", { class: "menu", hidden: true });

  constructor(private readonly words: typeof english, private readonly end: () => void, private readonly anew: () => void) {
    this.button = h("button", {
      type: "button", class: "ghost icon menu-button", "aria-label": words.panel.menu, "aria-expanded": "false",
      onclick: () => this.toggle(this.element.hidden === true),
    }, icon(dots));
  }

  show(phase: Phase | "", stage: Stage): void {
    this.button.hidden = stage !== "open" || phase === "";
    if (this.element.dataset["phase"] !== phase) this.toggle(false);
    this.element.dataset["phase"] = phase;
  }

  private toggle(open: boolean): void {
    this.element.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const { panel } = this.words;
    const closed = this.element.dataset["phase"] === "closed";
    const first = closed
      ? h("button", { type: "button", onclick: () => this.do(this.anew) }, panel.newOne)
      : h("button", { type: "button", class: "bad", onclick: () => this.do(this.end) }, panel.endYes);
    fill(this.element, !closed && h("p", {}, panel.endSure),
      h("div", { class: "buttons" }, first, h("button", { type: "button", class: "plain", onclick: () => this.toggle(false) }, panel.endNo)));
    first.focus();
  }

  private do(what: () => void): void {
    this.toggle(false);
    this.button.focus();
    what();
  }
}
