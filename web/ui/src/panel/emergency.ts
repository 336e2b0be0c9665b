// The card of an emergency, above everything else while it stands: a number to
// press, and that a doctor is being called. It needs no connection.

import { dialHref, fill, h, icon, shapes } from "../shared/dom";
import type { Talk } from "../shared/talk";
import type * as english from "../texts/en";

export class EmergencyCard {
  readonly element = h("section", { class: "emergency-card", hidden: true });
  /** What a screen reader says of it, "" for none. */
  spoken = "";
  private drawn = "";

  constructor(private readonly words: typeof english, private readonly phone: string) {}

  show(talk: Talk): void {
    const { emergency, doctor } = talk;
    const { urgent } = this.words;
    const number = emergency?.phone || this.phone;
    const says = emergency === null ? "" : talk.phase === "consulting" && doctor ? urgent.doctorSees(doctor) : urgent.calling;
    const drawn = JSON.stringify([number, says]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = emergency === null;
    this.spoken = emergency === null ? "" : `${urgent.title}. ${number === "" ? "" : `${urgent.call} ${number}. `}${says}`;
    this.element.setAttribute("aria-label", urgent.title);
    fill(this.element, h("h2", {}, icon(shapes.alert), urgent.title),
      number !== "" && h("a", { class: "button bad phone", href: dialHref(number) }, icon(shapes.phone), h("span", {}, urgent.call + " ", h("span", { class: "number", dir: "ltr" }, number))),
      h("p", {}, says));
  }
}
