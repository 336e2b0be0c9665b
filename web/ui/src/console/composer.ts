// Where the doctor writes. Whom it goes to stands above the field and on the
// button; what gives reason to doubt that is asked once more.

import { fill, h, icon, shapes } from "../shared/dom";
import type { Shelf } from "../shared/shelf";
import type * as english from "../texts/en_staff";
import { doubt, type Draft, type Hand, keepDraft, readDraft } from "./draft";
import type { Person } from "./person";

export interface ComposerOptions {
  id: string; // of the conversation, for good
  words: typeof english;
  shelf: Shelf;
  hand: Hand;
  send(what: "send" | "note", text: string): void;
  typing(): void;
  changed(): void;
}

/** How long a question whether to send takes no yes: the press that raised it may
 *  come twice. */
const breath = 600;

export class Composer {
  readonly element: HTMLFormElement;
  private readonly toWords = h("span");
  private readonly day = h("span", { class: "birthday" });
  private readonly to = h("label", { class: "to" }, this.toWords, this.day);
  private readonly field: HTMLTextAreaElement;
  private readonly noting: HTMLInputElement; // ticked: what is written is for staff
  private readonly sendButton: HTMLButtonElement;
  private readonly sendWords = h("span", { class: "words" });
  private readonly sure = h("div", { class: "sure", role: "alert", hidden: true });
  private mine: boolean | null = null; // as it was last drawn
  private person: Person = { name: "", age: "", born: "", called: "" };
  private whom: string; // for whom the text was begun
  private typedAt = 0;

  constructor(private readonly o: ComposerOptions) {
    const { words, id } = o;
    const c = words.console_;
    const kept = readDraft(o.shelf, id);
    this.whom = kept.whom;
    this.field = h("textarea", {
      id: `write-${id}`, rows: "2", maxlength: "4000", oninput: () => this.typed(), onkeydown: (e: KeyboardEvent) => this.key(e),
    });
    this.field.value = kept.text;
    this.to.htmlFor = this.field.id;
    this.noting = h("input", { type: "checkbox", id: `note-${id}`, onchange: () => this.audienceChosen() });
    this.noting.checked = kept.note;
    this.sendButton = h("button", { type: "submit", class: "send" }, icon(shapes.send), this.sendWords);
    this.element = h("form", { class: "composer", onsubmit: (e) => this.submit(e) },
      h("div", { class: "over" }, this.to, h("label", { class: "noting" }, this.noting, " ", c.note, " ", h("small", {}, c.noteHint))),
      this.field, this.sendButton, this.sure);
  }

  /** show draws it for a conversation that is mine to answer or not; where it is
   *  neither mine nor may be noted on it is not shown. */
  show(mine: boolean, notable: boolean, person: Person): void {
    this.person = person;
    this.element.hidden = !mine && !notable;
    this.suitNote(mine);
    this.label();
  }

  /** focus goes to the field; wanted says for whom, where that was asked for. */
  focus(wanted?: "send" | "note"): void {
    if (this.element.hidden) return;
    if (wanted && this.field.value === "" && this.mine) {
      this.noting.checked = wanted === "note";
      this.audienceChosen();
    }
    this.field.focus();
  }

  get empty(): boolean {
    return this.field.value === "";
  }

  /** takeBack puts a text that was not sent back into an empty field. */
  takeBack(text: string, note: boolean): void {
    if (!this.empty) return;
    this.field.value = text;
    this.whom = this.person.called;
    this.noting.checked = note;
    this.audienceChosen();
  }

  /** What is written keeps the readers for whom it was begun: while a
   *  conversation is not mine only notes can be, and an empty field changes over
   *  when it becomes mine or ceases to be; a text in it never does by itself. */
  private suitNote(mine: boolean): void {
    if (mine !== this.mine && this.empty) this.noting.checked = !mine;
    this.mine = mine;
    this.noting.disabled = !mine && this.noting.checked;
    this.sendButton.disabled = !mine && !this.noting.checked;
  }

  /** Name and age stand beside the field and on the button. */
  private label(): void {
    const c = this.o.words.console_;
    const note = this.noting.checked;
    const { called, name, born } = this.person;
    this.element.classList.toggle("note", note);
    say(this.toWords, note ? c.writeNote(called) : this.mine ? c.writeTo(called) : c.notYours(called));
    say(this.day, !note && this.mine && born ? ` (${born})` : "");
    say(this.sendWords, note ? c.keepNote : c.sendTo(name));
    this.sendButton.setAttribute("aria-label", note ? c.keepNoteOn(called) : c.sendTo(called));
    this.sendButton.title = note ? c.keepNoteOn(called) : c.sendTo(called);
  }

  private audienceChosen(): void {
    this.keep();
    this.suitNote(this.mine ?? false);
    this.label();
  }

  private draft(): Draft {
    return { text: this.field.value, note: this.noting.checked, whom: this.whom };
  }

  private keep(): void {
    keepDraft(this.o.shelf, this.o.id, this.draft());
    this.o.changed();
  }

  private typed(): void {
    if (this.empty) this.whom = "";
    else if (this.whom === "") this.whom = this.person.called;
    if (this.empty && !this.mine) this.noting.checked = true; // nothing else can be begun here
    this.o.hand.at = this.o.id;
    this.o.hand.when = Date.now();
    this.unask();
    this.audienceChosen();
    if (this.noting.checked || Date.now() - this.typedAt < 3_000) return;
    this.typedAt = Date.now();
    this.o.typing();
  }

  private key(e: KeyboardEvent): void {
    if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
    e.preventDefault();
    if (!e.repeat) this.submit(e);
  }

  private submit(e: Event): void {
    e.preventDefault();
    if (this.field.value.trim() === "" || this.sendButton.disabled || !this.sure.hidden) return;
    const why = doubt(this.draft(), this.o.id, this.person.called, this.o.hand, Date.now());
    if (why) this.ask(why);
    else this.go();
  }

  private ask(why: "other" | "slip"): void {
    const c = this.o.words.console_;
    const { called } = this.person;
    const asked = Date.now();
    const yes = h("button", { type: "button", "data-act": "send-sure", onclick: () => Date.now() - asked > breath && this.go() },
      this.noting.checked ? c.keepNoteOn(called) : c.sendTo(called));
    fill(this.sure, h("p", {}, why === "other" ? c.begunFor(this.whom, called) : c.reallyFor(called)), yes,
      h("button", { type: "button", class: "plain", "data-act": "send-not", onclick: () => this.unask(true) }, c.notYet));
    this.sure.hidden = false;
    yes.focus();
  }

  private unask(back = false): void {
    this.sure.hidden = true;
    if (back) this.field.focus();
  }

  private go(): void {
    const text = this.field.value.trim();
    const note = this.noting.checked;
    if (text === "" || (!note && !this.mine)) return;
    this.field.value = this.whom = "";
    this.unask();
    this.noting.checked = !this.mine;
    this.o.hand.at = "";
    this.audienceChosen();
    this.o.send(note ? "note" : "send", text);
    this.field.focus();
  }
}

function say(e: HTMLElement, words: string): void {
  if (e.textContent !== words) e.textContent = words;
}
