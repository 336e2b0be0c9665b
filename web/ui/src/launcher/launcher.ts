// The button on the clinic's page, the box that it opens, and the numbers to
// dial while the frame in the box stays silent.

import type { ToLauncher, Trouble } from "../shared/bridge";
import { dial, fill, h, icon, shapes } from "../shared/dom";
import { onRoom } from "../shared/keyboard";
import { launcherTexts } from "../texts/launcher";
import { directionOf, type Language, speakable } from "../texts/pick";
import type { Attributes } from "./attributes";
import type { Events } from "./events";
import { Panel } from "./panel";
import { Ring } from "./ring";
import type { Settings, Theme } from "./settings";
import { Signature } from "./signature";
import { adorn, layout, small } from "./style";

/** A page that takes longer to be read gets its launcher all the same. */
const longestRead = 3_000;

export class Launcher {
  private readonly host = document.createElement("bedside-widget");
  private readonly picture = h("span");
  private readonly label = h("span", { class: "label", dir: "auto" });
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  private readonly button = h("button", { type: "button", class: "button", "aria-expanded": "false", onclick: () => this.toggle() },
    this.picture, this.label, this.badge);
  private readonly words = h("p", { class: "words" });
  private readonly numbers = h("div", { class: "numbers", role: "status" });
  private readonly box = h("div", { class: "box", role: "dialog", tabindex: "-1" }, this.numbers);
  private readonly panel: Panel;
  private readonly signature: Signature;
  private readonly ring = new Ring();
  private readonly media = [small, "(prefers-color-scheme: dark)"].map((query) => window.matchMedia(query));
  private readonly roomless: () => void;
  private readonly back: MutationObserver;
  private readonly arranged = (): void => this.arrange();
  private readonly stands = (): void => void (this.waiting && this.stand());
  private waiting = false; // for the page to be read
  private gone = false;
  private isOpen = false;
  private isHidden = false;
  private wide = false;
  private whole = false; // the call has all of the window
  private forgetting = false;
  private unread = 0;
  private rings: "doctor" | "call" | "" = "";
  private attributes: Attributes | null = null;
  private focused: HTMLElement | null = null; // where the focus was before the chat opened

  constructor(private readonly origin: string, private readonly s: Settings, private readonly events: Events) {
    this.panel = new Panel({
      origin, box: this.box,
      address: () => this.address(), title: () => this.t.frame, hello: () => this.hello(),
      heard: (message) => this.heard(message), silent: () => this.silent(),
    });
    this.signature = new Signature((token, failed) => {
      this.panel.tell({ bedside: 1, type: "identity", token });
      if (failed) this.events.tell("error", { code: "identity_unavailable" });
    });
    const root = this.host.attachShadow({ mode: "closed" });
    adorn(root);
    root.append(this.box, this.button);
    root.addEventListener("keydown", (e) => (e as KeyboardEvent).key === "Escape" && this.close());
    for (const m of this.media) m.addEventListener("change", this.arranged);
    this.roomless = onRoom(this.arranged);
    this.back = new MutationObserver(() => this.waiting || this.host.isConnected || this.stand());
    this.speak();
    this.settle();
  }

  private get t() {
    return launcherTexts(this.s.language);
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  open(): void {
    if (this.isOpen) return;
    const had = document.activeElement;
    this.focused = had instanceof HTMLElement && had !== this.host && had !== document.body ? had : null;
    this.isOpen = true;
    this.call();
    this.count(0);
    this.rung("");
    this.arrange();
    this.panel.tell({ bedside: 1, type: "shown", open: true });
    this.enter();
    this.events.tell("open");
  }

  /** enter takes the focus into the chat; a frame that is still on its way
   *  cannot have it, so its box does. */
  private enter(): void {
    (this.panel.spoken && this.panel.frame ? this.panel.frame : this.box).focus();
  }

  /** close gives the focus back to where it was, unless it is elsewhere already. */
  close(): void {
    if (!this.isOpen) return;
    const inside = document.activeElement === this.host;
    this.isOpen = false;
    this.arrange();
    this.panel.tell({ bedside: 1, type: "shown", open: false });
    if (inside) (this.focused?.isConnected ? this.focused : this.button).focus();
    this.focused = null;
    this.events.tell("close");
  }

  show(): void {
    this.isHidden = false;
    this.arrange();
  }

  hide(): void {
    this.isHidden = true;
    this.close();
    this.arrange();
  }

  /** identify says who the visitor is; false: that is no token and no function. */
  identify(who: unknown): boolean {
    if (!this.signature.set(who)) return false;
    if (this.panel.frame) this.sign();
    return true;
  }

  setLocale(language: Language): void {
    this.s.language = language;
    this.speak();
    this.arrange();
    this.panel.tell({ bedside: 1, type: "locale", language });
  }

  setTheme(theme: Theme): void {
    this.s.theme = theme;
    this.arrange();
    this.panel.tell({ bedside: 1, type: "theme", theme });
  }

  setAttributes(attributes: Attributes): void {
    this.attributes = attributes;
    this.panel.tell({ bedside: 1, type: "attributes", attributes });
  }

  /** shutdown: the visitor has signed out of the clinic's site. What this browser
   *  keeps of them stands in Bedside's storage, so Bedside's page is asked to
   *  forget it, unseen where it has not been opened here. */
  shutdown(): void {
    this.signature.clear();
    this.attributes = null;
    this.close();
    this.count(0);
    this.arrange();
    this.panel.tell({ bedside: 1, type: "forget" });
    this.forgetting = true; // … and hello says so to a page that is still on its way
    this.make();
  }

  /** destroy leaves nothing of ours on the page. */
  destroy(): void {
    this.isOpen = false;
    this.gone = true;
    document.removeEventListener("DOMContentLoaded", this.stands);
    this.back.disconnect();
    for (const m of this.media) m.removeEventListener("change", this.arranged);
    this.roomless();
    this.signature.clear();
    this.ring.stop();
    this.panel.end();
    this.host.remove();
  }

  private sign(): void {
    this.signature.ask();
    if (!this.signature.pending) this.panel.tell({ bedside: 1, type: "identity", token: this.signature.token });
  }

  private address(): string {
    const { site, flow, language, theme } = this.s;
    const query = new URLSearchParams(Object.entries({ site, flow, language, theme }).filter(([, v]) => v !== ""));
    return `${this.origin}/widget/?${query}`;
  }

  private hello() {
    const { language, theme } = this.s;
    const { token: identity, pending: signing } = this.signature;
    return { bedside: 1 as const, type: "hello" as const, language, theme, identity, signing, attributes: this.attributes, forget: this.forgetting };
  }

  private heard(m: ToLauncher): void {
    switch (m.type) {
      case "ready":
        this.panel.tell({ bedside: 1, type: "shown", open: this.isOpen });
        this.arrange();
        if (this.isOpen && document.activeElement === this.host) this.enter();
        break;
      case "close":
        return this.close();
      case "unread":
        this.count(this.isOpen ? 0 : Number(m.count) || 0);
        break;
      case "wide":
        this.wide = m.on === true;
        this.whole = this.wide && m.whole === true;
        break;
      case "ring":
        this.rung(m.kind);
        break;
      case "forgotten":
        this.forgotten();
        break;
      case "speaks":
        this.s.language = speakable(m.language) ?? this.s.language;
        this.speak();
        break;
      case "message":
        this.events.tell("message", { from: m.from });
        break;
      case "conversation":
        this.events.tell("conversation", { phase: m.phase });
        break;
      case "queue":
        this.events.tell("queue", { waiting: m.waiting });
        break;
      case "call":
        this.events.tell("call", { state: m.state });
        break;
      case "error":
        this.trouble(m.code);
        break;
    }
    this.arrange();
  }

  /** What was kept is gone: here, or by a sign-out in another tab. */
  private forgotten(): void {
    const here = this.forgetting;
    this.forgetting = false;
    this.wide = this.whole = false;
    this.count(0);
    this.rung("");
    this.panel.drop();
    if (!here) { // in another tab: whoever was here has gone from this one too
      this.signature.clear();
      this.attributes = null;
      this.close();
    } else if (this.isOpen) { // opened meanwhile, by whoever came next
      this.call();
    }
  }

  private trouble(code: Trouble): void {
    this.events.tell("error", { code });
    if (code === "identity_expired") this.signature.ask();
  }

  private silent(): void {
    this.arrange();
    if (this.isOpen) this.events.tell("error", { code: "unreachable" });
  }

  /** rung says in words beside the icon, and in the page's title while nobody
   *  looks at it, that a doctor or a call is there. */
  private rung(kind: "doctor" | "call" | ""): void {
    this.rings = this.isOpen ? "" : kind;
    if (kind === "") this.ring.stop();
    else this.ring.start(this.t.ring[kind]);
  }

  private count(n: number): void {
    if (n === this.unread) return;
    this.unread = n;
    this.badge.textContent = n > 9 ? "9+" : String(n);
    this.events.tell("unread", { count: n });
  }

  /** settle comes onto the page once it is read: a framework that takes over what
   *  the server wrote (hydration) finds nothing of ours among it. */
  private settle(): void {
    if (document.readyState !== "loading") return this.stand();
    this.waiting = true;
    document.addEventListener("DOMContentLoaded", this.stands);
    setTimeout(this.stands, longestRead);
  }

  /** stand puts us on the page, again where that has been exchanged: at the end of
   *  the body, where such frameworks bear others; with the frame beside the body, so
   *  that pages that exchange their body (Turbo, pjax) leave it alone, and a call
   *  in it goes on. */
  private stand(): void {
    if (this.gone) return;
    const framed = this.panel.frame !== null;
    this.panel.drop(); // a frame that was taken off loads anew
    this.put(framed ? document.documentElement : document.body);
    if (framed) this.panel.make();
    this.arrange();
  }

  /** put is where we are from here on; whatever takes us off there is seen. */
  private put(home: HTMLElement | null): void {
    this.waiting = false;
    home?.append(this.host);
    for (const node of [document, document.documentElement, document.body]) if (node) this.back.observe(node, { childList: true });
  }

  /** call makes the frame, and has the page sign for it. */
  private call(): void {
    if (this.forgetting || this.panel.frame) return;
    this.signature.ask();
    this.make();
  }

  private make(): void {
    if (this.panel.frame) return;
    this.put(document.documentElement); // before there is a frame that a move would load anew
    this.panel.make();
  }

  /** speak writes what does not change with every press. */
  private speak(): void {
    const { phone, emergency, language } = this.s;
    const { frame, clinic, emergency: urgent, close } = this.t;
    const row = (name: string, number: string): HTMLElement | false =>
      number !== "" && h("p", { class: "row" }, name + ": ", dial(number, { class: "dial" }));
    this.host.lang = language;
    this.host.dir = directionOf(language);
    this.box.setAttribute("aria-label", frame);
    if (this.panel.frame) this.panel.frame.title = frame;
    fill(this.numbers, this.words, row(clinic, phone), row(urgent, emergency),
      h("button", { type: "button", class: "shut", onclick: () => this.close() }, close));
  }

  private arrange(): void {
    const silent = this.isOpen && this.panel.late;
    const { open, close, unread, loading, silent: sorry } = this.t;
    const label = this.isOpen ? "" : this.rings ? this.t.ring[this.rings] : this.s.label(this.s.language);
    const name = this.isOpen ? close : label || open;
    put(this.words, silent ? sorry : loading);
    put(this.label, label);
    fill(this.picture, icon(this.isOpen ? shapes.close : shapes.chat));
    this.button.setAttribute("aria-label", this.unread > 0 && !this.isOpen ? `${name}, ${unread(this.unread)}` : name);
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    layout({
      host: this.host, button: this.button, picture: this.picture, label: this.label, badge: this.badge, box: this.box,
      frame: this.panel.frame, numbers: this.numbers,
      open: this.isOpen, hidden: this.isHidden, wide: this.wide, whole: this.whole, spoken: this.panel.spoken && !this.forgetting, silent,
      unread: this.unread, dark: this.dark(), side: this.s.side, offset: this.s.offset,
    });
  }

  private dark(): boolean {
    const { theme } = this.s;
    return theme === "dark" || (theme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  }
}

/** put writes a text only where it is another: some readers speak it each time. */
function put(el: HTMLElement, text: string): void {
  if (el.textContent !== text) el.textContent = text;
}
