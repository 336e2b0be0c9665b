// Times to choose from: days as tabs, the times of one day as buttons, as the clocks
// of the patient have them. Two hundred of them stay a short page.

import { fill, h } from "../shared/dom";
import { regional, sameDay, timeOf } from "../shared/when";
import type { times as english } from "../texts/en_booking";

export interface TimesOptions {
  words: typeof english;
  language: string;
  moments: readonly Date[];
  /** whole is the moment in words. */
  pick(at: Date, whole: string): void;
  /** Whatever suits nobody; left out where there is another way back. */
  none?: { text: string; press(): void };
}

let made = 0; // lists, for the ids of their tabs

export class TimesList {
  readonly element = h("div", { class: "times" });
  private readonly days: Date[][];
  private readonly tabs: HTMLButtonElement[];
  private readonly panel: HTMLElement;

  constructor(private readonly o: TimesOptions) {
    const { words } = o;
    const id = `times-${++made}`;
    this.days = daysOf(o.moments);
    this.panel = h("div", { class: "of-day", role: "tabpanel", id: `${id}-panel` });
    this.tabs = this.days.map((day, i) => h("button", {
      type: "button", role: "tab", id: `${id}-${i}`, class: "plain day-tab", "aria-controls": this.panel.id, onclick: () => {
        this.show(i);
        this.panel.scrollIntoView({ block: "nearest" });
      }, onkeydown: (e) => this.key(e, i),
    }, h("span", { class: "weekday" }, part(day[0] as Date, o.language, { weekday: "short" })), h("span", { class: "date" }, part(day[0] as Date, o.language, { day: "numeric", month: "short" })),
    h("span", { class: "count" }, words.free(day.length))));
    this.element.append(h("p", { class: "hint" }, words.clock(zone())));
    if (this.days.length > 0) this.element.append(h("div", { class: "days", role: "tablist", "aria-label": words.days }, ...this.tabs), this.panel);
    else this.element.append(h("p", {}, words.nothing));
    if (o.none) this.element.append(h("button", { type: "button", class: "plain none", "data-option": "none", onclick: o.none.press }, o.none.text));
    if (this.days.length > 0) this.show(0);
  }

  private show(i: number): void {
    const day = this.days[i] as Date[];
    this.tabs.forEach((tab, j) => {
      tab.setAttribute("aria-selected", String(i === j));
      tab.tabIndex = i === j ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", this.tabs[i]?.id ?? "");
    const parts = partsOf(day);
    fill(this.panel, h("h2", {}, dayName(day[0] as Date, this.o.language)),
      ...parts.map(([name, all]) => h("section", { "aria-label": parts.length > 1 && this.o.words.parts[name] },
        parts.length > 1 && h("h3", {}, this.o.words.parts[name]), h("div", { class: "clocks" }, ...all.map((at) => this.time(at))))));
  }

  private time(at: Date): HTMLElement {
    const { language, pick } = this.o;
    const time = timeOf(at, language);
    const whole = `${dayName(at, language)}, ${time}`;
    return h("button", { type: "button", class: "plain", "data-option": at.toISOString(), "aria-label": whole, onclick: () => pick(at, whole) }, time);
  }

  /** key goes from day to day as people read: forward is left where they read that way. */
  private key(e: KeyboardEvent, i: number): void {
    const forward = getComputedStyle(this.element).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: i + forward, ArrowLeft: i - forward, Home: 0, End: this.days.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    const next = (to + this.days.length) % this.days.length;
    this.show(next);
    this.tabs[next]?.focus();
  }
}

/** daysOf gathers moments by day, in order. */
export function daysOf(moments: readonly Date[]): Date[][] {
  const out: Date[][] = [];
  const all = moments.filter((d) => !Number.isNaN(d.getTime()));
  for (const at of [...all].sort((a, b) => a.getTime() - b.getTime())) {
    const last = out[out.length - 1];
    if (last?.[0] && sameDay(last[0], at)) last.push(at);
    else out.push([at]);
  }
  return out;
}

type Part = keyof typeof english.parts;

/** partsOf divides a day of many times; a few stand together. */
export function partsOf(day: readonly Date[]): [Part, Date[]][] {
  if (day.length <= 6) return [["morning", [...day]]];
  const all: [Part, Date[]][] = [["morning", []], ["afternoon", []], ["evening", []]];
  for (const at of day) all[at.getHours() < 12 ? 0 : at.getHours() < 17 ? 1 : 2]?.[1].push(at);
  return all.filter(([, some]) => some.length > 0);
}

const part = (at: Date, language: string, of: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(regional(language), of).format(at);

export const dayName = (at: Date, language: string): string => part(at, language, { weekday: "long", day: "numeric", month: "long" });

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
