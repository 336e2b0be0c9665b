// What the clinic has promised, as a card in the chat: what happens next, and what
// to do if it gets worse before.

import { dial, h } from "../shared/dom";
import type { Line } from "../shared/talk";
import { momentOf } from "../shared/when";
import type * as english from "../texts/en";

export interface PromiseWords {
  words: typeof english;
  language: string;
  emergency: string;
}

/** promiseWords is a promise in one breath; "" for whatever is none. */
export function promiseWords(l: Line, { words, language }: PromiseWords): string {
  const { promise } = words;
  const b = l.body ?? {};
  switch (l.event) {
    case "callback.promised": return b.phone ? promise.callBy(momentOf(b.by ?? "", language), b.phone) : promise.writeBy(momentOf(b.by ?? "", language));
    case "booking.made": return promise.bookedFor(momentOf(b.start ?? "", language), b.title ?? "");
  }
  return "";
}

/** promiseCard draws one; null for whatever is none. */
export function promiseCard(l: Line, o: PromiseWords): HTMLElement | null {
  const words = promiseWords(l, o);
  if (words === "" || l.body?.booking) return null; // an appointment with a card of its own, see visits
  const { promise } = o.words;
  const call = l.event === "callback.promised";
  const rings = call && Boolean(l.body?.phone);
  return h("div", { class: "promise", role: "listitem", "data-kind": l.event ?? "" },
    h("h3", {}, rings ? promise.call : call ? promise.parkedShort : promise.booking),
    h("p", {}, words),
    h("p", { class: "hint" }, call ? (l.body?.place_kept ? promise.placeKept : rings ? promise.callNext : promise.writeNext) : promise.bookingNext),
    o.emergency !== "" && h("p", { class: "hint" }, promise.worse + " ", dial(o.emergency)));
}
