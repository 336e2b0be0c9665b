// Parts of the board: seats as a picture with its words, the queues, a countdown.

import type { BoardDepartment, BoardSeats } from "../wire";
import { h } from "../shared/dom";
import type * as english from "../texts/en_staff";
import { clock } from "./row";

/** So many seats are drawn one by one. */
const drawn = 60;
/** A promise is about to break so long before, in milliseconds. */
const soon = 2 * 60_000;

/** seats draws each guest connection as a seat: in use, kept, free. */
export function seats(s: BoardSeats, visits: typeof english.visits): HTMLElement[] {
  const w = visits.board;
  const held = Math.min(s.held, Math.max(0, s.seats - s.used));
  const kind = (i: number): string => (i < s.used ? "used" : i < s.used + held ? "held" : "free");
  const words = w.seatsSay(s.used, s.seats, s.held);
  const full = s.seats > 0 && s.used + held >= s.seats;
  return [
    h("h2", {}, w.seats),
    h("div", { class: full ? "seat-row full" : "seat-row", role: "img", "aria-label": words },
      ...(s.seats <= drawn ? Array.from({ length: s.seats }, (_, i) => h("span", { class: "seat " + kind(i) })) : [bar(s, held)])),
    h("p", { class: "seat-words" }, h("span", {}, words), (s.rooms > 0 || (s.max_calls ?? 0) > 0) && h("span", {}, w.rooms(s.rooms, s.max_calls ?? 0)), s.waiting > 0 && h("strong", { class: "waits" }, w.callsWait(s.waiting))),
  ];
}

/** More than can be drawn one by one are a bar. */
function bar(s: BoardSeats, held: number): HTMLElement {
  const part = (kind: string, n: number): HTMLElement => {
    const e = h("span", { class: kind });
    e.style.flexGrow = String(n);
    return e;
  };
  return h("span", { class: "seat-bar" }, part("used", s.used), part("held", held), part("free", Math.max(0, s.seats - s.used - held)));
}

/** heading names a part of the board and counts it, with what is not shown. */
export function heading(name: string, shown: readonly unknown[], beyond: number): HTMLElement {
  return h("h2", {}, name + " ", h("span", { class: "count" }, shown.length + beyond));
}

/** more says how many are not shown; nothing where all are. */
export function more(beyond: number, w: typeof english.visits.board): HTMLElement | false {
  return beyond > 0 && h("p", { class: "hint more", "data-more": beyond }, w.more(beyond));
}

/** queues says of each department who waits, for how long, and who is there for them. */
export function queues(all: readonly BoardDepartment[], words: typeof english, named: (id: string) => string, now: number): HTMLElement[] {
  const w = words.visits.board;
  return [h("h2", { class: "hearing" }, w.queues), h("ul", {}, ...all.map((d) => {
    const alone = d.waiting > 0 && d.on_duty === 0;
    const since = d.oldest ? Math.max(0, Math.floor((now - Date.parse(d.oldest)) / 60_000)) : 0;
    return h("li", { class: alone ? "queue alone" : "queue", "data-department": d.id },
      h("h3", {}, named(d.id), !d.open && h("small", {}, " " + w.closed)),
      h("p", {}, h("strong", { class: "number" }, d.waiting), " ", d.waiting > 0 ? w.waiting(words.console_.since(since)) : w.nobody),
      h("p", { class: "on-duty" }, w.onDuty(d.on_duty)));
  }))];
}

/** countdown is how long a promise has left, in words. */
export function countdown(by: string, now: number, visits: typeof english.visits): { text: string; over: boolean; soon: boolean } {
  const left = Date.parse(by) - now;
  const w = visits.board;
  if (Number.isNaN(left)) return { text: "", over: false, soon: false };
  const far = Math.abs(left) >= 86_400_000;
  const days = Math.floor(Math.abs(left) / 86_400_000);
  if (left <= 0) return { text: far ? w.overDays(days) : w.over(clock(-left)), over: true, soon: false };
  return { text: far ? w.inDays(days) : w.in(clock(left)), over: false, soon: left <= soon };
}
