// A document that somebody agrees to or refuses. All of it stands there to be
// read, in a part of the page that scrolls and that keys can reach.

import { h } from "../../shared/dom";
import { documentOf } from "../../shared/markdown";
import type { Consent } from "../../shared/talk";
import type { Draw } from "./question";

export const consent: Draw = (asked, o) => {
  const { ask } = o.words;
  const said = (id: string, usual: string): string => asked.options.find((x) => x.id === id)?.text ?? usual;
  const press = (id: string, look: string, text: string): HTMLElement =>
    h("button", { type: "button", class: look, "data-option": id, lang: asked.lang || null, onclick: () => o.answer(asked, { option: id }, text) }, text);
  return [
    asked.consent ? paper(asked.consent, asked.lang, asked.consent.title !== asked.text) : null,
    h("div", { class: "two" }, press("agree", "", said("agree", ask.agree)), press("refuse", "plain", said("refuse", ask.refuse))),
  ].filter((e): e is HTMLElement => e !== null);
};

/** paper is the document, under its title where that does not stand above it. */
export function paper(c: Consent, lang: string, titled = true): HTMLElement {
  const parts = documentOf(c.document, 3);
  if (parts[0]?.textContent === c.title) parts.shift();
  return h("section", { class: "paper", tabindex: "0", role: "region", "aria-label": c.title, lang: lang || null, dir: "auto" }, titled && h("h2", {}, c.title), ...parts);
}
