// A page inside another app: what the app is called, and the link by which the
// conversation goes on in a real browser.

import type { Elsewhere } from "../wire";
import { copyButton } from "../shared/copy";
import { fill, h } from "../shared/dom";
import { timeOf } from "../shared/when";
import { qrCode } from "../panel/qr";
import { failureWords, type Host } from "./host";

const apps: readonly [RegExp, string][] = [
  [/Instagram/, "Instagram"], [/FBAN|FBAV|FB_IAB/, "Facebook"], [/VKClient|VKAndroidApp|VKiOSApp/, "VK"], [/OKApp|OkApp/, "OK"], [/Viber/, "Viber"],
  [/WhatsApp/, "WhatsApp"], [/Telegram/, "Telegram"], [/MicroMessenger/, "WeChat"], [/\bLine\//, "LINE"], [/GSA\//, "Google"],
];

/** appOf names the app whose browser it is; "" where it does not say. */
export const appOf = (ua: string): string => apps.find(([mark]) => mark.test(ua))?.[1] ?? "";

export interface InAppOptions {
  host: Host;
  make(): Promise<Elsewhere>;
  /** The words of the sheet for other devices: link, code, copying. */
  labels: { link: string; qr: string; copy: string; copied: string; byHand: string; share: string };
  /** The patient goes on here all the same. */
  stay(): void;
}

export class InAppSheet {
  readonly element = h("section", { class: "visit-card in-app", tabindex: "-1", hidden: true });

  constructor(private readonly o: InAppOptions) {
    this.element.setAttribute("aria-label", o.host.words.inApp.title);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** show makes the link: nobody should have to press for it. */
  async show(): Promise<void> {
    if (this.open) return;
    const { host, make } = this.o;
    const { inApp, general } = host.words;
    this.element.hidden = false;
    const place = h("div", { class: "link" }, h("span", { class: "busy", "aria-hidden": "true" }));
    const stay = h("button", { type: "button", class: "plain", "data-act": "stay-in-app", onclick: () => this.close() }, inApp.stay);
    const lead = inApp.lead(appOf(navigator.userAgent) || inApp.unnamed);
    fill(this.element, h("h2", {}, inApp.title), h("p", {}, lead), place, stay);
    host.say(`${inApp.title}. ${lead}`);
    try {
      this.link(place, await make());
    } catch (e) {
      fill(place, h("p", { class: "error" }, failureWords(host.words, e)), h("button", { type: "button", onclick: () => {
        this.element.hidden = true;
        void this.show();
      } }, general.retry));
    }
  }

  private link(place: HTMLElement, made: Elsewhere): void {
    const { host, labels } = this.o;
    const field = h("input", { type: "url", readonly: true, value: made.link, dir: "ltr", "aria-label": labels.link, onfocus: () => field.select() });
    const share = typeof navigator.share === "function" && h("button", {
      type: "button", "data-act": "share", onclick: () => void navigator.share({ url: made.link }).catch(() => undefined), // called off: the field is still there
    }, labels.share);
    const code = h("details", { class: "code" }, h("summary", {}, labels.qr), qrCode(made.qr, labels.qr) as unknown as Node);
    fill(place, h("div", { class: "buttons" }, share, copyButton(() => made.link, { copy: labels.copy, copied: labels.copied, byHand: labels.byHand }, (text) => host.say(text))),
      field, h("p", { class: "hint" }, host.words.inApp.once(timeOf(new Date(made.expires_at), host.language))), code);
  }

  private close(): void {
    this.element.hidden = true;
    fill(this.element);
    this.o.stay();
  }
}
