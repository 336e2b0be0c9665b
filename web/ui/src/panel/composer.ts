// Where a patient types: a field that suits what the bot asked, the draft that
// survives a reload, and a word on why an answer did not do.

import type { panel as english } from "../texts/en";
import { common } from "../texts/en";
import { fill, h, icon, shapes } from "../shared/dom";
import type { Shelf } from "../shared/shelf";
import type { Asked } from "../shared/talk";
import { drawOf } from "./questions/all";

type Field = HTMLInputElement | HTMLTextAreaElement;

export interface ComposerOptions {
  words: typeof english;
  common: typeof common;
  shelf: Shelf;
  send(text: string): void;
  skip(step: string): void;
  typing(): void;
  /** What was typed cannot be sent: why, to be heard. */
  refused(why: string): void;
  /** The field has been emptied by hand. */
  emptied(): void;
}

/** What a question's type means for the field: its kind, keyboard and memory. */
const kinds: Record<string, Record<string, string>> = {
  date: { type: "text", autocomplete: "off" }, // as people write them: 7.03.1958, 7 March 58
  number: { type: "text", inputmode: "decimal", autocomplete: "off" },
  phone: { type: "tel", inputmode: "tel", autocomplete: "tel" },
  email: { type: "email", inputmode: "email", autocomplete: "email" },
};

const typingEvery = 3_000;
/** No server takes more at once; most take less and say so. */
const longest = 8_000;

export class Composer {
  readonly element: HTMLFormElement;
  private readonly slot = h("div", { class: "field" });
  private readonly error = h("p", { class: "error", id: "answer-error", hidden: true });
  private readonly skip: HTMLButtonElement;
  private readonly button: HTMLButtonElement;
  private field: Field;
  private asked: Asked | null = null;
  private kind = "";
  private aside = ""; // a text that the field of the open question cannot hold
  private typedAt = 0;

  constructor(private readonly o: ComposerOptions) {
    this.field = this.makeField("");
    this.skip = h("button", { type: "button", class: "plain skip", hidden: true, onclick: () => this.asked && o.skip(this.asked.step) }, o.words.skip);
    this.button = h("button", { type: "submit", class: "icon", "aria-label": o.common.send }, icon(shapes.send));
    this.element = h("form", { class: "composer", novalidate: true, onsubmit: (e) => this.submit(e) },
      this.error, this.slot, this.skip, this.button);
    fill(this.slot, this.field);
    this.put(o.shelf.get("draft") ?? "");
    this.grow();
  }

  /** ask suits the field to the open question, or to free words. */
  ask(asked: Asked | null): void {
    const pressed = asked !== null && drawOf(asked) !== null;
    this.skip.hidden = !asked?.optional || pressed; // it stands with the buttons there
    if (asked?.step !== this.asked?.step) this.fault("");
    this.asked = asked;
    const kind = asked && asked.type in kinds && !pressed ? asked.type : "";
    if (kind !== this.kind) this.change(kind);
    const typed = asked !== null && !pressed;
    const label = typed ? this.o.words.answer : this.o.words.write;
    this.field.setAttribute("aria-label", typed ? `${label}: ${asked.text}` : label);
    if (kind === "date") this.field.setAttribute("placeholder", this.o.words.dateLike);
    else if (kind === "" || kind === "number") this.field.setAttribute("placeholder", label);
  }

  /** enable is false while there is no conversation to write into. */
  enable(on: boolean): void {
    this.field.disabled = this.button.disabled = this.skip.disabled = !on;
  }

  /** holds says whether anything is written and not sent. */
  holds(): boolean {
    return this.draft() !== "";
  }

  /** restore gives a text back that was not taken, above what has been written
   *  since, and says why. */
  restore(text: string, why: string): void {
    this.put([text, this.draft()].filter((t) => t !== "").join("\n"));
    this.keep();
    this.grow();
    this.fault(why);
  }

  /** fit suits the field's height to its text. */
  fit(): void {
    this.grow();
  }

  focus(): void {
    this.field.focus();
  }

  private submit(e: Event): void {
    e.preventDefault();
    const text = this.field.value.trim();
    if (text === "" || this.button.disabled) return;
    if (text.length > longest) {
      this.fault(this.o.words.refused["too_large"] ?? "");
      this.o.refused(this.error.textContent ?? "");
      return;
    }
    this.field.value = "";
    this.fault("");
    this.keep();
    this.grow();
    this.o.send(text);
    this.field.focus();
  }

  private change(kind: string): void {
    const had = document.activeElement === this.field;
    const draft = this.draft();
    this.kind = kind;
    this.field = this.makeField(kind);
    this.put(draft);
    fill(this.slot, this.field);
    if (had) this.field.focus();
  }

  private draft(): string {
    return this.aside || this.field.value;
  }

  /** put writes a draft; what the field cannot hold (a date field keeps only
   *  dates) is kept aside until another question comes. */
  private put(draft: string): void {
    this.field.value = draft;
    this.aside = this.field.value === draft ? "" : draft;
    if (this.aside !== "") this.field.value = "";
  }

  private makeField(kind: string): Field {
    const attrs = {
      "aria-describedby": "answer-error",
      oninput: () => this.typed(),
      onkeydown: (e: KeyboardEvent) => this.key(e),
    };
    if (kind !== "") return h("input", { ...attrs, ...kinds[kind] });
    return h("textarea", { ...attrs, rows: "1", autocomplete: "off" });
  }

  private typed(): void {
    this.keep();
    this.grow();
    if (!this.holds()) this.o.emptied();
    const now = Date.now();
    if (this.field.value === "" || now - this.typedAt < typingEvery) return;
    this.typedAt = now;
    this.o.typing();
  }

  /** Enter sends where there is a real keyboard; on a touch screen it is a new line. */
  private key(e: KeyboardEvent): void {
    const touch = window.matchMedia("(pointer: coarse)").matches;
    if (e.key !== "Enter" || e.shiftKey || e.isComposing || (touch && this.kind === "")) return;
    e.preventDefault();
    this.element.requestSubmit ? this.element.requestSubmit() : this.submit(e);
  }

  private keep(): void {
    if (!this.holds()) this.o.shelf.drop("draft");
    else this.o.shelf.set("draft", this.draft());
  }

  private grow(): void {
    if (!(this.field instanceof HTMLTextAreaElement)) return;
    this.field.style.height = "auto";
    this.field.style.height = Math.min(this.field.scrollHeight + 2, window.innerHeight / 4) + "px";
  }

  private fault(why: string): void {
    this.error.textContent = why;
    this.error.hidden = why === "";
    if (why === "") this.field.removeAttribute("aria-invalid");
    else this.field.setAttribute("aria-invalid", "true");
  }
}
