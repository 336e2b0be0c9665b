// The Health page: what the installation's checks found last, what does not work
// first, each with what to do about it. Doctors see whether there is video.

import type { Health, HealthCheck } from "../wire";
import { Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { inLanguage } from "../shared/page";
import { regional, sameDay, timeOf } from "../shared/when";
import { Looking } from "./looking";
import type { Place, PlaceOptions } from "./places";

/** How often the page looks while it is shown, and while checks are running. */
const lookEvery = 15_000;
const lookSoon = 2_000;

/** A line says when it was seen where that is longer ago than this before the last run. */
const lately = 10 * 60_000;

const groups = ["failed", "warning", "skipped", "ok"] as const;

export class HealthPage implements Place {
  readonly id = "health";
  readonly title: string;
  readonly element: HTMLElement;
  private readonly state = h("p", { class: "health-state" });
  private readonly about = h("p", { class: "hint", role: "status" });
  private readonly lines = h("div", { class: "health-lines" });
  private readonly now: HTMLButtonElement;
  private readonly looking: Looking<Health>;
  private drawn = "";

  constructor(private readonly o: PlaceOptions) {
    const w = o.words.health;
    this.title = w.title;
    this.looking = new Looking<Health>({
      ask: () => o.api.call<Health>("GET", "/api/v1/health"), every: (last) => (last?.running || last?.checks?.length === 0 ? lookSoon : lookEvery),
      changed: () => this.draw(), over: () => o.over(o.words.console_.over),
    });
    this.now = h("button", { type: "button", class: "plain", "data-act": "check-now", hidden: true, onclick: () => void this.again() }, w.checkNow);
    this.element = h("main", { class: "health", tabindex: "0" },
      h("header", {}, h("h1", {}, w.title), this.state, this.now, this.about), this.lines);
    this.draw();
  }

  show(shown: boolean): void {
    this.looking.show(shown);
  }

  end(): void {
    this.show(false);
  }

  private async again(): Promise<void> {
    this.now.disabled = true;
    try {
      this.looking.take(await this.o.api.call<Health>("POST", "/api/v1/health"), lookSoon);
    } catch (e) {
      this.now.disabled = false;
      const w = this.o.words.health;
      fill(this.about, e instanceof Refused && e.status === 429 ? w.wait(e.retryAfter) : w.unread);
    }
  }

  private draw(): void {
    const { last, failed } = this.looking;
    const state = JSON.stringify([last, failed]);
    if (state === this.drawn) return;
    this.drawn = state;
    const w = this.o.words.health;
    if (!last) {
      fill(this.state, failed ? w.unread : w.loading);
      fill(this.lines, failed && h("button", { type: "button", "data-act": "again", onclick: () => void this.looking.look() }, w.again));
      return;
    }
    const whole = last.checks !== undefined || last.at !== undefined || last.running === true;
    this.state.dataset["verdict"] = this.verdict(last);
    fill(this.state, this.sentence(last, whole));
    this.now.hidden = !whole;
    this.now.disabled = last.running ?? false;
    this.now.textContent = last.running ? w.checking : w.checkNow;
    this.about.classList.toggle("fault", failed);
    fill(this.about, failed ? w.unread : !whole ? "" : last.running ? w.checking : last.at ? w.checked(this.time(last.at)) : w.neverMore);
    fill(this.lines, !last.video.up && this.noVideo(last), ...(whole ? this.sections(last) : []));
  }

  private verdict(last: Health): string {
    const has = (v: string): boolean => (last.checks ?? []).some((c) => c.verdict === v);
    return !last.video.up || has("failed") ? "failed" : has("warning") ? "warning" : "ok";
  }

  private sentence(last: Health, whole: boolean): string {
    const w = this.o.words.health;
    if (!whole) return last.video.up ? w.video : w.noVideo(this.time(last.video.since ?? ""));
    const count = (v: string): number => (last.checks ?? []).filter((c) => c.verdict === v).length;
    if (!last.checks?.length) return w.never;
    if (count("failed") > 0) return w.notOk(count("failed"));
    if (!last.video.up) return w.noVideo(this.time(last.video.since ?? ""));
    return count("warning") > 0 ? w.warned(count("warning")) : w.good;
  }

  private noVideo(last: Health): HTMLElement {
    const w = this.o.words.health;
    const { says, cure, since } = last.video;
    return h("div", { class: "notice bad" },
      h("p", {}, h("strong", {}, w.noVideo(this.time(since ?? ""))), " ", inLanguage(says, this.o.language), " ", w.chatWorks),
      cure && h("p", {}, w.forAdmin, " ", inLanguage(cure, this.o.language)));
  }

  private sections(last: Health): HTMLElement[] {
    const w = this.o.words.health;
    return groups.flatMap((g) => {
      const mine = (last.checks ?? []).filter((c) => c.verdict === g);
      if (mine.length === 0) return [];
      return [h("section", { class: "health-group", "data-verdict": g },
        h("h2", {}, `${w.group[g] ?? ""} `, h("span", { class: "count" }, mine.length)),
        h("ul", {}, ...mine.map((c) => this.line(c, last))))];
    });
  }

  private line(c: HealthCheck, last: Health): HTMLElement {
    const w = this.o.words.health;
    const { language } = this.o;
    const old = last.at !== undefined && Date.parse(last.at) - Date.parse(c.at) > lately;
    return h("li", { class: "health-line", "data-check": c.check, "data-verdict": c.verdict },
      h("span", { class: "verdict" }, w.verdict[c.verdict] ?? c.verdict),
      h("div", {},
        h("p", {}, h("strong", {}, inLanguage(c.title, language) + ":"), " ", h("span", { class: "says" }, inLanguage(c.says, language)),
          old && h("small", {}, " ", w.at(this.time(c.at)))),
        c.cure && h("p", { class: "cure" }, inLanguage(c.cure, language)),
        c.detail && c.verdict !== "ok" && h("details", {}, h("summary", {}, w.detail), h("pre", { lang: "en", dir: "ltr", tabindex: "0" }, c.detail))));
  }

  private time(at: string): string {
    const then = new Date(at);
    const time = timeOf(then, this.o.language);
    if (sameDay(then, new Date())) return time;
    return new Intl.DateTimeFormat(regional(this.o.language), { day: "numeric", month: "short" }).format(then) + ", " + time;
  }
}
