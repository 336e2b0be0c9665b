// Why it was this doctor: an offer and an assignment in the chat, with those who
// were thought of, each with why it was not they.

import type { ChosenBy, Considered } from "../wire";
import { h } from "../shared/dom";
import type { Line } from "../shared/talk";
import { timeOf } from "../shared/when";
import type { visits as english } from "../texts/en_staff";

interface Body {
  why?: ChosenBy;
  considered?: Considered[];
}

/** consideredCard is the line with its reasons; null where there are none to show. */
export function consideredCard(l: Line, words: string, w: typeof english, language: string): HTMLElement | null {
  if (l.event !== "offer.made" && l.event !== "doctor.assigned") return null;
  const { why, considered = [] } = (l.body ?? {}) as Body;
  if (!why && considered.length === 0) return null;
  return h("div", { class: "event considered", role: "listitem", "data-kind": l.event },
    h("span", {}, [words, why ? w.chosen[why] ?? "" : ""].filter((t) => t !== "").join(": ") + " "), h("time", { datetime: l.at }, timeOf(new Date(l.at), language)),
    considered.length > 0 && h("details", {}, h("summary", {}, w.considered(considered.length)),
      h("ul", {}, ...considered.map((c) => h("li", {}, h("strong", {}, c.doctor), " ", c.not ? w.not[c.not] ?? c.not : w.taken, c.open ? ", " + w.has(c.open) : "")))));
}
