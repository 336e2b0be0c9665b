// One of a few answers: a button each.

import { h } from "../../shared/dom";
import type { Asked } from "../../shared/talk";
import type { panel as english } from "../../texts/en";
import type { Draw } from "./question";

interface Option {
  id: string;
  text: string;
}

/** optionsOf gives the answers to choose from; none where words are typed. */
export function optionsOf(asked: Asked, words: typeof english): Option[] {
  if (asked.options.length > 0 || asked.type !== "yes_no") return asked.options;
  return [{ id: "yes", text: words.yes }, { id: "no", text: words.no }];
}

export const buttons: Draw = (asked, o) => [
  h("div", { class: "choices" }, ...optionsOf(asked, o.words.panel).map(({ id, text }) =>
    h("button", { type: "button", class: "plain choice", lang: asked.lang || null, "data-option": id, onclick: () => o.answer(asked, { option: id }, text) }, text))),
];
