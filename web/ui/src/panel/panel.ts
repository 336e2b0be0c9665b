// The panel as a whole: one conversation, one call, one voice, and the face that
// shows them in the language of the moment.

import type { Entry } from "../wire";
import { Bell } from "../shared/bell";
import { canJoin, isOpen, waitsFor } from "../shared/call";
import { keptChoice, opensItself } from "../shared/chosen";
import { h } from "../shared/dom";
import { onRoom, room } from "../shared/keyboard";
import { type PageConfig, titleOf } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import type { Body } from "../shared/talk";
import { Visit } from "../shared/visit";
import { Voice } from "../shared/voice";
import { textsOf } from "../texts/all";
import { directionOf, type Language } from "../texts/pick";
import { Desk } from "./desk";
import { Face } from "./face";
import type { Frame } from "./frame";
import { Hearing } from "./hearing";
import { type Attributes, PageWord } from "./pageword";
import type { Persons } from "./person";
import { Report } from "./report";
import { Later } from "./later";
import { Rings } from "./rings";
import { TextSize } from "./size";
import { Tongue } from "./tongue";

export interface PanelOptions {
  language: Language;
  /** Site or page name it; else it is a guess from the browser. */
  given: boolean;
  config: PageConfig;
  site: string;
  flow: string;
  shelf: Shelf;
  frame: Frame;
  persons: Persons;
  /** The secret of a link from another device, "" for none. */
  link: string;
}

/** What counts as unread for the launcher's number. */
const counts = ["message.sent", "bot.said", "bot.asked", "wait.reminded", "doctor.assigned", "call.ready", "emergency.raised", "callback.promised", "callback.failed", "booking.made", "booking.proposed", "booking.moved", "booking.reassigned", "booking.cancelled", "booking.reminded", "booking.late", "booking.missed", "video.refused"];

export class Panel {
  readonly element = h("main", { class: "panel" });
  private readonly desk: Desk;
  private readonly visit: Visit;
  private readonly voice = new Voice();
  private readonly hearing: Hearing;
  private readonly rings: Rings;
  private readonly size: TextSize;
  private readonly tongue: Tongue;
  private readonly report: Report;
  private readonly page: PageWord;
  private readonly later = new Later(() => this.draw());
  private words;
  private face: Face;
  private unread = 0;
  private unseen = 0; // in a chat that is out of sight while the picture fills the window
  private selfOpened = ""; // the call that this page has opened by itself
  private wide = false;
  private drawing = false;
  private focusing = false; // the field is to have the focus, as soon as it can

  constructor(private readonly o: PanelOptions) {
    const { shelf, frame } = o;
    this.report = new Report((message) => frame.tell(message));
    this.desk = this.makeDesk();
    this.page = new PageWord(shelf, (attributes) => this.desk.describe(attributes));
    this.tongue = new Tongue(o.language, o.given, this.desk, shelf, () => this.renew());
    this.words = textsOf(this.tongue.language);
    this.visit = this.makeVisit();
    this.hearing = new Hearing(this.voice, this.desk, shelf);
    this.size = new TextSize(shelf);
    this.rings = new Rings({
      shelf, bell: new Bell(), noticed: () => this.seen() && document.hasFocus(), title: () => this.title(),
      calling: () => this.words.panel.calling, told: (kind) => frame.tell({ bedside: 1, type: "ring", kind }),
    });
    this.face = this.show();
    document.addEventListener("keydown", (e) => e.key === "Escape" && this.escape());
    frame.onOpen = (open) => this.shown(open);
    onRoom(() => this.fit());
    for (const event of ["visibilitychange", "focusin", "pointerdown"]) document.addEventListener(event, () => this.see());
  }

  /** escape goes back by one: from the menu, from the whole window, from the panel. */
  private escape(): void {
    if (this.face.shutMenu()) return;
    if (this.visit.view.whole) this.visit.view.grow(false);
    else this.shut();
  }

  begin(): void {
    this.draw();
    if (this.tongue.language !== this.o.language) this.o.frame.tell({ bedside: 1, type: "speaks", language: this.tongue.language });
    void this.desk.begin();
  }

  /** speak is the clinic's page's word on the language. */
  speak(language: Language): void {
    this.tongue.choose(language);
  }

  /** describe is what the clinic's page says of itself. */
  describe(attributes: Attributes | null): void {
    this.page.set(attributes);
    this.draw();
  }

  private makeDesk(): Desk {
    const { shelf, site, flow, persons, link } = this.o;
    return new Desk({
      shelf, site, flow, persons, link, language: () => this.tongue.language,
      report: (code) => this.o.frame.tell({ bedside: 1, type: "error", code }),
      changed: () => this.draw(),
      news: (entry) => this.news(entry),
      giveBack: (text, code, why) => this.face.giveBack(text, code, why),
      anew: () => this.anew(),
      callChanged: (renewed) => this.callChanged(renewed),
      typing: (name) => this.face.showTyping(name),
      fileFailed: (u) => this.face.fileFailed(u),
    });
  }

  private makeVisit(): Visit {
    const current = (): typeof this.words => this.words;
    const { shelf } = this.o;
    return new Visit({
      get words() {
        return current().call;
      },
      get door() {
        return current().door;
      },
      me: "patient", phone: this.o.config.phone ?? "",
      fresh: this.desk.fresh, trueconf: this.o.config.trueconf ?? [],
      told: { get: () => shelf.get("asked") !== null, set: () => shelf.set("asked", "1") },
      mint: (call, how) => this.desk.mint(call, how), changed: () => this.draw(), alarm: () => this.rings.call(),
      whole: (on) => this.grow(on),
      chat: (on) => {
        this.element.classList.toggle("without-chat", !on);
        this.unseen = 0;
      },
    });
  }

  /** show makes the face of the present language and puts it around the call's
   *  stage, which stays where it is. */
  private show(): Face {
    const { config, shelf, frame } = this.o;
    const { language } = this.tongue;
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    document.title = this.title();
    const face = new Face({
      words: this.words, language, config, shelf, frame, desk: this.desk, visit: this.visit, size: this.size, rings: this.rings, later: this.later,
      speak: (wanted) => {
        this.tongue.choose(wanted);
        this.face.focusSpeak();
      },
      shut: () => this.shut(), changed: () => this.draw(),
      say: (text) => this.voice.say({ text, lang: language }),
    });
    const { stage } = this.visit;
    for (const child of [...this.element.children]) if (child !== stage && child !== this.voice.element) child.remove();
    if (!stage.isConnected) this.element.append(stage, this.voice.element);
    stage.before(face.head, face.numbers);
    stage.after(face.side);
    return face;
  }

  /** renew shows everything in another language, from one moment to the next. */
  private renew(): void {
    this.words = textsOf(this.tongue.language);
    this.o.frame.tell({ bedside: 1, type: "speaks", language: this.tongue.language });
    this.visit.relabel();
    this.face.leave();
    this.face = this.show();
    this.drawNow();
    this.face.timeline.toEnd();
  }

  /** draw is asked for often and done once before the next picture. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    this.tongue.follow();
    this.face.draw();
    if (this.desk.caughtUp) {
      this.report.stands(this.desk.talk);
      if (this.desk.talk.phase !== "closed") void this.page.heed(this.desk.conversation);
    }
    this.element.dataset["phase"] = this.desk.talk.phase;
    this.hearing.tell(this.face.hearable());
    if (this.seen()) this.hearing.seen();
    if (this.visit.inside) this.rings.stop();
    this.setWide(this.visit.inside !== null);
    this.take();
  }

  /** fit keeps the composer above an on-screen keyboard. */
  private fit(): void {
    const left = room();
    this.element.style.height = left ? `${left.height}px` : "";
    this.element.style.marginTop = left ? `${left.top}px` : "";
    this.face.timeline.keepEnd();
  }

  private title(): string {
    return titleOf(this.o.config, this.tongue.language) || this.words.panel.title;
  }

  private anew(): void {
    this.visit.leave();
    this.rings.stop();
    this.hearing.anew();
    this.face.timeline.clear();
  }

  private news(entry: Entry): void {
    this.face.stopTyping();
    this.report.news(entry);
    const theirs = entry.by.role !== "patient";
    if (theirs && !this.visit.view.chat && counts.includes(entry.kind)) this.visit.view.unread(++this.unseen);
    this.awaited(entry);
    if (entry.kind === "doctor.assigned" || (entry.kind === "message.sent" && theirs)) this.rings.doctor();
    if (!theirs || this.seen()) {
      this.see();
      return;
    }
    if (counts.includes(entry.kind)) this.o.frame.tell({ bedside: 1, type: "unread", count: ++this.unread });
  }

  /** awaited rings for a doctor who is in the call and waits there. */
  private awaited(entry: Entry): void {
    const waits = waitsFor("patient", this.desk.talk.call, entry.kind, (entry.body ?? {}) as Body);
    if (waits && this.visit.inside === null) this.rings.call();
  }

  private callChanged(renewed: boolean): void {
    const call = this.desk.talk.call;
    if (!isOpen(call)) {
      this.rings.stop();
      this.visit.leave();
      this.visit.say();
    } else if (renewed) {
      this.visit.say();
      this.visit.renewed(call.id, call.ghost === "patient");
      this.face.timeline.toEnd();
      if (canJoin(call) && this.visit.inside === null) this.rings.call();
      const choice = keptChoice(this.o.shelf);
      if (opensItself(choice) && this.awaitedHere(call.id)) void this.visit.join(call.id, choice.way === "sound", true);
    }
  }

  /** An appointment whose start was waited for on this page opens by itself, once. */
  private awaitedHere(call: string): boolean {
    const due = this.desk.talk.appointments.some((a) => a.id === call && a.state === "due");
    if (!due || !this.seen() || this.visit.inside !== null || this.visit.been !== null || this.selfOpened === call) return false;
    this.selfOpened = call;
    return true;
  }

  private seen(): boolean {
    return this.o.frame.open && document.visibilityState === "visible";
  }

  private see(): void {
    if (!this.seen()) return;
    if (document.hasFocus()) this.rings.stop();
    if (this.unread > 0) this.o.frame.tell({ bedside: 1, type: "unread", count: (this.unread = 0) });
    this.desk.sayRead();
    this.hearing.seen();
  }

  private shown(open: boolean): void {
    if (!open) return;
    this.see();
    this.face.timeline.toEnd();
    // On a touch screen the focus would bring up the keyboard over the question.
    this.focusing = !window.matchMedia("(pointer: coarse)").matches;
    this.draw();
  }

  /** take gives the focus to the field, once it can be written in and unless it
   *  has been put somewhere meanwhile. */
  private take(): void {
    if (!this.focusing || this.desk.stage !== "open" || this.desk.talk.phase === "") return;
    this.focusing = false;
    if (document.activeElement === document.body) this.face.composer.focus();
  }

  /** grow gives the panel the whole window of the page around it, or takes it back. */
  private grow(on: boolean): void {
    this.element.classList.toggle("whole", on);
    this.o.frame.tell({ bedside: 1, type: "wide", on: this.wide, whole: on });
  }

  /** During a call the panel is wider, with the chat beside the picture. */
  private setWide(on: boolean): void {
    this.element.classList.toggle("in-call", on);
    if (on === this.wide) return;
    this.wide = on;
    this.o.frame.tell({ bedside: 1, type: "wide", on });
    this.face.timeline.toEnd();
  }

  private shut(): void {
    this.o.frame.tell({ bedside: 1, type: "close" });
  }
}
