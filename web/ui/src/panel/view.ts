// What a patient sees of the panel, drawn from the desk's state.

import type { Entry } from "../wire";
import { isOpen } from "../shared/call";
import { CallCard } from "../shared/callcard";
import { dial, fill, h, icon, shapes } from "../shared/dom";
import type { PageConfig } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import type { Line } from "../shared/talk";
import { Timeline } from "../shared/timeline";
import { Visit } from "../shared/visit";
import { readable } from "../shared/when";
import type * as english from "../texts/en";
import type { Language } from "../texts/pick";
import { Choices } from "./choices";
import { Composer } from "./composer";
import { Desk } from "./desk";
import type { Frame } from "./frame";
import { Menu } from "./menu";

export interface ViewOptions {
  words: typeof english;
  language: Language;
  config: PageConfig;
  site: string;
  flow: string;
  shelf: Shelf;
  frame: Frame;
}

const typingFor = 6_000;

export class View {
  readonly element: HTMLElement;
  private readonly desk: Desk;
  private readonly visit: Visit;
  private readonly card: CallCard;
  private readonly timeline: Timeline;
  private readonly composer: Composer;
  private readonly choices: Choices;
  private readonly menu: Menu;
  private readonly phase = h("p", { class: "phase", role: "status" });
  private readonly notice = h("div", { class: "notice", role: "status", hidden: true });
  private readonly typing = h("p", { class: "typing", "aria-hidden": "true" });
  private readonly bottom = h("div", { class: "ending", hidden: true });
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private unread = 0;
  private wide = false;
  private drawing = false;

  constructor(private readonly o: ViewOptions) {
    const { words, language, shelf } = o;
    this.desk = this.makeDesk();
    this.visit = new Visit({
      words: words.call, fresh: this.desk.fresh, trueconf: o.config.trueconf ?? [],
      mint: (call, failed) => this.desk.mint(call, failed), changed: () => this.draw(),
    });
    this.card = new CallCard(words.call, this.visit);
    this.timeline = new Timeline({
      words: words.common, language, label: words.panel.log,
      mine: (l) => l.role === "patient", event: (l) => this.event(l),
      onRetry: (key) => this.desk.outbox.retry(key), onDiscard: (key) => this.discard(key),
    });
    this.choices = new Choices(words.panel, (step, option, text) => this.desk.do({ do: "choose", step, option }, text));
    this.composer = new Composer({
      words: words.panel, common: words.common, shelf,
      send: (text) => this.send(text),
      skip: (step) => this.desk.do({ do: "skip", step }, words.panel.skip),
      typing: () => this.desk.sayTyping(),
      emptied: () => this.draw(),
    });
    this.menu = new Menu(words, () => this.desk.do({ do: "close" }), () => void this.desk.startAnew());
    this.timeline.element.append(this.choices.element, this.typing);
    this.element = this.build();
    this.element.addEventListener("keydown", (e) => e.key === "Escape" && this.shut());
    o.frame.onOpen = (open) => this.shown(open);
    document.addEventListener("visibilitychange", () => this.see());
  }

  begin(): void {
    this.draw();
    void this.desk.begin();
  }

  private makeDesk(): Desk {
    const { shelf, site, flow, language } = this.o;
    return new Desk({
      shelf, site, flow, language,
      changed: () => this.draw(),
      news: (entry) => this.news(entry),
      giveBack: (text, why) => this.composer.restore(text, why),
      anew: () => {
        this.visit.leave();
        this.timeline.clear();
      },
      callChanged: (renewed) => this.callChanged(renewed),
      typing: (name) => this.showTyping(name),
    });
  }

  private build(): HTMLElement {
    const { words, config, frame } = this.o;
    const close = h("button", { type: "button", class: "ghost icon", "aria-label": words.common.close, onclick: () => this.shut() }, icon(shapes.close));
    const head = h("header", { class: "head" },
      h("div", { class: "title" }, h("h1", {}, config.title || words.panel.title), this.phase), this.menu.button, frame.framed && close);
    const side = h("div", { class: "side" },
      this.notice, this.menu.element, this.timeline.element, this.card.element, this.bottom, this.composer.element);
    return h("main", { class: "panel" }, head, this.numbers(), this.visit.stage, side);
  }

  /** The two numbers that stand in every state. */
  private numbers(): HTMLElement {
    const { phone, emergency } = this.o.config;
    const { common } = this.o.words;
    return h("div", { class: "numbers-strip", hidden: !phone && !emergency },
      phone && h("span", { class: "clinic" }, common.clinic + " ", dial(phone)),
      emergency && h("span", { class: "emergency" }, common.emergency + " ", dial(emergency)));
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
    const { talk, stage, caughtUp } = this.desk;
    const parcels = this.desk.parcels();
    this.timeline.show(talk.lines, parcels);
    if (caughtUp) this.timeline.speak();
    const answering = parcels.some((p) => p.fate !== "failed" && p.command.step === talk.asked?.step);
    this.choices.show(stage === "open" && !answering ? talk.asked : null);
    this.composer.ask(talk.asked);
    this.composer.enable(stage === "open" && talk.phase !== "");
    this.card.show(talk.call);
    this.menu.show(talk.phase, stage);
    this.sayPhase();
    this.sayNotice();
    this.sayEnd();
    this.setWide(this.visit.inside !== null);
  }

  private sayPhase(): void {
    const { talk } = this.desk;
    const { panel } = this.o.words;
    const words = { waiting: panel.waitingShort, parked: panel.waitingShort, consulting: panel.consulting(talk.doctor), closed: panel.closed, intake: "", "": "" }[talk.phase];
    if (this.phase.textContent !== words) this.phase.textContent = words;
    this.element.dataset["phase"] = talk.phase;
  }

  private sayNotice(): void {
    const { face, stage, talk } = this.desk;
    const { common, panel } = this.o.words;
    let words = "";
    let bad = false;
    if (stage === "not_started") bad = (words = panel.notStarted) !== "";
    else if (stage === "dead") bad = (words = panel.deadTicket) !== "";
    else if (stage === "starting") words = panel.starting;
    else if (face === "offline") words = common.offline;
    else if (face === "connecting" && talk.last === 0) words = common.connecting;
    else if (this.desk.carried && this.composer.holds()) words = panel.carried;
    else if (talk.phase === "waiting") words = this.o.shelf.lasting ? panel.waiting : panel.waitingHere;
    else if (!this.o.shelf.lasting) words = panel.memory;
    if (this.notice.dataset["words"] === words + stage) return;
    this.notice.dataset["words"] = words + stage;
    this.notice.hidden = words === "";
    this.notice.classList.toggle("bad", bad);
    fill(this.notice, words, bad && this.again());
  }

  private again(): HTMLElement {
    const { panel } = this.o.words;
    const dead = this.desk.stage === "dead";
    const press = (): void => void (dead ? this.desk.startAnew() : this.desk.begin());
    return h("div", { class: "again" }, h("button", { type: "button", onclick: press }, dead ? panel.newOne : panel.startAgain));
  }

  /** A closed conversation says how to go on. */
  private sayEnd(): void {
    const { panel } = this.o.words;
    const closed = this.desk.talk.phase === "closed";
    if (closed === !this.bottom.hidden) return;
    this.bottom.hidden = !closed;
    fill(this.bottom, h("p", {}, `${panel.closed} ${panel.closedGoOn}`),
      h("button", { type: "button", class: "plain", onclick: () => void this.desk.startAnew() }, panel.newOne));
  }

  private event(l: Line): string {
    const { panel, call, common } = this.o.words;
    const who = l.who === "patient" ? common.you : this.desk.talk.doctor || common.doctor;
    switch (l.event) {
      case "doctor.assigned": return panel.assigned(l.name);
      case "conversation.closed": return panel.closed;
      case "conversation.reopened":
      case "conversation.resumed": return panel.reopened;
      case "answer.skipped": return common.skipped;
      case "queue.joined": return panel.queued;
      case "doctor.finished": return panel.finished;
      case "call.ready":
      case "call.requested":
      case "call.interrupted":
      case "call.failed":
      case "call.ended":
      case "call.withdrawn": return l.text || call.title;
      case "call.joined": return call.joined(who);
      case "call.left": return call.left(who);
    }
    return "";
  }

  private send(text: string): void {
    if (!this.composer.holds()) this.desk.carried = false;
    this.desk.do({ do: "send", text }, readable(text, this.o.language));
  }

  private discard(key: string): void {
    const p = this.desk.outbox.discard(key);
    if (p?.command.text) this.composer.restore(p.command.text, "");
  }

  private news(entry: Entry): void {
    clearTimeout(this.typingTimer);
    this.typing.textContent = "";
    if (entry.by.role === "patient" || this.seen()) {
      this.see();
      return;
    }
    const counts = ["message.sent", "bot.said", "bot.asked", "wait.reminded", "doctor.assigned", "call.ready"];
    if (counts.includes(entry.kind)) this.o.frame.tell({ bedside: 1, type: "unread", count: ++this.unread });
  }

  private callChanged(renewed: boolean): void {
    const call = this.desk.talk.call;
    if (!isOpen(call)) {
      if (this.visit.inside) this.visit.leave();
      this.visit.say();
    } else if (renewed) {
      this.visit.say();
      this.visit.renewed(call.id);
      this.timeline.toEnd();
    }
  }

  private showTyping(name: string): void {
    clearTimeout(this.typingTimer);
    this.typing.textContent = this.o.words.panel.typing(name || this.o.words.common.doctor);
    this.typingTimer = setTimeout(() => (this.typing.textContent = ""), typingFor);
    this.timeline.toEnd();
  }

  private seen(): boolean {
    return this.o.frame.open && document.visibilityState === "visible";
  }

  private see(): void {
    if (!this.seen()) return;
    this.unread = 0;
    this.o.frame.tell({ bedside: 1, type: "unread", count: 0 });
    this.desk.sayRead();
  }

  private shown(open: boolean): void {
    if (!open) return;
    this.see();
    this.timeline.toEnd();
    this.composer.focus();
  }

  /** During a call the panel is wider, with the chat beside the picture. */
  private setWide(on: boolean): void {
    this.element.classList.toggle("in-call", on);
    if (on === this.wide) return;
    this.wide = on;
    this.o.frame.tell({ bedside: 1, type: "wide", on });
    this.timeline.toEnd();
  }

  private shut(): void {
    this.o.frame.tell({ bedside: 1, type: "close" });
  }
}
