// In which order conversations stand.

import type { Head, ListedBooking } from "../wire";
import { sameDay } from "../shared/when";

const urgency = (x: Head): number => (x.priority === "emergency" ? 2 : x.priority === "urgent" ? 1 : 0);

/** byUrgency puts emergencies first, then who has waited longest. */
export function byUrgency(a: Head, b: Head): number {
  return urgency(b) - urgency(a) || (a.since ?? "").localeCompare(b.since ?? "");
}

/** byPromise puts first whom the clinic has to call first. */
export function byPromise(a: Head, b: Head): number {
  return (a.callback?.by ?? "z").localeCompare(b.callback?.by ?? "z") || byUrgency(a, b);
}

/** byStart puts first whose appointment comes first. */
export function byStart(a: Head, b: Head): number {
  return (a.bookings?.[0]?.start ?? "z").localeCompare(b.bookings?.[0]?.start ?? "z") || byUrgency(a, b);
}

/** myDay are the conversations with an appointment of mine today, or one that is
 *  due, each with that one first. */
export function myDay(all: readonly Head[], me: string, now: number): Head[] {
  return all.flatMap((x) => {
    const mine = (x.bookings ?? []).filter((b) => b.doctor === me && b.state !== "proposed" && (b.state === "due" || sameDay(new Date(b.start), new Date(now))));
    return mine.length > 0 ? [{ ...x, bookings: mine }] : [];
  }).sort(byStart);
}

/** headOf is an appointment of a list as a conversation of one. */
export function headOf({ conversation, patient, born, ...booking }: ListedBooking): Head {
  return { id: conversation, phase: "parked", seq: 0, department: booking.department, bookings: [booking], ...(patient ? { patient } : {}), ...(born ? { born } : {}) };
}

/** awaits says that somebody is to come: whoever waits, and an emergency that is
 *  offered, wherever it stands. */
export function awaits(x: Head): boolean {
  return x.phase === "waiting" || (x.phase !== "closed" && (x.offered?.length ?? 0) > 0);
}

/** byDue puts first who goes back to the queue first. */
export function byDue(a: Head, b: Head): number {
  const due = (x: Head): string => x.reply_by ?? x.owed ?? "z";
  return due(a).localeCompare(due(b)) || byUrgency(a, b);
}
