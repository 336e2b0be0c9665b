// What the doctor has said at the end: it stays above the chat, and goes on paper.

import type { Outcome } from "../shared/appointments";
import { fill, h } from "../shared/dom";
import { regional } from "../shared/when";
import type { Host } from "./host";

export class OutcomeCard {
  readonly element = h("section", { class: "visit-card outcome", hidden: true });
  private drawn = "";
  private open = true;

  constructor(private readonly host: Host, private readonly clinic: () => string) {
    this.element.setAttribute("aria-label", host.words.outcome.title);
  }

  /** show draws it; small is while something else wants the room. */
  show(outcome: Outcome | null, small: boolean): void {
    const drawn = JSON.stringify([outcome, small]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = outcome === null;
    this.open = !small;
    if (outcome) this.draw(outcome);
  }

  private draw(o: Outcome): void {
    const { outcome: words } = this.host.words;
    const toggle = h("button", { type: "button", class: "small", "data-act": "toggle-outcome", "aria-expanded": String(this.open), onclick: () => {
      this.open = !this.open;
      this.draw(o);
      this.element.querySelector<HTMLElement>('[data-act="toggle-outcome"]')?.focus();
    } }, this.open ? words.hide : words.show);
    const print = h("button", { type: "button", class: "small", "data-act": "print", onclick: () => this.print(o) }, words.print);
    fill(this.element, h("h2", {}, words.title), h("p", { class: "who" }, this.by(o)), ...(this.open ? this.parts(o, "h3") : []), h("div", { class: "buttons" }, print, toggle));
  }

  private by(o: Outcome): string {
    return this.host.words.outcome.by(o.doctor, dayIn(o.at, this.host.language));
  }

  private parts(o: Outcome, level: "h2" | "h3"): HTMLElement[] {
    const { outcome: words } = this.host.words;
    const { next } = o;
    const said = (text: string): HTMLElement => h("p", { class: "words", dir: "auto" }, text);
    const lines = [
      next?.kind === "none" && words.nothing, next?.kind === "follow_up" && next.at && words.followUp(dayIn(next.at, this.host.language)).replace(/\.\.$/, "."), next?.kind === "booking" && words.booking, next?.text,
    ].filter((t): t is string => Boolean(t));
    return [...(o.words === "" ? [] : [said(o.words)]), ...(lines.length === 0 ? [] : [h(level, {}, words.next), ...lines.map(said)])];
  }

  /** print puts it on a page of its own for as long as the printer asks. */
  private print(o: Outcome): void {
    const page = h("article", { class: "on-paper" }, h("h1", {}, this.clinic()), h("h2", {}, this.host.words.outcome.title), h("p", {}, this.by(o)), ...this.parts(o, "h2"));
    const root = document.documentElement;
    const over = (): void => {
      window.removeEventListener("afterprint", over);
      root.classList.remove("printing");
      page.remove();
    };
    window.addEventListener("afterprint", over);
    document.body.append(page);
    root.classList.add("printing");
    window.print();
  }
}

const dayIn = (at: string, language: string): string => new Intl.DateTimeFormat(regional(language), { day: "numeric", month: "long", year: "numeric" }).format(new Date(at));
