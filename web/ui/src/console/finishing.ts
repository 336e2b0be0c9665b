// The end of a visit: what came of it for colleagues, words for the patient, the
// next step. What is begun is kept until it has been taken.

import type { Command, HeadBooking, Next } from "../wire";
import type { Api } from "../shared/api";
import { fill, h } from "../shared/dom";
import type { Shelf } from "../shared/shelf";
import { momentOf } from "../shared/when";
import type * as english from "../texts/en_staff";
import { Dialog } from "./dialog";
import type { Person } from "./person";
import { TimePicker } from "./times";

export type Step = "none" | "text" | "follow_up" | "booking";

/** What is written in the dialog. */
export interface Ending {
  outcome: string;
  words: string;
  step: Step;
  text: string;
  /** Of a follow-up, as a field of dates has it: 2026-12-31. */
  day: string;
  /** Of an appointment, and its id where it stands already. */
  start: string;
  booking: string;
}

export const emptyEnding = (): Ending => ({ outcome: "", words: "", step: "none", text: "", day: "", start: "", booking: "" });

/** finishing is the command for what is written. */
export function finishing(e: Ending): Omit<Command, "key"> {
  const next = nextOf(e);
  return {
    do: "finish",
    ...(e.outcome.trim() ? { outcome: e.outcome.trim() } : {}),
    ...(e.words.trim() ? { words: e.words.trim() } : {}),
    ...(next ? { next } : {}),
  };
}

function nextOf(e: Ending): Next | null {
  const text = e.text.trim();
  switch (e.step) {
    case "none": return null;
    case "text": return text ? { kind: "text", text } : null;
    case "follow_up": return { kind: "follow_up", ...(text ? { text } : {}), at: noon(e.day) };
    case "booking": return { kind: "booking", ...(text ? { text } : {}), ...(e.booking ? { booking: e.booking } : { at: e.start }) };
  }
}

/** The noon of a day is that day in most zones. */
const noon = (day: string): string => new Date(day + "T12:00:00").toISOString();

export interface FinishingOptions {
  id: string;
  api: Api;
  shelf: Shelf;
  words: typeof english;
  language: string;
  person(): Person;
  /** Appointments that stand. */
  booked(): readonly HeadBooking[];
  do(command: Omit<Command, "key">): void;
}

const steps: readonly Step[] = ["none", "text", "follow_up", "booking"];

export class Finishing {
  private readonly dialog: Dialog;
  private readonly more = h("div", { class: "next-more" });
  private readonly fault = h("p", { class: "fault", role: "alert" });
  private form: HTMLFormElement | null = null;
  private ending: Ending;

  constructor(private readonly o: FinishingOptions) {
    this.ending = read(o.shelf.get("finish/" + o.id));
    this.dialog = new Dialog({ words: o.words.console_, title: "", kind: "finish" });
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  ask(): void {
    const { words, person } = this.o;
    const w = words.visits.finish;
    const e = this.ending;
    this.form = h("form", { class: "finishing", novalidate: true, onsubmit: (x) => { x.preventDefault(); this.go(); }, onkeydown: (x) => this.key(x), oninput: () => this.keep() },
      this.labelled(w.words, w.wordsMore, h("textarea", { id: this.name("words"), rows: "4", maxlength: "4000" }), e.words),
      this.labelled(w.outcome, w.outcomeMore, h("input", { id: this.name("outcome"), maxlength: "500", autocomplete: "off" }), e.outcome),
      h("fieldset", { class: "next" }, h("legend", {}, w.next), h("div", { class: "choices" }, ...steps.map((s) => this.choice(s)))),
      this.more,
      h("div", { class: "dialog-row" }, this.fault, h("button", { type: "submit", "data-act": "sure" }, w.finish, h("kbd", {}, "Ctrl ⏎")),
        h("button", { type: "button", class: "plain", "data-act": "finish-later", onclick: () => this.dialog.shut() }, w.later)));
    fill(this.fault);
    this.drawMore(false);
    this.dialog.show(w.title(person().called), this.form);
  }

  /** taken is called when the conversation has been finished: nothing is kept. */
  taken(): void {
    this.ending = emptyEnding();
    this.o.shelf.drop("finish/" + this.o.id);
    this.dialog.close();
  }

  private labelled(label: string, more: string, field: HTMLInputElement | HTMLTextAreaElement, value: string): HTMLElement {
    field.value = value;
    field.setAttribute("aria-describedby", field.id + "-more");
    return h("div", { class: "field" }, h("label", { for: field.id }, label), h("p", { class: "hint", id: field.id + "-more" }, more), field);
  }

  private choice(s: Step): HTMLElement {
    return h("label", {}, h("input", { type: "radio", name: this.name("step"), value: s, checked: s === this.ending.step, onchange: () => this.choose(s) }), " ", this.o.words.visits.finish.steps[s]);
  }

  private choose(s: Step): void {
    this.ending.step = s;
    this.keep();
    fill(this.fault);
    this.drawMore(true);
  }

  /** drawMore shows what the chosen step asks for. */
  private drawMore(focus: boolean): void {
    const w = this.o.words.visits.finish;
    const { step } = this.ending;
    const text = step === "none" ? null : this.labelled(step === "text" ? w.stepText : w.stepTextToo, w.stepMore, h("input", { id: this.name("text"), maxlength: "500", autocomplete: "off" }), this.ending.text);
    if (step === "follow_up") fill(this.more, this.labelled(w.day, w.dayMore, h("input", { type: "date", id: this.name("day"), min: tomorrow() }), this.ending.day), text);
    else if (step === "booking") fill(this.more, this.picker(), text);
    else fill(this.more, text);
    if (focus && step !== "booking") this.more.querySelector("input")?.focus();
  }

  private picker(): HTMLElement {
    const { api, id, words, language } = this.o;
    const picker = new TimePicker({
      api, conversation: id, words: words.visits, language,
      picked: (start) => {
        this.take(start, "");
        press();
      },
    });
    const stands = this.o.booked().map((b) => h("button", { type: "button", class: "small", "data-stands": b.id, onclick: () => {
      this.take(b.start, b.id);
      picker.clear();
      press();
    } }, momentOf(b.start, language)));
    const press = (): void => stands.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset["stands"] === this.ending.booking)));
    press();
    if (this.ending.booking === "") picker.start = this.ending.start;
    void picker.load().then(() => {
      if (this.ending.booking === "") this.ending.start = picker.start;
    });
    return h("div", { class: "field" },
      stands.length > 0 && h("div", { class: "times", role: "group", "aria-label": words.visits.finish.stands }, h("p", { class: "hint" }, words.visits.finish.stands), ...stands),
      h("p", { class: "hint" }, words.visits.finish.bookingMore), picker.element);
  }

  private take(start: string, booking: string): void {
    this.ending.start = start;
    this.ending.booking = booking;
    fill(this.fault);
    this.keep();
  }

  private name(of: string): string {
    return `finish-${of}-${this.o.id}`;
  }

  private value(of: string, before: string): string {
    return this.form?.querySelector<HTMLInputElement>(`[id="${this.name(of)}"]`)?.value ?? before;
  }

  private keep(): void {
    const e = this.ending;
    for (const of of ["words", "outcome", "text", "day"] as const) e[of] = this.value(of, e[of]);
    this.o.shelf.set("finish/" + this.o.id, JSON.stringify(e));
  }

  private key(e: KeyboardEvent): void {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || e.repeat) return;
    e.preventDefault();
    this.go();
  }

  private go(): void {
    this.keep();
    const w = this.o.words.visits.finish;
    const { step, text, day, start } = this.ending;
    const lacks = step === "text" && !text.trim() ? w.lacksText : step === "follow_up" && !day ? w.lacksDay : step === "booking" && !start ? w.lacksTime : "";
    fill(this.fault, lacks);
    if (lacks && step !== "booking") this.more.querySelector("input")?.focus();
    if (lacks) return;
    this.dialog.close();
    this.o.do(finishing(this.ending));
  }
}

function read(kept: string | null): Ending {
  try {
    const e: unknown = JSON.parse(kept ?? "{}");
    return { ...emptyEnding(), ...(typeof e === "object" ? e : {}) };
  } catch {
    return emptyEnding();
  }
}

/** A follow-up is on another day. */
function tomorrow(): string {
  const d = new Date(Date.now() + 86_400_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}
