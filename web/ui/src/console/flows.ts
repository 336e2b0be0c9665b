// The Flows page, for admins: which version is served and since when, what stands
// in the files beside it, and the versions before, each of which can be gone back to.

import type { FlowProblem, FlowVersion, Flows } from "../wire";
import { Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { regional, sameDay, timeOf } from "../shared/when";
import { Deed } from "./deed";
import { Looking } from "./looking";
import type { Place, PlaceOptions } from "./places";

/** How often the page looks while it is shown. */
const lookEvery = 10_000;

export class FlowsPage implements Place {
  readonly id = "flows";
  readonly title: string;
  readonly element: HTMLElement;
  private readonly state = h("p", { class: "health-state" });
  private readonly about = h("p", { class: "hint" });
  private readonly said = h("p", { class: "flows-said", role: "status" });
  private readonly publish: HTMLButtonElement;
  private readonly deed: Deed;
  private readonly planned = h("div", {});
  private readonly files = h("section", { class: "flows-files" });
  private readonly open = h("section", { class: "flows-open" });
  private readonly past = h("section", { class: "flows-history" });
  /** A drawing of the flow stands here, where the server has one. */
  private readonly drawing: HTMLElement;
  private readonly looking: Looking<Flows>;
  private drawn = "";

  constructor(private readonly o: PlaceOptions) {
    const w = o.words.flows;
    this.title = w.title;
    this.looking = new Looking<Flows>({
      ask: () => o.api.call<Flows>("GET", "/api/v1/flows"), every: () => lookEvery, changed: () => this.draw(), over: () => o.over(o.words.console_.over),
    });
    this.publish = h("button", { type: "button", "data-act": "publish-flow", hidden: true, onclick: () => this.askPublish() }, w.publish);
    this.deed = new Deed(w, (path, body) => this.does(path, body));
    this.drawing = h("figure", { class: "flow-drawing", "aria-label": w.drawing, hidden: true });
    this.element = h("main", { class: "health flows", tabindex: "0" },
      h("header", {}, h("h1", {}, w.title), this.state, this.publish, this.about),
      this.deed.element, this.said, this.planned, this.files, this.open, this.drawing, this.past);
    this.draw();
  }

  show(shown: boolean): void {
    this.looking.show(shown);
  }

  end(): void {
    this.show(false);
  }

  private askPublish(): void {
    const w = this.o.words.flows;
    this.deed.ask({ title: w.publishAsk, means: w.publishMeans, press: w.publishNow, path: "publish", body: {} }, this.publish);
  }

  private askRollBack(to: number, from: HTMLElement): void {
    const w = this.o.words.flows;
    this.deed.ask({ title: w.rollBackTo(to), means: w.rollBackMeans, press: w.rollBackNow, path: "rollback", body: { to } }, from);
  }

  /** does what was confirmed, and says what came of it; true where it is done. */
  private async does(path: string, body: object): Promise<boolean> {
    const w = this.o.words.flows;
    this.said.classList.remove("fault");
    fill(this.said, w.working);
    try {
      const now = await this.o.api.call<Flows>("POST", "/api/v1/flows/" + path, body);
      this.looking.take(now);
      fill(this.said, w.done(now.served.number));
      return true;
    } catch (e) {
      if (e instanceof Refused && e.status === 401) {
        this.o.over(this.o.words.console_.over);
        return false;
      }
      await this.looking.look();
      this.said.classList.add("fault");
      fill(this.said, (e instanceof Refused && w.refused[e.code]) || w.failed);
      return false;
    }
  }

  private draw(): void {
    const { last, failed } = this.looking;
    const state = JSON.stringify([last, failed]);
    if (state === this.drawn) return;
    this.drawn = state;
    const w = this.o.words.flows;
    fill(this.said); // it was about what is drawn anew
    this.about.classList.toggle("fault", failed);
    if (!last) {
      fill(this.state, failed ? w.unread : w.loading);
      fill(this.files, failed && h("button", { type: "button", "data-act": "again", onclick: () => void this.looking.look() }, w.again));
      return;
    }
    fill(this.state, w.served(last.served.number));
    fill(this.about, failed ? w.unread : w.since(this.time(last.served.at), this.who(last.served), last.served.note ?? ""));
    this.publish.hidden = false;
    this.publish.disabled = last.files.state !== "changed";
    fill(this.planned, last.planned && h("div", { class: "notice" },
      h("p", {}, w.planned(this.time(last.planned.at), last.planned.by ?? ""), " ", last.planned.note), h("p", { class: "hint" }, w.withdraw)));
    this.drawFiles(last);
    this.picture(last);
    fill(this.open, h("h2", {}, w.open), last.open.length === 0
      ? h("p", { class: "hint" }, w.none)
      : h("ul", {}, ...last.open.map((x) => h("li", { "data-version": x.number ?? 0 }, w.openIn(x.open, x.number ?? 0)))));
    fill(this.past, h("h2", {}, w.history), h("ol", {}, ...last.history.map((v) => this.version(v, last))));
  }

  /** picture shows the served flow as it is drawn, in the colours of the page. */
  private picture(last: Flows): void {
    const w = this.o.words.flows;
    const dark = getComputedStyle(document.documentElement).getPropertyValue("color-scheme").includes("dark");
    const address = `/api/v1/flows/drawing?language=${encodeURIComponent(this.o.language)}&theme=${dark ? "dark" : "light"}&version=${last.served.number}`;
    const image = h("img", { src: address, alt: w.drawingAlt, onerror: () => (this.drawing.hidden = true) });
    this.drawing.hidden = false;
    fill(this.drawing, h("figcaption", {}, h("h2", {}, w.drawing), w.drawingSays, " ", h("a", { href: address, target: "_blank", rel: "noopener" }, w.drawingWhole)),
      h("div", { class: "flow-scroll", tabindex: "0", role: "group", "aria-label": w.drawing }, image));
  }

  private drawFiles(last: Flows): void {
    const w = this.o.words.flows;
    const { files } = last;
    const errors = files.problems.filter((p) => !p.warning);
    const warnings = files.problems.filter((p) => p.warning);
    const sentence = !files.at ? w.notLooked : files.state === "broken" ? w.broken(errors.length)
      : files.state === "clean" ? w.clean : last.publish === "on_save" ? w.changedOnSave : w.changed;
    fill(this.files, h("h2", {}, w.files), h("p", { class: "flows-state", "data-state": files.state }, sentence), problems(errors),
      warnings.length > 0 && h("p", { class: "hint" }, w.warned), problems(warnings));
  }

  private version(v: FlowVersion, last: Flows): HTMLElement {
    const w = this.o.words.flows;
    const served = v.number === last.served.number;
    const back = h("button", { type: "button", class: "plain", "data-act": "roll-back", "aria-label": w.rollBackLabel(v.number), onclick: () => this.askRollBack(v.number, back) }, w.rollBack);
    return h("li", { class: "flow-version", "data-version": v.number, value: v.number },
      h("strong", { class: "number" }, v.number),
      h("div", {}, h("p", {}, this.time(v.at), ", ", this.who(v), served && h("span", { class: "current" }, w.current)),
        v.note && h("p", { class: "note-text" }, v.note), h("code", { dir: "ltr" }, v.hash.slice(0, 12))),
      !served && back);
  }

  private who(v: FlowVersion): string {
    return this.o.words.flows.how[v.how]?.(v.by ?? "", v.of ?? 0) ?? v.by ?? "";
  }

  private time(at: string): string {
    const then = new Date(at);
    const time = timeOf(then, this.o.language);
    if (sameDay(then, new Date())) return time;
    const year = then.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" as const };
    return new Intl.DateTimeFormat(regional(this.o.language), { day: "numeric", month: "short", ...year }).format(then) + ", " + time;
  }
}

/** problems are listed as the machine says them: file, line and column first. */
function problems(all: readonly FlowProblem[]): HTMLElement | false {
  if (all.length === 0) return false;
  return h("ul", { class: "flow-problems", lang: "en", dir: "ltr" }, ...all.map((p) => h("li", {},
    p.file && h("code", {}, `${p.file}:${p.line ?? 1}:${p.column ?? 1}`), " ",
    h("span", {}, p.what), p.cure && h("span", { class: "cure" }, p.cure))));
}
