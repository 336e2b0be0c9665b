// One conversation in a list. It is made once and changed where it differs, so
// that long lists stay quick and what has the focus keeps it.

import type { Head, HeadBooking } from "../wire";
import { dialHref, h, icon, shapes } from "../shared/dom";
import { dayOf, shortMoment } from "../shared/when";
import type * as english from "../texts/en_staff";
import { ageIn } from "./person";
import { mark } from "./tabbar";

export interface RowWords {
  words: typeof english;
  language: string;
  department(id: string | undefined): string;
  /** My login. */
  me: string;
  /** What stands below each row of this list while it is urgent. */
  foot?: ((id: string) => HTMLElement) | undefined;
}

export interface RowState {
  head: Head;
  selected: boolean;
  unread: number;
  mine: boolean;
  fresh: boolean; // it came since the doctor last looked
  draft: boolean; // something is begun there
  department: boolean; // its department is to be named
  promise?: boolean; // it stands in a list of promises
  away: number | null; // since when the page is closed; 0: not known, null: it is open
}

export class Row {
  readonly element: HTMLElement;
  private readonly button: HTMLElement;
  private readonly name = h("bdi", { class: "name" });
  private readonly age = h("span", { class: "age" });
  private readonly marks = h("span", { class: "marks" });
  private readonly about = h("span", { class: "about" });
  private readonly since = h("span", { class: "since" });
  private readonly away = h("span", { class: "away" });
  private readonly due = h("span", { class: "due", hidden: true });
  private readonly phone = h("a", { class: "row-phone", dir: "ltr", hidden: true });
  private drawn = "";
  private state: RowState | null = null;

  /** Without a press it is only to be read. */
  constructor(id: string, private readonly o: RowWords, press: (() => void) | null) {
    const inside = [h("span", { class: "top" }, this.name, this.age, this.marks), this.about, this.since, this.away, this.due];
    this.button = press ? h("button", { type: "button", class: "head-row", "data-head": id, tabindex: "-1", onclick: press }, ...inside)
      : h("div", { class: "head-row" }, ...inside);
    this.element = h("li", {}, this.button, this.phone, o.foot?.(id));
  }

  show(state: RowState, now: number): void {
    this.state = state;
    const drawn = JSON.stringify(state);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(state);
    }
    this.tick(now);
  }

  /** tick lets the time go on. */
  tick(now: number): void {
    if (!this.state) return;
    const { head, mine } = this.state;
    put(this.since, this.waited(head, now));
    put(this.away, this.closed());
    if (this.state.promise) return this.promised(head, now);
    if (!mine || !head.owed) return;
    const left = head.reply_by ? Date.parse(head.reply_by) - now : null;
    const c = this.o.words.console_;
    put(this.due, left === null ? c.owed : left <= 0 ? c.owedLate : c.owedFor(clock(left)));
    const half = head.reply_by ? (Date.parse(head.reply_by) + Date.parse(head.owed)) / 2 : 0;
    this.due.classList.toggle("late", left !== null && now > half && left >= 60_000);
    this.due.classList.toggle("soon", left !== null && left < 60_000);
  }

  /** promised counts down to a call that the clinic owes; an appointment stands. */
  private promised({ callback, bookings }: Head, now: number): void {
    const { words: { console_: c }, language } = this.o;
    const left = callback?.by ? Date.parse(callback.by) - now : null;
    const when = shortMoment(callback?.by ?? bookings?.[0]?.start ?? "", now, language);
    const late = left !== null && (left <= 0 || callback?.missed === true);
    if (left === null && bookings?.[0]) return this.booked(bookings[0], when, now);
    const minutes = Math.ceil((left ?? 0) / 60_000);
    put(this.due, left === null ? (when && c.booked(when)) : late ? c.callLate(when) : minutes <= 60 ? c.callSoon(when, minutes) : c.callBy(when));
    this.due.classList.toggle("late", left !== null && !late && left < 15 * 60_000);
    this.due.classList.toggle("soon", late);
  }

  /** booked is an appointment: when, with whom, and that it is about to begin. */
  private booked(b: HeadBooking, when: string, now: number): void {
    const { words: { console_: c, visits: { day: w } }, me } = this.o;
    const left = Date.parse(b.start) - now;
    const minutes = Math.ceil(left / 60_000);
    const due = b.state === "due" || left <= 0;
    const near = due ? w.dueSince(Math.max(0, Math.floor(-left / 60_000))) : minutes <= 60 ? w.in(minutes) : "";
    const who = b.doctor === me ? "" : b.doctor_name ? w.with(b.doctor_name) : w.nobody;
    put(this.due, [b.state === "proposed" ? this.o.words.visits.events.proposed(when) : c.booked(when), near, who].filter((t) => t !== "").join(", "));
    this.due.classList.toggle("late", !due && left < 15 * 60_000);
    this.due.classList.toggle("soon", due && b.state !== "proposed");
  }

  private draw({ head, selected, unread, mine, fresh, draft, department, promise }: RowState): void {
    const { words, language } = this.o;
    const c = words.console_;
    const urgent = head.priority === "emergency";
    const age = ageIn(head.born ?? "", new Date(), c);
    put(this.name, head.patient || c.unnamed);
    put(this.age, age && ", " + age);
    this.button.classList.toggle("urgent", urgent);
    this.button.classList.toggle("fresh", fresh);
    if (selected) this.button.setAttribute("aria-current", "true");
    else this.button.removeAttribute("aria-current");
    this.marks.replaceChildren(
      ...(fresh ? [h("span", { class: "new" }, c.fresh)] : []),
      ...(draft ? [mark("draft", icon(shapes.pen), c.draft)] : []),
      ...(unread > 0 ? [mark("unread", String(unread), c.unread(unread))] : []));
    const parts = [
      urgent ? h("strong", { class: "flag" }, icon(shapes.alert), c.urgent) : head.priority === "urgent" ? h("strong", {}, c.urgentSoon) : "",
      head.purpose === "video" && head.phase === "waiting" ? h("span", { class: "flag" }, icon(shapes.video), c.waitsForVideo) : "",
      head.phase !== "waiting" && !mine ? c.phase[head.phase] ?? "" : "",
      head.phase !== "waiting" && head.offered?.length ? c.offeredTo(head.offered.map((id) => this.o.department(id)).join(", "))
        : department ? this.o.department(head.department) : "",
      head.language && head.language !== language ? head.language.toUpperCase() : "",
      head.rung ? c.rungs : "",
      this.rings(head),
    ];
    this.about.replaceChildren(...parts.filter((p) => p !== "").map((p) => h("span", { class: typeof p === "string" ? "" : "marked" }, p)));
    this.due.hidden = !promise && (!mine || !head.owed);
    const number = promise ? head.callback?.phone ?? "" : "";
    this.phone.hidden = number === "";
    this.phone.href = dialHref(number);
    put(this.phone, number);
  }

  /** rings says who is rung for somebody. */
  private rings({ offer }: Head): HTMLElement | "" {
    const w = this.o.words.visits.offer;
    if (!offer) return "";
    const mine = offer.doctor === this.o.me;
    return h("span", { class: mine ? "rings me" : "rings" }, icon(shapes.phone), mine ? w.ringsYou : w.ringing(offer.name || offer.doctor));
  }

  private closed(): string {
    const { away } = this.state ?? { away: null };
    const c = this.o.words.console_;
    return away === null ? "" : away === 0 ? c.away : c.awaySince(Math.floor((Date.now() - away) / 60_000));
  }

  /** How long somebody waits; of those that are closed, the day. */
  private waited(head: Head, now: number): string {
    if (!head.since) return "";
    const at = new Date(head.since);
    if (head.phase === "closed") return dayOf(at, new Date(now), this.o.language, this.o.words.common);
    return this.o.words.console_.since(Math.max(0, Math.floor((now - at.getTime()) / 60_000)));
  }
}

function put(e: HTMLElement, text: string): void {
  if (e.textContent !== text) e.textContent = text;
}

/** clock is a time that is left: 4:05, or 1:02:00. */
export function clock(ms: number): string {
  const s = Math.ceil(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const minutes = Math.floor(s / 60);
  return minutes < 60 ? `${minutes}:${two(s % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(s % 60)}`;
}
