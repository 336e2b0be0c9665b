// What calls the doctor: a sound, the page's title with a number, and a
// notification where the page is not before their eyes. All of it lasts until
// what came has been seen, and seen is what was visible in a window that had the
// focus. Nothing of a patient is in any of them.

import type { Bell } from "../shared/bell";
import type * as english from "../texts/en_staff";
import type { Settings } from "./settings";

export interface AlarmOptions {
  bell: Bell;
  settings: Settings;
  words: typeof english;
}

/** What there is to be seen now, each by a name of its own. */
export interface News {
  offers: readonly string[]; // who is offered to me: rings until it is answered
  waiting: readonly string[]; // who waits, the row of each
  urgent: readonly string[]; // of those the emergencies
  alarms: readonly string[]; // emergencies in my own conversations
  unread: readonly string[]; // what has not been read in my own conversations
}

const again = 30_000; // for as long as nobody looks
const soon = 8_000; // … at an emergency
const ring = 4_000; // … at an offer
const times = 10;

export class Alarm {
  private readonly noticed = new Set<string>(); // who waits and was seen
  private rung = new Set<string>(); // what was rung for
  now: News = { offers: [], waiting: [], urgent: [], alarms: [], unread: [] };
  private first = true; // what is there when the page opens is no news
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = 0;
  private notice: Notification | null = null;

  constructor(private readonly o: AlarmOptions) {}

  /** show takes what there is now; seen says that the lists are before the
   *  doctor's eyes. It gives back the title. */
  show(news: News, seen: boolean): string {
    this.now = news;
    for (const id of this.noticed) if (!news.waiting.includes(id)) this.noticed.delete(id);
    if (seen || this.first) for (const id of news.waiting) this.noticed.add(id);
    this.ring(this.first);
    this.first = false;
    const n = this.count();
    if (n === 0) this.quiet();
    const { console_, visits } = this.o.words;
    return (n > 0 ? `(${n}) ` : "") + (news.offers.length > 0 ? visits.offer.title : console_.title);
  }

  /** fresh says that somebody has come since the doctor last looked. */
  fresh(id: string): boolean {
    return !this.noticed.has(id) && this.now.waiting.includes(id);
  }

  end(): void {
    this.quiet();
  }

  /** count is how many there are to be seen or answered; who waits and is offered
   *  is one. */
  private count(): number {
    const offered = this.now.offers.map((offer) => offer.split("/")[0]);
    const come = this.now.waiting.filter((id) => !this.noticed.has(id) && !offered.includes(id));
    return come.length + offered.length + this.now.unread.length;
  }

  /** ring sounds for what came since, and goes on for what nobody looks at. */
  private ring(silent: boolean): void {
    const all = new Set([...this.now.offers, ...this.now.waiting, ...this.now.alarms, ...this.now.unread]);
    const come = [...all].filter((x) => !this.rung.has(x));
    this.rung = all;
    if (silent ? this.now.offers.length === 0 : come.length === 0) return;
    this.left = times;
    this.sound(come);
    this.notify();
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.now.offers.length === 0 && (this.count() === 0 || this.left-- <= 0)) return;
      this.sound([...this.now.offers, ...this.now.waiting.filter((id) => !this.noticed.has(id)), ...this.now.alarms]);
      this.plan();
    }, this.now.offers.length > 0 ? ring : this.urgent() ? soon : again);
  }

  private sound(come: readonly string[]): void {
    if (!this.o.settings.on("sound")) return;
    if (come.some((id) => this.now.urgent.includes(id) || this.now.alarms.includes(id))) this.o.bell.siren();
    else if (come.some((id) => this.now.offers.includes(id))) this.o.bell.ring();
    else this.o.bell.soft();
  }

  /** urgent says that an emergency waits to be looked at. */
  private urgent(): boolean {
    return this.now.alarms.length > 0 || this.now.urgent.some((id) => !this.noticed.has(id));
  }

  private notify(): void {
    if (document.visibilityState === "visible" && document.hasFocus()) return;
    try {
      if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
      const { console_, visits } = this.o.words;
      const body = this.now.offers.length > 0 ? visits.offer.notified : console_.notified(this.count() || 1);
      this.notice?.close();
      this.notice = new Notification(console_.title, { body, tag: "bedside" });
      this.notice.onclick = () => {
        window.focus();
        this.notice?.close();
      };
    } catch {
      // A phone that lets only workers notify: sound and title say it.
    }
  }

  private quiet(): void {
    clearTimeout(this.timer);
    this.notice?.close();
    this.notice = null;
  }
}
