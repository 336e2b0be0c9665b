// The ways into a call as buttons: the best one first, by what has worked and by what
// a check of the device has found, the others behind one press until they are needed.

import type { Advice } from "./chosen";
import { copyButton } from "./copy";
import { dialButton, h } from "./dom";
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
  /** The way that a check of this device has come to, where it is not the page. */
  advice?(): Advice | null;
}

export class WayButtons {
  readonly element = h("div", { class: "ways" });
  private readonly outside: HTMLElement;
  private readonly why = h("p", { class: "why", hidden: true });
  private readonly first: HTMLElement;
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
    this.first = h("div", { class: "buttons" }, this.join, this.sound, this.more);
    this.element.append(this.outside, this.why, this.first, this.others);
  }

  /** advice are the words that stand above the ways, "" for none. */
  get advice(): string {
    return this.element.hidden || this.why.hidden ? "" : this.why.textContent ?? "";
  }

  /** draw suits the buttons to what has worked; again is whether we have been in. */
  draw(ready: boolean, again: boolean): void {
    const { visit, words } = this.o;
    const { ways, at } = visit;
    this.element.hidden = !ready || at === "explain";
    if (this.element.hidden) return;
    this.join.textContent = visit.busy ? words.getting : again || ways.best !== "frame" ? words.rejoin : words.join;
    for (const b of [this.join, this.sound, this.tab, this.app]) b.disabled = visit.busy;
    this.join.hidden = this.sound.hidden = at === "asked";
    this.more.hidden = ways.troubled;
    this.others.hidden = !this.asked && !ways.troubled;
    this.tab.hidden = !ways.has("tab");
    this.app.hidden = !ways.has("app");
    this.phone.hidden = !ways.has("phone");
    this.rank(this.advised(again));
  }

  /** advised is what a check has come to, until a try says more. */
  private advised(again: boolean): Advice | null {
    const { visit } = this.o;
    const advice = visit.ways.troubled || visit.at === "asked" ? null : this.o.advice?.() ?? null;
    return again && advice?.way !== "sound" ? null : advice;
  }

  /** rank puts the best way first, and says why where that is not the page. */
  private rank(advice: Advice | null): void {
    const { visit: { ways }, door } = this.o;
    const best = advice && (advice.way === "sound" || ways.has(advice.way)) ? advice.way : ways.best;
    this.why.hidden = !advice;
    if (this.why.textContent !== (advice?.words ?? "")) this.why.textContent = advice?.words ?? "";
    this.sound.textContent = best === "sound" ? door.joinSound : door.soundOnly;
    const buttons = { frame: this.join, sound: this.sound, tab: this.tab, app: this.app, phone: this.phone };
    for (const way of ["frame", "sound", "tab", "app", "phone"] as const) buttons[way].classList.toggle("plain", way !== best);
    this.place(advice ? buttons[best] : this.join);
  }

  /** place has the order of the buttons be that of their worth, for the eye and for keys. */
  private place(first: HTMLElement): void {
    if (this.first.firstElementChild === first) return;
    const focused = document.activeElement as HTMLElement | null;
    this.first.prepend(...new Set([first, this.join, this.sound]));
    this.others.append(...[this.tab, this.app, this.phone].filter((b) => b !== first));
    if (this.element.contains(focused)) focused?.focus();
  }

  private toggle(): void {
    this.asked = !this.asked;
    this.more.setAttribute("aria-expanded", String(this.asked));
    this.others.hidden = !this.asked;
  }
}
