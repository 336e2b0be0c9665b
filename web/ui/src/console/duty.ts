// The switch of the doctor's duty, in the bar: on, busy, away. Who was marked away
// for offers that nobody answered reads so above every page, and is back by one press.

import type { Duty, DutyState } from "../wire";
import type { Api } from "../shared/api";
import { fill, h } from "../shared/dom";
import type { visits as english } from "../texts/en_staff";
import type { Banner } from "./banner";

export interface DutySwitchOptions {
  api: Api;
  words: typeof english;
  banner: Banner;
  say(text: string): void;
}

const states: readonly DutyState[] = ["on", "busy", "away"];
const cause = "duty";
const refused = "duty-refused";

export class DutySwitch {
  readonly element: HTMLElement;
  private readonly buttons: Map<DutyState, HTMLButtonElement>;
  private readonly load = h("span", { class: "load" });
  private now: Duty | null = null;
  private missed = false; // it stands above the page

  constructor(private readonly o: DutySwitchOptions) {
    const { duty } = o.words;
    this.buttons = new Map(states.map((s) => [s, h("button", { type: "button", class: "ghost", "data-duty": s, "aria-pressed": "false", title: duty.more[s] ?? "", onclick: () => void this.set(s) }, duty[s as "on"])]));
    this.element = h("div", { class: "duty", role: "group", "aria-label": duty.title, hidden: true }, ...this.buttons.values(), this.load);
  }

  /** ask reads it where nobody tells by itself. */
  async ask(): Promise<void> {
    try {
      this.show(await this.o.api.call<Duty>("GET", "/api/v1/duty"));
    } catch {
      return; // the line says that the server is away
    }
  }

  show(now: Duty): void {
    const { duty } = this.o.words;
    const before = this.now?.state;
    this.now = now;
    this.element.hidden = false;
    this.element.dataset["state"] = now.state;
    for (const [s, b] of this.buttons) b.setAttribute("aria-pressed", String(s === now.state));
    const { open = 0, most = 0 } = now;
    fill(this.load, most > 0 && h("span", { "aria-hidden": "true" }, duty.load(open, most)), most > 0 && h("span", { class: "hearing" }, duty.loadMore(open, most)));
    this.load.title = most > 0 ? duty.loadMore(open, most) : "";
    if (before !== undefined && before !== now.state) this.o.say(duty.is[now.state] ?? "");
    this.tell(now.state === "away" && now.missed === true);
  }

  /** next is for the key: on, busy, away and round. */
  next(): boolean {
    if (!this.now) return false;
    void this.set(states[(states.indexOf(this.now.state) + 1) % states.length] ?? "on");
    return true;
  }

  private async set(state: DutyState): Promise<void> {
    try {
      this.show(await this.o.api.call<Duty>("PUT", "/api/v1/duty", { state }) ?? { ...this.now, state });
      this.o.banner.set(refused, null);
    } catch {
      this.o.banner.set(refused, { bad: true, text: this.o.words.duty.failed }); // an alert: it is heard, too
    }
  }

  private tell(missed: boolean): void {
    if (missed === this.missed) return;
    this.missed = missed;
    const { duty } = this.o.words;
    this.o.banner.set(cause, missed ? {
      bad: true, text: duty.missed, more: h("button", { type: "button", class: "small", "data-act": "back-on-duty", onclick: () => void this.set("on") }, duty.back),
    } : null);
  }
}
