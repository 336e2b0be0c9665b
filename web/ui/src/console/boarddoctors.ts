// The doctors on the board: who is here and free stands first.

import type { Board, BoardDoctor } from "../wire";
import { fill, h } from "../shared/dom";
import { shortMoment } from "../shared/when";
import type * as english from "../texts/en_staff";

export class BoardDoctors {
  readonly element = h("section", { class: "board-doctors" });
  private drawn = "";

  constructor(private readonly words: typeof english, private readonly language: string, private readonly department: (id: string) => string) {}

  show({ doctors, waits }: Board, now: number): void {
    const sorted = [...doctors].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    const state = JSON.stringify([sorted, Math.floor(now / 60_000)]);
    if (state === this.drawn) return;
    this.drawn = state;
    const w = this.words.visits.board;
    const head = (text: string): HTMLElement => h("th", { scope: "col" }, text);
    fill(this.element, h("h2", {}, w.doctors + " ", h("span", { class: "count" }, sorted.length)),
      h("table", {}, h("thead", {}, h("tr", {}, head(w.doctor), head(w.stands), head(w.has), head(w.now))),
        h("tbody", {}, ...sorted.map((d) => this.row(d, waits.find((x) => x.id === d.ringing)?.patient ?? "", now)))));
  }

  private row(d: BoardDoctor, ringing: string, now: number): HTMLElement {
    const { visits, console_ } = this.words;
    const w = visits.board;
    const is = !d.here ? "out" : d.duty;
    const doing = [
      d.in_call ? visits.doctor.inCall : "", d.ringing ? w.rings(ringing || console_.unnamed) : "",
      d.next ? w.next(shortMoment(d.next, now, this.language)) : "",
    ].filter((t) => t !== "");
    return h("tr", { "data-doctor": d.login, "data-is": is },
      h("th", { scope: "row" }, h("span", { dir: "auto" }, d.name || d.login), h("small", {}, d.departments.map((x) => this.department(x)).join(", "))),
      h("td", {}, h("span", { class: "is" }, is === "out" ? visits.doctor.out : visits.duty[is]), d.here && d.missed && h("small", {}, w.missed)),
      h("td", { class: "number" }, visits.duty.load(d.open, d.most)), h("td", {}, doing.join(" · ")));
  }
}

const rank = (d: BoardDoctor): number => (!d.here ? 3 : { on: 0, busy: 1, away: 2 }[d.duty]);
