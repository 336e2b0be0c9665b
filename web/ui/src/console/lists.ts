// Whom I have, who waits in which department, and whom I had; while somebody is
// looked for, whom the search found.

import type { Head } from "../wire";
import { h } from "../shared/dom";
import type { Department } from "../shared/page";
import type { Voice } from "../shared/voice";
import type * as english from "../texts/en_staff";
import { endEmergency } from "./endemergency";
import { Finder } from "./finder";
import { departmentIn } from "./heading";
import type { Office } from "./office";
import type { RowState } from "./row";
import { Section } from "./section";

/** How long the list of appointments is good, in milliseconds. */
const bookedFor = 60_000;

export interface ListsOptions {
  office: Office;
  words: typeof english;
  language: string;
  departments: readonly Department[];
  /** Whose queues I see. */
  own: readonly string[];
  /** My login. */
  me: string;
  /** A doctor has conversations; whoever else sees the lists has none. */
  doctor: boolean;
  /** An admin may end an emergency. */
  admin: boolean;
  voice: Voice;
  /** Who has come since the doctor last looked. */
  fresh(id: string): boolean;
}

export class Lists {
  readonly element: HTMLElement;
  readonly finder: Finder;
  private readonly mine: Section;
  private readonly urgent: Section;
  private readonly queues = new Map<string, Section>();
  private readonly queueBox = h("div", { class: "queues" });
  private readonly callbacks: Section;
  private readonly day: Section;
  private readonly parked: Section;
  private readonly booked: Section;
  private readonly bookedBox: HTMLDetailsElement;
  private readonly had: Section;
  private readonly hadBox: HTMLDetailsElement;
  private readonly usual: HTMLElement;
  private readonly nobody: HTMLElement;
  private readonly total = h("span", { class: "count" });
  private readonly timer: ReturnType<typeof setInterval>;
  private hadFor = ""; // what I had now when the list was read

  constructor(private readonly o: ListsOptions) {
    const c = o.words.console_;
    this.mine = this.section("mine", c.mine);
    this.had = this.section("had", c.had, "h3");
    this.urgent = this.section("waiting", c.urgent, "h3", o.admin ? (id) => endEmergency(id, o.office, c) : undefined);
    this.callbacks = this.section("callbacks", c.callbacks);
    this.day = this.section("day", o.words.visits.day.title);
    this.booked = this.section("booked", o.words.visits.day.others, "h3");
    this.bookedBox = h("details", { class: "had ahead", hidden: !o.doctor, ontoggle: () => this.readBooked() }, h("summary", {}, o.words.visits.day.others), this.booked.element);
    this.parked = this.section("parked", c.parkedList);
    this.hadBox = h("details", { class: "had past", hidden: !o.doctor, ontoggle: () => this.readHad() }, h("summary", {}, c.had), this.had.element);
    this.nobody = h("p", { class: "empty" });
    this.usual = h("div", { class: "usual" }, o.doctor && this.mine.element, o.doctor && this.day.element,
      h("h2", { class: "waiting-title" }, c.waiting + " ", this.total), this.nobody, this.urgent.element, this.queueBox, this.callbacks.element, this.parked.element, this.bookedBox, this.hadBox);
    this.finder = new Finder({ office: o.office, words: o.words, row: this.words(), voice: o.voice, select: o.doctor ? (id) => o.office.select(id) : null, searching: (on) => (this.usual.hidden = on) });
    this.element = h("nav", { class: "lists", "aria-label": c.lists, onkeydown: (e) => this.key(e), onfocusin: (e) => this.roam(e.target) },
      this.finder.element, this.usual);
    this.timer = setInterval(() => this.tick(), 1000);
  }

  show(): void {
    const { office, words } = this.o;
    const c = words.console_;
    const now = office.now();
    const waiting = office.waiting();
    put(this.total, String(waiting.length));
    put(this.nobody, waiting.length > 0 ? "" : office.listed ? c.nobodyWaits : office.face === "offline" ? c.listsLater : c.loading);
    this.nobody.hidden = waiting.length > 0;
    this.mine.show(office.mine().map((x) => this.state(x, true)), now, office.listed ? c.noneMine : "");
    this.showQueues(waiting, now);
    const day = this.o.doctor ? office.day() : [];
    const parked = office.parked().filter((x) => !day.some((d) => d.id === x.id));
    for (const [section, heads] of [[this.day, day], [this.callbacks, office.callbacks()], [this.parked, parked]] as const) {
      section.element.hidden = heads.length === 0;
      section.show(heads.map((x) => ({ ...this.state(x, false), department: true, promise: true })), now, "");
    }
    this.showHad(now);
    this.showBooked(now);
    this.finder.show();
    this.roam(document.activeElement);
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** move goes to the next or previous row. */
  move(by: number): void {
    const rows = this.rows();
    const at = rows.findIndex((r) => r === document.activeElement);
    const from = at >= 0 ? at : rows.findIndex((r) => r.getAttribute("aria-current") !== null);
    rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + by))]?.focus();
  }

  /** to goes to a conversation's row. */
  to(id: string): boolean {
    const row = this.rows().find((r) => r.dataset["head"] === id);
    row?.focus();
    return row !== undefined;
  }

  /** nextUnread is where something waits to be read, after the one looked at:
   *  my own first, then whoever has waited longest. */
  nextUnread(): string {
    const { office } = this.o;
    const mine = office.mine().map((x) => x.id);
    const at = mine.indexOf(office.selected);
    const round = [...mine.slice(at + 1), ...mine.slice(0, at + 1)];
    return round.find((id) => office.unread(id) > 0) ?? round.find((id) => id !== office.selected && office.heads.get(id)?.owed) ?? office.waiting()[0]?.id ?? "";
  }

  private section(kind: string, title: string, level: "h2" | "h3" = "h2", foot?: (id: string) => HTMLElement): Section {
    return new Section(kind, title, { ...this.words(), foot }, this.o.doctor ? (id) => this.o.office.select(id) : null, level);
  }

  private words() {
    const { words, language, departments, me } = this.o;
    return { words, language, me, department: (id: string | undefined) => departmentIn(departments, id, language) };
  }

  private state(head: Head, mine: boolean): RowState {
    const { office } = this.o;
    return {
      head: { ...head, seq: 0 }, selected: office.selected === head.id, unread: office.unread(head.id), mine,
      draft: office.begun(head.id), away: head.phase === "closed" ? null : office.away.get(head.id) ?? null, fresh: office.selected !== head.id && this.o.fresh(head.id), department: mine || head.phase !== "waiting",
    };
  }

  /** Emergencies of all departments first, then a queue for each of my departments
   *  in which somebody waits. */
  private showQueues(waiting: readonly Head[], now: number): void {
    const { own, departments, language } = this.o;
    const order = [...departments.map((d) => d.id), ...own];
    const ids = [...new Set([...order, ...waiting.map((x) => x.department ?? "")])];
    const urgent = waiting.filter((x) => x.priority === "emergency");
    this.urgent.element.hidden = urgent.length === 0;
    this.urgent.show(urgent.map((x) => ({ ...this.state(x, false), department: true })), now, "");
    let place = 0;
    for (const id of ids) {
      const there = waiting.filter((x) => (x.department ?? "") === id && x.priority !== "emergency");
      let queue = this.queues.get(id);
      if (there.length === 0) {
        queue?.element.remove();
        this.queues.delete(id);
        continue;
      }
      if (!queue) this.queues.set(id, (queue = this.section("waiting", departmentIn(departments, id, language), "h3")));
      if (this.queueBox.children[place] !== queue.element) this.queueBox.insertBefore(queue.element, this.queueBox.children[place] ?? null);
      place++;
      queue.show(there.map((x) => this.state(x, false)), now, "");
    }
  }

  /** What I had is asked for when the list is opened, and again when I have
   *  others than before. */
  private readHad(): void {
    this.hadFor = this.mineIds();
    if (this.hadBox.open) void this.o.office.readHad();
  }

  /** Appointments are asked for when the list is opened, and again after a while. */
  private readBooked(): void {
    this.bookedAt = Date.now();
    if (this.bookedBox.open) void this.o.office.readBooked();
  }

  private bookedAt = 0;

  private showBooked(now: number): void {
    const { office, words } = this.o;
    if (this.bookedBox.open && Date.now() - this.bookedAt > bookedFor) this.readBooked();
    const none = office.booked === undefined ? words.console_.loading : office.booked === null ? words.visits.day.unread : words.visits.day.none;
    this.booked.show(earliest(office.booked ?? []).map((x) => ({ ...this.state(x, false), department: true, promise: true })), now, none);
  }

  private mineIds(): string {
    return this.o.office.mine().map((x) => x.id).sort().join();
  }

  private showHad(now: number): void {
    const { office, words } = this.o;
    const c = words.console_;
    if (this.hadBox.open && this.hadFor !== this.mineIds()) this.readHad();
    const had = (office.had ?? []).filter((x) => !office.heads.has(x.id));
    const none = office.had === undefined ? c.loading : office.had === null ? c.hadUnread : c.noneHad;
    this.had.show(had.map((x) => this.state(x, false)), now, none);
  }

  private tick(): void {
    const now = this.o.office.now();
    this.mine.tick(now);
    for (const section of [this.urgent, this.day, this.callbacks, this.parked]) section.tick(now);
    for (const q of this.queues.values()) q.tick(now);
  }

  private rows(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("[data-head]")].filter((r) => r.getClientRects().length > 0);
  }

  private key(e: KeyboardEvent): void {
    if (!(e.target as HTMLElement).dataset["head"] || e.ctrlKey || e.metaKey || e.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e6, End: 1e6 }[e.key];
    if (by === undefined) return;
    e.preventDefault();
    this.move(by);
  }

  /** One row alone is a stop of the Tab key: the one that has the focus, else the
   *  one looked at, else the first. */
  private roam(at: EventTarget | null): void {
    const rows = [...this.element.querySelectorAll<HTMLElement>("[data-head]")];
    const stop = rows.find((r) => r === at) ?? rows.find((r) => r.tabIndex === 0 && !r.closest("[hidden], details:not([open])"))
      ?? rows.find((r) => r.getAttribute("aria-current") !== null) ?? rows[0];
    for (const r of rows) if (r.tabIndex !== (r === stop ? 0 : -1)) r.tabIndex = r === stop ? 0 : -1;
  }
}

/** A list holds a conversation once, with what comes first. */
function earliest(heads: readonly Head[]): Head[] {
  return heads.filter((x, i) => heads.findIndex((y) => y.id === x.id) === i);
}

function put(e: HTMLElement, text: string): void {
  if (e.textContent !== text) e.textContent = text;
}
