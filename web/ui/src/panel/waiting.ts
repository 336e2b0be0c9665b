// What stands in the panel until it is known who is here: the numbers, a word, and
// a way out.

import { h, icon, shapes } from "../shared/dom";
import { type PageConfig, titleOf } from "../shared/page";
import { textsOf } from "../texts/all";
import type { Language } from "../texts/pick";
import { numbers } from "./numbers";

export interface Waiting {
  readonly element: HTMLElement;
  /** over gives its place to another. */
  over(next: HTMLElement): void;
}

/** waiting shows it; shut is null where there is no page to go back to. */
export function waiting(config: PageConfig, language: Language, shut: (() => void) | null): Waiting {
  const words = textsOf(language);
  const close = h("button", { type: "button", class: "ghost icon shut", "aria-label": words.common.close, onclick: () => shut?.() }, icon(shapes.close));
  const escape = (e: KeyboardEvent): void => void (e.key === "Escape" && shut?.());
  document.addEventListener("keydown", escape);
  const element = h("main", { class: "panel", lang: language },
    h("header", { class: "head" }, h("div", { class: "title" }, h("h1", {}, titleOf(config, language) || words.panel.title)), shut && close),
    numbers(config, words), h("p", { class: "notice", role: "status" }, words.panel.starting));
  return {
    element,
    over(next) {
      document.removeEventListener("keydown", escape);
      element.replaceWith(next);
    },
  };
}
