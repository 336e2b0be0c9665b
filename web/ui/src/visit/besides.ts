// What can be done while a doctor is waited for or is there: checking the device,
// asking for video.

import { fill, h, icon, shapes } from "../shared/dom";
import { newKey } from "../shared/secret";
import type { Host } from "./host";
import { presses } from "./press";

export interface Stands {
  /** A device may be checked now. */
  check: boolean;
  /** Video may be asked for, has been, or neither. */
  video: "ask" | "asked" | "";
}

export class Besides {
  readonly element = h("div", { class: "besides", hidden: true });
  private drawn = "";

  constructor(private readonly host: Host, private readonly check: () => void) {}

  show(s: Stands): void {
    const drawn = JSON.stringify(s);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = !s.check && s.video === "";
    const { ask, booked } = this.host.words;
    const key = newKey();
    const had = this.element.contains(document.activeElement);
    fill(this.element,
      s.video === "asked" && h("p", { class: "asked", tabindex: "-1" }, icon(shapes.video), ask.asked),
      s.video === "ask" && presses(this.host, { act: "ask-video", text: ask.video, look: "small", run: () => this.host.command({ key, do: "ask_video" }) }),
      s.check && h("button", { type: "button", class: "small", "data-act": "check", onclick: this.check }, booked.check));
    if (had) this.element.querySelector<HTMLElement>(".asked, button")?.focus();
  }
}
