// The answers as a card: what the flow marks red first, then those of the
// hand-over's summary, then the others in the order in which they came.

import { fill, h, icon, shapes } from "../shared/dom";
import type { FileSent } from "../shared/files/file";
import { inLanguage } from "../shared/page";
import type { Answer, Talk } from "../shared/talk";
import { isoDay, readable } from "../shared/when";
import type * as english from "../texts/en_staff";
import { DeviceCard } from "./devicecard";
import { Vouched } from "./vouched";

export class Card {
  readonly element: HTMLElement;
  private readonly consents = h("section", { class: "consents", hidden: true });
  private readonly rating = h("section", { class: "rated", hidden: true });
  private readonly answers = h("dl", { class: "answers" });
  private readonly none: HTMLElement;
  private readonly vouched: Vouched;
  private readonly devices: DeviceCard;
  private drawn = "";

  constructor(private readonly words: typeof english, private readonly language: string, private readonly shown: (f: FileSent) => HTMLElement) {
    const c = words.console_;
    this.vouched = new Vouched(words, language);
    this.devices = new DeviceCard(words.visits);
    this.none = h("p", { class: "hint" }, c.noAnswers);
    this.element = h("aside", { class: "card", tabindex: "0", "aria-label": c.answers }, h("h2", {}, c.answers), this.none, this.answers, this.devices.element, this.rating, this.consents, this.vouched.element);
  }

  show(talk: Talk): void {
    this.vouched.show(talk);
    this.devices.show(talk);
    const sorted = inOrder(talk.answers, talk.summary);
    const state = JSON.stringify([sorted, talk.consents, talk.rating]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.none.hidden = sorted.length > 0;
    this.answers.hidden = sorted.length === 0;
    fill(this.answers, ...sorted.map((a) => this.line(a, talk)));
    this.more(talk);
  }

  /** more is what was agreed to, and how the patient found it. */
  private more({ consents, rating }: Talk): void {
    const { words: { console_: c, rating: words }, language } = this;
    const day = (at: string): string => readable(isoDay(at), language);
    this.consents.hidden = consents.length === 0;
    fill(this.consents, h("h3", {}, c.consents), h("ul", {}, ...consents.map((x) => h("li", { class: x.agreed ? "" : "refused" },
      h("span", {}, x.title), h("small", {}, x.agreed ? c.consentOf(x.version, day(x.at)) : c.refusedOn(day(x.at)))))));
    this.rating.hidden = rating === null;
    if (rating) fill(this.rating, h("h3", {}, c.ratingTitle), h("p", {}, words.stars[rating.stars - 1] ?? String(rating.stars)), rating.text !== "" && h("p", { dir: "auto" }, rating.text));
  }

  private line(a: Answer, talk: Talk): HTMLElement {
    const { words, language } = this;
    const label = inLanguage(a.label ?? undefined, language) || a.slot;
    return h("div", { class: a.red ? "red" : "", "data-slot": a.slot },
      h("dt", {}, label, a.red && h("strong", { class: "flag" }, icon(shapes.alert), words.console_.redFlag)),
      a.skipped ? h("dd", { class: "skipped" }, words.common.skipped)
        : a.files ? h("dd", { class: "card-files" }, ...a.files.map((f) => this.shown(f))) : a.several ? h("dd", {}, h("ul", { class: "several", lang: talk.language || null }, ...a.several.map((x) => h("li", { dir: "auto" }, x))))
          : h("dd", { lang: talk.language || null, dir: "auto" }, readable(a.text, language)));
  }
}

/** inOrder is the order of the card. */
export function inOrder(answers: readonly Answer[], summary: readonly string[]): Answer[] {
  const rank = (a: Answer): number => {
    if (a.red) return -1;
    const at = summary.indexOf(a.slot);
    return at < 0 ? summary.length : at;
  };
  return [...answers].sort((a, b) => rank(a) - rank(b));
}
