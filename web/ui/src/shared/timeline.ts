// The chat as it is seen: bubbles, day stamps, and lines for what happened.
// It is no live region: what is new is spoken by the page's voice.

import type { Dial, Line } from "./talk";
import { dialHref, fill, h, icon, shapes } from "./dom";
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
  /** An event that is more than a line of words. */
  card?: (line: Line) => HTMLElement | null;
  /** What stands under the words of a bubble. */
  under?: (line: Line) => HTMLElement | null;
  /** Numbers whose buttons stand out. */
  urgent?: (number: string) => boolean;
  /** Why something was not sent; without it the server's words. */
  refusal?: (parcel: Parcel) => string;
  onRetry: (key: string) => void;
  onDiscard: (key: string) => void;
}

/** So near to the end, in pixels, new lines are followed. */
const near = 120;

export class Timeline {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly pending = h("div", { class: "pending" });
  private readonly sized: ResizeObserver;
  private count = 0;
  private stands = "[]"; // of what is on its way
  private before: Line | null = null;
  private pinned = true; // the reader is at the end, so what comes is followed

  constructor(private readonly o: TimelineOptions) {
    this.log = h("div", { class: "log", role: "list", "aria-label": o.label });
    this.element = h("div", { class: "timeline", role: "group", "aria-label": o.label, tabindex: "0", onscroll: () => (this.pinned = this.atEnd()) }, this.log, this.pending);
    this.sized = new ResizeObserver(() => this.pinned && this.toEnd());
    this.sized.observe(this.element);
  }

  /** leave ends it: another takes its place. */
  leave(): void {
    this.sized.disconnect();
  }

  /** clear begins another conversation. */
  clear(): void {
    fill(this.log);
    fill(this.pending);
    this.stands = "[]";
    this.count = 0;
    this.before = null;
  }

  /** show adds the lines that are new and draws what is on its way. */
  show(lines: readonly Line[], parcels: readonly Parcel[]): void {
    const fresh = lines.slice(this.count);
    this.count = lines.length;
    for (const l of fresh) this.add(l);
    this.waiting(parcels.filter((p) => p.shown !== undefined || p.command.text));
    if (this.pinned || fresh.some((l) => this.o.mine(l))) this.toEnd();
  }

  /** waiting draws what is on its way; what stands there is left alone, for a
   *  button in it may have the focus. */
  private waiting(parcels: readonly Parcel[]): void {
    const stands = JSON.stringify(parcels.map((p) => [p.command.key, p.fate, p.message]));
    if (stands === this.stands) return;
    this.stands = stands;
    fill(this.pending, ...parcels.map((p) => this.parcel(p)));
  }

  toEnd(): void {
    this.pinned = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** keepEnd stays at the end, for a reader who is there. */
  keepEnd(): void {
    if (this.pinned) this.toEnd();
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
      this.log.append(h("p", { class: "day", role: "listitem" }, dayOf(at, new Date(), this.o.language, this.o.words)));
    }
    this.log.append(words === "" ? this.bubble(l, at) : this.o.card?.(l) ?? this.event(l, words, at));
    this.before = l;
  }

  private event(l: Line, words: string, at: Date): HTMLElement {
    return h("p", { class: "event", role: "listitem", "data-kind": l.event ?? "" }, words + " ",
      h("time", { datetime: l.at }, timeOf(at, this.o.language)));
  }

  private bubble(l: Line, at: Date): HTMLElement {
    const mine = this.o.mine(l);
    const before = this.before;
    const follows = before?.kind === l.kind && before.role === l.role && at.getTime() - Date.parse(before.at) < 120_000;
    const who = this.who(l);
    return h("div", { class: `bubble ${mine ? "mine" : "theirs"} ${l.kind} ${follows ? "follows" : ""} ${l.file ? "with-file" : ""}`, role: "listitem", "data-seq": l.seq, "data-role": l.role },
      h("span", { class: follows || mine ? "who quiet" : "who" }, who, h("span", { class: "hearing" }, ": ")),
      h("span", { class: "text", lang: l.lang || null, dir: "auto" }, l.text),
      h("time", { datetime: l.at }, timeOf(at, this.o.language)),
      l.buttons && h("div", { class: "dials" }, ...l.buttons.map((b) => this.dial(b, l.lang))),
      this.o.under?.(l));
  }

  private dial({ call, text }: Dial, lang: string): HTMLElement {
    const loud = this.o.urgent?.(call) ?? false;
    return h("a", { class: loud ? "button bad" : "button plain", href: dialHref(call), lang: lang || null }, icon(shapes.phone), h("span", { dir: "auto" }, text || call));
  }

  /** who names the sender of a line. */
  who(l: Line): string {
    const { you, bot, doctor, patient } = this.o.words;
    if (this.o.mine(l)) return you;
    if (l.name) return l.name;
    return l.role === "patient" ? this.o.patient?.() || patient : l.role === "doctor" ? doctor : bot;
  }

  private parcel(p: Parcel): HTMLElement {
    const { sending, waiting, sent, failed, retry, discard, you } = this.o.words;
    const fate = { sending, waiting, sent, failed: this.o.refusal?.(p) || p.message || failed }[p.fate];
    const key = p.command.key;
    return h("div", { class: `bubble mine ${p.fate} ${p.command.do === "note" ? "note" : ""}`, "data-fate": p.fate },
      h("span", { class: "who quiet" }, you, ": "),
      h("span", { class: "text", dir: "auto" }, p.shown ?? p.command.text ?? ""),
      h("span", { class: "fate" }, fate),
      p.fate === "failed" && h("span", { class: "again" },
        h("button", { type: "button", class: "small", onclick: () => this.o.onRetry(key) }, retry),
        h("button", { type: "button", class: "small quiet", onclick: () => this.o.onDiscard(key) }, discard)));
  }
}
