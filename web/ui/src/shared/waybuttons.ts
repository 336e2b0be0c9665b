// The ways into a call as buttons: the best one first to the eye, the camera left
// out where that is wished, the others behind one press until they are needed.

import { dialButton, h } from "./dom";
import { copyButton } from "./copy";
import type { CallWords, DoorWords, Visit } from "./visit";

export interface WayButtonsOptions {
  words: CallWords;
  door: DoorWords;
  visit: Visit;
  phone: string;
  /** The address under which the call can be opened elsewhere; "" where there is none. */
  link(): string;
  call(): string | null;
  /** What came of a press, for the page's voice. */
  say(text: string): void;
  /** The person has chosen to come without a picture. */
  prefersSound?(): boolean;
}

export class WayButtons {
  readonly element = h("div", { class: "ways" });
  private readonly outside: HTMLElement;
  private readonly join: HTMLButtonElement;
  private readonly sound: HTMLButtonElement;
  private readonly more: HTMLButtonElement;
  private readonly others: HTMLElement;
  private readonly tab: HTMLButtonElement;
  private readonly app: HTMLButtonElement;
  private readonly phone: HTMLAnchorElement;
  private asked = false; // for the other ways

  constructor(private readonly o: WayButtonsOptions) {
    const { words, door, visit } = o;
    const press = (way: (call: string) => void) => () => {
      const call = o.call();
      if (call) way(call);
    };
    this.join = h("button", { type: "button", class: "join", onclick: press((c) => void visit.join(c)) }, words.join);
    this.sound = h("button", { type: "button", class: "plain sound-only", onclick: press((c) => void visit.join(c, true)) }, door.soundOnly);
    this.more = h("button", { type: "button", class: "quiet more-ways", "aria-expanded": "false", onclick: () => this.toggle() }, door.otherWays);
    this.tab = h("button", { type: "button", class: "plain new-tab", onclick: press((c) => void visit.newTab(c)) }, words.newTab);
    this.app = h("button", { type: "button", class: "plain app", onclick: press((c) => void visit.app(c)) }, words.app);
    this.phone = dialButton(door.phone, o.phone);
    this.others = h("div", { class: "buttons others" }, this.tab, this.app, this.phone);
    this.outside = h("div", { class: "outside", hidden: !visit.browser.inApp },
      h("p", {}, door.inApp), copyButton(o.link, { copy: door.copy, copied: door.copied, byHand: door.byHand }, o.say));
    this.element.append(this.outside, h("div", { class: "buttons" }, this.join, this.sound, this.more), this.others);
  }

  /** draw suits the buttons to what has worked; again is whether we have been in. */
  draw(ready: boolean, again: boolean): void {
    const { visit, words } = this.o;
    const { ways, at } = visit;
    this.element.hidden = !ready || at === "explain";
    if (this.element.hidden) return;
    const best = ways.best;
    this.join.textContent = visit.busy ? words.getting : again || best !== "frame" ? words.rejoin : words.join;
    for (const b of [this.join, this.sound, this.tab, this.app]) b.disabled = visit.busy;
    this.join.hidden = this.sound.hidden = at === "asked";
    this.more.hidden = ways.troubled;
    this.others.hidden = !this.asked && !ways.troubled;
    this.tab.hidden = !ways.has("tab");
    this.app.hidden = !ways.has("app");
    this.phone.hidden = !ways.has("phone");
    const buttons = { frame: this.join, tab: this.tab, app: this.app, phone: this.phone };
    for (const way of ["frame", "tab", "app", "phone"] as const) buttons[way].classList.toggle("plain", way !== best);
    const sound = best === "frame" && this.o.prefersSound?.() === true;
    this.sound.classList.toggle("plain", !sound);
    if (sound) this.join.classList.add("plain");
  }

  private toggle(): void {
    this.asked = !this.asked;
    this.more.setAttribute("aria-expanded", String(this.asked));
    this.others.hidden = !this.asked;
  }
}
