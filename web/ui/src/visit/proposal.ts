// A time that the doctor offers, kept free for a while.

import type { Appointment } from "../shared/appointments";
import { fill, h } from "../shared/dom";
import { newKey } from "../shared/secret";
import { momentOf, shortMoment, timeOf } from "../shared/when";
import type { Host } from "./host";
import { presses } from "./press";
import { dayName } from "./times";

export class ProposalCard {
  readonly element = h("section", { class: "visit-card proposal", hidden: true });
  private drawn = "";

  constructor(private readonly host: Host) {
    this.element.setAttribute("aria-label", host.words.booked.proposed);
  }

  show(a: Appointment | null): void {
    const drawn = JSON.stringify(a);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = a === null;
    if (a) this.draw(a);
  }

  private draw(a: Appointment): void {
    const { host } = this;
    const { booked } = host.words;
    const at = new Date(a.start);
    const [take, leave] = [newKey(), newKey()];
    const when = momentOf(a.start, host.language);
    fill(this.element, h("h2", {}, booked.proposed),
      h("p", { class: "when" }, h("span", { class: "day-of" }, dayName(at, host.language)), " ", h("span", { class: "clock" }, timeOf(at, host.language))),
      h("p", { class: "who" }, booked.who(a.doctor, a.title), a.length > 0 && ` · ${booked.minutes(Math.round(a.length / 60))}`),
      a.words !== "" && h("p", { class: "said", dir: "auto" }, a.words),
      a.until !== "" && h("p", { class: "hint" }, booked.until(shortMoment(a.until, host.now(), host.language))),
      presses(host,
        { act: "accept", text: booked.accept, look: "", name: `${booked.accept}: ${when}`, run: () => host.command({ key: take, do: "accept_time", booking: a.id }) },
        { act: "decline", text: booked.decline, name: `${booked.decline}: ${when}`, run: () => host.command({ key: leave, do: "decline_time", booking: a.id }) }));
  }
}
