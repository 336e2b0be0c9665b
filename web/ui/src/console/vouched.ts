// Who the patient is on the clinic's own word, and what the page around the chat
// says of itself on nobody's: two things that must not be taken for each other.

import { fill, h, icon } from "../shared/dom";
import type { Talk } from "../shared/talk";
import { readable } from "../shared/when";
import type * as english from "../texts/en_staff";

const check = "M5 12.5l4.5 4.5L19 7.5";
const facts = ["name", "born", "phone"] as const;

export class Vouched {
  readonly element = h("div", { class: "vouched" });
  private drawn = "";

  constructor(private readonly words: typeof english, private readonly language: string) {}

  show(talk: Talk): void {
    const state = JSON.stringify([talk.vouched, talk.page]);
    if (state === this.drawn) return;
    this.drawn = state;
    fill(this.element, this.signed(talk.vouched), this.page(talk.page));
  }

  private signed(vouched: Talk["vouched"]): HTMLElement | null {
    if (vouched === null) return null;
    const { vouched: title, facts: names } = this.words.console_;
    const rows = facts.filter((f) => vouched[f]).map((f) => row(names[f], readable(vouched[f] ?? "", this.language)));
    return h("section", { class: "signed" }, h("h3", {}, icon(check), title), h("dl", {}, ...rows));
  }

  private page(page: Talk["page"]): HTMLElement | null {
    const all = Object.entries(page).sort(([a], [b]) => a.localeCompare(b));
    if (all.length === 0) return null;
    const { pageSays, pageHint } = this.words.console_;
    return h("section", { class: "page-says" }, h("h3", {}, pageSays, " ", h("small", {}, pageHint)),
      h("dl", {}, ...all.map(([name, value]) => row(name, value))));
  }
}

const row = (name: string, value: string): HTMLElement => h("div", {}, h("dt", { dir: "auto" }, name), h("dd", { dir: "auto" }, value));
