// The panel in one language, drawn from the desk's state. When the patient wants
// another language a new face takes the place of this one; what must not be torn
// out of the page (the call's frame, the voice) is not part of it.

import { firm } from "../shared/appointments";
import { Refused } from "../shared/api";
import { thisBrowser } from "../shared/browser";
import { CallCard } from "../shared/callcard";
import type { Advice } from "../shared/chosen";
import { fill, h, icon, shapes } from "../shared/dom";
import { acceptOf, type FileSent, sizeWords } from "../shared/files/file";
import { attach, type Attach } from "../shared/files/pick";
import { shownFile } from "../shared/files/shown";
import type { Upload } from "../shared/files/tray";
import { Uploads } from "../shared/files/uploads";
import { type PageConfig, titleOf } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import { type Asked, filesFor, type Line, type Talk } from "../shared/talk";
import { Timeline } from "../shared/timeline";
import type { Visit } from "../shared/visit";
import { readable } from "../shared/when";
import type * as english from "../texts/en";
import { type Language, offered } from "../texts/pick";
import { refusalWords } from "../texts/refusals";
import type { Code, Command } from "../wire";
import type { Visits } from "../visit/visits";
import { Composer } from "./composer";
import { ElsewhereSheet } from "./elsewhere";
import { EmergencyCard } from "./emergency";
import type { Desk } from "./desk";
import { eventWords } from "./events";
import type { Frame } from "./frame";
import { type Hearable, howToAnswer } from "./hearing";
import { Later, type Part } from "./later";
import { Menu } from "./menu";
import { Notice } from "./notice";
import { numbers } from "./numbers";
import { promiseCard } from "./promise";
import { optionsOf } from "./questions/buttons";
import { paper } from "./questions/consent";
import { Standing } from "./questions/standing";
import { Rating } from "./rating";
import type { Rings } from "./rings";
import type { TextSize } from "./size";
import { visitsOf } from "./visits";

export interface FaceOptions {
  words: typeof english;
  language: Language;
  config: PageConfig;
  shelf: Shelf;
  frame: Frame;
  desk: Desk;
  visit: Visit;
  size: TextSize;
  rings: Rings;
  later: Later;
  speak(language: Language): void;
  shut(): void;
  /** Something that no entry tells of: draw again. */
  changed(): void;
  /** What came of a press, to be heard. */
  say(text: string): void;
}

const typingFor = 6_000;

/** answers says that a command on its way is meant for the open question. */
const answers = (c: Command, asked: Asked | null): boolean =>
  asked !== null && (c.step === asked.step || c.do === "back");

/** wanted says whether a conversation has come to what the second bundle holds. */
const wanted = (t: Talk): boolean => thisBrowser().inApp || ["waiting", "consulting", "parked"].includes(t.phase) || t.appointments.length > 0 || t.outcome !== null;

export class Face {
  readonly head: HTMLElement;
  readonly numbers: HTMLElement;
  readonly side: HTMLElement;
  readonly timeline: Timeline;
  readonly composer: Composer;
  private readonly card: CallCard;
  private readonly standing: Standing;
  private readonly emergency: EmergencyCard;
  private readonly rating: Rating;
  private readonly uploads: Uploads;
  private readonly attach: Attach;
  private readonly menu: Menu;
  private readonly notice: Notice;
  private readonly sheet: ElsewhereSheet;
  private readonly phase = h("p", { class: "phase" });
  private readonly typing = h("p", { class: "typing", "aria-hidden": "true" });
  private readonly bottom = h("div", { class: "ending", hidden: true });
  private askFiles: () => void = () => undefined;
  private readonly extra = h("div", { class: "extra" }); // of the second bundle
  private visits: Visits | null = null;
  private useLater: ((part: Part) => void)[] = [];
  private closed: boolean | null = null; // as its end was last drawn
  private typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly o: FaceOptions) {
    const { words, desk, visit } = o;
    this.card = new CallCard({
      words: words.call, door: words.door, visit, phone: o.config.phone ?? "", doctor: () => desk.talk.doctor, ring: (call) => desk.ring(call),
      decline: (key) => desk.command({ key, do: "decline_call" }), advice: () => this.advice(), say: (text) => o.say(text),
    });
    this.timeline = this.makeTimeline();
    this.standing = this.makeStanding();
    this.emergency = new EmergencyCard(words, o.config.emergency ?? "");
    this.rating = new Rating({ words, say: (text) => o.say(text), rate: (stars, text) => desk.do({ do: "rate", stars, ...(text ? { text } : {}) }, "") });
    this.composer = this.makeComposer();
    this.uploads = new Uploads({ words: words.files, language: o.language, tray: desk.tray, why: (u) => this.whyNot(u) });
    this.attach = attach(words.files.attach, acceptOf(undefined), (all) => this.addFiles(all));
    this.menu = new Menu({
      words, size: () => o.size.percent, resize: (by) => this.resize(by), muted: () => o.rings.muted, mute: (on) => o.rings.mute(on),
      elsewhere: () => this.goElsewhere(), onlyHere: () => this.onlyHere(), end: () => desk.do({ do: "close" }), anew: () => void desk.startAnew(),
    });
    this.sheet = new ElsewhereSheet({
      words, language: o.language, make: () => desk.makeLink(), say: (text) => o.say(text), left: () => this.menu.button.focus(),
    });
    this.notice = new Notice({ words, desk, lasting: o.shelf.lasting, holds: () => this.composer.holds(), elsewhere: () => this.goElsewhere() });
    this.composer.element.prepend(this.attach.button);
    this.timeline.element.append(this.uploads.element, this.standing.element, this.typing);
    this.head = this.makeHead();
    this.numbers = h("div", { class: "above" }, numbers(o.config, words), this.emergency.element);
    this.side = h("div", { class: "side" }, this.notice.element, this.menu.element, this.sheet.element, this.extra, this.timeline.element,
      this.card.element, this.bottom, this.composer.element, this.attach.input);
  }

  draw(): void {
    const { talk, stage } = this.o.desk;
    const parcels = this.o.desk.parcels();
    this.drawLater();
    this.timeline.show(this.o.later.seen(talk.lines), parcels);
    const open = stage === "open" && !parcels.some((p) => p.fate !== "failed" && answers(p.command, talk.asked));
    const declined = parcels.some((p) => p.fate !== "failed" && p.command.step === talk.declinable);
    this.emergency.show(talk);
    this.standing.show(open ? talk.asked : null, open && !declined ? talk.declinable : "");
    this.drawFiles();
    this.composer.ask(talk.asked);
    this.composer.enable(stage === "open" && talk.phase !== "");
    this.card.show(talk.call, this.o.desk.noVideo);
    this.menu.show(talk.phase, stage, talk.elsewhere);
    this.notice.show();
    const phase = this.phaseWords();
    if (this.phase.textContent !== phase) this.phase.textContent = phase;
    this.sayEnd();
  }

  /** hearable is what there is for the voice to say. */
  hearable(): Hearable {
    const { words, language, visit, desk } = this.o;
    return {
      words, language, lines: this.o.later.seen(desk.talk.lines), emergency: this.emergency.spoken, notice: this.notice.aloud, phase: this.phaseWords(), visit: visit.spoken, advice: this.card.advice, waiting: this.card.waiting,
      sound: {
        language, mine: (l) => l.role === "patient", who: (l) => this.timeline.who(l),
        event: (l) => this.event(l), how: (asked) => this.how(asked),
      },
    };
  }

  showTyping(name: string): void {
    clearTimeout(this.typingTimer);
    this.typing.textContent = this.o.words.panel.typing(name || this.o.words.common.doctor);
    this.typingTimer = setTimeout(() => this.stopTyping(), typingFor);
    this.timeline.toEnd();
  }

  stopTyping(): void {
    clearTimeout(this.typingTimer);
    this.typing.textContent = "";
  }

  /** giveBack puts a text that was not taken into the composer again. */
  giveBack(text: string, code: Code | "", why: string): void {
    const said = code === "" ? "" : refusalWords(this.o.words.panel, code, why);
    this.composer.restore(text, said);
    if (said !== "") this.o.say(said);
  }

  /** shutMenu says whether there was one to shut. */
  shutMenu(): boolean {
    if (this.sheet.open) {
      this.sheet.close();
      return true;
    }
    if (this.visits?.shut()) return true;
    if (!this.menu.open) return false;
    this.menu.toggle(false);
    this.menu.button.focus();
    return true;
  }

  /** focusSpeak is for the face that comes after a press on the language. */
  focusSpeak(): void {
    this.head.querySelector<HTMLElement>(".speak")?.focus();
  }

  /** leave ends what this face has running. */
  leave(): void {
    this.stopTyping();
    this.timeline.leave();
    this.visits?.leave();
  }

  /** What the second bundle draws; it is fetched once there is something for it. */
  private drawLater(): void {
    const { later, desk: { talk } } = this.o;
    if (wanted(talk) || talk.lines.some((l) => later.tells(l)) || this.useLater.length > 0) later.want();
    const { part } = later;
    if (!part) return;
    for (const use of this.useLater.splice(0)) use(part);
    if (!this.visits) {
      this.visits = visitsOf(part, this.o, () => part.subscribe((m, p, b) => this.o.desk.ask(m, p, b), "/widget/"));
      fill(this.extra, this.visits.element);
    }
    this.visits.show(talk);
    this.side.classList.toggle("read-first", this.visits.first);
  }

  private advice(): Advice | null {
    const { later: { part }, shelf, config, language } = this.o;
    return part?.adviceIn(shelf, !!config.phone, part.bookingTexts(language)) ?? null;
  }

  private event(l: Line): string {
    const { words, language, desk, later } = this.o;
    return eventWords(l, words, desk.talk.doctor, language, (line) => later.part?.eventWords(line, language) ?? "");
  }

  private how(asked: Asked) {
    const { words, language } = this.o;
    return howToAnswer(asked, optionsOf(asked, words.panel), words, language);
  }

  private makeTimeline(): Timeline {
    const { words, language, desk, config } = this.o;
    return new Timeline({
      words: words.common, language, label: words.panel.log,
      mine: (l) => l.role === "patient", event: (l: Line) => this.event(l),
      card: (l) => promiseCard(l, { words, language, emergency: config.emergency ?? "" }),
      under: (l) => (l.file ? this.file(l, l.file) : this.document(l)), urgent: (number) => number === (desk.talk.emergency?.phone || config.emergency),
      refusal: (p) => refusalWords(words.panel, p.code, p.message),
      onRetry: (key) => desk.outbox.retry(key), onDiscard: (key) => this.discard(key),
    });
  }

  private makeStanding(): Standing {
    const { words, language, desk } = this.o;
    return new Standing({
      words, language,
      answer: (asked, answer, text) => desk.do({ do: "choose", step: asked.step, ...answer }, text),
      skip: (asked) => desk.do({ do: "skip", step: asked.step }, words.panel.skip),
      files: {
        add: (all, asked) => this.addFiles(all, asked), sent: (asked) => filesFor(desk.talk, asked.step).map((f) => f.file),
        busy: (asked) => desk.tray.list(desk.conversation).some((u) => u.step === asked.step && u.fate !== "failed"),
        drawn: (again) => (this.askFiles = again),
      },
      later: (use) => {
        this.useLater.push(use);
        this.o.changed();
      },
      back: () => desk.do({ do: "back" }),
      decline: (step) => desk.do({ do: "skip", step }, words.ask.ratherType),
      left: () => this.timeline.element.focus({ preventScroll: true }),
      next: (first) => this.follow(first),
    });
  }

  /** follow brings the focus to the next question, for whoever goes by keys and has
   *  gone nowhere else; on a touch screen no keyboard comes up by itself. */
  private follow(first: HTMLElement | null): void {
    if (document.activeElement !== this.timeline.element && document.activeElement !== document.body) return;
    if (first) first.focus({ preventScroll: true });
    else if (!window.matchMedia("(pointer: coarse)").matches) this.composer.focus();
  }

  /** Files can be sent once the doctor is there; a question of files has its own way. */
  private drawFiles(): void {
    const { desk } = this.o;
    const on = desk.stage === "open" && desk.talk.phase === "consulting";
    this.attach.button.hidden = !on;
    this.composer.element.classList.toggle("attaches", on);
    const before = this.uploads.element.childElementCount;
    this.uploads.show(desk.tray.list(desk.conversation));
    if (this.uploads.element.childElementCount > before) this.timeline.toEnd();
    this.askFiles();
  }

  private addFiles(all: readonly File[], asked?: Asked): void {
    const { desk } = this.o;
    for (const file of all) void desk.tray.add(desk.conversation, file, asked?.step, asked?.size || undefined);
  }

  private file(l: Line, f: FileSent): HTMLElement {
    const { words, language, desk, say } = this.o;
    return shownFile(f, { words: words.files, language, fetched: desk.fetched, conversation: desk.conversation, who: this.timeline.who(l), say });
  }

  /** fileFailed says that a file was not taken, and why. */
  fileFailed(u: Upload): void {
    this.o.say(this.o.words.files.failed(u.file.name, this.whyNot(u)));
  }

  /** The server says more than the code, in the conversation's language. */
  private whyNot(u: Upload): string {
    const { words, language, desk } = this.o;
    if (u.most !== undefined) return words.files.tooLarge(sizeWords(u.most, words.files, language));
    return (desk.talk.language === language && u.message) || refusalWords(words.panel, u.code);
  }

  /** document is what was agreed to, to be read again. */
  private document(l: Line): HTMLElement | null {
    if (!l.consent?.document) return null;
    return h("details", { class: "again-paper" }, h("summary", {}, this.o.words.ask.readAgain), paper(l.consent, l.lang));
  }

  private makeComposer(): Composer {
    const { words, shelf, desk } = this.o;
    return new Composer({
      words: words.panel, common: words.common, shelf,
      send: (text) => this.send(text),
      skip: (step) => desk.do({ do: "skip", step }, words.panel.skip),
      typing: () => desk.sayTyping(),
      refused: (why) => this.o.say(why),
      emptied: () => this.o.changed(),
    });
  }

  private makeHead(): HTMLElement {
    const { words, config, frame, language } = this.o;
    const close = h("button", { type: "button", class: "ghost icon shut", "aria-label": words.common.close, onclick: () => this.o.shut() }, icon(shapes.close));
    const others = offered.filter((l) => l.code !== language);
    const speak = others.slice(0, 1).map((l) =>
      h("button", { type: "button", class: "ghost speak", lang: l.code, onclick: () => this.o.speak(l.code) }, l.name));
    return h("header", { class: "head" },
      h("div", { class: "title" }, h("h1", {}, titleOf(config, language) || words.panel.title), this.phase), ...speak, this.menu.button, frame.framed && close);
  }

  private resize(by: 1 | -1): void {
    this.o.size.step(by);
    this.composer.fit();
    this.o.changed();
  }

  private goElsewhere(): void {
    this.menu.toggle(false);
    void this.sheet.show();
  }

  private onlyHere(): void {
    const { desk, words, say } = this.o;
    desk.onlyHere().catch((e: unknown) => say(refusalWords(words.panel, e instanceof Refused ? e.code : "")));
  }

  private phaseWords(): string {
    const { talk } = this.o.desk;
    const { panel, promise } = this.o.words;
    if (talk.phase === "intake" && talk.emergency) return panel.waitingShort;
    switch (talk.phase) {
      case "waiting": return panel.waitingShort;
      case "parked": return talk.callback?.phone ? promise.waitsCall : firm(talk).length > 0 ? promise.waitsBooking : promise.parkedShort;
      case "consulting": return panel.consulting(talk.doctor);
      case "closed": return panel.closed;
    }
    return "";
  }

  /** A closed conversation says how to go on. */
  private sayEnd(): void {
    const { panel } = this.o.words;
    const { desk } = this.o;
    const closed = desk.talk.phase === "closed";
    this.rating.show(desk.talk, desk.parcels().some((p) => p.fate !== "failed" && p.command.do === "rate"));
    if (this.sheet.open && desk.stage !== "open") this.sheet.close();
    this.bottom.hidden = !closed && this.rating.element.hidden;
    if (closed === this.closed) return;
    this.closed = closed;
    fill(this.bottom, this.rating.element, closed && h("p", {}, panel.closedGoOn), closed &&
      h("button", { type: "button", class: "plain", onclick: () => void this.o.desk.startAnew() }, panel.newOne));
  }

  private send(text: string): void {
    const { desk, language } = this.o;
    if (!this.composer.holds()) desk.carried = false;
    desk.do({ do: "send", text }, readable(text, language));
  }

  private discard(key: string): void {
    const p = this.o.desk.outbox.discard(key);
    if (p?.command.text) this.composer.restore(p.command.text, "");
  }
}
