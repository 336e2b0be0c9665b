// What stands beside the phase of a conversation: an emergency, what the clinic has
// promised, and what the patient may still say of it all.

import type { Entry, Kind } from "../wire";
import { type Appointments, foldAppointment, noAppointments } from "./appointments";
import type { Body } from "./talk";

/** An emergency stands from the moment it was raised until it is ended. */
export interface Emergency {
  /** What raised it: a word, a red flag, the flow. */
  by: string;
  phone: string;
  title: string;
  /** While a doctor is there it is a card beside the chat, and asks nothing. */
  card: boolean;
}

/** A call of the clinic, by a moment. */
export interface Callback {
  by: string;
  phone: string;
  title: string;
  /** The patient keeps the place in the queue as well. */
  placeKept: boolean;
}

export interface Promises extends Appointments {
  emergency: Emergency | null;
  callback: Callback | null;
  /** "video": the doctor is to come by video. */
  purpose: string;
  /** The step that is passed over by whoever would rather type; "" for none. */
  declinable: string;
  /** Whether a rating is asked for, and the one that was given. */
  rate: boolean;
  rating: { stars: number; text: string } | null;
}

export const noPromises = (): Promises =>
  ({ emergency: null, callback: null, purpose: "", declinable: "", rate: false, rating: null, ...noAppointments() });

type Folding = (p: Promises, b: Body) => void;

const foldings: { [K in Kind]?: Folding } = {
  "emergency.raised": (p, b) => {
    p.emergency = { by: b.by ?? "", phone: b.phone ?? "", title: b.title ?? "", card: b.card ?? false };
  },
  "emergency.ended": (p) => void (p.emergency = null),
  "callback.promised": (p, b) => {
    p.callback = { by: b.by ?? "", phone: b.phone ?? "", title: b.title ?? "", placeKept: b.place_kept ?? false };
  },
  "callback.done": (p) => void (p.callback = null),
  "callback.failed": (p) => void (p.callback = null),
  "queue.joined": (p, b) => {
    p.purpose = b.purpose ?? "";
    p.declinable = b.declinable ? b.step ?? "" : "";
  },
  "video.declined": (p) => {
    p.purpose = "";
    p.declinable = "";
  },
  "doctor.assigned": (p) => void (p.declinable = ""),
  "conversation.closed": (p, b) => {
    p.emergency = null;
    p.callback = null;
    p.declinable = "";
    p.rate = p.rate || (b.rate ?? false);
  },
  "conversation.parked": (p, b) => void (p.rate = b.rate ?? p.rate),
  "conversation.resumed": (p) => void (p.rate = false),
  "conversation.reopened": (p) => void (p.rate = false),
  "rating.given": (p, b) => {
    p.rating = { stars: b.stars ?? 0, text: b.text ?? "" };
  },
};

/** foldPromise takes in what an entry does to them. */
export function foldPromise(p: Promises, e: Entry, body: Body): void {
  foldings[e.kind]?.(p, body);
  foldAppointment(p, e);
}
