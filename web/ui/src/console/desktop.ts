// The page of conversations: lists, those that lie open, and the one that is
// looked at.

import { Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { openShelf, type Shelf } from "../shared/shelf";
import { Voice } from "../shared/voice";
import { rest } from "../push/staff";
import { Alarm } from "./alarm";
import { Calling } from "./calling";
import { checks } from "./checks/all";
import type { Hand } from "./draft";
import { covered } from "./dialog";
import { DutySwitch } from "./duty";
import { departmentIn } from "./heading";
import { Keys } from "./keys";
import { Lists } from "./lists";
import { NoVideo } from "./novideo";
import { Offers } from "./offers";
import { Office } from "./office";
import type { Open } from "./open";
import { Pane } from "./pane";
import { personOf } from "./person";
import type { Place, PlaceOptions } from "./places";
import { Ready } from "./ready";
import { Seen } from "./seen";
import { SignOut } from "./signout";
import { Sheet } from "./sheet";
import { shortcuts } from "./shortcuts";
import { TabBar, type TabFace } from "./tabbar";
import { whyNot } from "./whynot";

export class Desktop implements Place {
  readonly id = "conversations";
  readonly title: string;
  readonly element: HTMLElement;
  /** Over every page, and in the bar. */
  readonly offers: Offers;
  readonly duty: DutySwitch;
  private readonly office: Office;
  private readonly lists: Lists;
  private readonly tabs: TabBar;
  private readonly shelf: Shelf;
  private readonly panes = new Map<string, Pane>();
  private readonly voice = new Voice();
  private readonly alarm: Alarm;
  private readonly calling: Calling;
  private readonly ready: Ready | null;
  private readonly keys: Keys;
  private readonly sheet: Sheet;
  private readonly leaving: SignOut;
  private readonly hand: Hand = { at: "", when: 0 };
  private readonly desk = h("main", { class: "desk" });
  private readonly nothing: HTMLElement;
  private readonly face = h("div", { class: "notice", hidden: true });
  private readonly looked = (): void => this.look();
  private readonly timer: ReturnType<typeof setInterval>;
  private looking = "";
  private drawing = false;
  private shown = true; // another page of the console may stand before it

  constructor(private readonly o: PlaceOptions) {
    const c = o.words.console_;
    const doctor = o.session.role === "doctor";
    const noVideo = new NoVideo(o);
    this.title = c.conversations;
    this.shelf = openShelf(`bedside-console/${o.session.login}/`, () => window.sessionStorage);
    this.alarm = new Alarm({ bell: o.bell, settings: o.settings, words: o.words });
    this.calling = new Calling(o.session.login);
    this.duty = new DutySwitch({ api: o.api, words: o.words.visits, banner: o.banner, say: (text) => this.voice.say({ text, lang: o.language }) });
    this.office = new Office({
      api: o.api, session: o.session, shelf: this.shelf, seen: new Seen(openShelf(`bedside-console-seen/${o.session.login}/`)),
      attentive: () => this.attentive(), changed: () => this.draw(), news: (open, entry) => this.panes.get(open.id)?.news(entry),
      signIn: () => o.over(c.over), video: (v) => noVideo.show(v), duty: (d) => this.duty.show(d),
      fileFailed: (u) => this.voice.say({ text: o.words.files.failed(u.file.name, whyNot(u, o.words, o.language)), lang: o.language }),
    });
    this.offers = this.offering();
    this.lists = new Lists({
      office: this.office, words: o.words, language: o.language, departments: o.config.departments ?? [],
      own: o.session.departments, me: o.session.login, doctor, admin: o.session.role === "admin", voice: this.voice, fresh: (id) => this.alarm.fresh(id),
    });
    this.tabs = new TabBar(this.office, c, (id) => this.tabFace(id));
    this.ready = doctor ? this.morning() : null;
    const table = shortcuts({ words: c, visits: o.words.visits, offers: this.offers, duty: this.duty, office: this.office, lists: this.lists, pane: () => this.pane(), sheet: () => this.showKeys(), mute: () => this.mute() });
    this.sheet = new Sheet(c, o.settings, table);
    this.keys = new Keys({ shortcuts: table, single: () => o.settings.on("keys"), awake: () => this.shown && !covered(), free: () => !covered() });
    this.leaving = this.signingOut();
    this.nothing = h("div", { class: "nothing" }, h("h2", {}, doctor ? c.pick : c.notForYou), h("p", {}, doctor ? c.pickMore : o.session.role === "admin" ? c.adminSees : c.notForYouMore));
    this.lists.element.hidden = o.session.role !== "doctor" && o.session.role !== "admin";
    this.desk.append(this.tabs.element, this.nothing);
    if (this.ready) this.lists.element.append(this.ready.line);
    this.element = h("div", { class: doctor ? "desktop" : "desktop reader", onkeydown: (e) => this.escape(e) },
      this.face, this.ready?.strip, this.lists.element, this.desk, this.sheet.element, this.leaving.element, this.voice.element);
    for (const [at, event] of this.looks()) at.addEventListener(event, this.looked);
    this.timer = setInterval(() => this.draw(), 15_000); // how long a page has been closed goes on
  }

  begin(): void {
    this.office.begin();
    if (this.o.session.role === "doctor") void this.duty.ask();
    this.draw();
  }

  show(shown: boolean): void {
    this.shown = shown;
    this.look();
  }

  /** inCall says that a call goes on in this page. */
  get inCall(): boolean {
    return [...this.panes.values()].some((p) => p.visit.inside !== null);
  }

  open(id: string): void {
    this.office.select(id);
  }

  /** openCall looks at the conversation of a call, as a calendar's link names it. */
  openCall(call: string): void {
    this.wanted = call;
    this.draw();
  }

  /** When the lists are there, whoever is wanted is looked for in them, then among
   *  all appointments. */
  private async findCall(): Promise<void> {
    const { office, wanted } = this;
    if (!wanted || !office.listed) return;
    const { day } = this.o.words.visits;
    this.wanted = "";
    this.sought = day.looking;
    try {
      const id = await office.ofCall(wanted);
      this.sought = id ? "" : day.gone;
      history.replaceState(null, "", "#" + this.id);
      if (id) return office.select(id);
    } catch {
      this.sought = day.notNow; // the address still names the visit
    }
    this.draw();
    setTimeout(() => {
      this.sought = "";
      this.draw();
    }, 20_000);
  }

  private wanted = "";
  private sought = ""; // what became of whom an address named, for a while

  showKeys(): void {
    this.sheet.show();
  }

  mute(off = this.o.settings.on("sound")): void {
    const { settings, words, language } = this.o;
    settings.turn("sound", !off);
    this.voice.say({ text: settings.on("sound") ? words.console_.soundIsOn : words.console_.soundIsOff, lang: language });
    this.draw();
  }

  /** signOut asks first where conversations are open: none is left alone by it. */
  async signOut(keep = false): Promise<void> {
    if (!keep && this.office.mine().length > 0) return this.leave();
    try {
      await this.o.api.call("DELETE", keep ? "/api/v1/session?keep=yes" : "/api/v1/session");
      void rest();
    } catch (e) {
      if (e instanceof Refused && e.code === "open_conversations") return this.leave();
    }
    for (const key of this.shelf.keys("")) this.shelf.drop(key);
    this.o.over("");
  }

  private leave(): void {
    location.hash = this.id;
    this.leaving.ask();
  }

  end(): void {
    this.office.end();
    this.lists.end();
    this.alarm.end();
    this.offers.end();
    clearTimeout(this.calls);
    this.ready?.end();
    this.keys.end();
    clearInterval(this.timer);
    for (const pane of this.panes.values()) pane.leave();
    for (const [at, event] of this.looks()) at.removeEventListener(event, this.looked);
  }

  /** draw gathers what changes together. */
  draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    const { office } = this;
    void this.findCall();
    this.sayFace();
    this.ready?.show();
    this.call();
    this.lists.show();
    this.leaving.show();
    for (const [id, pane] of this.panes) {
      if (office.opens.has(id)) continue;
      pane.leave();
      this.panes.delete(id);
    }
    for (const [id, open] of office.opens) this.paneOf(id, open).draw();
    this.tabs.show();
    for (const [id, pane] of this.panes) pane.element.hidden = id !== office.selected;
    this.nothing.hidden = office.selected !== "";
    this.element.classList.toggle("looking", office.selected !== "");
    if (this.looking !== office.selected) {
      this.looking = office.selected;
      this.ready?.busy(this.looking !== "");
      this.pane()?.shown();
    }
  }

  private pane(): Pane | undefined {
    return this.panes.get(this.office.selected);
  }

  private paneOf(id: string, open: Open): Pane {
    const had = this.panes.get(id);
    if (had) return had;
    const { words, language, config, session } = this.o;
    const pane = new Pane({
      office: this.office, open, words, language, config, session, shelf: this.shelf, voice: this.voice, hand: this.hand, changed: () => this.draw(),
    });
    this.panes.set(id, pane);
    this.desk.append(pane.element);
    return pane;
  }

  private offering(): Offers {
    const { words, language, config } = this.o;
    return new Offers({
      words, department: (id) => departmentIn(config.departments ?? [], id, language), now: () => this.office.now(),
      do: (id, command) => this.office.do(id, command),
      look: (id) => {
        location.hash = this.id;
        this.office.select(id);
      },
    });
  }

  private signingOut(): SignOut {
    const { office } = this;
    const at = (id: string, then: (pane: Pane | undefined) => void): void => {
      office.select(id);
      this.drawNow();
      then(this.pane());
    };
    return new SignOut({
      words: this.o.words, mine: () => office.mine(), open: (id) => at(id, () => undefined),
      finish: (id) => at(id, (p) => p?.finish()), transfer: (id) => at(id, (p) => p?.hand()),
      release: (id) => office.do(id, { do: "release" }), go: (keep) => void this.signOut(keep),
    });
  }

  private tabFace(id: string): TabFace {
    const { words, language } = this.o;
    const pane = this.panes.get(id);
    const { name, called } = personOf(this.office.about(id), this.office.opens.get(id)?.talk, words.console_, language);
    return { name, called, draft: pane ? !pane.composer.empty : false, inCall: pane ? pane.visit.inside !== null : false };
  }

  private morning(): Ready {
    const { api, bell, settings, session, config, words, language } = this.o;
    const c = words.console_;
    const all = checks({ api, bell, settings, session, byPage: !session.app || config.how === "page", words: c, changed: () => this.draw() });
    bell.changed = () => this.draw();
    return new Ready({ checks: all, settings, words: c, language, voice: this.voice });
  }

  private sayFace(): void {
    const { common, console_ } = this.o.words;
    const { face, listed } = this.office;
    const text = face === "offline" ? common.offline : face === "connecting" && !listed ? common.connecting : face === "never" ? console_.noServer : this.sought;
    this.face.hidden = text === "";
    if (this.face.textContent !== text) fill(this.face, text);
    this.voice.status("face", text, this.o.language);
  }

  /** call has the doctor called for what there is to be seen. */
  private call(): void {
    const { office } = this;
    if (!office.listed) {
      document.title = this.o.words.console_.title;
      return;
    }
    const called = this.calling.sort(office.waiting(), Date.now());
    this.later(called.soon);
    this.offers.show(office.offered());
    const waiting = called.all;
    const unread = office.mine().flatMap((x) => Array.from({ length: office.unread(x.id) }, (_, i) => `${x.id}/${i}`));
    const alarms = office.mine().filter((x) => office.opens.get(x.id)?.talk.emergency).map((x) => `${x.id}/emergency`);
    const offers = office.offered().map((x) => `${x.id}/${x.offer?.until ?? ""}`);
    const news = { offers, waiting: waiting.map((x) => x.id), urgent: waiting.filter((x) => x.priority === "emergency").map((x) => x.id), unread, alarms };
    const title = this.alarm.show(news, false);
    if (document.title !== title) document.title = title;
    if (waiting.some((x) => this.alarm.fresh(x.id)) && this.attentive()) this.soon();
  }

  /** later looks again when whoever has just come may ring. */
  private later(after: number | null): void {
    clearTimeout(this.calls);
    if (after !== null) this.calls = setTimeout(() => this.draw(), after + 10);
  }

  private calls: ReturnType<typeof setTimeout> | undefined;

  /** What has come is new for a moment, also to who looks on. */
  private soon(): void {
    this.noticing ??= setTimeout(() => {
      this.noticing = undefined;
      if (this.attentive()) this.notice();
    }, 2_500);
  }

  private noticing: ReturnType<typeof setTimeout> | undefined;

  private notice(): void {
    this.alarm.show({ ...this.alarm.now }, true);
    this.draw();
  }

  /** attentive says that the page is visible, has the focus, and is not behind
   *  another page of the console. */
  private attentive(): boolean {
    return this.shown && document.visibilityState === "visible" && document.hasFocus();
  }

  private look(): void {
    if (!this.attentive()) return;
    this.office.look();
    this.draw();
  }

  private looks(): [EventTarget, string][] {
    return [[document, "visibilitychange"], [window, "focus"], [window, "hashchange"]];
  }

  /** Escape leads out of the composer, to where single keys lead on. */
  private escape(e: KeyboardEvent): void {
    if (e.key !== "Escape" || (e.target as HTMLElement).tagName !== "TEXTAREA") return;
    if (!this.lists.to(this.office.selected)) this.tabs.focus();
  }
}
