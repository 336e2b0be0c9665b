// The menu of whoever is signed in: looks, language, sound, the way out.

import type { Session } from "../wire";
import { h } from "../shared/dom";
import type { PageConfig } from "../shared/page";
import type * as english from "../texts/en_staff";
import { type Language, offered } from "../texts/pick";
import { dress, type Settings, type Theme } from "./settings";

export interface MenuOptions {
  words: typeof english;
  language: string;
  config: PageConfig;
  session: Session;
  settings: Settings;
  /** A call goes on in this page: nothing may draw it anew. */
  inCall(): boolean;
  anew(): void;
  mute(off: boolean): void;
  showKeys(): void;
  signOut(): void;
}

export class Menu {
  readonly element: HTMLDetailsElement;
  private readonly callFirst: HTMLElement;

  constructor(private readonly o: MenuOptions) {
    const c = o.words.console_;
    this.callFirst = h("p", { class: "hint", hidden: true }, c.languageAfterCall);
    this.element = h("details", { class: "more me", ontoggle: () => this.refresh(), onkeydown: (e) => e.key === "Escape" && this.shut(true) },
      h("summary", {}, h("span", { class: "name" }, o.session.name || o.session.login), h("span", { class: "hearing" }, ", " + c.menu)),
      h("div", { class: "more-list" },
        this.choice(c.sound, [["on", c.soundOn], ["off", c.soundOff]], o.settings.on("sound") ? "on" : "off", (v) => o.mute(v === "off")),
        this.choice(c.theme, [["", c.themeSystem], ["light", c.themeLight], ["dark", c.themeDark]], o.settings.theme(), (t) => this.wear(t as Theme)),
        this.choice(c.language, offered.map((l) => [l.code, l.name] as const), o.language, (l) => this.speak(l as Language)), this.callFirst,
        h("button", { type: "button", class: "ghost", "data-act": "keys", onclick: () => this.keys() }, c.keys, h("kbd", {}, "?")),
        h("button", { type: "button", class: "ghost", "data-act": "sign-out", onclick: () => o.signOut() }, c.signOut)));
    this.element.addEventListener("focusout", (e) => {
      if (e.relatedTarget instanceof Node && !this.element.contains(e.relatedTarget)) this.shut(false);
    });
  }

  private choice(label: string, all: readonly (readonly [string, string])[], now: string, chosen: (value: string) => void): HTMLElement {
    const name = "menu-" + label;
    return h("fieldset", {}, h("legend", {}, label), ...all.map(([value, words]) => h("label", { lang: label === this.o.words.console_.language ? value : null },
      h("input", { type: "radio", name, value, checked: value === now, onchange: () => chosen(value) }), " ", words)));
  }

  /** Sound is turned on and off by a key too. */
  private refresh(): void {
    const now = this.o.settings.on("sound") ? "on" : "off";
    for (const i of this.element.querySelectorAll("input")) if (i.value === now) i.checked = true;
  }

  private wear(theme: Theme): void {
    this.o.settings.setTheme(theme);
    dress(theme, this.o.config.theme);
  }

  /** Another language draws everything anew, which a call would not outlive. */
  private speak(language: Language): void {
    this.o.settings.setLanguage(language);
    this.callFirst.hidden = !this.o.inCall();
    if (!this.o.inCall()) this.o.anew();
  }

  private keys(): void {
    this.shut(true);
    this.o.showKeys();
  }

  private shut(back: boolean): void {
    this.element.open = false;
    if (back) this.element.querySelector("summary")?.focus();
  }
}
