// Going on on another device: a link that is good once and for ten minutes, to
// be copied, sent on, or read by the other device's camera.

import type { Elsewhere } from "../wire";
import { Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { timeOf } from "../shared/when";
import type * as english from "../texts/en";
import { refusalWords } from "../texts/refusals";
import { qrCode } from "./qr";

export interface ElsewhereOptions {
  words: typeof english;
  language: string;
  make(): Promise<Elsewhere>;
  /** What came of a press, to be heard. */
  say(text: string): void;
  /** It was closed by hand. */
  left(): void;
}

export class ElsewhereSheet {
  readonly element = h("section", { class: "menu elsewhere", hidden: true, tabindex: "-1" });
  private readonly said = h("p", { class: "hint", hidden: true });
  private turn = 0;

  constructor(private readonly o: ElsewhereOptions) {
    this.element.setAttribute("aria-label", o.words.panel.elsewhere.open);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** show asks for a link, a new one each time. */
  async show(): Promise<void> {
    const { words } = this.o;
    const turn = ++this.turn;
    this.element.hidden = false;
    this.draw(h("p", {}, h("span", { class: "busy", "aria-hidden": "true" }), words.panel.starting));
    this.element.focus();
    try {
      const made = await this.o.make();
      if (turn === this.turn && this.open) this.link(made);
    } catch (e) {
      if (turn !== this.turn) return;
      const why = refusalWords(words.panel, e instanceof Refused ? e.code : "", "");
      this.o.say(why);
      this.draw(h("p", { class: "error" }, why), h("button", { type: "button", onclick: () => void this.show() }, words.panel.startAgain));
    }
  }

  close(): void {
    if (!this.open) return;
    this.turn++;
    this.element.hidden = true;
    fill(this.element); // the link is kept nowhere
    this.o.left();
  }

  private draw(...children: (Node | false)[]): void {
    const { words } = this.o;
    fill(this.element, h("h2", {}, words.panel.elsewhere.open), ...children,
      h("button", { type: "button", class: "plain done", onclick: () => this.close() }, words.common.close));
  }

  private link(made: Elsewhere): void {
    const { words, language } = this.o;
    const { elsewhere } = words.panel;
    const field = h("input", { type: "url", readonly: true, value: made.link, dir: "ltr", "aria-label": elsewhere.link, onfocus: () => field.select() });
    const copy = h("button", { type: "button", "data-act": "copy", onclick: () => void this.copy(made.link, field) }, elsewhere.copy);
    const share = typeof navigator.share === "function" && h("button", {
      type: "button", class: "plain", "data-act": "share", onclick: () => void this.share(made.link),
    }, elsewhere.share);
    this.said.hidden = true;
    this.draw(h("p", {}, elsewhere.how(timeOf(new Date(made.expires_at), language))),
      qrCode(made.qr, elsewhere.qr) as unknown as Node, field, h("div", { class: "buttons" }, copy, share), this.said);
    this.o.say(elsewhere.how(timeOf(new Date(made.expires_at), language)));
  }

  private async copy(link: string, field: HTMLInputElement): Promise<void> {
    const { elsewhere } = this.o.words.panel;
    try {
      await navigator.clipboard.writeText(link);
      this.tell(elsewhere.copied);
    } catch {
      field.focus();
      field.select();
      this.tell(document.execCommand?.("copy") ? elsewhere.copied : elsewhere.byHand);
    }
  }

  private async share(url: string): Promise<void> {
    try {
      await navigator.share({ url });
    } catch {
      // It was called off, or nothing here takes links: the field is still there.
    }
  }

  private tell(text: string): void {
    this.said.hidden = false;
    this.said.textContent = text;
    this.o.say(text);
  }
}
