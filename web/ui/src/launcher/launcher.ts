// The button, the frame, and the numbers to dial when the frame stays silent.

import { dial, h, icon, shapes } from "../shared/dom";
import { isOurs, type ToLauncher, type ToPanel } from "../shared/bridge";
import { launcher as en } from "../texts/en";
import type { Language } from "../texts/pick";
import { launcher as ru } from "../texts/ru";
import { adorn, layout } from "./style";

export interface Settings {
  origin: string; // Bedside's
  site: string;
  flow: string;
  phone: string;
  emergency: string;
  theme: string;
  language: Language;
}

/** How long the frame may be silent before the numbers stand in its place. */
const silence = 5_000;
/** … and how long until it is asked for again. */
const retry = 15_000;

export class Launcher {
  private readonly host = document.createElement("bedside-widget");
  private readonly button: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  private readonly box: HTMLElement;
  private readonly numbers: HTMLElement;
  private readonly words = h("span");
  private readonly t;
  private frame: HTMLIFrameElement | null = null;
  private spoken = false;
  private isOpen = false;
  private wide = false;
  private unread = 0;
  private asked = 0; // when the frame was made

  constructor(private readonly s: Settings) {
    this.t = { en, ru }[s.language];
    this.button = h("button", { type: "button", class: "button", "aria-expanded": "false", onclick: () => this.toggle() }, icon(shapes.chat), this.badge);
    this.numbers = this.card();
    this.box = h("div", { class: "box", role: "dialog", "aria-label": this.t.frame }, this.numbers);
    this.host.lang = s.language;
    const root = this.host.attachShadow({ mode: "closed" });
    adorn(root);
    root.append(this.box, this.button);
    root.addEventListener("keydown", (e) => (e as KeyboardEvent).key === "Escape" && this.close());
    window.addEventListener("message", (e) => this.hear(e));
    window.matchMedia("(max-width: 520px)").addEventListener("change", () => this.arrange());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.arrange());
    document.body.append(this.host);
    this.arrange();
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.frame ??= this.makeFrame();
    this.count(0);
    this.arrange();
    this.tell({ bedside: 1, type: "shown", open: true });
    this.frame.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.arrange();
    this.tell({ bedside: 1, type: "shown", open: false });
    this.button.focus();
  }

  private makeFrame(): HTMLIFrameElement {
    const { origin, site, flow, language, theme } = this.s;
    const query = new URLSearchParams(Object.entries({ site, flow, language, theme }).filter(([, v]) => v !== ""));
    const frame = h("iframe", {
      class: "frame",
      title: this.t.frame,
      allow: "camera; microphone; autoplay; display-capture; fullscreen; clipboard-write",
      allowfullscreen: true,
      src: `${origin}/widget/?${query}`,
      onload: () => this.tell({ bedside: 1, type: "hello", language, theme }),
    });
    this.box.append(frame);
    this.asked ||= Date.now();
    setTimeout(() => this.arrange(), silence);
    setTimeout(() => this.again(frame), retry);
    return frame;
  }

  /** A page that never spoke is asked for again in a new frame; the numbers stay. */
  private again(silent: HTMLIFrameElement): void {
    if (this.spoken || this.frame !== silent) return;
    silent.remove();
    this.frame = this.makeFrame();
    this.arrange();
  }

  /** tell speaks to Bedside's page alone: the target origin is exact. */
  private tell(message: ToPanel): void {
    if (!this.spoken && message.type !== "hello") return; // its page may not be there yet
    this.frame?.contentWindow?.postMessage(message, this.s.origin);
  }

  /** Only Bedside's origin, and only from the very frame that we made. */
  private hear(e: MessageEvent): void {
    if (!this.frame || e.source !== this.frame.contentWindow || e.origin !== this.s.origin || !isOurs(e.data)) return;
    const message = e.data as ToLauncher;
    this.spoken = true;
    switch (message.type) {
      case "ready":
        this.tell({ bedside: 1, type: "shown", open: this.isOpen });
        break;
      case "close":
        this.close();
        break;
      case "unread":
        this.count(this.isOpen ? 0 : Number(message.count) || 0);
        break;
      case "wide":
        this.wide = message.on === true;
        break;
    }
    this.arrange();
  }

  private count(n: number): void {
    this.unread = n;
    this.badge.textContent = n > 9 ? "9+" : String(n);
  }

  private arrange(): void {
    const silent = this.isOpen && !this.spoken && Date.now() - this.asked >= silence;
    this.words.textContent = silent ? this.t.silent : this.t.loading;
    const { open, close, unread } = this.t;
    const label = this.isOpen ? close : this.unread > 0 ? `${open}, ${unread(this.unread)}` : open;
    this.button.setAttribute("aria-label", label);
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    layout({ ...this.parts(), open: this.isOpen, wide: this.wide, spoken: this.spoken, silent, unread: this.unread, dark: this.dark() });
  }

  private parts() {
    return { button: this.button, badge: this.badge, box: this.box, frame: this.frame, numbers: this.numbers };
  }

  private dark(): boolean {
    const { theme } = this.s;
    return theme === "dark" || (theme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  }

  /** What stands there while the frame says nothing. */
  private card(): HTMLElement {
    const { phone, emergency } = this.s;
    const row = (name: string, number: string): HTMLElement | false =>
      number !== "" && h("p", { class: "row" }, name + ": ", dial(number, { class: "dial" }));
    return h("div", { class: "numbers", role: "status" },
      h("p", { class: "words" }, this.words), row(this.t.clinic, phone), row(this.t.emergency, emergency),
      h("button", { type: "button", class: "shut", onclick: () => this.close() }, this.t.close));
  }
}
