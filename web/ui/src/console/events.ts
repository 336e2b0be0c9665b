// What has happened in a conversation, in plain words for staff.

import type { Line } from "../shared/talk";
import { momentOf } from "../shared/when";
import type * as english from "../texts/en_staff";
import { nameOf } from "../texts/pick";
import { visitWords } from "./visitevents";

export interface EventWords {
  words: typeof english;
  language: string;
  /** Whom the line is about, as the doctor calls them. */
  who: string;
  department(id: string | undefined): string;
  /** A doctor by the login. */
  named(login: string): string;
  /** All of the conversation. */
  lines(): readonly Line[];
}

type Telling = (l: Line, o: EventWords) => string;

const named = (l: Line, o: EventWords): string => (l.body?.also ?? []).map((id) => o.department(id)).join(", ");

const tellings: Partial<Record<string, Telling>> = {
  "device.added": (_, { words }) => words.panel.elsewhere.added,
  "devices.ended": (_, { words }) => words.panel.elsewhere.ended,
  "language.chosen": (l, { words }) => words.panel.speaks(nameOf(l.text) || l.text),
  "doctor.assigned": (l, { words }) => words.console_.assigned(l.name),
  "doctor.released": (l, o) => (l.why === "transfer" ? o.words.console_.handedTo(o.department(l.department)) : ""),
  "call.joined": (_, { words, who }) => words.call.joined(who),
  "call.left": (_, { words, who }) => words.call.left(who),
  "emergency.raised": (l, { words: { console_: c } }) => ({ word: c.byWord, red_flag: c.byFlag }[l.body?.by ?? ""] ?? c.byFlow),
  "emergency.offered": (l, o) => o.words.console_.rungAlso(o.department(l.department)),
  "emergency.ended": (l, { words }) => words.console_.emergencyEnded[l.why ?? ""] ?? "",
  "callback.promised": (l, { words, language }) => words.console_.promisedCall(momentOf(l.body?.by ?? "", language)),
  "callback.failed": (l, { words }) => words.console_.callbackFailedFor(l.body?.reason ?? ""),
  "booking.made": (l, { words, language }) => words.console_.booked(momentOf(l.body?.start ?? "", language)),
  "video.declined": (_, { words }) => words.console_.typesInstead,
  "rating.given": (l, { words }) => words.console_.rated([words.rating.stars[(l.body?.stars ?? 0) - 1] ?? "", l.body?.text ?? ""].filter((t) => t !== "").join(". ")),
  "wait.reached": (l, o) => {
    const c = o.words.console_;
    const { also, alert, rung } = l.body ?? {};
    const said = [also?.length ? c.rungAlso(named(l, o)) : "", alert ? c.rungAlert(alert) : ""].filter((t) => t !== "");
    return said.length > 0 ? said.join(". ") : c.rungSays(rung ?? 0);
  },
  "lead.alerted": (l, { words: { console_: c } }) => {
    const who = typeof l.who === "string" ? l.who : "";
    return who ? c.alerted(who, c.alertWhy[l.why ?? ""] ?? "") : "";
  },
};

/** eventWords are the words for a line; "" shows nothing. */
export function eventWords(l: Line, o: EventWords): string {
  return visitWords(l, o) || tellings[l.event ?? ""]?.(l, o) || (o.words.console_.events[l.event ?? ""] ?? "");
}
