// One patient who is offered: who it is, how long there is to answer, yes, and no with
// a word. It is answered once, and never from under a hand that does something else.

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

/** An emergency, or urgent. */
const pressing = (x: Head): boolean => x.priority === "emergency" || x.priority === "urgent";

export class OfferCard {
  readonly element: HTMLElement;
  private readonly left = h("p", { class: "left" });
  private readonly bar = h("div", { class: "bar-left" });
  private readonly foot = h("div", { class: "offer-foot" });
  private readonly from: number; // when it was first seen here
  private readonly until: number;
  private answered = 0; // when; 0: not yet
  private taken = false; // it was answered with yes
  private before: HTMLElement | null = null; // where the hand was when it was asked why
  private gone: (() => void) | null = null; // nobody is offered any more, and somebody writes here

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
    const left = this.seconds(now);
    if (this.answered > 0 && left > 0 && now - this.answered > patience) this.buttons();
    const text = this.standing(left);
    if (this.left.textContent !== text) this.left.textContent = text;
    this.element.classList.toggle("soon", left <= 10);
    const part = Math.max(0, Math.min(1, (this.until - now) / Math.max(1, this.until - this.from)));
    this.bar.style.transform = `scaleX(${part})`;
  }

  private standing(left: number): string {
    const { offer } = this.o.words.visits;
    if (this.gone) return offer.gone;
    if (this.answered > 0) return this.taken ? offer.taking : offer.declining;
    return left > 0 ? offer.left(left < 100 ? offer.seconds(left) : clock(left * 1000)) : offer.over;
  }

  accept(): boolean {
    if (!this.settled()) return false;
    this.answer();
    this.taken = true;
    this.o.look(this.head.id);
    this.o.do(this.head.id, { do: "claim" });
    this.tick(this.o.now());
    return true;
  }

  /** ask asks for the word with which it is declined. */
  ask(): boolean {
    if (!this.settled()) return false;
    const asked = this.foot.querySelector("input");
    if (asked) return asked.focus(), true; // what is written there stays
    this.before = document.activeElement as HTMLElement | null;
    const { offer } = this.o.words.visits;
    const id = "decline-" + this.head.id;
    const field = h("input", { id, maxlength: "200", placeholder: offer.reason, autocomplete: "off" });
    fill(this.foot, h("form", { class: "offer-why", onsubmit: (e) => this.decline(e, field.value), onkeydown: (e) => e.key === "Escape" && this.unask() },
      h("label", { for: id }, offer.why), field,
      h("button", { type: "submit", class: "bad", "data-act": "decline-sure" }, offer.declineNow),
      h("button", { type: "button", class: "plain", "data-act": "decline-not", onclick: () => this.unask() }, offer.back)));
    field.focus();
    return true;
  }

  /** outlives says that somebody is writing why at this moment: the field does not go
   *  from under the hand, whose next letters would be keys elsewhere, or a patient's
   *  to read. It goes with the press that ends the words, or with the focus. */
  outlives(gone: () => void): boolean {
    if (this.answered > 0 || document.activeElement !== this.foot.querySelector("input")) return false;
    if (this.gone) return true;
    this.gone = gone;
    this.element.addEventListener("focusout", (e) => this.element.contains(e.relatedTarget as Node | null) || gone());
    this.foot.querySelector("button")?.setAttribute("hidden", ""); // Enter still ends the words, and declines nothing
    this.tick(this.o.now());
    return true;
  }

  private decline(e: Event, words: string): void {
    e.preventDefault();
    if (this.gone) return this.unask();
    this.answer();
    this.taken = false;
    const reason = words.trim();
    this.o.do(this.head.id, { do: "decline", ...(reason ? { reason } : {}) });
    this.back();
  }

  /** back gives the hand back to what it did before it was asked: what is typed on
   *  there is text again, and no single key. */
  private back(): void {
    const { before } = this;
    if (before?.isConnected && before !== document.body && before.getClientRects().length > 0 && !this.element.contains(before)) before.focus();
    else this.foot.querySelector("button")?.focus();
  }

  private answer(): void {
    this.answered = this.o.now();
    for (const b of this.element.querySelectorAll("button")) b.disabled = true;
  }

  private unask(): void {
    if (!this.gone) this.buttons();
    this.back();
    this.gone?.();
  }

  private buttons(): void {
    this.answered = 0;
    const { offer } = this.o.words.visits;
    fill(this.foot, h("button", { type: "button", "data-act": "accept-offer", onclick: () => this.accept() }, icon(this.video() ? shapes.video : shapes.chat), offer.accept, h("kbd", {}, "Alt Y")),
      h("button", { type: "button", class: "plain", "data-act": "decline-offer", onclick: () => this.ask() }, offer.decline, h("kbd", {}, "Alt Q")));
  }

  private settled(): boolean {
    return this.answered === 0 && !this.gone && this.o.now() - this.from >= settles;
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
