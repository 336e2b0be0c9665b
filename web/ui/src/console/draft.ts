// What was begun and not sent, one a conversation, with those for whom it was
// begun: it outlives a reload, a closed tab and a session, and never goes over to
// somebody else by itself.

import type { Shelf } from "../shared/shelf";

export interface Draft {
  text: string;
  /** For staff alone. */
  note: boolean;
  /** Name and age as they stood when it was begun. */
  whom: string;
}

export function readDraft(shelf: Shelf, id: string): Draft {
  const text = shelf.get("draft/" + id) ?? "";
  return { text, note: text !== "" && shelf.get("note/" + id) !== null, whom: text === "" ? "" : shelf.get("whom/" + id) ?? "" };
}

export function keepDraft(shelf: Shelf, id: string, d: Draft): void {
  const put = (key: string, value: string): void => (value === "" ? shelf.drop(key + id) : shelf.set(key + id, value));
  put("note/", d.text !== "" && d.note ? "1" : "");
  put("whom/", d.text === "" ? "" : d.whom);
  put("draft/", d.text);
}

/** The hand that writes, one for the whole desk. */
export interface Hand {
  /** In which conversation a key was last pressed, and when. */
  at: string;
  when: number;
}

/** How long a hand that wrote to one person may still be writing to them, though
 *  another stands before it, in milliseconds. */
const slip = 3_000;

/** doubt says why what is sent now may be meant for somebody else: it was begun
 *  for another person, or the hand was writing to another a moment ago and has
 *  written nothing here. */
export function doubt(d: Draft, id: string, called: string, hand: Hand, now: number): "other" | "slip" | null {
  if (d.whom !== "" && d.whom !== called) return "other";
  if (hand.at !== "" && hand.at !== id && now - hand.when < slip) return "slip";
  return null;
}
