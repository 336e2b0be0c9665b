// What the patient has sent unasked, on the card: small pictures that open, and
// papers that are saved. What answers a question stands with it.

import { fill, h } from "../shared/dom";
import type { FileSent } from "../shared/files/file";
import type { Talk } from "../shared/talk";
import type * as english from "../texts/en_staff";

export class CardFiles {
  readonly element = h("section", { class: "sent-files", hidden: true });
  private readonly all = h("div", { class: "card-files" });
  private drawn = "";

  constructor(words: typeof english, private readonly shown: (f: FileSent) => HTMLElement) {
    fill(this.element, h("h3", {}, words.files.title), this.all);
  }

  show(talk: Talk): void {
    const answers = new Set(talk.answers.flatMap((a) => a.files ?? []).map((f) => f.file));
    const files = talk.lines.flatMap((l) => (l.file && l.role === "patient" && !answers.has(l.file.file) ? [l.file] : []));
    const stands = JSON.stringify(files.map((f) => f.file));
    if (stands === this.drawn) return;
    this.drawn = stands;
    this.element.hidden = files.length === 0;
    fill(this.all, ...files.map((f) => this.shown(f)));
  }
}
