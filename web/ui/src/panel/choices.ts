// The answers of an open question as buttons.

import { fill, h } from "../shared/dom";
import type { Asked } from "../shared/talk";
import type { panel as english } from "../texts/en";

export class Choices {
  readonly element = h("div", { class: "choices", role: "group", hidden: true });
  private step = "";

  constructor(
    private readonly words: typeof english,
    private readonly choose: (step: string, option: string, text: string) => void,
  ) {}

  /** show draws the question's options; none where it wants typed words. */
  show(asked: Asked | null): void {
    const options = asked ? this.options(asked) : [];
    this.element.hidden = options.length === 0;
    const step = options.length === 0 ? "" : asked?.step ?? "";
    if (step === this.step) return; // the buttons stand: a redraw would take the focus away
    this.step = step;
    this.element.setAttribute("aria-label", asked?.text ?? "");
    fill(this.element, ...options.map((o) =>
      h("button", { type: "button", class: "plain choice", lang: asked?.lang || null, "data-option": o.id, onclick: () => this.choose(step, o.id, o.text) }, o.text)));
    this.element.scrollIntoView?.({ block: "nearest" });
  }

  private options(asked: Asked): { id: string; text: string }[] {
    if (asked.options.length > 0 || asked.type !== "yes_no") return asked.options;
    return [{ id: "yes", text: this.words.yes }, { id: "no", text: this.words.no }];
  }
}
