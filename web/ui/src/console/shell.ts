// What stands around every page of the console: the bar with the way to the
// pages and the menu of whoever is signed in, and the banners.

import { h } from "../shared/dom";
import { Banner } from "./banner";
import { BoardPage } from "./board";
import { Desktop } from "./desktop";
import { FlowsPage } from "./flows";
import { HealthPage } from "./health";
import { Menu } from "./menu";
import type { Place, PlaceOptions } from "./places";
import { titleOf } from "../shared/page";

export interface ShellOptions extends Omit<PlaceOptions, "banner"> {
  /** The language was changed: all is drawn anew. */
  anew(): void;
}

export class Shell {
  readonly element: HTMLElement;
  private readonly banner = new Banner();
  private readonly places: Place[] = [];
  private readonly ways = new Map<string, HTMLButtonElement>();
  private readonly desktop: Desktop;
  private readonly moved = (): void => this.go(location.hash.slice(1));
  private at = "";

  constructor(private readonly o: ShellOptions) {
    const place: PlaceOptions = { ...o, banner: this.banner, over: (why) => this.over(why) };
    this.desktop = new Desktop(place);
    const { role } = o.session;
    this.places.push(this.desktop);
    if (role === "doctor" || role === "admin") this.places.push(new BoardPage({ ...place, open: role === "doctor" ? (id) => this.open(id) : null }));
    this.places.push(new HealthPage(place));
    if (role === "admin") this.places.push(new FlowsPage(place));
    const menu = new Menu({ ...o, inCall: () => this.desktop.inCall, mute: (off) => this.desktop.mute(off), showKeys: () => this.showKeys(), signOut: () => void this.desktop.signOut() });
    const bar = h("header", { class: this.places.length > 2 ? "bar many" : "bar" },
      h("p", { class: "clinic" }, titleOf(o.config, o.language) || o.words.console_.title), this.nav(), this.desktop.duty.element, menu.element);
    this.element = h("div", { class: "shell" }, bar, this.banner.element, this.desktop.offers.element, ...this.places.map((p) => p.element));
    window.addEventListener("hashchange", this.moved);
    if (location.hash === "" && role !== "doctor") this.go("health");
    else this.go(location.hash.slice(1));
  }

  begin(): void {
    this.desktop.begin();
  }

  end(): void {
    window.removeEventListener("hashchange", this.moved);
    for (const p of this.places) p.end?.();
  }

  /** nav leads to the pages; where there is only one there is nowhere to go. */
  private nav(): HTMLElement | false {
    if (this.places.length < 2) return false;
    for (const p of this.places) {
      this.ways.set(p.id, h("button", { type: "button", class: "ghost way", "data-place": p.id, onclick: () => (location.hash = p.id) }, p.title));
    }
    return h("nav", { class: "places", "aria-label": this.o.words.console_.places }, ...this.ways.values());
  }

  /** open looks at a conversation, from wherever the doctor is. */
  private open(id: string): void {
    location.hash = this.desktop.id;
    this.desktop.open(id);
  }

  /** An address may name a page, or a call: #call/id. */
  private go(id: string): void {
    if (id.startsWith("call/")) this.desktop.openCall(decodeURIComponent(id.slice(5)));
    const to = this.places.find((p) => p.id === id) ?? this.places[0];
    if (!to || to.id === this.at) return;
    this.at = to.id;
    for (const p of this.places) {
      p.element.hidden = p !== to;
      p.show?.(p === to);
      const way = this.ways.get(p.id);
      if (p === to) way?.setAttribute("aria-current", "page");
      else way?.removeAttribute("aria-current");
    }
  }

  private showKeys(): void {
    location.hash = this.desktop.id;
    this.go(this.desktop.id);
    this.desktop.showKeys();
  }

  private over(why: string): void {
    this.end();
    this.o.over(why);
  }
}
