// The invitation to a call: how it stands, and the three ways in. Panel and
// join page show the patient's; the console has a strip of its own.

import type { Call } from "./call";
import { canJoin, isOpen } from "./call";
import { fill, h, icon, shapes } from "./dom";
import type { CallWords, Visit } from "./visit";

export class CallCard {
  readonly element = h("section", { class: "call-card", hidden: true });
  private readonly title = h("h2", {}, icon(shapes.video));
  private readonly state = h("p", { class: "state", role: "status" });
  private readonly hint: HTMLElement;
  private readonly buttons = h("div", { class: "buttons" });
  private readonly join: HTMLButtonElement;
  private readonly tab: HTMLButtonElement;
  private readonly app: HTMLButtonElement;
  private readonly out: HTMLButtonElement;
  private call: Call | null = null;
  private was: string | null = null; // the call in which this page has been

  constructor(private readonly words: CallWords, private readonly visit: Visit) {
    const press = (way: (call: string) => void) => () => this.call && way(this.call.id);
    this.title.append(words.title);
    this.element.setAttribute("aria-label", words.title);
    this.hint = h("p", { class: "hint" }, words.camera);
    this.join = h("button", { type: "button", class: "join", onclick: press((c) => void visit.join(c)) }, words.join);
    this.tab = h("button", { type: "button", class: "plain new-tab", onclick: press((c) => void visit.newTab(c)) }, words.newTab);
    this.app = h("button", { type: "button", class: "plain app", onclick: press((c) => void visit.app(c)) }, words.app);
    this.out = h("button", { type: "button", class: "plain out", onclick: () => visit.leave() }, words.leaveFrame);
    this.buttons.append(this.join, this.tab, this.app, this.out);
    this.element.append(this.title, this.state, this.hint, this.buttons, visit.status);
  }

  /** show draws the call as it stands; none, or one that is over, is not shown. */
  show(call: Call | null): void {
    this.call = call;
    const open = isOpen(call);
    this.element.hidden = !open;
    if (!open) return;
    const inside = this.visit.inside === call.id;
    if (inside) this.was = call.id;
    const ready = canJoin(call);
    this.element.dataset["state"] = inside ? "inside" : call.state;
    this.say(this.describe(call, inside));
    this.join.textContent = this.visit.busy ? this.words.getting : this.was === call.id ? this.words.rejoin : this.words.join;
    this.join.disabled = this.tab.disabled = this.app.disabled = this.visit.busy || !ready;
    this.join.hidden = this.tab.hidden = this.app.hidden = inside || !ready;
    this.hint.hidden = inside || !ready || this.was === call.id;
    this.out.hidden = !inside;
    this.visit.status.hidden = !ready; // what was said of the last press is over with the room
  }

  private say(words: string): void {
    if (this.state.dataset["words"] === words) return; // a status that is set again is spoken again
    this.state.dataset["words"] = words;
    const working = this.call?.state === "requested" || this.call?.state === "interrupted";
    fill(this.state, working && h("span", { class: "busy", "aria-hidden": "true" }), words);
  }

  private describe(call: Call, inside: boolean): string {
    const w = this.words;
    switch (call.state) {
      case "requested":
        return w.requested;
      case "interrupted":
        return w.interrupted;
      case "failed":
        return call.retrying ? w.trying : w.failed;
    }
    const doctor = call.inside.includes("doctor");
    if (inside) return doctor ? w.bothInside : w.alone;
    return doctor ? w.doctorInside : w.ready;
  }
}
