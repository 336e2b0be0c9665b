// The card of an appointment: when and with whom, how long it is until then, and
// what can be done about it. It is drawn anew only when the appointment is another;
// the clock in it runs by itself.

import type { Times } from "../wire";
import type { Appointment } from "../shared/appointments";
import { fill, h } from "../shared/dom";
import { newKey } from "../shared/secret";
import { momentOf, timeOf } from "../shared/when";
import { calendarWays } from "./calendar";
import type { Host } from "./host";
import { codeOf, failureWords } from "./host";
import { presses } from "./press";
import { clockOf, passed, spanOf } from "./span";
import { dayName, TimesList } from "./times";

export interface AppointmentOptions {
  host: Host;
  /** Opens the check of the device. */
  check(): void;
}

/** From here on seconds are counted. */
const nearBy = 10 * 60_000;

export class AppointmentCard {
  readonly element = h("section", { class: "visit-card appointment", hidden: true });
  private a: Appointment | null = null;
  private open = false;
  private shut = false;
  private drawn = "";
  private readonly left = h("p", { class: "left" });
  private readonly rest = h("div", { class: "rest" });
  private before: { of: string; ms: number } | null = null; // when the clock was last looked at
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly o: AppointmentOptions) {
    this.element.setAttribute("aria-label", o.host.words.booked.title);
  }

  /** show draws one; wide has its details open from the start; shut: it has begun, and
   *  its call does not go on. */
  show(a: Appointment | null, wide: boolean, shut: boolean): void {
    const drawn = JSON.stringify([a, wide, shut]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.shut = shut;
    if (a === null || a.id !== this.a?.id) this.open = wide;
    this.a = a;
    this.element.hidden = a === null;
    if (a) this.draw(a);
    else this.leave();
  }

  leave(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private draw(a: Appointment): void {
    const { words: { booked, late }, language } = this.o.host;
    const at = new Date(a.start);
    const had = this.element.contains(document.activeElement);
    fill(this.element, h("h2", {}, a.late > 0 && a.state === "due" ? late.title : booked.title),
      h("p", { class: "when" }, h("span", { class: "day-of" }, dayName(at, language)), " ", h("span", { class: "clock" }, timeOf(at, language))),
      h("p", { class: "who" }, booked.who(a.doctor, a.title), a.length > 0 && ` · ${booked.minutes(Math.round(a.length / 60))}`),
      this.left, this.late(a), this.rest);
    this.tick(a);
    this.more(a);
    this.timer ??= setInterval(() => this.a && this.tick(this.a), 1_000);
    if (had) this.element.querySelector<HTMLElement>("button")?.focus();
  }

  private tick(a: Appointment): void {
    const { words: { booked, early } } = this.o.host;
    const ms = Date.parse(a.start) - this.o.host.now();
    const text = a.state === "due" || ms <= 0 ? booked.now : booked.in(ms < nearBy ? clockOf(ms) : spanOf(ms, booked.span));
    if (this.left.textContent !== text) this.left.textContent = text;
    this.left.classList.toggle("soon", ms < nearBy);
    this.left.hidden = a.late > 0;
    const of = a.id + a.start;
    const minutes = this.before?.of === of && a.state === "booked" ? passed(this.before.ms, ms) : null;
    this.before = { of, ms };
    if (minutes !== null) this.o.host.say(early.spoken[minutes] ?? "");
  }

  /** late is what is said and asked while the doctor does not come. */
  private late(a: Appointment): HTMLElement | null {
    const { host } = this.o;
    const { late } = host.words;
    if (a.state !== "due" || a.late === 0) return null;
    if (a.chosen !== "") return h("p", { class: "late" }, late.chosen[a.chosen] ?? "");
    if (a.late < 3) return h("p", { class: "late" }, a.late === 1 ? late.told : late.lead);
    const choices = Object.keys(late.choices) as (keyof typeof late.choices)[];
    return h("div", { class: "late" }, h("p", {}, late.ask), presses(host, ...choices.map((option) => {
      const key = newKey();
      return { act: option, text: late.choices[option], look: option === "wait" ? "" : "plain", run: async () => {
        await host.command({ key, do: "late", booking: a.id, option });
        if (option === "new_time") await this.choose(a);
      } };
    })));
  }

  /** more is what can be done before it begins, behind one press. */
  private more(a: Appointment): void {
    const { host, check } = this.o;
    const { booked } = host.words;
    if (a.state === "due") {
      const again = { act: "open-visit", text: booked.open, look: "", run: () => this.reopen(a) };
      fill(this.rest, this.shut && presses(host, again), a.chosen === "new_time" && h("button", { type: "button", "data-act": "move", onclick: () => void this.choose(a) }, booked.change));
      return;
    }
    const toggle = h("button", { type: "button", class: "quiet more-of-it", "data-act": "details", "aria-expanded": String(this.open), onclick: () => {
      this.open = !this.open;
      this.more(a);
      this.rest.querySelector<HTMLElement>(".more-of-it")?.focus();
    } }, this.open ? booked.less : booked.details);
    const device = h("button", { type: "button", class: this.open ? "" : "small", "data-act": "check", onclick: check }, booked.check);
    if (!this.open) {
      fill(this.rest, h("div", { class: "buttons" }, device, toggle));
      return;
    }
    fill(this.rest, h("p", { class: "hint" }, booked.comes), h("div", { class: "buttons column" }, device, calendarWays(host, a.id),
      h("button", { type: "button", class: "plain", "data-act": "move", onclick: () => void this.choose(a) }, booked.change),
      h("button", { type: "button", class: "plain", "data-act": "cancel", onclick: () => this.sure(a) }, booked.cancel), toggle));
  }

  /** reopen has the room made anew; its call then stands beside the chat. */
  private async reopen(a: Appointment): Promise<void> {
    try {
      await this.o.host.ask("POST", `/api/v1/calls/${encodeURIComponent(a.id)}/join`, {});
    } catch (e) {
      if (codeOf(e) !== "not_ready") throw e;
    }
  }

  /** choose looks for other times and moves it to one, asked once more. */
  private async choose(a: Appointment, why = ""): Promise<void> {
    const { host } = this.o;
    const { times, general: { back } } = host.words;
    const home = h("button", { type: "button", class: "quiet", "data-act": "back", onclick: () => this.home(a, "move") }, back);
    fill(this.rest, h("p", { role: "status" }, h("span", { class: "busy", "aria-hidden": "true" }), times.loading), home);
    try {
      const found = await host.ask<Times>("GET", `/api/v1/conversations/${host.conversation()}/times?booking=${encodeURIComponent(a.id)}`);
      if (this.a?.id !== a.id) return;
      const moments = found.days.flatMap((d) => d.starts.map((s) => new Date(s)));
      const list = new TimesList({ words: times, language: host.language, moments, pick: (at, whole) => this.move(a, at, whole) });
      fill(this.rest, why !== "" && h("p", { class: "error" }, why), h("p", { tabindex: "-1", class: "pick" }, times.pick), list.element, home);
      this.rest.querySelector<HTMLElement>(".pick")?.focus();
    } catch (e) {
      fill(this.rest, h("p", { class: "error" }, failureWords(host.words, e)), h("div", { class: "buttons" },
        h("button", { type: "button", onclick: () => void this.choose(a) }, host.words.general.retry), home));
      host.say(failureWords(host.words, e));
    }
  }

  private move(a: Appointment, at: Date, whole: string): void {
    const { host } = this.o;
    const { booked, failed } = host.words;
    const key = newKey();
    fill(this.rest, h("p", { class: "pick", tabindex: "-1" }, booked.moveTo(whole)), presses(host, {
      act: "move-yes", text: booked.moveYes, look: "", run: async () => {
        try {
          await host.command({ key, do: "move", booking: a.id, start: at.toISOString() });
          this.home(a, "details");
        } catch (e) {
          if ((e as { code?: string }).code !== "slot_taken") throw e;
          host.say(failed["slot_taken"] ?? "");
          await this.choose(a, failed["slot_taken"]);
        }
      },
    }, { act: "move-no", text: booked.moveNo, run: () => this.choose(a) }));
    this.rest.querySelector<HTMLElement>(".pick")?.focus();
  }

  private sure(a: Appointment): void {
    const { host } = this.o;
    const { booked } = host.words;
    const key = newKey();
    fill(this.rest, h("p", { class: "pick", tabindex: "-1" }, booked.cancelSure(momentOf(a.start, host.language))), presses(host,
      { act: "cancel-yes", text: booked.cancelYes, look: "bad", run: () => host.command({ key, do: "cancel", booking: a.id }) },
      { act: "cancel-no", text: booked.cancelNo, run: async () => this.home(a, "cancel") }));
    this.rest.querySelector<HTMLElement>(".pick")?.focus();
  }

  private home(a: Appointment, focus: string): void {
    this.more(this.a ?? a);
    this.rest.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }
}
