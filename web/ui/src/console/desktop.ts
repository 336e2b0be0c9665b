// The doctor's whole screen: bar, lists, and the conversation that is looked at.

import type { Entry, Session } from "../wire";
import type { Api } from "../shared/api";
import { fill, h } from "../shared/dom";
import type { PageConfig } from "../shared/page";
import { openShelf, type Shelf } from "../shared/shelf";
import type * as english from "../texts/en";
import { chime, wake } from "./chime";
import { Lists } from "./lists";
import { Office, type Open } from "./office";
import { Pane } from "./pane";

export interface DesktopOptions {
  api: Api;
  config: PageConfig;
  words: typeof english;
  language: string;
  session: Session;
  /** The session is over: why, in words. */
  over(why: string): void;
}

export class Desktop {
  readonly element: HTMLElement;
  private readonly office: Office;
  private readonly lists: Lists;
  private readonly shelf: Shelf;
  private readonly panes = new Map<string, Pane>();
  private readonly desk = h("main", { class: "desk" });
  private readonly nothing: HTMLElement;
  private readonly face = h("div", { class: "notice", role: "status", hidden: true });
  private known: Set<string> | null = null; // who waited when the lists were last drawn
  private looking = "";
  private drawing = false;
  private readonly keys = (e: KeyboardEvent): void => this.key(e);

  constructor(private readonly o: DesktopOptions) {
    const c = o.words.console_;
    this.shelf = openShelf(`bedside-console/${o.session.login}/`, () => window.sessionStorage);
    this.office = new Office({
      api: o.api, session: o.session, shelf: this.shelf, changed: () => this.draw(),
      news: (open, entry) => this.news(open, entry), signIn: () => this.over(c.over),
    });
    this.lists = new Lists({ office: this.office, words: c, common: o.words.common, language: o.language, departments: o.config.departments ?? [] });
    this.nothing = h("div", { class: "nothing" }, h("h2", {}, c.pick), h("p", {}, c.pickMore));
    this.desk.append(this.nothing);
    const bar = h("header", { class: "bar" },
      h("p", { class: "clinic" }, o.config.title || c.title), h("p", { class: "me" }, o.session.name || o.session.login),
      h("button", { type: "button", class: "plain small", "data-act": "sign-out", onclick: () => void this.signOut() }, c.signOut));
    this.element = h("div", { class: "desktop" }, bar, this.face, this.lists.element, this.desk);
    document.addEventListener("keydown", this.keys);
    this.element.addEventListener("pointerdown", wake);
    document.addEventListener("visibilitychange", () => this.see());
  }

  begin(): void {
    this.office.begin();
    this.draw();
  }

  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    const { office } = this;
    this.sayFace();
    this.lists.show();
    this.announce();
    for (const [id, pane] of this.panes) {
      if (office.opens.has(id)) continue;
      pane.visit.leave();
      pane.element.remove();
      this.panes.delete(id);
    }
    for (const [id, open] of office.opens) this.pane(id, open).draw();
    for (const [id, pane] of this.panes) pane.element.hidden = id !== office.selected;
    this.nothing.hidden = office.selected !== "";
    this.element.classList.toggle("looking", office.selected !== "");
    if (this.looking !== office.selected) {
      this.looking = office.selected;
      this.panes.get(this.looking)?.shown();
    }
  }

  private pane(id: string, open: Open): Pane {
    const had = this.panes.get(id);
    if (had) return had;
    const { words, language, config, session } = this.o;
    const pane = new Pane({ office: this.office, open, words, language, config, session, shelf: this.shelf });
    this.panes.set(id, pane);
    this.desk.append(pane.element);
    return pane;
  }

  private sayFace(): void {
    const { common } = this.o.words;
    const { face, listed } = this.office;
    const text = face === "offline" ? common.offline : face === "connecting" && !listed ? common.connecting : face === "never" ? this.o.words.console_.noServer : "";
    this.face.hidden = text === "";
    if (this.face.textContent !== text) fill(this.face, text);
  }

  /** Somebody new who waits is heard and stands in the title. */
  private announce(): void {
    const waiting = this.office.waiting();
    const c = this.o.words.console_;
    const title = (waiting.length > 0 ? c.newWaiting(waiting.length) + " · " : "") + c.title;
    if (document.title !== title) document.title = title;
    if (!this.office.listed) return;
    const now = new Set(waiting.map((x) => x.id));
    if (this.known && [...now].some((id) => !this.known?.has(id))) chime();
    this.known = now;
  }

  private news(open: Open, entry: Entry): void {
    this.panes.get(open.id)?.news(entry);
    if (entry.by.role !== "patient") return;
    if (open.id === this.office.selected && document.visibilityState === "visible") this.office.read(open.id);
    else open.unread++;
  }

  private see(): void {
    if (document.visibilityState !== "visible" || !this.office.selected) return;
    this.office.read(this.office.selected);
    this.draw();
  }

  private key(e: KeyboardEvent): void {
    const at = e.target as HTMLElement;
    if (e.key === "Escape" && at.tagName === "TEXTAREA") this.lists.move(1);
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    if (e.code === "KeyJ") this.lists.move(1);
    if (e.code === "KeyK") this.lists.move(-1);
  }

  private async signOut(): Promise<void> {
    await this.o.api.call("DELETE", "/api/v1/session").catch(() => undefined);
    for (const key of this.shelf.keys("")) this.shelf.drop(key);
    this.over("");
  }

  private over(why: string): void {
    this.office.end();
    for (const pane of this.panes.values()) pane.visit.leave();
    document.removeEventListener("keydown", this.keys);
    this.o.over(why);
  }
}
