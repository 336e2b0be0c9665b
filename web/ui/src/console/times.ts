// Free times to choose from: the days in a row, the times of one of them below, by
// the clock in which the clinic counts its days.

import type { Times } from "../wire";
import type { Api } from "../shared/api";
import { fill, h } from "../shared/dom";
import { regional } from "../shared/when";
import type { visits as english } from "../texts/en_staff";

export interface TimesOptions {
  api: Api;
  conversation: string;
  words: typeof english;
  language: string;
  /** Of which the times are; the server's choice where there is none. */
  booking?: string;
  picked(start: string): void;
}

export class TimePicker {
  readonly element: HTMLElement;
  /** What is chosen, as the server names it; "" for nothing. */
  start = "";
  private readonly days = h("div", { class: "days", role: "group" });
  private readonly times = h("div", { class: "times", role: "group" });
  private readonly said = h("p", { class: "hint", role: "status" });
  private all: Times | null = null;
  private day = "";

  constructor(private readonly o: TimesOptions) {
    this.days.setAttribute("aria-label", o.words.times.days);
    this.times.setAttribute("aria-label", o.words.times.times);
    this.element = h("div", { class: "time-picker" }, this.said, this.days, this.times);
  }

  /** load asks for the times that are free now; what was chosen stays if it still is. */
  async load(): Promise<void> {
    const { api, conversation, words, booking } = this.o;
    fill(this.said, words.times.loading);
    try {
      const query = booking ? `?booking=${encodeURIComponent(booking)}` : "";
      this.all = await api.call<Times>("GET", `/api/v1/conversations/${conversation}/times${query}`);
    } catch {
      fill(this.said, words.times.unread, " ", h("button", { type: "button", class: "small", "data-act": "times-again", onclick: () => void this.load() }, words.times.again));
      return;
    }
    const { days, zone } = this.all;
    const free = days.filter((d) => d.starts.length > 0);
    if (!days.some((d) => d.starts.includes(this.start))) this.start = "";
    this.day = free.find((d) => d.starts.includes(this.start))?.day ?? free[0]?.day ?? "";
    fill(this.said, free.length === 0 ? words.times.none : zone && zone !== ownZone() ? words.times.zone(zone) : "");
    this.draw();
  }

  /** clear takes back what was chosen. */
  clear(): void {
    this.start = "";
    this.draw();
  }

  private draw(): void {
    const { words } = this.o;
    const free = (this.all?.days ?? []).filter((d) => d.starts.length > 0);
    fill(this.days, ...free.map((d) => {
      const at = d.starts[0] ?? "";
      return h("button", { type: "button", class: "small", "data-day": d.day, "aria-pressed": String(d.day === this.day), onclick: () => this.turn(d.day) },
        h("span", { class: "weekday" }, this.say(at, { weekday: "short" }) + " "), h("span", {}, this.say(at, { day: "numeric", month: "short" })), h("span", { class: "hearing" }, words.times.free(d.starts.length)));
    }));
    const day = free.find((d) => d.day === this.day);
    fill(this.times, ...(day?.starts ?? []).map((s) => h("button", { type: "button", class: "small", "data-start": s, "aria-pressed": String(s === this.start), onclick: () => this.pick(s) }, this.say(s, { hour: "numeric", minute: "2-digit" }))));
  }

  private turn(day: string): void {
    this.day = day;
    this.draw();
    this.days.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }

  private pick(start: string): void {
    this.start = start;
    this.draw();
    this.times.querySelector<HTMLElement>(`[data-start="${start}"]`)?.focus();
    this.o.picked(start);
  }

  private say(at: string, shape: Intl.DateTimeFormatOptions): string {
    return inZone(at, this.all?.zone ?? "", this.o.language, shape);
  }
}

/** inZone writes a moment by the clock of a zone; one that the browser does not know
 *  is taken for its own. */
export function inZone(at: string, zone: string, language: string, shape: Intl.DateTimeFormatOptions): string {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return at;
  try {
    return new Intl.DateTimeFormat(regional(language), { ...shape, ...(zone ? { timeZone: zone } : {}) }).format(when);
  } catch {
    return new Intl.DateTimeFormat(regional(language), shape).format(when);
  }
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
