// What has happened with offers, appointments, messages and the call's limits, in
// plain words for staff.

import type { Line } from "../shared/talk";
import { momentOf, timeOf } from "../shared/when";
import type { EventWords } from "./events";

/** What the bodies of these kinds hold. */
interface Body {
  doctor?: string;
  name?: string;
  doctor_name?: string;
  why?: string;
  reason?: string;
  start?: string;
  booking?: string;
  stage?: number;
  option?: string;
  which?: string;
  by?: string;
  text?: string;
  way?: string;
  kind?: string;
  detail?: string;
  notice?: string;
  channel?: string;
  address?: string;
  failure?: string;
  retrying?: boolean;
  words?: string;
  at?: string;
  until?: string;
  together?: number;
}

type Telling = (b: Body, o: EventWords, l: Line) => string;

const after = (text: string, more: string | undefined): string => (more ? `${text}: ${more}` : text);
const clock = (at: string | undefined, o: EventWords): string => (at ? timeOf(new Date(at), o.language) : "");

/** wished is what a message was for, by its id, told from the lines before. */
function message(b: Body, o: EventWords): string {
  const w = o.words.visits.notice;
  const wish = o.lines().find((l) => l.event === "notice.wished" && (l.body as Body | undefined)?.notice === b.notice)?.body as Body | undefined;
  if (!wish) return w.a;
  return after(w.channel[wish.channel ?? ""] ?? w.a, w.why[wish.why ?? ""]);
}

export const visitTellings: Partial<Record<string, Telling>> = {
  "offer.made": (b, o) => o.words.visits.events.made(b.name || b.doctor || ""),
  "offer.ended": (b, o) => after(o.words.visits.events.ended[b.why ?? ""]?.(o.named(b.doctor ?? "")) ?? "", b.reason),
  "offer.rung": (_, o) => o.words.visits.events.rung,
  "booking.proposed": (b, o) => o.words.visits.events.proposed(momentOf(b.start ?? "", o.language)),
  "booking.withdrawn": (b, o) => o.words.visits.events.withdrawn[b.why ?? ""] ?? "",
  "booking.moved": (b, o) => o.words.visits.events.moved(momentOf(b.start ?? "", o.language)),
  "booking.reassigned": (b, o) => o.words.visits.events.reassigned(b.doctor_name ?? ""),
  "booking.cancelled": (b, o) => after(o.words.visits.events.cancelled, b.reason),
  "booking.room": (_, o) => o.words.visits.events.room,
  "booking.held": (_, o) => o.words.visits.events.held,
  "booking.reminded": (b, o) => o.words.visits.events.reminded[b.which ?? ""] ?? "",
  "booking.late": (b, o) => o.words.visits.events.late[b.stage ?? 1] ?? "",
  "booking.chosen": (b, o) => o.words.visits.events.chosen[b.option ?? ""] ?? "",
  "booking.kept": (_, o) => o.words.visits.events.kept,
  "booking.missed": (b, o) => o.words.visits.events.missed[b.by ?? ""] ?? "",
  "video.asked": (b, o) => after(o.words.visits.events.videoAsked, b.text),
  "video.refused": (b, o) => o.words.visits.events.videoRefused(b.text ?? ""),
  "devices.checked": (b, o) => o.words.visits.devices.found(o.words.visits.way[b.way ?? ""] ?? ""),
  "contact.left": (b, o) => o.words.visits.notice.left(o.words.visits.notice.channel[b.channel ?? ""] ?? "", b.address ?? ""),
  "contact.dropped": (b, o) => o.words.visits.notice.dropped(o.words.visits.notice.channel[b.channel ?? ""] ?? ""),
  "notice.wished": (b, o) => {
    const w = o.words.visits.notice;
    return w.wished(w.channel[b.channel ?? ""] ?? w.a, w.why[b.why ?? ""] ?? "");
  },
  "notice.sent": (b, o) => o.words.visits.notice.sent(message(b, o)),
  "notice.failed": (b, o) => {
    const w = o.words.visits.notice;
    return b.retrying ? w.retrying(message(b, o)) : w.failed(message(b, o), w.failure[b.failure ?? ""] ?? b.failure ?? "");
  },
  "task.raised": (b, o) => o.words.visits.events.taskRaised(o.words.visits.task.kind[b.kind ?? ""] ?? b.detail ?? ""),
  "task.done": (b, o) => after(o.words.visits.events.taskDone, b.reason),
  "call.seated": (_, o) => o.words.visits.call.seated,
  "call.extended": (b, o) => o.words.visits.limit.extended(clock(b.until, o)),
  "call.limit_near": (b, o) => o.words.visits.limit.near(clock(b.at, o)),
  "call.ended": (b, o, l) => (l.why === "declined" ? o.words.visits.call.declined : b.together ? o.words.visits.call.together(Math.round(b.together / 60)) : ""),
  "doctor.finished": (b, o) => (b.words ? o.words.visits.events.finished(b.words) : ""),
  "doctor.released": (b, o, l) => (l.why === "transfer" && b.reason ? after(o.words.console_.handedTo(o.department(l.department)), b.reason) : ""),
};

/** visitWords are the words for a line; "" where it is none of these. */
export function visitWords(l: Line, o: EventWords): string {
  return visitTellings[l.event ?? ""]?.((l.body ?? {}) as Body, o, l) ?? "";
}
