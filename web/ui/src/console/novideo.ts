// The banner that everybody at a console reads while there is no video, before
// the next click.

import type { Video } from "../wire";
import { h } from "../shared/dom";
import { inLanguage } from "../shared/page";
import { timeOf } from "../shared/when";
import type * as english from "../texts/en_staff";
import type { Banner } from "./banner";

const cause = "video";

/** How long it is said that there is video again. */
const glad = 15_000;

export class NoVideo {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private down = false;

  constructor(private readonly o: { banner: Banner; words: typeof english; language: string }) {}

  /** show says how video stands. */
  show(v: Video): void {
    const { banner, words, language } = this.o;
    const w = words.health;
    clearTimeout(this.timer);
    if (!v.up) {
      this.down = true;
      const since = v.since ? timeOf(new Date(v.since), language) : "";
      banner.set(cause, {
        bad: true, text: [w.noVideo(since), inLanguage(v.says, language), w.chatWorks].filter(Boolean).join(" "),
        ...(v.cure ? { more: h("span", { class: "cure" }, " ", w.forAdmin, " ", inLanguage(v.cure, language)) } : {}),
      });
      return;
    }
    if (!this.down) return;
    this.down = false;
    banner.set(cause, { text: w.back });
    this.timer = setTimeout(() => banner.set(cause, null), glad);
  }
}
