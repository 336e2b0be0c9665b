// Looking for a patient by name: over what the doctor has, may take, and has had.
// While there is something in the field its findings stand in place of the lists.

import { h, icon } from "../shared/dom";
import type * as english from "../texts/en_staff";
import type { Voice } from "../shared/voice";
import type { Office } from "./office";
import type { RowWords } from "./row";
import { Section } from "./section";

export interface FinderOptions {
  office: Office;
  words: typeof english;
  row: RowWords;
  voice: Voice;
  /** null: what is found is only to be read. */
  select: ((id: string) => void) | null;
  searching(on: boolean): void;
}

const pause = 250; // after the last key, in milliseconds

export class Finder {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly results: Section;
  private readonly says = h("p", { class: "empty" });
  private readonly again: HTMLButtonElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: AbortController | null = null;
  private face: "none" | "looking" | "found" | "failed" = "none";
  private more = false;

  constructor(private readonly o: FinderOptions) {
    const c = o.words.console_;
    this.results = new Section("found", c.found, o.row, o.select);
    this.field = h("input", {
      type: "search", id: "find", maxlength: "80", autocomplete: "off", spellcheck: "false", placeholder: c.find,
      oninput: () => this.typed(), onkeydown: (e: KeyboardEvent) => this.key(e),
    });
    this.again = h("button", { type: "button", class: "small", hidden: true, onclick: () => void this.look() }, c.tryAgain);
    this.results.element.hidden = true;
    this.element = h("div", { class: "finder", role: "search" },
      h("label", { class: "hearing", for: "find" }, c.find), icon("M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14Zm5-2 4 4"), this.field,
      this.says, this.again, this.results.element);
  }

  focus(): void {
    this.field.focus();
    this.field.select();
  }

  show(): void {
    const c = this.o.words.console_;
    const { office } = this.o;
    const on = this.face !== "none";
    const found = this.face === "found" ? office.found : [];
    this.results.element.hidden = !on || this.face !== "found" || found.length === 0;
    this.again.hidden = this.face !== "failed";
    const says = { none: "", looking: c.looksFor, failed: c.findFailed, found: found.length === 0 ? c.foundNobody : this.more ? c.foundMore : "" }[this.face];
    if (this.says.textContent !== says) this.says.textContent = says;
    this.o.voice.status("find", this.face === "found" && found.length > 0 ? c.foundSo(found.length) : says, this.o.row.language);
    this.results.show(found.map((head) => {
      const now = office.heads.get(head.id) ?? head;
      return { head: { ...now, seq: 0 }, selected: office.selected === head.id, unread: office.unread(head.id), mine: office.isMine(now), fresh: false, department: true, away: null, draft: office.begun(head.id) };
    }), office.now(), "");
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.stop?.abort();
    const on = this.field.value.trim() !== "";
    this.o.searching(on);
    if (on && this.face !== "found") this.face = "looking";
    if (!on) this.face = "none";
    this.show();
    if (on) this.timer = setTimeout(() => void this.look(), pause);
  }

  private async look(): Promise<void> {
    const stop = (this.stop = new AbortController());
    try {
      const found = await this.o.office.find(this.field.value.trim(), stop.signal);
      if (stop.signal.aborted) return;
      this.face = "found";
      this.more = found.more ?? false;
    } catch {
      if (stop.signal.aborted) return;
      this.face = "failed";
    }
    this.show();
  }

  private key(e: KeyboardEvent): void {
    if (e.key === "Escape" && this.field.value !== "") {
      e.preventDefault();
      e.stopPropagation();
      this.field.value = "";
      this.typed();
    } else if (e.key === "Escape") {
      this.field.blur(); // single keys work again
    } else if (e.key === "ArrowDown" || (e.key === "Enter" && !e.isComposing)) {
      e.preventDefault();
      (this.results.list.querySelector<HTMLElement>("[data-head]"))?.focus();
    }
  }
}
