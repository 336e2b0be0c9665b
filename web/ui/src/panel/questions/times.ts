// Times to choose from: a list of the second bundle, which is fetched for it.

import { fill, h } from "../../shared/dom";
import type { Draw } from "./question";

export const times: Draw = (asked, o) => {
  const slot = h("div", { class: "times-slot" }, h("span", { class: "busy", "aria-hidden": "true" }), o.words.panel.starting);
  o.later?.((part) => {
    fill(slot, part.askedTimes(asked, o.language, o.answer));
    requestAnimationFrame(() => slot.closest(".timeline")?.querySelector(".log > :last-child")?.scrollIntoView()); // a long list is read from its question on
  });
  return [slot];
};
