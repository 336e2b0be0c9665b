// The files on their way, as they are seen: each with how far it is and a way to
// take it back, or with why it was not taken.

import { fill, h } from "../dom";
import { sizeWords } from "./file";
import type { files as english } from "../../texts/en_files";
import type { Tray, Upload } from "./tray";

export interface UploadsOptions {
  words: typeof english;
  language: string;
  tray: Tray;
  /** Why it was not taken, in words. */
  why(u: Upload): string;
}

export class Uploads {
  readonly element = h("div", { class: "uploads" });
  private drawn = "";
  private readonly bars = new Map<string, HTMLProgressElement>();

  constructor(private readonly o: UploadsOptions) {}

  /** show draws them; what stands there is left alone save for how far it is, for a
   *  button in it may have the focus. */
  show(all: readonly Upload[]): void {
    for (const u of all) {
      const bar = this.bars.get(u.key);
      if (bar) bar.value = u.part;
    }
    const stands = JSON.stringify(all.map((u) => [u.key, u.fate, u.code]));
    if (stands === this.drawn) return;
    this.drawn = stands;
    this.bars.clear();
    fill(this.element, ...all.map((u) => this.one(u)));
  }

  private one(u: Upload): HTMLElement {
    const { words, language, tray } = this.o;
    const { name, size } = u.file;
    const failed = u.fate === "failed";
    const bar = h("progress", { max: "1", "aria-label": words.sending(name) });
    bar.value = u.part;
    this.bars.set(u.key, bar);
    const button = (act: string, text: string, label: string, press: () => void): HTMLElement =>
      h("button", { type: "button", class: act === "cancel" ? "small quiet" : "small", "data-act": act, "aria-label": label, onclick: press }, text);
    return h("div", { class: `upload ${u.fate}`, "data-fate": u.fate },
      u.preview && !failed && h("img", { class: "upload-preview", alt: "", src: u.preview }),
      h("div", { class: "upload-words" },
        h("span", { class: "file-name", dir: "auto" }, name), " ", h("small", {}, sizeWords(size, words, language)),
        failed ? h("p", { class: "upload-why" }, this.o.why(u)) : u.fate === "sending" || u.fate === "sent" ? bar : h("p", {}, u.fate === "waiting" ? words.waiting : words.preparing)),
      failed && u.code !== "too_large" && u.code !== "file_type" && button("retry", words.retry, `${words.retry}: ${name}`, () => tray.retry(u.key)),
      u.fate !== "sent" && button("cancel", failed ? words.discard : "✕", failed ? `${words.discard}: ${name}` : words.cancel(name), () => tray.cancel(u.key)));
  }
}
