// Who is spoken with, at the top of a conversation: name and age, how it stands,
// whether the patient's page is open, and which colleagues look.

import type { Head } from "../wire";
import { fill, h, icon } from "../shared/dom";
import { type Department, inLanguage } from "../shared/page";
import type * as english from "../texts/en_staff";
import { nameOf } from "../texts/pick";
import type { Open } from "./open";
import type { Person } from "./person";

export class Heading {
  readonly element: HTMLElement;
  private readonly name = h("span", { class: "name", dir: "auto" });
  private readonly age = h("span", { class: "age" });
  private readonly signed: HTMLElement;
  private readonly about = h("p", { class: "about" });
  private readonly lookers = h("p", { class: "lookers", hidden: true });
  private drawn = "";

  constructor(private readonly words: typeof english, private readonly language: string, private readonly departments: readonly Department[]) {
    const { vouched } = words.console_;
    this.signed = h("span", { class: "signed-mark", title: vouched, hidden: true }, icon("M5 12.5l4.5 4.5L19 7.5"), h("span", { class: "hearing" }, ", " + vouched));
    this.element = h("div", { class: "whom" }, h("h1", {}, this.name, this.age, this.signed), this.about, this.lookers);
  }

  show(open: Open, head: Head | undefined, person: Person): void {
    const parts = this.parts(open, head, person);
    const lookers = [...open.lookers.values()].sort();
    const signed = Boolean(open.talk.vouched?.["name"]);
    const state = JSON.stringify([person, parts, lookers, signed]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.name.textContent = person.name;
    this.signed.hidden = !signed;
    this.age.textContent = person.age ? ", " + person.age : "";
    fill(this.about, ...parts.map((p) => h("span", { class: p.kind, "data-part": p.kind || null }, p.text)));
    this.lookers.hidden = lookers.length === 0;
    this.lookers.textContent = lookers.length === 0 ? "" : this.words.console_.looking(lookers);
  }

  get lookersText(): string {
    return this.lookers.textContent ?? "";
  }

  private parts(open: Open, head: Head | undefined, person: Person): { text: string; kind: string }[] {
    const c = this.words.console_;
    const { talk } = open;
    const all = [
      { text: head?.priority === "emergency" ? c.urgent : head?.priority === "urgent" ? c.urgentSoon : "", kind: "emergency" },
      { text: (head?.purpose ?? talk.purpose) === "video" && talk.phase === "waiting" ? c.waitsForVideo : "", kind: "video" },
      { text: person.born, kind: "born" },
      { text: nameOf(talk.language) || talk.language, kind: "language" },
      { text: open.gone ? "" : c.phase[talk.phase] ?? "", kind: "phase" },
      { text: talk.phase === "waiting" ? head?.doctor_name ?? "" : "", kind: "doctor" },
      { text: departmentIn(this.departments, head?.department, this.language), kind: "department" },
      { text: talk.phase === "closed" ? "" : this.presence(open), kind: open.here === false ? "away" : "here" },
      { text: open.typingUntil > Date.now() ? c.typing : "", kind: "typing" },
    ];
    return all.filter((p) => p.text !== "");
  }

  private presence(open: Open): string {
    const c = this.words.console_;
    if (open.here === null) return "";
    if (open.here) return c.here;
    return open.left ? c.awaySince(Math.floor((Date.now() - open.left) / 60_000)) : c.away;
  }
}

/** departmentIn names a department in a language; one that is not known by its id. */
export function departmentIn(all: readonly Department[], id: string | undefined, language: string): string {
  const d = all.find((x) => x.id === id);
  return (d && inLanguage(d.title, language)) || id || "";
}
