// What has happened to appointments, messages and calls, in a patient's words. What
// the bot says in the same moment (moved, cancelled, another doctor, a reminder, a
// patient who did not come) is not told here as well.

import type { Line } from "../shared/talk";
import { momentOf, timeOf } from "../shared/when";
import type { BookingWords } from "../texts/booking";
import { bookingTexts } from "../texts/booking";
import type { Language } from "../texts/pick";

type Telling = (l: Line, words: BookingWords, language: string) => string;

const clock = (at: string | undefined, language: string): string => (at ? timeOf(new Date(at), language) : "");

const tellings: Partial<Record<string, Telling>> = {
  "booking.proposed": (l, { events }, language) => events.proposed(momentOf(l.body?.start ?? "", language)),
  "booking.withdrawn": (l, { events }) => events.withdrawn[l.body?.why ?? ""] ?? "",
  "booking.late": (l, { events }) => (l.body?.stage === 3 ? "" : l.body?.stage === 2 ? events.lateLead : events.late),
  "booking.chosen": (l, { late }) => late.chosen[l.body?.option ?? ""] ?? "",
  "booking.kept": (_, { events }) => events.kept,
  "booking.missed": (l, { events }) => (l.body?.by === "patient" ? "" : events.missed),
  "video.asked": (_, { events }) => events.asked,
  "video.refused": (l, { events }) => events.refused(l.text),
  "devices.checked": (_, { events }) => events.checked,
  "contact.left": (l, { events }) => (l.body?.address ? events.contact(l.body.address) : events.pushed),
  "contact.dropped": (_, { events }) => events.dropped,
  "call.seated": (_, { events }) => events.seated,
  "call.limit_near": (l, { events }, language) => events.near(clock(l.body?.at, language)),
  "call.extended": (l, { events }, language) => events.extended(clock(l.body?.until, language)),
};

/** eventWords are the words for a line; "" for what is not told. */
export function eventWords(l: Line, language: Language): string {
  return tellings[l.event ?? ""]?.(l, bookingTexts(language), language) ?? "";
}
