// What stands beside a conversation and wants somebody's hand, above its chat: a
// call that nears its end, the patient's wish for video, appointments, tasks.

import type { Command, Head, HeadBooking, HeadTask, How } from "../wire";
import { fill, h, icon, shapes } from "../shared/dom";
import type { Line, Talk } from "../shared/talk";
import { momentOf, timeOf } from "../shared/when";
import type * as english from "../texts/en_staff";
import type { Appointing } from "./appointing";

export interface BesideOptions {
  id: string; // of the conversation
  words: typeof english;
  language: string;
  me: string;
  /** My departments. */
  own: readonly string[];
  appointing: Appointing;
  name(): string;
  now(): number;
  escalate(): void;
  /** Whose appointment it is, where that is known here. */
  whose(booking: string): string;
  do(command: Omit<Command, "key">): void;
}

/** The last warning that a call ends, while nothing has come of it. */
export interface Limit {
  at: string;
  next: string;
}

const longer = [5, 10, 15] as const;
const early = 10 * 60_000; // so long before its time a doctor may begin a visit

export class Beside {
  readonly element = h("div", { class: "beside-lines" });
  private readonly limit = h("div", { class: "side limit", role: "alert", hidden: true });
  private readonly wish = h("div", { class: "side wish", role: "status", hidden: true });
  private readonly booked = h("div", { class: "side-list booked", hidden: true });
  private readonly tasks = h("div", { class: "side-list tasks", hidden: true });
  private readonly drawn = new Map<HTMLElement, string>();

  constructor(private readonly o: BesideOptions) {
    this.element.append(this.limit, this.wish, this.booked, this.tasks);
  }

  show(head: Head | undefined, talk: Talk, mine: boolean): void {
    const minute = Math.floor(this.o.now() / 60_000);
    this.put(this.limit, mine ? limitOf(talk) : null, (l: Limit) => this.drawLimit(l), minute);
    this.put(this.wish, mine && head?.asks_video ? { text: wishOf(talk) } : null, (w: { text: string }) => this.drawWish(w.text));
    const bookings = head?.phase === "closed" ? [] : head?.bookings ?? [];
    this.put(this.booked, bookings.length > 0 ? bookings : null, (all: HeadBooking[]) => all.map((b) => this.booking(b, mine, had(b, this.o.me, talk))), [minute, mine, ...bookings.map((b) => had(b, this.o.me, talk))].join());
    const tasks = head?.tasks ?? [];
    this.put(this.tasks, tasks.length > 0 ? tasks : null, (all: HeadTask[]) => all.map((t) => this.task(t)));
  }

  /** put draws a part where it is another than before; what has the focus keeps it. */
  private put<T>(part: HTMLElement, state: T | null, draw: (state: T) => (HTMLElement | false)[], also: string | number = ""): void {
    part.hidden = state === null;
    const text = JSON.stringify([state, also]);
    if (this.drawn.get(part) === text) return;
    if (part.querySelector("form") && part.contains(document.activeElement) && state !== null) return; // somebody writes here
    this.drawn.set(part, text);
    const at = document.activeElement as HTMLElement | null;
    const act = part.contains(at) ? at?.dataset["act"] : undefined;
    const open = part.querySelector("details[open]") !== null;
    fill(part, ...(state === null ? [] : draw(state)));
    if (open) part.querySelector("details")?.setAttribute("open", "");
    if (act) part.querySelector<HTMLElement>(`[data-act="${act}"]`)?.focus();
  }

  private drawLimit(l: Limit): HTMLElement[] {
    const { words, language, now } = this.o;
    const w = words.visits.limit;
    const left = Math.max(0, Math.ceil((Date.parse(l.at) - now()) / 60_000));
    const whose = l.next ? this.o.whose(l.next) : "";
    return [h("p", {}, h("strong", {}, w.ends(timeOf(new Date(l.at), language), left)), " ", l.next !== "" && (whose ? w.moves(whose) : w.movesOne)),
      h("div", { class: "side-acts" }, ...longer.map((n) => this.act(`extend-${n}`, w.goOn(n), "small", () => this.o.do({ do: "extend", minutes: n }))))];
  }

  private drawWish(text: string): HTMLElement[] {
    const w = this.o.words.visits.wish;
    return [h("p", {}, icon(shapes.video), h("strong", {}, w.asks(this.o.name())), text !== "" && h("q", { dir: "auto" }, text)),
      h("div", { class: "side-acts" },
        this.act("wish-accept", w.accept, "small", () => this.o.escalate()),
        this.act("wish-time", w.time, "small", () => this.o.appointing.propose()),
        this.act("wish-decline", w.decline, "small", () => this.refuse()))];
  }

  /** refuse asks for the word that the patient reads. */
  private refuse(): void {
    const { words } = this.o;
    const w = words.visits.wish;
    const field = h("input", { id: "refuse-video-" + this.o.id, maxlength: "300", autocomplete: "off" });
    const back = (): void => {
      this.drawn.delete(this.wish);
      fill(this.wish, ...this.drawWish(""));
      this.wish.querySelector<HTMLElement>("[data-act]")?.focus();
    };
    const go = (e: Event): void => {
      e.preventDefault();
      const text = field.value.trim();
      back();
      this.o.do({ do: "refuse_video", ...(text ? { text } : {}) });
    };
    fill(this.wish, h("form", { class: "side-form", onsubmit: go, onkeydown: (e) => e.key === "Escape" && back() },
      h("label", { for: field.id }, w.why), field,
      h("button", { type: "submit", class: "small", "data-act": "wish-decline-sure" }, w.decline),
      h("button", { type: "button", class: "small", onclick: back }, words.console_.cancel)));
    field.focus();
  }

  private booking(b: HeadBooking, mine: boolean, hadIt: boolean): HTMLElement {
    const { words, language, own, me, appointing } = this.o;
    const w = words.visits.appointment;
    const may = mine || b.doctor === me || own.includes(b.department);
    const parts = [w.state[b.state] ?? "", momentOf(b.start, language), w.minutes(Math.round(b.length / 60)), b.doctor === me ? w.withYou : b.doctor_name ?? "", howWords(b.how, words)];
    return h("div", { class: b.state === "due" ? "side due" : "side", "data-booking": b.id, "data-state": b.state },
      h("p", {}, icon(calendar), h("strong", {}, parts.slice(0, 2).filter((p) => p !== "").join(": ")), h("span", {}, parts.slice(2).filter((p) => p !== "").join(" · ")),
        b.late !== undefined && b.late > 0 && h("span", { class: "late" }, w.late[b.late] ?? w.late[3])),
      hadIt && h("div", { class: "side-acts" }, h("span", {}, words.visits.calendar.gone),
        h("a", { class: "button small", "data-act": "calendar-out", href: `/api/v1/bookings/${encodeURIComponent(b.id)}/calendar.ics`, download: "" }, words.visits.calendar.out)),
      may && h("div", { class: "side-acts" },
        b.state === "booked" && b.doctor === me && Date.parse(b.start) - this.o.now() <= early && this.act("begin", w.begin, "small", () => void appointing.begin(b)),
        b.state === "due" && this.act("kept", w.kept, "small", () => this.o.do({ do: "kept", booking: b.id })),
        b.state === "due" && this.act("no-show", w.noShow, "small", () => appointing.noShow(b)),
        h("details", { class: "more" }, h("summary", {}, w.change),
          h("div", { class: "more-list" },
            b.state === "booked" && this.act("move", w.move, "ghost", () => appointing.move(b)),
            b.state !== "proposed" && this.act("reassign", w.reassign, "ghost", () => appointing.reassign(b)),
            b.state !== "proposed" && !hadIt && this.act("calendar", words.visits.calendar.open, "ghost", () => void appointing.calendar(b)),
            this.act("cancel-booking", b.state === "proposed" ? w.takeBack : w.cancel, "ghost", () => appointing.cancel(b))))));
  }

  private task(t: HeadTask): HTMLElement {
    const w = this.o.words.visits.task;
    return h("div", { class: "side task", "data-task": t.task },
      h("p", {}, icon(shapes.alert), h("strong", {}, w.kind[t.kind] ?? t.kind), t.detail && h("span", { dir: "auto" }, this.o.words.visits.notice.failure[t.detail] ?? t.detail)),
      h("div", { class: "side-acts" }, this.act("task-done", w.done, "small", () => this.o.do({ do: "task_done", task: t.task }))));
  }

  private act(name: string, label: string, kind: string, press: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: kind, "data-act": name, onclick: press }, label);
  }
}

export const calendar = "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm-1 5h16M8 3v4m8-4v4";

function howWords(how: How | undefined, words: typeof english): string {
  return how === "app" ? words.console_.escalateApp : how === "page" ? words.console_.escalatePage : "";
}

/** had is whether an appointment was mine before it was given to a colleague. */
export const had = (b: HeadBooking, me: string, talk: Talk): boolean =>
  b.state !== "proposed" && b.doctor !== me && talk.lines.some((l) => {
    const { booking, doctor } = (l.body ?? {}) as { booking?: string; doctor?: string };
    return (l.event === "booking.made" || l.event === "booking.reassigned") && booking === b.id && doctor === me;
  });

const bodyOf = (l: Line): { text?: string; at?: string; next?: string } => (l.body ?? {}) as object;

/** wishOf is what the patient said when asking for video. */
export function wishOf(talk: Talk): string {
  const asked = [...talk.lines].reverse().find((l) => l.event === "video.asked");
  return asked ? bodyOf(asked).text ?? "" : "";
}

/** limitOf is the warning that the open call ends, while it has not been extended since. */
export function limitOf(talk: Talk): Limit | null {
  const { call } = talk;
  if (!call || call.state === "ended" || call.state === "withdrawn") return null;
  const last = [...talk.lines].reverse().find((l) => l.call === call.id && (l.event === "call.limit_near" || l.event === "call.extended"));
  if (last?.event !== "call.limit_near") return null;
  const { at = "", next = "" } = bodyOf(last);
  return at ? { at, next } : null;
}
