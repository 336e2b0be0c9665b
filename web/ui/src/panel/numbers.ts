// The two numbers to dial, which stand in every state of the panel.

import { dial, h } from "../shared/dom";
import type { PageConfig } from "../shared/page";
import type * as english from "../texts/en";

export function numbers({ phone, emergency }: PageConfig, { common }: typeof english): HTMLElement {
  return h("div", { class: "numbers-strip", hidden: !phone && !emergency },
    phone && h("span", { class: "clinic" }, common.clinic + " ", dial(phone)),
    emergency && h("span", { class: "emergency" }, common.emergency + " ", dial(emergency)));
}
