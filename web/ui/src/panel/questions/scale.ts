// A number that is pressed instead of typed: one button each, with words at the
// two ends.

import { h } from "../../shared/dom";
import type { Draw } from "./question";

/** A scale with more buttons than this is typed. */
const most = 21;

export const scale: Draw = (asked, o) => {
  const { ask } = o.words;
  const from = asked.min ?? 0;
  const to = asked.max ?? 10;
  if (to - from < 1 || to - from >= most) return [];
  const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const name = (n: number): string | false => (n === from ? ask.least(n) : n === to ? ask.most(n) : false);
  return [
    h("div", { class: "scale" }, ...all.map((n) =>
      h("button", { type: "button", class: "plain", "data-option": n, "aria-label": name(n), onclick: () => o.answer(asked, { option: String(n) }, String(n)) }, n))),
    h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, ask.leastShort), h("span", {}, ask.mostShort)),
  ];
};
