// What a patient can set and do with the conversation as a whole.

import { fill, h, icon } from "../shared/dom";
import type { Phase } from "../wire";
import type * as english from "../texts/en";
import type { Stage } from "./desk";
import { sizes } from "./size";

const dots = "M5 12h.01M12 12h.01M19 12h.01";

export interface MenuOptions {
  words: typeof english;
  size(): number;
  resize(by: 1 | -1): void;
  muted(): boolean;
  mute(on: boolean): void;
  elsewhere(): void;
  /** Other devices are to go; only where there are any. */
  onlyHere(): void;
  end(): void;
  anew(): void;
}

export class Menu {
  readonly button: HTMLButtonElement;
  readonly element = h("div", { class: "menu", role: "group", hidden: true });
  private phase: Phase | "" = "";
  private can = false; // there is a conversation
  private others = false; // … on other devices too

  constructor(private readonly o: MenuOptions) {
    const { panel } = o.words;
    this.button = h("button", {
      type: "button", class: "ghost icon menu-button", "aria-label": panel.menu, "aria-expanded": "false",
      onclick: () => this.toggle(this.element.hidden === true),
    }, icon(dots));
    this.element.setAttribute("aria-label", panel.menu);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(phase: Phase | "", stage: Stage, others: boolean): void {
    const can = stage === "open" && phase !== "";
    if (this.phase === phase && this.can === can && this.others === others) return;
    this.others = others;
    this.phase = phase;
    this.can = can;
    if (this.open) this.draw();
  }

  toggle(open: boolean): void {
    this.element.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.draw();
    this.element.querySelector<HTMLElement>('button:not([aria-disabled="true"])')?.focus();
  }

  private draw(focus?: string): void {
    const { panel } = this.o.words;
    const closed = this.phase === "closed";
    fill(this.element, this.size(),
      this.item("mute", this.o.muted() ? panel.soundOn : panel.soundOff, () => {
        this.o.mute(!this.o.muted());
        this.draw("mute");
      }),
      this.can && this.item("elsewhere", panel.elsewhere.open, () => this.go(this.o.elsewhere)),
      this.can && this.others && this.item("only-here", panel.elsewhere.onlyHere, () => this.go(this.o.onlyHere)),
      this.can && (closed ? this.item("anew", panel.newOne, () => this.go(this.o.anew)) : this.item("end", panel.end, () => this.sure())));
    if (focus) this.element.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  private item(act: string, text: string, press: () => void): HTMLElement {
    return h("button", { type: "button", class: "ghost item", "data-act": act, onclick: press }, text);
  }

  private size(): HTMLElement {
    const { panel } = this.o.words;
    const percent = this.o.size();
    const press = (act: string, sign: string, name: string, by: 1 | -1): HTMLElement =>
      h("button", {
        type: "button", class: "plain icon", "data-act": act, "aria-label": name,
        "aria-disabled": String(sizes.indexOf(percent) + by < 0 || sizes.indexOf(percent) + by >= sizes.length),
        onclick: () => {
          this.o.resize(by);
          this.draw(act);
        },
      }, sign);
    return h("div", { class: "size", role: "group", "aria-label": panel.size },
      h("span", {}, panel.size), h("div", { class: "steps" }, press("smaller", "−", panel.smaller, -1),
        h("span", { class: "percent" }, `${percent} %`), press("larger", "+", panel.larger, 1)));
  }

  /** sure asks once more before a conversation is ended. */
  private sure(): void {
    const { panel } = this.o.words;
    const yes = h("button", { type: "button", class: "bad", onclick: () => this.go(this.o.end) }, panel.endYes);
    fill(this.element, h("p", { id: "end-sure" }, panel.endSure),
      h("div", { class: "buttons" }, yes, h("button", { type: "button", class: "plain", onclick: () => this.draw("end") }, panel.endNo)));
    yes.setAttribute("aria-describedby", "end-sure");
    yes.focus();
  }

  private go(what: () => void): void {
    this.toggle(false);
    this.button.focus();
    what();
  }
}
