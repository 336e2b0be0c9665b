// What the patient's browser found when camera, microphone, speaker and connection
// were tried, for the doctor's card: what does not work stands out.

import type { Devices } from "../wire";
import { fill, h } from "../shared/dom";
import type { Talk } from "../shared/talk";
import type { visits as english } from "../texts/en_staff";

const parts = ["camera", "microphone", "speaker", "connection", "browser"] as const;

export class DeviceCard {
  readonly element = h("section", { class: "devices", hidden: true });
  private drawn = "";

  constructor(private readonly words: typeof english) {}

  show(talk: Talk): void {
    const found = devicesOf(talk);
    const state = JSON.stringify(found);
    if (state === this.drawn) return;
    this.drawn = state;
    this.element.hidden = found === null;
    if (!found) return;
    const w = this.words.devices;
    fill(this.element, h("h3", {}, w.title), h("p", { class: "way" }, this.words.way[found.way] ?? ""),
      h("dl", {}, ...parts.map((p) => this.line(p, found))));
  }

  private line(part: (typeof parts)[number], found: Devices): HTMLElement {
    const w = this.words.devices;
    const is = found[part];
    const more = part === "connection" && found.rtt ? w.rtt(found.rtt) : part === "browser" && found.in_app ? found.in_app : "";
    return h("div", { class: is === "ok" ? "" : is === "unknown" ? "unknown" : "not", "data-device": part }, h("dt", {}, w.parts[part]), h("dd", {}, w.is[is] ?? is, more && h("small", {}, " ", more)));
  }
}

/** devicesOf is what was found last. */
export function devicesOf(talk: Talk): Devices | null {
  const last = [...talk.lines].reverse().find((l) => l.event === "devices.checked");
  return last?.body ? (last.body as unknown as Devices) : null;
}
