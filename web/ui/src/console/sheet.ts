// The sheet of keys: what each does, and the switch that turns the single ones
// off.

import { fill, h, icon, shapes } from "../shared/dom";
import type { console_ as english } from "../texts/en_staff";
import { type Shortcut, withAlt } from "./keys";
import type { Settings } from "./settings";

export class Sheet {
  readonly element: HTMLElement;
  private readonly box: HTMLElement;
  private readonly list = h("div", { class: "shortcuts" });
  private readonly close: HTMLButtonElement;
  private before: HTMLElement | null = null;

  constructor(words: typeof english, settings: Settings, shortcuts: readonly Shortcut[]) {
    const single = h("input", { type: "checkbox", id: "single-keys", checked: settings.on("keys"), onchange: () => settings.turn("keys", single.checked) });
    this.close = h("button", { type: "button", class: "ghost icon", "aria-label": words.closeSheet, onclick: () => this.shut() }, icon(shapes.close));
    this.box = h("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-labelledby": "sheet-title", onkeydown: (e) => this.key(e) },
      h("div", { class: "dialog-head" }, h("h2", { id: "sheet-title" }, words.keys), this.close),
      h("p", { class: "hint" }, words.keysHint(withAlt(shortcuts))), this.list,
      h("label", { class: "single" }, single, " ", words.singleKeys));
    this.element = h("div", { class: "sheet-over", hidden: true, onclick: (e) => e.target === this.element && this.shut() }, this.box);
    const groups = [...new Set(shortcuts.map((s) => s.group))];
    fill(this.list, ...groups.map((g) => h("section", {}, h("h3", {}, g),
      h("dl", {}, ...shortcuts.filter((s) => s.group === g).map((s) => h("div", {}, h("dt", {}, ...s.sign.split(" ").map((k) => h("kbd", {}, k))), h("dd", {}, s.words)))))));
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(): void {
    if (this.open) return;
    this.before = document.activeElement as HTMLElement | null;
    this.element.hidden = false;
    this.close.focus();
  }

  private shut(): void {
    this.element.hidden = true;
    this.before?.focus();
  }

  /** The focus stays in the sheet while it is open. */
  private key(e: KeyboardEvent): void {
    if (e.key === "Escape" || (e.key === "?" && (e.target as HTMLElement).tagName !== "INPUT")) {
      e.preventDefault();
      this.shut();
    }
    if (e.key !== "Tab") return;
    const stops = [...this.box.querySelectorAll<HTMLElement>("button, input")];
    const last = stops[stops.length - 1];
    const end = e.shiftKey ? stops[0] : last;
    if (document.activeElement !== end) return;
    e.preventDefault();
    (e.shiftKey ? last : stops[0])?.focus();
  }
}
