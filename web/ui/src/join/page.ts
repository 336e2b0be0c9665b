// What the holder of a join link sees: who waits, one button, the call, and a
// plain word for each way in which it can fail.

import type { CallNow, Devices, Join, Joined } from "../wire";
import { Alone } from "../shared/alone";
import { Api, Refused } from "../shared/api";
import { Bell } from "../shared/bell";
import { keepChoice, keptChoice, opensItself } from "../shared/chosen";
import { dial, dialButton, fill, h } from "../shared/dom";
import { FreshLinks } from "../shared/links";
import { type PageConfig, titleOf } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import { Visit } from "../shared/visit";
import { Voice } from "../shared/voice";
import { WayButtons } from "../shared/waybuttons";
import type * as english from "../texts/en";
import type { BookingWords } from "../texts/booking";
import type { JoinWords } from "../texts/join";
import { timeOf } from "../shared/when";
import { newKey } from "../shared/secret";
import { adviceIn } from "../visit/device/advice";
import { DeviceCheck } from "../visit/device/check";
import { Early, lateWords } from "./early";
import { chosenWords, LateChoice } from "./latechoice";

type Face = "looking" | "early" | "again" | "ready" | "inside" | "left" | "wait" | "offline" | "dead" | "no_key" | "over";

/** How often the page looks how the call stands, in milliseconds. */
const lookEvery = 4_000;
/** … long before a visit. */
const lookSeldom = 20_000;
/** From here on before its start it looks often: the room may stand already. */
const nearBy = 2 * 60_000;
/** The end of a call is told so long before. */
const warnBefore = 5 * 60_000;

export interface JoinPageOptions {
  words: typeof english;
  join: JoinWords;
  booking: BookingWords;
  config: PageConfig;
  call: string;
  /** The visit key; "" where the link came without. */
  key: string;
  shelf: Shelf;
  /** Tells this browser from others that came by the same link. */
  device: string;
}

export class JoinPage {
  readonly element: HTMLElement;
  private readonly visit: Visit;
  private readonly voice = new Voice();
  private readonly bell = new Bell();
  private readonly title = h("h1");
  private readonly lead = h("p", { class: "lead" });
  private readonly ways: WayButtons;
  private readonly alone: Alone;
  private readonly phone: HTMLElement;
  private readonly card: HTMLElement;
  private readonly below: HTMLElement;
  private readonly api: Api;
  private readonly early: Early;
  private readonly choice: LateChoice;
  private readonly device: DeviceCheck;
  private readonly until = h("p", { class: "hint until", hidden: true });
  private readonly back: HTMLElement;
  private waited = false; // the start was waited for here
  private opened = false; // by itself, once
  private face: Face;
  private now: CallNow | null = null;
  private spoken = false; // the first face is read as the page is
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly o: JoinPageOptions) {
    const { words, config, call, key, shelf } = o;
    const phone = config.phone ?? "";
    this.api = new Api({ bearer: () => key });
    this.face = key === "" ? "no_key" : "looking";
    this.visit = this.makeVisit(phone);
    this.ways = new WayButtons({
      words: words.call, door: words.door, visit: this.visit, phone, call: () => call,
      link: () => `${location.origin}${location.pathname}#${key}`,
      say: (text) => this.tell(text), advice: () => adviceIn(shelf, phone !== "", o.booking),
    });
    this.device = this.makeCheck();
    this.early = new Early({
      words: o.booking, language: document.documentElement.lang, say: (text) => this.tell(text), check: () => this.device.show(), begun: () => void this.look(),
    });
    this.choice = new LateChoice({
      words: o.booking, say: (text) => this.tell(text), phone, phoneWords: words.door.phone, chat: this.chat(),
      choose: (key, option) => this.api.call("POST", this.path("/late"), { key, option }), done: () => void this.look(),
    });
    this.back = h("p", { class: "instead" }, h("a", { class: "button plain", href: this.chat() }, o.booking.early.chat));
    this.alone = new Alone(words.door.alone, phone, () => this.api.call("POST", this.path("/ring"), {}), () => this.draw());
    this.phone = h("p", { class: "instead" }, dialButton(words.door.phone, phone));
    this.card = h("section", { class: "card" }, this.title, this.early.clock, this.lead, this.early.element, this.choice.element, h("div", { class: "visits sheet" }, this.device.element), this.phone, this.back, this.ways.element);
    const head = h("header", { class: "head" }, h("p", { class: "clinic" }, titleOf(config, document.documentElement.lang) || o.join.title));
    this.below = h("div", { class: "below" }, this.until, this.alone.element);
    this.element = h("main", { class: "join-page" }, head, this.numbers(config), this.visit.stage, this.card, this.below, this.voice.element);
    this.draw();
    if (key !== "") void this.look();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.waits() && void this.look());
    document.addEventListener("keydown", (e) => e.key === "Escape" && this.visit.view.grow(false));
  }

  private makeCheck(): DeviceCheck {
    const { booking, words, shelf } = this.o;
    return new DeviceCheck({
      words: booking, steps: words.door.steps, say: (text) => this.tell(text), left: () => this.early.element.querySelector("button")?.focus(),
      send: (devices: Devices) => this.api.call("POST", this.path("/devices"), { key: newKey(), devices }),
      sound: { get: () => shelf.get("sound") !== null, set: (on) => (on ? shelf.set("sound", "1") : shelf.drop("sound")) },
      chosen: (choice) => keepChoice(shelf, choice), phone: !!this.o.config.phone,
    });
  }

  private tell(text: string): void {
    this.voice.say({ text, lang: document.documentElement.lang });
  }

  /** chat is where the conversation is, for this clinic's patients. */
  private chat(): string {
    const { site } = this.o.config;
    return `/widget/${site ? `?site=${encodeURIComponent(site)}` : ""}`;
  }

  private makeVisit(phone: string): Visit {
    const { words, config, shelf } = this.o;
    return new Visit({
      words: words.call, door: words.door, me: "patient", phone, fresh: new FreshLinks(), trueconf: config.trueconf ?? [],
      told: { get: () => shelf.get("asked") !== null, set: () => shelf.set("asked", "1") },
      mint: (_, how) => this.mint(how), changed: () => this.draw(), alarm: () => this.bell.ring(),
      whole: (on) => this.element.classList.toggle("whole", on),
    });
  }

  private path(rest: string): string {
    return `/api/v1/calls/${encodeURIComponent(this.o.call)}${rest}`;
  }

  private numbers(config: PageConfig): HTMLElement {
    const { common } = this.o.words;
    return h("div", { class: "numbers-strip", hidden: !config.phone && !config.emergency },
      config.phone && h("span", {}, common.clinic + " ", dial(config.phone)),
      config.emergency && h("span", { class: "emergency" }, common.emergency + " ", dial(config.emergency)));
  }

  /** waits is whether a look may still change anything. */
  private waits(): boolean {
    return this.face !== "dead" && this.face !== "over" && this.face !== "no_key";
  }

  /** look asks how the call stands, and again after a while. */
  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.took(await this.api.call<CallNow>("GET", this.path("")));
    } catch (e) {
      this.face = this.faceOf(e);
    }
    if (this.face === "over" || this.face === "dead") this.visit.leave();
    this.draw();
    const early = this.face === "early" || this.face === "again"; // it opens by itself, seen or not
    const far = this.face === "early" && this.early.rest > nearBy;
    if (this.waits() && (early || document.visibilityState === "visible")) this.timer = setTimeout(() => void this.look(), far ? lookSeldom : lookEvery);
  }

  private took(now: CallNow): void {
    const came = now.inside.includes("doctor") && !this.now?.inside.includes("doctor");
    if (came && this.now && this.visit.inside === null) this.bell.ring();
    this.now = now;
    const runs = now.state === "ready" || now.state === "joined";
    const shut = now.booked?.state === "due" && (now.state === "ended" || now.state === "withdrawn"); // Join makes its room anew
    this.early.show(runs || shut ? null : now.booked ?? null);
    if (now.booked) this.o.shelf.set("booked", this.o.call); // nobody says so once it is over
    if (!runs && !shut && now.booked) {
      this.face = "early";
      this.waited = true;
      return;
    }
    if (now.again) this.goOn(runs);
    this.face = runs || shut ? "ready" : now.again ? "again" : "wait";
    if (this.visit.inside !== null && now.inside.includes("patient")) this.visit.listedInside(true);
    if (this.waited && runs) this.openItself();
  }

  /** goOn is for a visit whose doctor has not come: the page leaves their room, and
   *  takes the patient along when another one calls. */
  private goOn(runs: boolean): void {
    this.waited = true;
    this.choice.chosen = "";
    if (runs) return;
    this.visit.leave();
    this.visit.been = null;
    this.opened = false;
  }

  /** openItself is for a page on which the start was waited for. */
  private openItself(): void {
    if (this.opened || this.visit.inside !== null) return;
    this.opened = true;
    this.device.close();
    this.bell.ring();
    const choice = keptChoice(this.o.shelf);
    if (opensItself(choice)) void this.visit.join(this.o.call, choice.way === "sound", true);
  }

  private async mint(how: Join): Promise<Joined> {
    try {
      const joined = await this.api.call<Joined>("POST", this.path("/join"), { ...how, device: this.o.device });
      this.face = "ready";
      return joined;
    } catch (e) {
      this.face = this.faceOf(e);
      throw e;
    }
  }

  private faceOf(e: unknown): Face {
    switch (e instanceof Refused ? e.code : "") {
      case "unknown":
      case "unauthorized":
      case "forbidden":
        return "dead";
      case "ended":
      case "no_call":
      case "closed":
        return "over";
      case "too_early":
        return this.now?.booked ? "early" : "wait";
      case "not_ready":
        return this.now?.again ? "again" : "wait";
      case "offline":
        return "offline";
    }
    return this.face === "wait" || this.face === "looking" || this.face === "offline" ? "ready" : this.face;
  }

  private draw(): void {
    if (!this.element) return; // the visit speaks once while it is made
    const inside = this.visit.inside !== null;
    const face: Face = inside ? "inside" : this.face === "ready" && this.visit.been !== null && this.visit.at !== "asked" ? "left" : this.face;
    if (face !== "early") this.early.show(null);
    const { title, lead } = this.say(face);
    this.ending(inside);
    const lang = document.documentElement.lang;
    this.element.dataset["face"] = face;
    if (this.spoken) this.voice.status("face", `${title}. ${lead}`, lang);
    this.voice.status("visit", this.visit.spoken, lang);
    this.voice.status("advice", this.ways.advice, lang);
    this.voice.status("waiting", this.alone.spoken, lang);
    this.spoken = face !== "looking";
    fill(this.title, title);
    fill(this.lead, lead);
    this.placeStatus(inside);
    this.placeChoice(inside);
    this.ways.draw(face === "ready" || face === "left" || face === "offline", this.visit.been !== null);
    this.visit.status.hidden = ["dead", "over", "wait", "early", "again", "no_key"].includes(face);
    this.phone.hidden = !this.o.config.phone || !["dead", "over", "again"].includes(face);
    this.back.hidden = face !== "over" && face !== "again";
    this.card.hidden = inside;
    this.element.classList.toggle("in-call", inside);
    this.wait(inside);
  }

  /** What is said of the last press stands in the card, and in the call above it. */
  private placeStatus(inside: boolean): void {
    const { status } = this.visit;
    if (status.parentElement === (inside ? this.below : this.card)) return;
    if (inside) this.below.append(status);
    else this.ways.element.before(status);
  }

  /** So does what can be done about a doctor who does not come. */
  private placeChoice(inside: boolean): void {
    const { element } = this.choice;
    const asks = this.face !== "over" && this.face !== "dead" && !this.now?.inside.includes("doctor");
    this.choice.show(asks ? this.now?.booked ?? null : null);
    if (element.parentElement === (inside ? this.below : this.card)) return;
    if (inside) this.until.after(element);
    else this.early.element.after(element);
  }

  /** ending tells when the call ends, once that is near; else that the doctor is late. */
  private ending(inside: boolean): void {
    const until = this.now?.until ?? "";
    const near = inside && until !== "" && Date.parse(until) - Date.now() < warnBefore;
    const text = near ? this.o.booking.events.near(timeOf(new Date(until), document.documentElement.lang)) : inside ? this.late() : "";
    this.until.hidden = text === "";
    this.until.textContent = text;
    this.voice.status("until", text, document.documentElement.lang);
  }

  /** late is what is said while the room runs and the doctor does not come. */
  private late(): string {
    const { now } = this;
    return now === null || now.inside.includes("doctor") ? "" : lateWords(now.booked?.late ?? 0, now.booked?.chosen ?? "", this.o.booking);
  }

  private wait(inside: boolean): void {
    const { now } = this;
    const alone = inside && now !== null && now.seen && now.inside.includes("patient") && !now.inside.includes("doctor");
    this.alone.show(alone, now?.doctor ?? "");
  }

  /** lacks is what is said of a room that cannot be made yet; "" where nothing is missing. */
  private lacks(): string {
    const { lacks } = this.o.words.call;
    return this.now?.lacks ? lacks[this.now.lacks as "seat"] ?? lacks.seat : "";
  }

  private say(face: Face): { title: string; lead: string } {
    const { join, words: { door, common } } = this.o;
    const doctor = this.now?.doctor ?? "";
    switch (face) {
      case "looking": return { title: join.title, lead: common.connecting };
      case "early": return { title: this.early.title(), lead: this.early.lead(this.now?.doctor ?? "") };
      case "again": return { title: this.o.booking.early.again, lead: this.lacks() || this.o.booking.early.againMore(doctor) };
      case "left": return { title: join.left, lead: join.leftMore };
      case "wait": return { title: join.wait, lead: this.lacks() || join.waitMore };
      case "offline": return { title: join.offline, lead: join.offlineMore };
      case "dead": return { title: join.dead, lead: join.deadMore };
      case "no_key": return { title: join.dead, lead: join.noKey };
      case "over": return this.over();
    }
    const late = this.late();
    if (late !== "") return { title: this.o.booking.late.title, lead: late };
    const waits = this.now?.inside.includes("doctor");
    const who = waits ? door.waits(doctor) : doctor !== "" ? join.invites(doctor) : "";
    return { title: join.title, lead: this.visit.at === "" || who === "" ? `${who} ${join.lead}`.trim() : who };
  }

  /** over says what comes now: of an appointment, too, that was seen here before. */
  private over(): { title: string; lead: string } {
    const { join, booking, shelf, call } = this.o;
    if (this.choice.chosen) return { title: booking.late.title, lead: chosenWords(this.choice.chosen, booking) };
    if (shelf.get("booked") === call) return { title: booking.early.after, lead: booking.early.afterMore };
    return { title: join.over, lead: join.overMore };
  }
}
