// What the holder of a join link sees: one button, the call, and a plain word
// for each way in which it can fail.

import type { Joined } from "../wire";
import { Api, Refused } from "../shared/api";
import { dial, fill, h } from "../shared/dom";
import { FreshLinks } from "../shared/links";
import type { PageConfig } from "../shared/page";
import { Visit } from "../shared/visit";
import type * as english from "../texts/en";

type Face = "ready" | "inside" | "left" | "wait" | "dead" | "no_key" | "over";

/** How often a room that is not ready is asked for again, in milliseconds. */
const waitFor = 3_000;

export class JoinPage {
  readonly element: HTMLElement;
  private readonly visit: Visit;
  private readonly title = h("h1");
  private readonly buttons = h("div", { class: "buttons" });
  private readonly lead = h("p", { class: "lead" });
  private readonly hint: HTMLElement;
  private readonly join: HTMLButtonElement;
  private readonly tab: HTMLButtonElement;
  private readonly app: HTMLButtonElement;
  private readonly out: HTMLButtonElement;
  private readonly card: HTMLElement;
  private readonly api: Api;
  private face: Face;
  private was = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly words: typeof english, config: PageConfig, private readonly call: string, key: string) {
    this.api = new Api({ bearer: () => key });
    this.face = key === "" ? "no_key" : "ready";
    this.visit = new Visit({
      words: words.call, fresh: new FreshLinks(), trueconf: config.trueconf ?? [],
      mint: (_, failed) => this.mint(failed), changed: () => this.draw(),
    });
    const w = words.call;
    this.join = h("button", { type: "button", class: "join", onclick: () => void this.visit.join(call) }, w.join);
    this.tab = h("button", { type: "button", class: "plain new-tab", onclick: () => void this.visit.newTab(call) }, w.newTab);
    this.app = h("button", { type: "button", class: "plain app", onclick: () => void this.visit.app(call) }, w.app);
    this.out = h("button", { type: "button", class: "plain out", onclick: () => this.visit.leave() }, w.leaveFrame);
    this.buttons.append(this.join, this.tab, this.app);
    this.hint = h("p", { class: "hint" }, w.camera);
    this.card = h("section", { class: "card" }, this.title, this.lead,
      this.buttons, this.hint, this.visit.status);
    const head = h("header", { class: "head" }, h("p", { class: "clinic" }, config.title || words.join.title), this.out);
    this.element = h("main", { class: "join-page" }, head, this.numbers(config), this.visit.stage, this.card);
    this.draw();
  }

  private numbers(config: PageConfig): HTMLElement {
    const { common } = this.words;
    return h("div", { class: "numbers-strip", hidden: !config.phone && !config.emergency },
      config.phone && h("span", {}, common.clinic + " ", dial(config.phone)),
      config.emergency && h("span", { class: "emergency" }, common.emergency + " ", dial(config.emergency)));
  }

  private async mint(failed: boolean): Promise<Joined> {
    clearTimeout(this.timer);
    try {
      const path = `/api/v1/calls/${encodeURIComponent(this.call)}/join`;
      const joined = await this.api.call<Joined>("POST", path, failed ? { failed } : {});
      this.face = "ready";
      return joined;
    } catch (e) {
      this.face = this.faceOf(e);
      if (this.face === "wait") this.timer = setTimeout(() => void this.visit.join(this.call), waitFor);
      throw e;
    }
  }

  private faceOf(e: unknown): Face {
    switch (e instanceof Refused ? e.code : "") {
      case "unknown":
      case "unauthorized":
      case "forbidden":
        return "dead";
      case "no_call":
      case "closed":
        return "over";
      case "not_ready":
        return "wait";
    }
    return this.face === "wait" ? "ready" : this.face;
  }

  private draw(): void {
    if (!this.element) return; // the visit speaks once while it is made
    const inside = this.visit.inside !== null;
    if (inside) this.was = true;
    const face: Face = inside ? "inside" : this.face === "ready" && this.was ? "left" : this.face;
    const { title, lead } = this.say(face);
    const enter = face === "ready" || face === "left";
    this.element.dataset["face"] = face;
    fill(this.title, title);
    fill(this.lead, lead);
    this.join.textContent = this.visit.busy ? this.words.call.getting : this.was ? this.words.call.rejoin : this.words.call.join;
    this.join.disabled = this.tab.disabled = this.app.disabled = this.visit.busy;
    this.buttons.hidden = !enter;
    this.hint.hidden = face !== "ready";
    this.visit.status.hidden = face === "dead" || face === "over" || face === "wait";
    this.card.hidden = inside;
    this.out.hidden = !inside;
  }

  private say(face: Face): { title: string; lead: string } {
    const w = this.words.join;
    switch (face) {
      case "left": return { title: w.left, lead: w.leftMore };
      case "wait": return { title: w.wait, lead: w.waitMore };
      case "dead": return { title: w.dead, lead: w.deadMore };
      case "no_key": return { title: w.dead, lead: w.noKey };
      case "over": return { title: w.over, lead: w.overMore };
    }
    return { title: w.title, lead: w.lead };
  }
}
