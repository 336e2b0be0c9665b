// The patients who are offered to this doctor, each as a card over whatever is
// looked at, until it is answered or the time is over.

import type { Command, Head } from "../wire";
import { fill, h, icon, shapes } from "../shared/dom";
import type * as english from "../texts/en_staff";
import { ageIn } from "./person";
import { clock } from "./row";

export interface OffersOptions {
  words: typeof english;
  department(id: string | undefined): string;
  /** By Bedside's clock. */
  now(): number;
  do(id: string, command: Omit<Command, "key">): void;
  /** Opens a conversation, wherever the doctor is. */
  look(id: string): void;
}

/** A card that has come under the hand takes no press yet, in milliseconds. */
const settles = 500;
/** An answer that changed nothing for so long may be given again, in milliseconds. */
const patience = 5_000;

export class Offers {
  readonly element = h("div", { class: "offers", hidden: true });
  private readonly cards = new Map<string, OfferCard>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly o: OffersOptions) {}

  /** show takes those that stand, the one that ends first at the top. */
  show(heads: readonly Head[]): void {
    const sorted = [...heads].sort((a, b) => (a.offer?.until ?? "").localeCompare(b.offer?.until ?? ""));
    const keys = sorted.map(keyOf);
    for (const [key, card] of this.cards) {
      if (keys.includes(key)) continue;
      card.element.remove();
      this.cards.delete(key);
    }
    sorted.forEach((head, i) => {
      const key = keyOf(head);
      const card = this.cards.get(key) ?? new OfferCard(this.o, head);
      this.cards.set(key, card);
      if (this.element.children[i] !== card.element) this.element.insertBefore(card.element, this.element.children[i] ?? null);
    });
    this.element.hidden = sorted.length === 0;
    clearInterval(this.timer);
    if (sorted.length > 0) this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  accept(): boolean {
    return this.first()?.accept() ?? false;
  }

  decline(): boolean {
    return this.first()?.ask() ?? false;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private first(): OfferCard | undefined {
    return [...this.cards.values()].find((c) => c.element === this.element.firstElementChild);
  }

  private tick(): void {
    for (const card of this.cards.values()) card.tick(this.o.now());
  }
}

/** The same patient offered anew is another card. */
const keyOf = (x: Head): string => `${x.id} ${x.offer?.until ?? ""}`;

/** An emergency, or urgent. */
const pressing = (x: Head): boolean => x.priority === "emergency" || x.priority === "urgent";

class OfferCard {
  readonly element: HTMLElement;
  private readonly left = h("p", { class: "left" });
  private readonly bar = h("div", { class: "bar-left" });
  private readonly foot = h("div", { class: "offer-foot" });
  private readonly from: number; // when it was first seen here
  private readonly until: number;
  private answered = 0; // when; 0: not yet

  constructor(private readonly o: OffersOptions, private readonly head: Head) {
    const { words } = o;
    this.from = o.now();
    this.until = Date.parse(head.offer?.until ?? "");
    const who = this.who();
    const what = this.what();
    this.element = h("section", { class: head.priority === "emergency" ? "offer urgent" : "offer", "aria-label": words.visits.offer.title, "data-offer": head.id },
      h("p", { class: "hearing", role: "alert" }, words.visits.offer.said(who, what.join(", "))),
      h("div", { class: "offer-top" }, h("h2", {}, words.visits.offer.title), this.left),
      h("p", { class: "offer-who", dir: "auto" }, who),
      h("p", { class: "offer-what" }, ...what.map((w, i) => h("span", { class: i === 0 && pressing(head) ? "flag" : "" }, w))),
      this.foot, this.bar);
    this.buttons();
  }

  tick(now: number): void {
    const { offer } = this.o.words.visits;
    const left = this.seconds(now);
    if (this.answered > 0 && left > 0 && now - this.answered > patience) this.buttons();
    const text = this.answered > 0 ? offer.taking : left > 0 ? offer.left(left < 100 ? offer.seconds(left) : clock(left * 1000)) : offer.over;
    if (this.left.textContent !== text) this.left.textContent = text;
    this.element.classList.toggle("soon", left <= 10);
    const part = Math.max(0, Math.min(1, (this.until - now) / Math.max(1, this.until - this.from)));
    this.bar.style.transform = `scaleX(${part})`;
  }

  accept(): boolean {
    if (!this.settled()) return false;
    this.answer();
    this.o.look(this.head.id);
    this.o.do(this.head.id, { do: "claim" });
    this.tick(this.o.now());
    return true;
  }

  /** ask asks for the word with which it is declined. */
  ask(): boolean {
    if (!this.settled()) return false;
    const { offer } = this.o.words.visits;
    const id = "decline-" + this.head.id;
    const field = h("input", { id, maxlength: "200", placeholder: offer.reason, autocomplete: "off" });
    fill(this.foot, h("form", { class: "offer-why", onsubmit: (e) => this.decline(e, field.value), onkeydown: (e) => e.key === "Escape" && this.buttons(true) },
      h("label", { for: id }, offer.why), field,
      h("button", { type: "submit", class: "bad", "data-act": "decline-sure" }, offer.declineNow),
      h("button", { type: "button", class: "plain", "data-act": "decline-not", onclick: () => this.buttons(true) }, offer.back)));
    field.focus();
    return true;
  }

  private decline(e: Event, words: string): void {
    e.preventDefault();
    this.answer();
    const reason = words.trim();
    this.o.do(this.head.id, { do: "decline", ...(reason ? { reason } : {}) });
  }

  private answer(): void {
    this.answered = this.o.now();
    for (const b of this.element.querySelectorAll("button")) b.disabled = true;
  }

  private buttons(focus = false): void {
    this.answered = 0;
    const { offer } = this.o.words.visits;
    const yes = h("button", { type: "button", "data-act": "accept-offer", onclick: () => this.accept() }, icon(this.video() ? shapes.video : shapes.chat), offer.accept, h("kbd", {}, "Alt Y"));
    fill(this.foot, yes, h("button", { type: "button", class: "plain", "data-act": "decline-offer", onclick: () => this.ask() }, offer.decline, h("kbd", {}, "Alt Q")));
    if (focus) yes.focus();
  }

  private settled(): boolean {
    return this.answered === 0 && this.o.now() - this.from >= settles;
  }

  private video(): boolean {
    return this.head.purpose === "video";
  }

  private who(): string {
    const { words } = this.o;
    const age = ageIn(this.head.born ?? "", new Date(), words.console_);
    return (this.head.patient || words.console_.unnamed) + (age && ", " + age);
  }

  private what(): string[] {
    const { words, department } = this.o;
    const { priority, offer, way } = this.head;
    const c = words.console_;
    return [
      priority === "emergency" ? c.urgent : priority === "urgent" ? c.urgentSoon : "",
      department(offer?.department ?? this.head.department),
      this.video() ? words.visits.offer.video : words.visits.offer.chat,
      way ? words.visits.way[way] ?? "" : "",
    ].filter((w) => w !== "");
  }

  private seconds(now: number): number {
    return Math.max(0, Math.ceil((this.until - now) / 1000));
  }
}
