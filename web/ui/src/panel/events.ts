// What has happened, in a patient's words.

import type { Line } from "../shared/talk";
import type * as english from "../texts/en";
import { nameOf } from "../texts/pick";
import { promiseWords } from "./promise";

type Telling = (l: Line, words: typeof english, doctor: string, language: string) => string;

const promised: Telling = (l, words, _, language) => promiseWords(l, { words, language, emergency: "" });

const tellings: Partial<Record<string, Telling>> = {
  "language.chosen": (l, { panel }) => panel.speaks(nameOf(l.text) || l.text),
  "device.added": (_, { panel }) => panel.elsewhere.added,
  "devices.ended": (_, { panel }) => panel.elsewhere.ended,
  "queue.joined": (_, { panel }) => panel.queued,
  "doctor.assigned": (l, { panel }) => panel.assigned(l.name),
  "doctor.finished": (_, { panel }) => panel.finished,
  "conversation.closed": (_, { panel }) => panel.closed,
  "conversation.reopened": (_, { panel }) => panel.reopened,
  "conversation.resumed": (_, { panel }) => panel.reopened,
  "answer.skipped": (_, { common }) => common.skipped,
  "answer.taken_back": (_, { ask }) => ask.takenBack,
  "video.declined": (_, { ask }) => ask.declined,
  "emergency.ended": (l, { urgent }) => (l.why === "taken" ? urgent.taken : urgent.ended),
  "callback.promised": promised,
  "callback.done": (_, { promise }) => promise.called,
  "callback.failed": (l, { promise }) => l.text || promise.notReached,
  "booking.due": (_, { promise }) => promise.due,
  "booking.made": promised,
  "conversation.parked": (_, { promise }) => promise.parked,
  "rating.given": (l, { rating }) => rating.given(rating.stars[(l.body?.stars ?? 0) - 1] ?? ""),
  "call.requested": (l, { panel }) => (l.body?.lacks ? panel.callLacks : panel.callAsked),
  "call.ready": (_, { call }) => call.ready,
  "call.interrupted": (_, { call }) => call.interrupted,
  "call.failed": (l, { call }) => (l.retrying ? call.trying : call.failed),
  "call.ended": (l, { call }) => (l.why === "declined" ? call.declined : l.body?.together ? `${call.ended} ${call.together(Math.round(l.body.together / 60))}` : call.ended),
  "call.withdrawn": (l, { call }) => (l.why === "declined" ? call.declined : call.withdrawn),
  "call.joined": (l, { call, common }, doctor) => call.joined(l.who === "patient" ? common.you : doctor),
  "call.awaited": (l, { door }, doctor) => (l.who === "patient" ? door.rang(doctor) : ""),
  "call.left": (l, { call, common }, doctor) => call.left(l.who === "patient" ? common.you : doctor),
};

/** tells is what the second bundle has words for. */
export type Tells = (l: Line) => string;

/** eventWords are the words for a line; "" for what a patient is not shown. */
export function eventWords(l: Line, words: typeof english, doctor: string, language: string, tells: Tells): string {
  return tellings[l.event ?? ""]?.(l, words, doctor || words.common.doctor, language) ?? tells(l);
}
