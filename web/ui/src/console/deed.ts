// A deed that is asked once before it is done: what it means, a note, and the press.

import { fill, h } from "../shared/dom";
import type { flows as english } from "../texts/en_flows";

export interface Asked {
  title: string;
  means: string;
  press: string;
  path: string;
  body: object;
}

export class Deed {
  readonly element: HTMLFormElement;
  private readonly note: HTMLInputElement;
  private asked: Asked | null = null;
  private from: HTMLElement | null = null;

  constructor(
    private readonly words: typeof english,
    private readonly does: (path: string, body: object) => Promise<boolean>,
  ) {
    this.note = h("input", { type: "text", id: "flow-note", maxlength: "300", autocomplete: "off" });
    this.element = h("form", {
      class: "deed", hidden: true, "aria-labelledby": "deed-title",
      onsubmit: (e) => {
        e.preventDefault();
        void this.go();
      },
      onkeydown: (e) => {
        if (e.key === "Escape") this.shut();
      },
    });
  }

  /** ask opens the question; the focus comes back to whoever asked. */
  ask(asked: Asked, from: HTMLElement): void {
    this.asked = asked;
    this.from = from;
    this.note.value = "";
    fill(this.element, h("h2", { id: "deed-title" }, asked.title), h("p", {}, asked.means),
      h("label", { for: "flow-note" }, this.words.note), this.note,
      h("div", { class: "deed-row" }, h("button", { type: "submit", "data-act": "deed-yes" }, asked.press),
        h("button", { type: "button", class: "plain", "data-act": "deed-no", onclick: () => this.shut() }, this.words.cancel)));
    this.element.hidden = false;
    this.note.focus();
  }

  private async go(): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    const buttons = [...this.element.querySelectorAll("button")];
    for (const b of buttons) b.disabled = true;
    const note = this.note.value.trim();
    await this.does(asked.path, { ...asked.body, ...(note ? { note } : {}) });
    this.shut();
  }

  private shut(): void {
    this.element.hidden = true;
    this.asked = null;
    this.from?.focus();
  }
}
