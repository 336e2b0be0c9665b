// The strip of the morning: what is not ready yet stands beside the lists until it
// is, until the doctor begins to work, or until it is put off for the day; when all
// is well one green line is left, and the strip comes back when something breaks.

import { fill, h, icon } from "../shared/dom";
import type { Voice } from "../shared/voice";
import type { Check, Standing } from "./checks/check";
import type { console_ as english } from "../texts/en_staff";
import type { Settings } from "./settings";

export interface ReadyOptions {
  checks: readonly Check[];
  settings: Settings;
  words: typeof english;
  language: string;
  voice: Voice;
}

const tick = "M5 13l4 4L19 7";
const cross = "M12 5v9m0 4v.01";

export class Ready {
  /** Across the page. */
  readonly strip: HTMLElement;
  /** The one line for all, which opens the strip. */
  readonly line: HTMLButtonElement;
  private readonly items = h("ul");
  private readonly title: HTMLElement;
  private readonly fold: HTMLButtonElement;
  private readonly was = new Map<string, Standing>();
  private open: boolean;
  private drawn = "";

  constructor(private readonly o: ReadyOptions) {
    const r = o.words.ready;
    this.open = !o.settings.doneToday("ready-later");
    this.title = h("h2", {}, r.title);
    this.fold = h("button", { type: "button", class: "small", "data-act": "ready-later", onclick: () => this.later() });
    this.strip = h("section", { class: "ready", "aria-label": r.title }, this.title, this.items, this.fold);
    this.line = h("button", { type: "button", class: "ghost ready-line", "aria-expanded": "false", onclick: () => this.toggle() });
  }

  show(): void {
    const found = this.o.checks.map((c) => ({ check: c, ...c.found() }));
    const well = found.every((f) => f.standing === "ok");
    for (const f of found) {
      if (f.standing === "bad" && this.was.get(f.check.id) === "ok") this.broken(f.words);
      this.was.set(f.check.id, f.standing);
    }
    const state = JSON.stringify([found.map((f) => [f.standing, f.words]), this.open]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.strip.hidden = !this.open;
    this.strip.classList.toggle("well", well);
    const r = this.o.words.ready;
    this.fold.textContent = well ? r.fold : r.later;
    const act = (document.activeElement as HTMLElement | null)?.dataset["check"];
    fill(this.items, ...found.map((f) => h("li", { class: f.standing, "data-standing": f.standing, "data-of": f.check.id },
      h("p", {}, icon(f.standing === "ok" ? tick : cross), f.words),
      f.press && h("button", { type: "button", class: "small", "data-check": f.check.id, onclick: f.press.run }, f.press.words))));
    if (act) (this.items.querySelector<HTMLElement>(`[data-check="${act}"]`) ?? this.fold).focus();
    this.sum(found, well);
    if (well && this.open) this.soonShut();
  }

  /** busy is whether a conversation is looked at: the strip makes room for it, and
   *  does not come by itself meanwhile, for nothing may move under a hand that
   *  works; the line says that something is wrong. */
  busy(on: boolean): void {
    this.working = on;
    if (!on || !this.open) return;
    this.open = this.held = false;
    this.show();
  }

  end(): void {
    for (const c of this.o.checks) c.end?.();
  }

  private sum(found: readonly { check: Check; standing: Standing }[], well: boolean): void {
    const r = this.o.words.ready;
    const not = found.filter((f) => f.standing !== "ok").map((f) => f.check.name);
    this.line.classList.toggle("well", well);
    this.line.classList.toggle("bad", found.some((f) => f.standing === "bad"));
    this.line.setAttribute("aria-expanded", String(this.open));
    fill(this.line, icon(well ? tick : cross), well ? r.well : r.notYet(not.join(", ")));
  }

  /** When the last thing has come right the strip goes by itself, unless it was
   *  opened by hand; a focus in it goes to the line. */
  private soonShut(): void {
    setTimeout(() => {
      if (!this.open || this.held || !this.strip.classList.contains("well")) return;
      const inside = this.strip.contains(document.activeElement);
      this.open = false;
      this.show();
      if (inside) this.line.focus();
    }, 2_000);
  }

  private working = false;
  private held = false; // opened by hand while all was well

  private toggle(): void {
    this.open = !this.open;
    this.held = this.open;
    this.show();
    if (this.open) this.fold.focus();
  }

  private later(): void {
    if (!this.strip.classList.contains("well")) this.o.settings.doToday("ready-later");
    this.open = this.held = false;
    this.show();
    this.line.focus();
  }

  /** What was well and is not any more is said, whatever was put off. */
  private broken(words: string): void {
    this.open = !this.working;
    this.o.voice.say({ text: words, lang: this.o.language });
  }
}
