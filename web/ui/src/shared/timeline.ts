// The chat as it is seen: bubbles, day stamps, and lines for what happened.
// Lines are only ever added, so that a screen reader speaks the new ones alone.

import type { Line } from "./talk";
import { fill, h } from "./dom";
import type { Parcel } from "./outbox";
import { dayOf, sameDay, timeOf } from "./when";
import type { common as english } from "../texts/en";

export interface TimelineOptions {
  words: typeof english;
  language: string;
  label: string;
  /** Whose bubbles stand on the right. */
  mine: (line: Line) => boolean;
  /** The patient's name, where it is known; a patient's own side needs none. */
  patient?: () => string;
  /** The words for what happened; "" shows nothing. */
  event: (line: Line) => string;
  onRetry: (key: string) => void;
  onDiscard: (key: string) => void;
}

/** So near to the end, in pixels, new lines are followed. */
const near = 120;

export class Timeline {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly pending = h("div", { class: "pending" });
  private count = 0;
  private before: Line | null = null;
  private pinned = true; // the reader is at the end, so what comes is followed

  constructor(private readonly o: TimelineOptions) {
    this.log = h("div", { class: "log", role: "log", "aria-label": o.label, "aria-live": "off" });
    this.element = h("div", { class: "timeline", tabindex: "0", onscroll: () => (this.pinned = this.atEnd()) }, this.log, this.pending);
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.element);
  }

  /** speak lets screen readers announce from here on: history is silent. */
  speak(): void {
    this.log.setAttribute("aria-live", "polite");
  }

  /** clear begins another conversation. */
  clear(): void {
    fill(this.log);
    fill(this.pending);
    this.log.setAttribute("aria-live", "off");
    this.count = 0;
    this.before = null;
  }

  /** show adds the lines that are new and draws what is on its way. */
  show(lines: readonly Line[], parcels: readonly Parcel[]): void {
    const fresh = lines.slice(this.count);
    this.count = lines.length;
    for (const l of fresh) this.add(l);
    fill(this.pending, ...parcels.filter((p) => p.shown !== undefined || p.command.text).map((p) => this.parcel(p)));
    if (this.pinned || fresh.some((l) => this.o.mine(l))) this.toEnd();
  }

  toEnd(): void {
    this.pinned = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  private atEnd(): boolean {
    const e = this.element;
    return e.scrollHeight - e.scrollTop - e.clientHeight < near;
  }

  private add(l: Line): void {
    const at = new Date(l.at);
    const words = l.kind === "text" || l.kind === "note" ? "" : this.o.event(l);
    if (l.kind !== "text" && l.kind !== "note" && words === "") return;
    if (!this.before || !sameDay(new Date(this.before.at), at)) {
      this.log.append(h("p", { class: "day" }, dayOf(at, new Date(), this.o.language, this.o.words)));
    }
    this.log.append(words === "" ? this.bubble(l, at) : this.event(l, words, at));
    this.before = l;
  }

  private event(l: Line, words: string, at: Date): HTMLElement {
    return h("p", { class: "event", "data-kind": l.event ?? "" }, words + " ",
      h("time", { datetime: l.at }, timeOf(at, this.o.language)));
  }

  private bubble(l: Line, at: Date): HTMLElement {
    const mine = this.o.mine(l);
    const before = this.before;
    const follows = before?.kind === l.kind && before.role === l.role && at.getTime() - Date.parse(before.at) < 120_000;
    const who = this.who(l);
    return h("div", { class: `bubble ${mine ? "mine" : "theirs"} ${l.kind} ${follows ? "follows" : ""}`, "data-seq": l.seq, "data-role": l.role },
      h("span", { class: follows || mine ? "who quiet" : "who" }, who, h("span", { class: "hearing" }, ": ")),
      h("span", { class: "text", lang: l.lang || null }, l.text),
      h("time", { datetime: l.at }, timeOf(at, this.o.language)));
  }

  private who(l: Line): string {
    const { you, bot, doctor, patient } = this.o.words;
    if (this.o.mine(l)) return you;
    if (l.name) return l.name;
    return l.role === "patient" ? this.o.patient?.() || patient : l.role === "doctor" ? doctor : bot;
  }

  private parcel(p: Parcel): HTMLElement {
    const { sending, waiting, sent, failed, retry, discard, you } = this.o.words;
    const fate = { sending, waiting, sent, failed: p.message || failed }[p.fate];
    const key = p.command.key;
    return h("div", { class: `bubble mine ${p.fate} ${p.command.do === "note" ? "note" : ""}`, "data-fate": p.fate },
      h("span", { class: "who quiet" }, you, ": "),
      h("span", { class: "text" }, p.shown ?? p.command.text ?? ""),
      h("span", { class: "fate" }, fate),
      p.fate === "failed" && h("span", { class: "again" },
        h("button", { type: "button", class: "small", onclick: () => this.o.onRetry(key) }, retry),
        h("button", { type: "button", class: "small quiet", onclick: () => this.o.onDiscard(key) }, discard)));
  }
}
