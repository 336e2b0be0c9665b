// The board: who waits, what is about to break, where the doctors stand, how many
// seats are in use, what is to be done by hand. For admins, and for doctors of their
// own departments.

import type { Board, Command, Commanded, Head } from "../wire";
import { Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { newKey } from "../shared/secret";
import { momentOf, timeOf } from "../shared/when";
import { Voice } from "../shared/voice";
import { staffRefusal } from "../texts/refusals";
import { Appointing } from "./appointing";
import { BoardDoctors } from "./boarddoctors";
import { countdown, heading, more, queues, seats } from "./boardparts";
import { departmentIn } from "./heading";
import { Looking } from "./looking";
import { ageIn } from "./person";
import type { Place, PlaceOptions } from "./places";

const lookEvery = 4_000;

export interface BoardOptions extends PlaceOptions {
  /** Opens a conversation; null for whoever reads none. */
  open: ((id: string) => void) | null;
}

export class BoardPage implements Place {
  readonly id = "board";
  readonly title: string;
  readonly element: HTMLElement;
  private readonly looking: Looking<Board>;
  private readonly about = h("p", { class: "hint", role: "status" });
  private readonly seats = h("section", { class: "board-seats" });
  private readonly queues = h("section", { class: "board-queues" });
  private readonly promises = h("section", { class: "board-promises" });
  private readonly waits = h("section", { class: "board-waits" });
  private readonly tasks = h("section", { class: "board-tasks" });
  private readonly doctors: BoardDoctors;
  private readonly voice = new Voice();
  private readonly dialogs = h("div");
  private readonly drawn = new Map<HTMLElement, string>();
  private ahead = 0; // of Bedside's clock before this machine's, in ms
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly o: BoardOptions) {
    const w = o.words.visits.board;
    this.title = w.title;
    this.doctors = new BoardDoctors(o.words, o.language, (id) => this.department(id));
    this.looking = new Looking<Board>({
      ask: () => o.api.call<Board>("GET", "/api/v1/board"), every: () => lookEvery, changed: () => this.took(), over: () => o.over(o.words.console_.over),
    });
    this.element = h("main", { class: "board", tabindex: "0" },
      h("header", {}, h("h1", {}, w.title), this.about), this.seats, this.queues,
      h("div", { class: "board-columns" }, h("div", {}, this.tasks, this.promises, this.waits), this.doctors.element), this.dialogs, this.voice.element);
    fill(this.about, w.loading);
  }

  show(shown: boolean): void {
    clearInterval(this.timer);
    if (shown) this.timer = setInterval(() => this.tick(), 1000);
    this.looking.show(shown);
  }

  end(): void {
    this.show(false);
  }

  private now(): number {
    return Date.now() + this.ahead;
  }

  private took(): void {
    const { last, failed } = this.looking;
    const w = this.o.words.visits.board;
    this.about.classList.toggle("fault", failed);
    if (last && !failed) this.ahead = Date.parse(last.at) - Date.now();
    const seen = last ? timeOf(new Date(last.at), this.o.language) : "";
    put(this.about, failed ? (last ? w.old(seen) : w.unread) : w.live);
    if (last) this.draw(last);
  }

  private draw(b: Board): void {
    const { words } = this.o;
    const w = words.visits.board;
    this.part(this.seats, b.seats, () => seats(b.seats, words.visits));
    this.part(this.queues, b.departments, () => queues(b.departments, words, (id) => this.department(id), this.now()));
    this.part(this.tasks, [b.more.tasks, b.tasks.map((x) => [x.id, x.tasks, x.bookings, x.patient])], () => b.tasks.length === 0 ? [] : [
      heading(w.tasks, b.tasks, b.more.tasks), h("ul", {}, ...b.tasks.flatMap((x) => this.tasksOf(x))), more(b.more.tasks, w)]);
    this.part(this.promises, [b.more.promises, b.promises], () => [heading(w.promises, b.promises, b.more.promises),
      b.promises.length === 0 ? h("p", { class: "hint" }, w.noPromises) : h("ul", {}, ...b.promises.map((p) => this.row(p.conversation, p.patient, [w.kind[p.kind] ?? p.kind, this.department(p.department), p.doctor ? this.named(p.doctor, b) : ""],
        h("span", { class: "due", "data-by": p.by, "data-broken": p.broken ?? null })))), more(b.more.promises, w)]);
    this.part(this.waits, [b.more.waits, b.waits.map((x) => [x.id, x.patient, x.born, x.department, x.priority, x.since, x.offer])], () => [heading(w.waits, b.waits, b.more.waits),
      b.waits.length === 0 ? h("p", { class: "hint" }, words.console_.nobodyWaits) : h("ul", {}, ...b.waits.map((x) => this.row(x.id, this.who(x), this.about1(x), h("span", { class: "due", "data-since": x.since ?? "" }), x.priority))), more(b.more.waits, w)]);
    this.doctors.show(b, this.now());
    this.tick();
  }

  /** part is drawn where it is another than before; what has the focus keeps it. */
  private part(at: HTMLElement, state: unknown, draw: () => (HTMLElement | false)[]): void {
    const text = JSON.stringify(state);
    if (this.drawn.get(at) === text) return;
    this.drawn.set(at, text);
    const focus = document.activeElement as HTMLElement | null;
    const key = at.contains(focus) ? focus?.dataset["key"] : undefined;
    const all = draw();
    at.hidden = all.length === 0;
    fill(at, ...all);
    if (key) [...at.querySelectorAll<HTMLElement>("[data-key]")].find((x) => x.dataset["key"] === key)?.focus();
  }

  private about1(x: Head): string[] {
    const c = this.o.words.console_;
    const w = this.o.words.visits.offer;
    return [
      x.priority === "emergency" ? c.urgent : x.priority === "urgent" ? c.urgentSoon : "", this.department(x.department),
      x.purpose === "video" ? c.waitsForVideo : "", x.offer ? w.ringing(x.offer.name || x.offer.doctor) : "",
    ];
  }

  private row(id: string, name: string | undefined, parts: readonly string[], due: HTMLElement, priority = ""): HTMLElement {
    const inside = [h("strong", { dir: "auto" }, name || this.o.words.console_.unnamed), h("span", { class: "about" }, parts.filter((p) => p !== "").join(" · ")), due];
    const { open } = this.o;
    return h("li", { "data-conversation": id, "data-priority": priority || null }, open ? h("button", { type: "button", class: "ghost board-row", "data-key": `${id} ${parts[0] ?? ""}`, onclick: () => open(id) }, ...inside) : h("div", { class: "board-row" }, ...inside));
  }

  private tasksOf(x: Head): HTMLElement[] {
    const { words } = this.o;
    const w = words.visits.task;
    return (x.tasks ?? []).map((t) => {
      const booking = x.bookings?.find((b) => b.id === t.booking);
      const act = (name: string, label: string, press: () => void): HTMLElement => h("button", { type: "button", class: "small", "data-act": name, "data-key": `${t.task} ${name}`, onclick: press }, label);
      const a = words.visits.appointment;
      return h("li", { class: "board-task", "data-task": t.task },
        h("p", {}, h("strong", { dir: "auto" }, this.who(x)), booking && ", " + momentOf(booking.start, this.o.language), " ", h("span", {}, w.kind[t.kind] ?? t.kind), " ", t.detail && h("span", { class: "hint", dir: "auto" }, words.visits.notice.failure[t.detail] ?? t.detail)),
        h("div", { class: "side-acts" },
          booking && act("reassign", a.reassign, () => this.appointing(x).reassign(booking)),
          booking && act("move", a.move, () => this.appointing(x).move(booking)),
          booking && act("cancel-booking", a.cancel, () => this.appointing(x).cancel(booking)),
          this.o.open && act("open", words.visits.signOut.open, () => this.o.open?.(x.id)),
          act("task-done", w.done, () => void this.do(x.id, { do: "task_done", task: t.task }))));
    });
  }

  private appointing(x: Head): Appointing {
    const { api, words, language, session } = this.o;
    const a = new Appointing({ api, conversation: x.id, words, language, me: session.login, name: () => this.who(x), do: (c) => void this.do(x.id, c) });
    fill(this.dialogs, a.element);
    return a;
  }

  private async do(id: string, command: Omit<Command, "key">): Promise<void> {
    const { api, words, language } = this.o;
    try {
      await api.call<Commanded>("POST", `/api/v1/conversations/${id}/commands`, { key: newKey(), ...command });
    } catch (e) {
      const text = e instanceof Refused ? staffRefusal(words.console_, e.code, e.message) : words.visits.duty.failed;
      this.about.classList.add("fault");
      put(this.about, text);
      this.voice.say({ text, lang: language });
      return;
    }
    await this.looking.look();
  }

  private who(x: Head): string {
    const c = this.o.words.console_;
    const age = ageIn(x.born ?? "", new Date(), c);
    return (x.patient || c.unnamed) + (age && ", " + age);
  }

  private named(login: string, b: Board): string {
    return b.doctors.find((d) => d.login === login)?.name || login;
  }

  private department(id: string | undefined): string {
    return departmentIn(this.o.config.departments ?? [], id, this.o.language);
  }

  private tick(): void {
    const { visits, console_ } = this.o.words;
    for (const e of this.element.querySelectorAll<HTMLElement>("[data-by]")) {
      const left = countdown(e.dataset["by"] ?? "", this.now(), visits);
      const broken = e.dataset["broken"] === "true" || left.over;
      put(e, left.text);
      e.classList.toggle("broken", broken);
      e.classList.toggle("soon", !broken && left.soon);
    }
    for (const e of this.element.querySelectorAll<HTMLElement>("[data-since]")) {
      const since = Date.parse(e.dataset["since"] ?? "");
      put(e, Number.isNaN(since) ? "" : console_.since(Math.max(0, Math.floor((this.now() - since) / 60_000))));
    }
  }
}

function put(e: HTMLElement, text: string): void {
  if (e.textContent !== text) e.textContent = text;
}
