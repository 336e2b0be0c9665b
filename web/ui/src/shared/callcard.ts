// The invitation to a call: how it stands, the ways in, and what is said of the
// last press. The panel shows the patient's; the console has a strip of its own.

import { Alone } from "./alone";
import { Refused } from "./api";
import { delay } from "./backoff";
import type { Call } from "./call";
import { canJoin, isOpen } from "./call";
import type { Advice } from "./chosen";
import { dialButton, fill, h, icon, shapes } from "./dom";
import { newKey } from "./secret";
import type { CallWords, DoorWords, Visit } from "./visit";
import { WayButtons } from "./waybuttons";

export interface CallCardOptions {
  words: CallWords;
  door: DoorWords;
  visit: Visit;
  phone: string;
  /** The doctor's name, "" while nobody has told it. */
  doctor(): string;
  ring(call: string): Promise<void>;
  /** decline is the patient's no to a call that rings; the same key is done once. */
  decline?(key: string): Promise<unknown>;
  advice?(): Advice | null;
  /** What came of a press, for the page's voice. */
  say(text: string): void;
}

export class CallCard {
  readonly element = h("section", { class: "call-card", hidden: true });
  private readonly title = h("h2", {}, icon(shapes.video));
  private readonly state = h("p", { class: "state" });
  private readonly ways: WayButtons;
  private readonly alone: Alone;
  private readonly phone: HTMLElement;
  private readonly record: HTMLElement;
  private readonly no: HTMLButtonElement;
  private readonly unsaid = h("p", { class: "error", hidden: true });
  private call: Call | null = null;
  private asked = 0; // the last entry by which somebody was rung

  constructor(private readonly o: CallCardOptions) {
    const { words, door, visit, phone } = o;
    this.title.append(words.title);
    this.element.setAttribute("aria-label", words.title);
    this.ways = new WayButtons({ words, door, visit, phone, link: () => this.call?.link ?? "", call: () => this.call?.id ?? null, say: o.say, ...(o.advice ? { advice: o.advice } : {}) });
    this.record = h("p", { class: "hint record", hidden: true });
    this.no = h("button", { type: "button", class: "plain decline", "data-act": "decline-call", hidden: true, onclick: () => void this.decline() }, words.decline);
    this.alone = new Alone(door.alone, phone, () => (this.call ? o.ring(this.call.id) : Promise.resolve()), () => o.visit.tick());
    this.phone = h("p", { class: "instead" }, dialButton(door.phone, phone));
    this.element.append(this.title, this.state, this.phone, this.record, this.alone.element, visit.status, this.ways.element, this.no, this.unsaid);
  }

  /** waiting is what is said to somebody who waits alone, for the page's voice. */
  get waiting(): string {
    return this.alone.spoken;
  }

  /** advice is why another way in than this page is put first, for the page's voice. */
  get advice(): string {
    return this.element.hidden ? "" : this.ways.advice;
  }

  /** show draws the call as it stands; none, or one that is over, is not shown.
   *  noVideo: calls cannot be made just now. Join stays, for it may be that they can. */
  show(call: Call | null, noVideo = false): void {
    const { visit } = this.o;
    this.call = call;
    const open = isOpen(call);
    this.element.hidden = !open;
    if (!open) {
      this.alone.show(false, "");
      return;
    }
    const inside = visit.inside === call.id;
    if (call.inside.includes("patient") && inside) visit.listedInside(true);
    const ready = canJoin(call);
    this.element.dataset["state"] = inside ? "inside" : call.state;
    this.say(noVideo && !inside ? this.o.words.noVideo : this.describe(call, inside));
    this.ways.draw(ready && !inside, visit.been === call.id);
    this.record.hidden = !call.record;
    if (call.record) this.record.textContent = this.o.words.recorded(call.kept);
    this.no.hidden = !this.o.decline || inside || visit.been === call.id || call.state === "failed" || call.inside.includes("patient") || visit.at !== "";
    this.unsaid.hidden ||= this.no.hidden;
    visit.status.hidden = !ready; // what was said of the last press is over with the room
    this.phone.hidden = this.o.phone === "" || call.state !== "failed";
    this.wait(call, inside);
  }

  /** decline says no. Without a connection it says so, and goes on for as long as
   *  the call rings here; what is refused can be pressed again. */
  private async decline(): Promise<void> {
    const { call, no, unsaid } = this;
    const { words, say } = this.o;
    const key = newKey();
    no.disabled = true;
    for (let tries = 0; call && this.call?.id === call.id && !no.hidden; tries++) {
      const why = await this.o.decline?.(key).then(() => "", (e: unknown) => (e instanceof Refused ? e.code : "other")) ?? "";
      if (no.hidden) break;
      const text = why === "" ? "" : why === "offline" ? words.declining : words.refused[why] ?? words.refused["other"] ?? "";
      if (text !== "" && (unsaid.hidden || unsaid.textContent !== text)) say(text);
      unsaid.textContent = text;
      unsaid.hidden = text === "";
      if (why !== "offline") break;
      await new Promise((done) => setTimeout(done, delay(tries)));
    }
    no.disabled = false;
  }

  /** Who is in the room alone: by its list, for a browser may show anything. */
  private wait(call: Call, inside: boolean): void {
    const alone = call.inside.includes("patient") && !call.inside.includes("doctor");
    if (alone && call.awaited === "doctor" && call.awaitedSeq !== this.asked) {
      this.asked = call.awaitedSeq;
      this.alone.rang();
    }
    this.alone.show(alone && (inside || this.o.visit.been === call.id), this.o.doctor());
    if (alone && inside) this.say(this.o.words.inside);
  }

  private say(words: string): void {
    if (this.state.dataset["words"] === words) return;
    this.state.dataset["words"] = words;
    const working = this.call?.state === "requested" || this.call?.state === "interrupted";
    fill(this.state, working && h("span", { class: "busy", "aria-hidden": "true" }), words);
  }

  private describe(call: Call, inside: boolean): string {
    const w = this.o.words;
    switch (call.state) {
      case "requested":
        return call.lacks === "" ? w.requested : w.lacks[call.lacks as "seat"] ?? w.lacks.seat;
      case "interrupted":
        return w.interrupted;
      case "failed":
        return call.retrying ? w.trying : w.failed;
    }
    const doctor = call.inside.includes("doctor");
    if (inside) return doctor ? w.bothInside : w.opened;
    if (call.inside.includes("patient") && this.o.visit.elsewhere) return this.o.door.elsewhere;
    if (doctor) return this.o.door.waits(this.o.doctor());
    return this.o.visit.at === "asked" ? "" : w.ready;
  }
}
