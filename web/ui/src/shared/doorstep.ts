// What stands at the door of a call: words about the last press, where it helps
// a picture and steps, and what can be pressed next. The words are for the page's
// voice too; the rest stands behind them.

import { fill, h } from "./dom";

export interface Press {
  /** Names the button for styles and tests. */
  act: string;
  label: string;
  press?(): void;
  /** A link instead of a button. */
  href?: string;
  /** A telephone number, which is not broken over lines. */
  number?: string;
  primary?: boolean;
}

export interface Notice {
  words: string;
  /** What is seen and not spoken: a countdown. */
  unspoken?: string;
  picture?: Element;
  steps?: readonly string[];
  more?: string;
  presses?: readonly Press[];
}

export class Doorstep {
  readonly element = h("div", { class: "doorstep" });
  private readonly words = h("p", { class: "visit-status" });
  private readonly count = h("p", { class: "hint count", "aria-hidden": "true", hidden: true });
  private readonly rest = h("div", { class: "doorstep-rest", hidden: true });

  constructor() {
    this.element.append(this.words, this.count, this.rest);
  }

  /** spoken are the words that stand here. */
  get spoken(): string {
    return this.words.textContent ?? "";
  }

  /** show puts a notice up; null takes down whatever stands there. */
  show(notice: Notice | null): void {
    const words = notice?.words ?? "";
    if (this.words.textContent !== words) this.words.textContent = words;
    this.tick(notice?.unspoken ?? "");
    const presses = notice?.presses ?? [];
    const focus = this.rest.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["act"] : undefined;
    const { steps, more } = notice ?? {};
    fill(this.rest,
      notice?.picture,
      steps && h("ol", { class: "steps" }, ...steps.map((s) => h("li", {}, s))),
      more && h("p", { class: "hint" }, more),
      presses.length > 0 && h("div", { class: "buttons" }, ...presses.map((p) => draw(p))));
    this.rest.hidden = !this.rest.hasChildNodes();
    if (focus) this.rest.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  /** tick changes what is seen and not spoken. */
  tick(words: string): void {
    this.count.textContent = words;
    this.count.hidden = words === "";
  }
}

function draw(p: Press): HTMLElement {
  const kind = p.primary ? "" : "plain";
  if (p.href === undefined) return h("button", { type: "button", class: kind, "data-act": p.act, onclick: () => p.press?.() }, p.label);
  const out = !p.href.startsWith("tel:");
  return h("a", {
    href: p.href, class: `button ${kind}`, "data-act": p.act, target: out && "_blank", rel: out && "noopener noreferrer", onclick: () => p.press?.(),
  }, h("span", {}, p.label, p.number !== undefined && h("span", { class: "number" }, " " + p.number)));
}
