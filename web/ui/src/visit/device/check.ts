// The check of the patient's device before a call: browser, camera, microphone,
// speaker, connection; each in a picture and in words, with what to do about it.

import type { Choice } from "../../shared/chosen";
import type { Devices } from "../../wire";
import { type Browser, thisBrowser } from "../../shared/browser";
import { fill, h, icon, shapes } from "../../shared/dom";
import { picture } from "../../shared/pictures";
import type { BookingWords } from "../../texts/booking";
import { appOf } from "../inapp";
import { whyWords } from "./advice";
import { trips } from "./connection";
import { Media } from "./media";
import { playTone } from "./tone";
import { choiceOf, connectionOf, devicesOf, flawsOf, type Found, nothingFound } from "./verdict";

export interface CheckOptions {
  words: BookingWords;
  /** What to press where the browser keeps camera and microphone back, by its look. */
  steps: Record<string, string[]>;
  say(text: string): void;
  /** Tells the doctor; it throws where that fails. */
  send(found: Devices): Promise<unknown>;
  /** Whether the person wants to come without a picture. */
  sound: { get(): boolean; set(on: boolean): void };
  /** The way that the findings have come to, null while they are not whole. */
  chosen(choice: Choice | null): void;
  /** The clinic has a telephone. */
  phone: boolean;
  /** It was closed by hand. */
  left(): void;
}

type Part = keyof BookingWords["check"]["parts"];
type Standing = "ok" | "bad" | "wait";

const order: readonly Part[] = ["browser", "camera", "microphone", "speaker", "connection"];
const drawings: Record<Part, string> = {
  browser: "M4 5h16v14H4zM4 9h16M7 7h.01M10 7h.01", camera: shapes.video, microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  speaker: "M4 10v4h3l5 4V6L7 10ZM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11", connection: "M3 9a13 13 0 0 1 18 0M6 12.5a9 9 0 0 1 12 0M9 16a4.5 4.5 0 0 1 6 0M12 19.5h.01",
};
const marks: Record<Standing, string> = { ok: "M5 12.5l4.5 4.5L19 7.5", bad: "M12 5v9m0 4v.01", wait: "M6 12h.01M12 12h.01M18 12h.01" };

export class DeviceCheck {
  readonly element = h("section", { class: "visit-card check", tabindex: "-1", hidden: true });
  private readonly browser: Browser = thisBrowser();
  private found = nothingFound();
  private media: Media | null = null;
  private rows = new Map<Part, { element: HTMLElement; said: string }>();
  private listening = false;
  private asking = false; // whether the tone was heard
  private running = false;
  private sent = "";
  private turn = 0;
  private readonly video = h("video", { class: "mirror", muted: true, playsinline: true, autoplay: true });
  private readonly level = h("meter", { min: "0", max: "1", low: "0.1", value: "0" });
  private readonly verdict = h("p", { class: "verdict" });
  private readonly told = h("p", { class: "hint", hidden: true });
  private readonly foot = h("div", { class: "buttons" });

  constructor(private readonly o: CheckOptions) {
    const { check } = o.words;
    this.element.setAttribute("aria-label", check.title);
    this.video.muted = true;
    this.video.setAttribute("aria-label", check.camera.picture);
    this.level.setAttribute("aria-label", check.microphone.level);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** show begins with what is going to happen; nothing is asked for before a press. */
  show(): void {
    const { check, general } = this.o.words;
    this.element.hidden = false;
    fill(this.element, h("h2", {}, check.title), h("p", {}, check.lead), h("div", { class: "buttons" },
      h("button", { type: "button", "data-act": "start-check", onclick: () => this.begin() }, check.start),
      h("button", { type: "button", class: "plain", "data-act": "close-check", onclick: () => this.close() }, general.close)));
    this.element.focus();
  }

  /** close ends it, and tells the doctor what was found. */
  close(): void {
    if (!this.open) return;
    this.stop();
    this.element.hidden = true;
    fill(this.element);
    this.o.left();
  }

  /** stop gives camera and microphone back. */
  stop(): void {
    this.turn++;
    this.media?.end();
    this.media = null;
    if (this.running) void this.send();
    this.running = false;
  }

  private begin(): void {
    this.stop();
    const { check } = this.o.words;
    const turn = ++this.turn;
    this.found = nothingFound();
    this.listening = this.asking = false;
    this.running = true;
    this.sent = "";
    this.o.chosen(null);
    this.rows = new Map(order.map((part) => [part, { element: h("li", { "data-part": part }), said: "" }]));
    this.told.hidden = true;
    fill(this.element, h("h2", {}, check.title), h("ul", { class: "checks" }, ...[...this.rows.values()].map((r) => r.element)), this.verdict, this.told, this.foot);
    const capable = typeof RTCPeerConnection === "function" && navigator.mediaDevices !== undefined;
    this.find({ inApp: this.browser.inApp ? appOf(navigator.userAgent) || "app" : "", browser: !capable && window.isSecureContext ? "old" : this.browser.inApp ? "in_app" : "ok" });
    this.media = new Media({
      video: this.video,
      camera: (camera) => turn === this.turn && this.find({ camera }),
      microphone: (state) => {
        if (turn !== this.turn) return;
        this.listening = state === "listening";
        this.find(state === "listening" ? {} : { microphone: state });
      },
      level: (level) => void (this.level.value = level),
    });
    void this.media.begin();
    void trips().then((all) => {
      const { state, rtt } = connectionOf(all);
      if (turn === this.turn) this.find({ connection: state, rtt });
    });
    this.element.focus();
  }

  private find(more: Partial<Found>): void {
    this.found = { ...this.found, ...more };
    for (const part of order) this.row(part);
    this.draw();
    if (this.whole() && this.found.speaker !== "unknown") void this.send();
  }

  /** whole is true once all is known that nobody has to press for. */
  private whole(): boolean {
    const { camera, microphone, connection } = this.found;
    return camera !== "unknown" && microphone !== "unknown" && connection !== "unknown";
  }

  private row(part: Part): void {
    const row = this.rows.get(part);
    if (!row) return;
    const { check } = this.o.words;
    const state = this.found[part];
    const standing: Standing = state === "ok" ? "ok" : state === "unknown" ? "wait" : "bad";
    const words = this.wordsOf(part);
    const drawn = `${state} ${words} ${this.asking}`;
    if (row.element.dataset["drawn"] === drawn) return;
    row.element.dataset["drawn"] = drawn;
    row.element.dataset["state"] = standing;
    const had = row.element.contains(document.activeElement);
    fill(row.element, h("span", { class: "sign" }, icon(drawings[part]), h("span", { class: "mark" }, icon(marks[standing]))),
      h("div", { class: "found" }, h("strong", {}, check.parts[part]), h("p", {}, words), ...this.rest(part)));
    if (standing !== "wait" && row.said !== words) this.o.say(`${check.parts[part]}: ${words}`);
    row.said = words;
    if (had) (row.element.querySelector<HTMLElement>("button") ?? this.element).focus();
  }

  private wordsOf(part: Part): string {
    const { check } = this.o.words;
    const state = this.found[part];
    if (part === "browser" && state === "in_app") return check.browser.in_app(this.found.inApp === "app" ? this.o.words.inApp.unnamed : this.found.inApp);
    if (state === "unknown" && part === "speaker") return this.asking ? check.speaker.did : check.speaker.ask;
    if (state === "unknown" && part === "microphone" && this.listening) return check.microphone.listening;
    if (state === "unknown" && this.running) return check.running;
    return (check[part] as unknown as Record<string, string>)[state] ?? "";
  }

  /** rest is what stands under the words: the picture, the level, what to press. */
  private rest(part: Part): (HTMLElement | SVGElement)[] {
    const { check } = this.o.words;
    const state = this.found[part];
    switch (part) {
      case "camera": return state === "ok" || state === "dark" ? [this.video] : state === "refused" ? this.howTo() : [];
      case "microphone": return state === "ok" || state === "silent" || this.listening ? [this.level] : state === "refused" && this.found.camera !== "refused" ? this.howTo() : [];
      case "speaker": return [this.asking ? h("div", { class: "buttons" }, this.small("heard", check.speaker.yes, () => this.heard(true)), this.small("unheard", check.speaker.no, () => this.heard(false)))
        : h("div", { class: "buttons" }, this.small("play", check.speaker.play, () => void this.play()))];
    }
    return [];
  }

  private small(act: string, text: string, press: () => void): HTMLElement {
    return h("button", { type: "button", class: "small", "data-act": act, onclick: press }, text);
  }

  private howTo(): (HTMLElement | SVGElement)[] {
    const look = this.browser.picture;
    return [picture(look), h("ol", { class: "steps" }, ...[...(this.o.steps[look] ?? []), this.o.words.check.settings].map((s) => h("li", {}, s)))];
  }

  private async play(): Promise<void> {
    const turn = this.turn;
    await playTone().catch(() => undefined);
    if (turn !== this.turn) return;
    this.asking = true;
    this.find({ speaker: "unknown" });
    this.o.say(this.o.words.check.speaker.did);
  }

  private heard(yes: boolean): void {
    this.asking = false;
    this.find({ speaker: yes ? "ok" : "unheard" });
  }

  private draw(): void {
    const { words: { check }, sound } = this.o;
    const choice = choiceOf(this.found, sound.get());
    if (this.whole()) this.o.chosen(choice);
    const flaws = choice.way === "page" ? flawsOf(this.found).map((part) => check.parts[part]) : [];
    const text = !this.whole() ? "" : flaws.length > 0 ? check.almost(flaws.join(", ")) : whyWords(choice, this.o.phone, this.o.words);
    if (text !== "" && text !== this.verdict.textContent) this.o.say(text);
    this.verdict.textContent = text;
    const free = choice.way === "page" || choice.because === "wished"; // whether a picture is a matter of wishes
    const stands = `${sound.get()} ${free}`;
    if (this.foot.dataset["stands"] === stands && this.foot.childElementCount > 0) return;
    this.foot.dataset["stands"] = stands;
    const button = (act: string, label: string, look: string, press: () => void): HTMLElement => h("button", { type: "button", class: look, "data-act": act, onclick: press }, label);
    fill(this.foot, button("finish-check", check.finish, "", () => this.close()), button("again", check.again, "plain", () => this.begin()),
      free && button("sound", sound.get() ? check.withCamera : check.soundOnly, "plain", () => {
        sound.set(!sound.get());
        this.draw();
        this.foot.querySelector<HTMLElement>('[data-act="sound"]')?.focus();
      }));
  }

  /** send tells the doctor, once for the same findings. */
  private async send(): Promise<void> {
    const devices = devicesOf(this.found, this.o.sound.get());
    const now = JSON.stringify({ ...devices, rtt: 0 });
    if (now === this.sent || devices.camera === "unknown") return;
    this.sent = now;
    try {
      await this.o.send(devices);
      this.tell(this.o.words.check.result);
    } catch {
      this.sent = "";
      this.tell(this.o.words.check.notSent);
    }
  }

  private tell(text: string): void {
    this.told.hidden = false;
    this.told.textContent = text;
  }
}
