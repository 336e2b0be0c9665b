// One conversation on the doctor's desk: chat, call, answers, and what can be
// done. A pane stays in the page while its conversation is followed, so that a
// call in it goes on when the doctor looks at another.

import type { Command, Entry, How, Session } from "../wire";
import { isOpen } from "../shared/call";
import { h, icon } from "../shared/dom";
import { acceptOf, type FileSent } from "../shared/files/file";
import { attach, type Attach, takeDropped } from "../shared/files/pick";
import { shownFile } from "../shared/files/shown";
import { Uploads } from "../shared/files/uploads";
import type { PageConfig } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import { spoken } from "../shared/spoken";
import type { Line } from "../shared/talk";
import { Timeline } from "../shared/timeline";
import { Visit } from "../shared/visit";
import type { Voice } from "../shared/voice";
import type * as english from "../texts/en_staff";
import { staffRefusal } from "../texts/refusals";
import { Appointing } from "./appointing";
import { Beside } from "./beside";
import { Card } from "./card";
import { CardFiles } from "./cardfiles";
import { Composer } from "./composer";
import { consideredCard } from "./considered";
import { Deeds } from "./deeds";
import type { Hand } from "./draft";
import { eventWords } from "./events";
import { Finishing } from "./finishing";
import { Handover } from "./handover";
import { departmentIn, Heading } from "./heading";
import type { Office } from "./office";
import type { Open } from "./open";
import { type Person, personOf } from "./person";
import { Strip } from "./strip";
import { whyNot } from "./whynot";

export interface PaneOptions {
  office: Office;
  open: Open;
  words: typeof english;
  language: string;
  config: PageConfig;
  session: Session;
  shelf: Shelf;
  voice: Voice;
  hand: Hand;
  changed(): void;
}

export class Pane {
  readonly element: HTMLElement;
  readonly visit: Visit;
  readonly composer: Composer;
  private readonly timeline: Timeline;
  private readonly strip: Strip;
  private readonly deeds: Deeds;
  private readonly beside: Beside;
  private readonly appointing: Appointing;
  private readonly finishing: Finishing;
  private readonly handover: Handover;
  private readonly heading: Heading;
  private readonly card: Card;
  private readonly cardFiles: CardFiles;
  private readonly uploads: Uploads;
  private readonly attach: Attach;
  private readonly refusal = h("p", { class: "notice bad", role: "alert", hidden: true });
  private mine = false; // as it was last drawn
  private from: Element | null = null; // where the focus was when it was shown, until it has gone to the composer
  private heard = -1; // so many lines; none yet of those that were there before

  constructor(private readonly o: PaneOptions) {
    const { office, open, words, language } = o;
    const id = open.id;
    const departments = o.config.departments ?? [];
    this.visit = new Visit({
      words: words.call, door: words.door, me: "doctor", phone: "", fresh: open.fresh, trueconf: o.config.trueconf ?? [],
      told: { get: () => o.shelf.get("asked") !== null, set: () => o.shelf.set("asked", "1") },
      mint: (call, how) => office.mint(id, call, how), changed: () => this.strip && this.draw(),
      whole: (on) => this.element.classList.toggle("whole", on),
      chat: (on) => this.element.classList.toggle("without-chat", !on),
    });
    this.strip = new Strip({
      words, session: o.session, preset: o.config.how, visit: this.visit, patient: () => this.person().name, ring: (call) => office.ring(call),
      noVideo: () => office.video?.up === false, recorded: (call) => this.recorded(call),
      escalate: (how) => this.escalate(how),
      newRoom: () => office.do(id, { do: "new_room" }),
      hangUp: () => office.do(id, { do: "hang_up" }),
    });
    const asking = { api: office.api, words, language, me: o.session.login, do: (c: Omit<Command, "key">) => office.do(id, c) };
    this.finishing = new Finishing({ ...asking, id, shelf: o.shelf, person: () => this.person(), booked: () => (office.head(id)?.bookings ?? []).filter((b) => b.state === "booked") });
    this.handover = new Handover({ ...asking, departments });
    this.appointing = new Appointing({ ...asking, conversation: id, name: () => this.person().called });
    this.deeds = new Deeds({ words, do: asking.do, finish: () => this.finishing.ask(), transfer: () => this.hand(), propose: () => this.appointing.propose() });
    this.beside = new Beside({
      ...asking, id, own: o.session.departments, appointing: this.appointing, name: () => this.person().name, now: () => office.now(),
      escalate: () => this.escalate(this.strip.chosen), whose: (b) => office.whose(b, language),
    });
    this.timeline = new Timeline({
      words: words.common, language, label: words.console_.chat,
      mine: (l) => this.isMine(l), event: (l) => this.event(l), card: (l) => consideredCard(l, this.event(l), words.visits, language),
      patient: () => this.person().name, under: (l) => (l.file ? this.file(l.file, this.timeline.who(l), false) : null),
      onRetry: (key) => office.outbox.retry(key), onDiscard: (key) => this.takeBack(key),
    });
    this.composer = new Composer({
      id, words, shelf: o.shelf, hand: o.hand, changed: o.changed,
      send: (what, text) => office.do(id, { do: what, text }), typing: () => office.sayTyping(id),
    });
    this.uploads = new Uploads({ words: words.files, language, tray: office.tray, why: (u) => whyNot(u, words, language) });
    this.attach = attach(words.files.attach, acceptOf(undefined), (all) => this.addFiles(all));
    this.composer.element.querySelector(".over")?.append(this.attach.button);
    this.timeline.element.append(this.uploads.element);
    this.heading = new Heading(words, language, departments);
    const onCard = (f: FileSent): HTMLElement => this.file(f, this.person().name, true);
    this.card = new Card(words, language, onCard);
    this.cardFiles = new CardFiles(words, onCard);
    this.card.element.append(this.cardFiles.element);
    this.element = this.build();
    takeDropped(this.element, () => this.mine, (all) => this.addFiles(all));
  }

  draw(): void {
    const { office, open } = this.o;
    const head = office.head(open.id);
    const mine = !open.gone && (office.isMine(head) || (head === undefined && open.talk.phase === "consulting"));
    const notable = !open.gone && open.talk.phase === "waiting" && head !== undefined;
    this.element.classList.toggle("in-call", this.visit.inside !== null);
    this.heading.show(open, office.about(open.id), this.person());
    this.timeline.show(open.talk.lines, office.outbox.list(open.id));
    this.tell();
    this.strip.show(open.talk.call, mine, head);
    this.beside.show(open.gone ? undefined : head, open.talk, mine);
    this.deeds.show(open.gone ? "" : open.talk.phase, mine, head);
    this.composer.show(mine, notable, this.person());
    this.card.show(open.talk);
    this.cardFiles.show(open.talk);
    this.attach.button.hidden = !mine;
    this.uploads.show(office.tray.list(open.id));
    this.refuse();
    if (mine && !this.mine && document.activeElement === document.body) this.from ??= document.body; // the button that took it is gone
    this.mine = mine;
    if (open.caughtUp && office.selected === open.id) this.toComposer();
  }

  /** news is called for each entry that comes while the pane stands. */
  news(entry: Entry): void {
    const call = this.o.open.talk.call;
    if (entry.kind === "doctor.finished") this.finishing.taken();
    if (!entry.kind.startsWith("call.")) return;
    if (!isOpen(call)) {
      this.visit.leave();
      this.visit.say();
    } else if (entry.kind === "call.ready") {
      this.visit.say();
      this.visit.renewed(call.id, call.ghost === "doctor");
    }
  }

  /** shown is called when it comes before the doctor: the focus goes to where one
   *  writes, as soon as that is there, unless it has gone elsewhere meanwhile. */
  shown(): void {
    this.timeline.toEnd();
    this.from = document.activeElement;
    this.toComposer();
  }

  private toComposer(): void {
    if (this.from === null || this.composer.element.hidden) return;
    if (document.activeElement === this.from || document.activeElement === document.body) this.composer.focus();
    this.from = null;
  }

  leave(): void {
    this.visit.leave();
    this.timeline.leave();
    this.element.remove();
  }

  /** press does what the button of that name does, if it can be pressed now. */
  press(act: string, only: "press" | "focus" = "press"): boolean {
    const button = this.element.querySelector<HTMLButtonElement>(`[data-act="${act}"]`);
    if (!button || button.disabled) return false;
    const menu = button.closest("details");
    if (menu) menu.open = true;
    if (only === "focus") button.focus();
    else button.click();
    return true;
  }

  /** finish and hand open their dialogs. */
  finish(): void {
    this.finishing.ask();
  }

  hand(): void {
    const { office, open } = this.o;
    this.handover.ask(this.person().called, office.head(open.id)?.department);
  }

  private escalate(how: How | ""): void {
    const { office, open } = this.o;
    this.visit.leave();
    this.visit.say();
    office.do(open.id, { do: "escalate", ...(how ? { how } : {}) });
  }

  private recorded(call: string): boolean {
    return this.o.open.talk.lines.some((l) => l.event === "call.requested" && l.call === call && (l.body as { record?: boolean } | undefined)?.record === true);
  }

  private addFiles(all: readonly File[]): void {
    const { office, open } = this.o;
    for (const file of all) void office.tray.add(open.id, file);
    this.timeline.toEnd();
  }

  private file(f: FileSent, who: string, card: boolean): HTMLElement {
    const { office, open, words, language, voice } = this.o;
    return shownFile(f, {
      words: words.files, language, fetched: office.fetched, conversation: open.id, who, say: (text) => voice.say({ text, lang: language }),
    }, card);
  }

  private person(): Person {
    const { office, open, words, language } = this.o;
    return personOf(office.about(open.id), open.talk, words.console_, language);
  }

  /** tell has new lines read out, of the conversation that is looked at. */
  private tell(): void {
    const { open, office, voice, language } = this.o;
    if (!open.caughtUp) return;
    const { lines } = open.talk;
    if (this.heard >= 0 && office.selected === open.id) {
      const sound = {
        language, who: (l: Line) => this.timeline.who(l), event: (l: Line) => this.event(l),
        mine: (l: Line) => this.isMine(l),
      };
      for (const l of lines.slice(this.heard)) voice.say(...spoken(l, sound));
    }
    this.heard = lines.length;
    if (office.selected === open.id) voice.status("visit", this.visit.spoken, language);
    if (office.selected === open.id) voice.status("waiting", this.strip.waiting, language);
  }

  /** What a colleague wrote stands on the other side, under the colleague's name. */
  private isMine(l: Line): boolean {
    return (l.role === "doctor" || l.kind === "note") && (l.name === "" || l.name === this.o.session.name);
  }

  private build(): HTMLElement {
    const { words } = this.o;
    const back = h("button", { type: "button", class: "ghost icon back", "aria-label": words.console_.back, onclick: () => this.o.office.select("") }, icon("M15 5l-7 7 7 7"));
    return h("article", { class: "pane", "data-conversation": this.o.open.id },
      h("header", { class: "pane-head" }, back, this.heading.element, this.deeds.element),
      h("div", { class: "middle" }, this.strip.element, h("div", { class: "beside" }, this.refusal, this.beside.element), this.visit.stage, this.timeline.element, this.composer.element, this.attach.input),
      this.card.element, this.finishing.element, this.handover.element, this.appointing.element);
  }

  private refuse(): void {
    const { open, words } = this.o;
    const r = open.refusal;
    this.refusal.hidden = r === null && !open.gone;
    const text = open.gone ? words.console_.gone : r === null ? "" : staffRefusal(words.console_, r.code, r.message);
    if (this.refusal.textContent !== text) this.refusal.textContent = text;
  }

  private event(l: Line): string {
    const { words, config, language } = this.o;
    const who = l.who === "doctor" ? words.common.you : this.person().name;
    return eventWords(l, {
      words, language, who, department: (id) => departmentIn(config.departments ?? [], id, language),
      named: (login) => this.named(login), lines: () => this.o.open.talk.lines,
    });
  }

  /** named is a doctor's name as the conversation has it. */
  private named(login: string): string {
    const { open, session } = this.o;
    if (login === session.login) return session.name || login;
    for (const l of open.talk.lines) {
      const b = (l.body ?? {}) as { doctor?: string; name?: string };
      if (b.doctor === login && b.name) return b.name;
    }
    return login;
  }

  private takeBack(key: string): void {
    const p = this.o.office.outbox.discard(key);
    if (p?.command.text) this.composer.takeBack(p.command.text, p.command.do === "note");
  }
}
