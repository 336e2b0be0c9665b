// A dialog over the console: the focus stays in it while it is open and goes back
// to where it was. Escape and a press beside it shut it; nothing is lost by that.

import { fill, h, icon, shapes } from "../shared/dom";
import type { console_ as english } from "../texts/en_staff";

export interface DialogOptions {
  words: typeof english;
  title: string;
  kind: string;
  /** It was shut without being done. */
  shut?(): void;
}

export class Dialog {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly box: HTMLElement;
  private readonly body = h("div", { class: "dialog-body" });
  private before: HTMLElement | null = null;

  constructor(private readonly o: DialogOptions) {
    const id = `dialog-${o.kind}-${Math.random().toString(36).slice(2)}`;
    this.title = h("h2", { id }, o.title);
    this.box = h("div", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": id, "data-dialog": o.kind, onkeydown: (e) => this.key(e) },
      h("div", { class: "dialog-head" }, this.title, h("button", { type: "button", class: "ghost icon", "aria-label": o.words.cancel, onclick: () => this.shut() }, icon(shapes.close))),
      this.body);
    this.element = h("div", { class: "sheet-over", hidden: true, onmousedown: (e) => e.target === this.element && this.shut() }, this.box);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(title: string, ...body: readonly HTMLElement[]): void {
    if (!this.open) this.before = document.activeElement as HTMLElement | null;
    this.title.textContent = title;
    fill(this.body, ...body);
    this.element.hidden = false;
    (this.body.querySelector<HTMLElement>("textarea, input:not([type=radio]), select") ?? this.stops()[1] ?? this.stops()[0])?.focus();
  }

  /** shut is for leaving it as it is. */
  shut(): void {
    this.close();
    this.o.shut?.();
  }

  /** close takes it away when it is done. */
  close(): void {
    if (!this.open) return;
    this.element.hidden = true;
    fill(this.body);
    if (this.before?.isConnected) this.before.focus();
  }

  private stops(): HTMLElement[] {
    const all = this.box.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href], summary");
    return [...all].filter((x) => !(x as HTMLButtonElement).disabled && x.getClientRects().length > 0);
  }

  private key(e: KeyboardEvent): void {
    if (e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      this.shut();
    }
    if (e.key !== "Tab") return;
    const stops = this.stops();
    const end = e.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== end) return;
    e.preventDefault();
    (e.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
  }
}

/** covered says that a dialog or sheet stands over the console. */
export const covered = (): boolean => [...document.querySelectorAll<HTMLElement>(".sheet-over")].some((x) => x.getClientRects().length > 0);
