// Where the call is seen: its frame, and around it what belongs to this page: a
// way past the frame for those who go by keys, larger and smaller, the chat and
// how much of it is unread, and the way out. The frame is never moved in the
// document, for a browser would load it anew.

import type { door as english } from "../texts/en_call";
import { h, icon, shapes } from "./dom";

export interface StageOptions {
  words(): typeof english.stage;
  leave(): void;
  /** The picture is to fill the window, or no longer. */
  whole: ((on: boolean) => void) | undefined;
  /** The chat is to be seen beside the picture, or no longer. */
  chat: ((on: boolean) => void) | undefined;
  /** Camera or sound fail in there. */
  trouble(): void;
}

/** From this width on, in pixels, picture and chat have room side by side. */
const wide = 720;

export class Stage {
  readonly element = h("div", { class: "stage", hidden: true });
  whole = false;
  chat = true;
  private readonly place = h("div", { class: "stage-frame" });
  private readonly past: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly size: HTMLButtonElement;
  private readonly talk: HTMLButtonElement;
  private readonly help: HTMLButtonElement;
  private readonly out: HTMLButtonElement;
  private unseen = 0;
  private frame: HTMLElement | null = null;

  constructor(private readonly o: StageOptions) {
    const button = (kind: string, press: () => void): HTMLButtonElement => h("button", { type: "button", class: kind, onclick: press });
    this.past = button("bypass", () => (this.size.hidden ? this.help : this.size).focus());
    this.back = button("bypass", () => this.past.focus());
    this.size = button("ghost larger", () => this.grow(!this.whole));
    this.talk = button("ghost chat", () => this.showChat(!this.chat));
    this.help = button("ghost trouble", () => o.trouble());
    this.out = button("ghost out", () => o.leave());
    this.element.append(this.past, this.place, h("div", { class: "stage-bar" }, this.size, this.talk, this.help, this.out), this.back);
    this.draw();
  }

  /** show takes a frame in; the one before is taken out. */
  show(frame: HTMLElement): void {
    if (this.frame !== frame) this.frame?.remove();
    this.frame = frame;
    if (frame.parentElement !== this.place) this.place.append(frame);
    this.element.hidden = false;
  }

  /** trial keeps the frame out of sight, or brings it there. */
  trial(on: boolean): void {
    this.element.classList.toggle("trial", on);
  }

  empty(): void {
    this.frame?.remove();
    this.frame = null;
    this.element.hidden = true;
    this.trial(false);
    this.grow(false);
  }

  /** grow fills the window, or goes back to beside the chat. */
  grow(on: boolean): void {
    if (on === this.whole) return;
    this.whole = on;
    this.element.classList.toggle("whole", on);
    this.o.whole?.(on);
    this.seeChat(!on || this.roomy());
    if (document.activeElement === document.body) this.size.focus();
  }

  /** unread is how much of the chat is not seen while it is out of sight. */
  unread(n: number): void {
    if (n === this.unseen) return;
    this.unseen = n;
    this.draw();
  }

  /** On a narrow screen picture and chat share it again: there is no room beside. */
  private showChat(on: boolean): void {
    if (on && !this.roomy()) this.grow(false);
    else this.seeChat(on);
  }

  private seeChat(on: boolean): void {
    this.chat = on;
    if (on) this.unseen = 0;
    this.o.chat?.(on);
    this.draw();
  }

  private roomy(): boolean {
    return document.documentElement.clientWidth >= wide;
  }

  /** draw writes every label, in the language of the moment. */
  draw(): void {
    const w = this.o.words();
    const label = (b: HTMLElement, shape: string, text: string, ...more: Node[]): void => b.replaceChildren(icon(shape), h("span", {}, text), ...more);
    this.past.textContent = w.past;
    this.back.textContent = w.before;
    label(this.size, this.whole ? shapes.smaller : shapes.larger, this.whole ? w.smaller : w.larger);
    label(this.talk, shapes.chat, w.chat, h("span", { class: "badge", hidden: this.unseen === 0, "aria-hidden": "true" }, this.unseen > 9 ? "9+" : this.unseen));
    label(this.help, shapes.video, w.trouble);
    label(this.out, shapes.close, w.close);
    this.size.hidden = !this.o.whole;
    this.talk.hidden = !this.o.chat || !this.whole;
    this.talk.setAttribute("aria-label", this.unseen === 0 ? w.chat : `${w.chat}, ${w.unread(this.unseen)}`);
    this.talk.setAttribute("aria-pressed", String(this.chat));
  }
}
