// Several of a few answers: each is a box to tick, and Done ends it.

import { h } from "../../shared/dom";
import type { Draw } from "./question";

export const several: Draw = (asked, o) => {
  const { ask } = o.words;
  const boxes = asked.options.map((option) => {
    const box = h("input", { type: "checkbox", value: option.id, onchange: () => count() });
    return { box, option, label: h("label", { class: "tick", lang: asked.lang || null, "data-option": option.id }, box, h("span", { dir: "auto" }, option.text)) };
  });
  const done = h("button", { type: "button", "data-act": "done", disabled: true, onclick: () => {
    const chosen = boxes.filter((b) => b.box.checked).map((b) => b.option);
    o.answer(asked, { options: chosen.map((c) => c.id) }, chosen.map((c) => c.text).join(", "));
  } }, ask.done);
  const count = (): void => void (done.disabled = !boxes.some((b) => b.box.checked));
  return [h("div", { class: "ticks" }, ...boxes.map((b) => b.label)), h("div", { class: "two" }, done)];
};
