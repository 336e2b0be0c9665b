// Who waits, whom I have, and whom I had.

import type { Head } from "../wire";
import { fill, h } from "../shared/dom";
import { type Department, inLanguage } from "../shared/page";
import { dayOf } from "../shared/when";
import type { common, console_ as english } from "../texts/en";
import type { Office } from "./office";

export interface ListsOptions {
  office: Office;
  words: typeof english;
  common: typeof common;
  language: string;
  departments: readonly Department[];
}

export class Lists {
  readonly element: HTMLElement;
  private readonly waiting = h("ul", { class: "heads waiting-list" });
  private readonly mine = h("ul", { class: "heads mine-list" });
  private readonly waitingCount = h("span", { class: "count" });
  private readonly mineCount = h("span", { class: "count" });
  private readonly had = h("ul", { class: "heads had-list" });
  private readonly hadBox: HTMLDetailsElement;
  private drawn = "";
  private hadFor = ""; // what I had now when the list was read

  constructor(private readonly o: ListsOptions) {
    const { words } = o;
    this.hadBox = h("details", { class: "had", ontoggle: () => this.readHad() }, h("summary", {}, words.had), this.had);
    this.element = h("nav", { class: "lists", "aria-label": words.waiting },
      h("h2", {}, words.waiting + " ", this.waitingCount), this.waiting,
      h("h2", {}, words.mine + " ", this.mineCount), this.mine, this.hadBox);
    setInterval(() => this.show(), 20_000); // the minutes go on
  }

  show(): void {
    const { office, words } = this.o;
    const waiting = office.waiting();
    const mine = office.mine();
    const state = JSON.stringify([waiting, mine, office.had, office.selected, office.listed, mine.map((m) => office.opens.get(m.id)?.unread), Math.floor(Date.now() / 20_000)]);
    if (state === this.drawn) return;
    this.drawn = state;
    const focused = (document.activeElement as HTMLElement | null)?.dataset["head"];
    this.waitingCount.textContent = String(waiting.length);
    this.mineCount.textContent = String(mine.length);
    fill(this.waiting, ...waiting.map((x) => this.row(x)), waiting.length === 0 && this.empty(office.listed ? words.nobodyWaits : words.loading));
    fill(this.mine, ...mine.map((x) => this.row(x)), mine.length === 0 && office.listed && this.empty(words.noneMine));
    this.drawHad();
    if (focused) this.element.querySelector<HTMLElement>(`[data-head="${CSS.escape(focused)}"]`)?.focus();
  }

  /** What I had is asked for when the list is opened, and again when I have
   *  others than before. */
  private readHad(): void {
    this.hadFor = this.mineIds();
    if (this.hadBox.open) void this.o.office.readHad();
  }

  private mineIds(): string {
    return this.o.office.mine().map((x) => x.id).sort().join();
  }

  private drawHad(): void {
    const { office, words } = this.o;
    if (this.hadBox.open && this.hadFor !== this.mineIds()) this.readHad();
    const had = (office.had ?? []).filter((x) => !office.heads.has(x.id));
    const none = office.had === undefined ? words.loading : office.had === null ? words.hadUnread : words.noneHad;
    fill(this.had, ...had.map((x) => this.row(x)), had.length === 0 && this.empty(none));
  }

  /** move goes to the next or previous row. */
  move(by: number): void {
    const rows = [...this.element.querySelectorAll<HTMLElement>("[data-head]")];
    const at = rows.findIndex((r) => r === document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  }

  private empty(words: string): HTMLElement {
    return h("li", { class: "empty" }, words);
  }

  private row(head: Head): HTMLElement {
    const { office, words } = this.o;
    const unread = office.opens.get(head.id)?.unread ?? 0;
    const urgent = head.priority === "emergency";
    const owed = office.isMine(head) && head.owed !== undefined;
    return h("li", {}, h("button", {
      type: "button", class: `head-row ${urgent ? "urgent" : ""}`, "data-head": head.id,
      "aria-current": office.selected === head.id ? "true" : null, onclick: () => office.select(head.id),
    },
      h("span", { class: "name" }, head.patient || words.unnamed),
      unread > 0 && h("span", { class: "unread" }, unread),
      h("span", { class: "about" }, [urgent ? words.urgent : "", this.department(head), owed ? words.owed : ""].filter(Boolean).join(" · ")),
      head.since && h("span", { class: "since" }, this.since(head, new Date(head.since)))));
  }

  /** How long somebody waits; of those that are closed, the day. */
  private since(head: Head, at: Date): string {
    if (head.phase === "closed") return dayOf(at, new Date(), this.o.language, this.o.common);
    return this.o.words.since(Math.max(0, Math.floor((Date.now() - at.getTime()) / 60_000)));
  }

  private department(head: Head): string {
    const d = this.o.departments.find((x) => x.id === head.department);
    return (d && inLanguage(d.title, this.o.language)) || head.department || "";
  }
}
