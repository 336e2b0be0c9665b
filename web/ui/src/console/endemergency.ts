// An admin's way to end an emergency that no doctor has: asked once more, for it
// withdraws the offer to all.

import { fill, h } from "../shared/dom";
import type { console_ as english } from "../texts/en_console";
import type { Office } from "./office";

/** endEmergency makes the button that stands below a conversation's row. */
export function endEmergency(id: string, office: Pick<Office, "do">, words: typeof english): HTMLElement {
  const element = h("div", { class: "row-foot" });
  const first = (): HTMLElement => h("button", { type: "button", class: "small", "data-act": "end-emergency", onclick: () => ask() }, words.endEmergency);
  const ask = (): void => {
    fill(element, h("p", { class: "hint" }, words.endEmergencySure),
      h("button", { type: "button", class: "small bad", "data-act": "sure", onclick: () => {
        office.do(id, { do: "end_emergency" });
        fill(element, first());
      } }, words.endEmergency),
      h("button", { type: "button", class: "small", onclick: () => back() }, words.cancel));
    element.querySelector("button")?.focus();
  };
  const back = (): void => {
    fill(element, first());
    element.querySelector("button")?.focus();
  };
  fill(element, first());
  return element;
}
