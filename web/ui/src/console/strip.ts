// The call as the doctor sees it: escalate, how it stands, the way in, the end.

import type { How, Session } from "../wire";
import type { Call } from "../shared/call";
import { canJoin, isOpen } from "../shared/call";
import { fill, h, icon, shapes } from "../shared/dom";
import type { Visit } from "../shared/visit";
import type * as english from "../texts/en";

export interface StripOptions {
  words: typeof english;
  session: Session;
  preset: How | undefined;
  visit: Visit;
  patient(): string;
  escalate(how: How): void;
  newRoom(): void;
  hangUp(): void;
}

export class Strip {
  readonly element = h("section", { class: "strip" });
  private readonly how: HTMLSelectElement;
  private drawn = "";

  constructor(private readonly o: StripOptions) {
    const { words, session } = o;
    const ways: How[] = session.app ? ["app", "page"] : ["page"];
    const first = o.preset && ways.includes(o.preset) ? o.preset : ways[0];
    this.how = h("select", { "aria-label": words.console_.how, class: "how" },
      ...ways.map((w) => h("option", { value: w, selected: w === first }, words.console_[w])));
    this.element.setAttribute("aria-label", words.call.title);
  }

  /** show draws the call; mine is whether this doctor may act on it. */
  show(call: Call | null, mine: boolean): void {
    const { visit } = this.o;
    this.element.hidden = !mine;
    const state = JSON.stringify([call, mine, visit.inside, visit.busy, visit.rung]);
    if (!mine || state === this.drawn) return;
    this.drawn = state;
    const focus = (document.activeElement as HTMLElement | null)?.dataset["act"];
    if (isOpen(call)) this.open(call);
    else this.closed(call);
    if (focus) this.element.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  private closed(call: Call | null): void {
    const { words } = this.o;
    delete this.element.dataset["state"];
    fill(this.element,
      h("div", { class: "buttons" },
        this.act("escalate", words.console_.escalate, "", () => this.o.escalate(this.how.value as How), icon(shapes.video)), this.how),
      call && h("p", { class: "hint" }, call.state === "ended" ? words.call.ended : words.call.withdrawn));
  }

  private open(call: Call): void {
    const { words } = this.o;
    const c = words.console_;
    this.element.dataset["state"] = call.state;
    const working = call.state === "requested" || call.state === "interrupted";
    fill(this.element,
      h("p", { class: "state", role: "status" },
        working && h("span", { class: "busy", "aria-hidden": "true" }),
        h("strong", {}, c.state[call.state] ?? ""), " ", this.who(call)),
      call.state === "failed" && this.failure(call),
      call.unwatched && h("p", { class: "notice" }, c.unwatched),
      call.strangers.length > 0 && this.strangers(call),
      h("div", { class: "buttons" }, ...this.ways(call),
        this.act("hang-up", canJoin(call) ? c.hangUp : c.callOff, "bad", () => this.o.hangUp())),
      canJoin(call) && this.o.visit.status);
  }

  /** What failed, whether we try again, and the cure as the server words it. */
  private failure(call: Call): HTMLElement {
    const c = this.o.words.console_;
    return h("div", { class: "failure", role: "alert" },
      h("p", { class: "fault" }, [c.failure[call.failure] ?? "", call.retrying ? c.trying : ""].filter(Boolean).join(" ")),
      call.cure && h("p", { class: "hint" }, c.cure + " ", h("span", { lang: "en" }, sentence(call.cure))));
  }

  private strangers(call: Call): HTMLElement {
    const c = this.o.words.console_;
    return h("div", { class: "notice bad", role: "alert" },
      h("p", {}, h("strong", {}, c.stranger(call.strangers.filter(Boolean).join(", "))), " ", c.strangerMore),
      this.act("new-room", c.newRoom, "bad", () => this.o.newRoom()));
  }

  private who(call: Call): string {
    const { words } = this.o;
    if (!canJoin(call)) return "";
    const names = call.inside.map((r) => (r === "doctor" ? words.common.you : this.o.patient()));
    return names.length === 0 ? (call.unwatched ? "" : words.console_.nobodyInside) : words.console_.inside(names.join(", "));
  }

  private ways(call: Call): (HTMLElement | false)[] {
    const { words, visit } = this.o;
    const c = words.console_;
    if (call.state === "failed") return [this.act("again", c.tryAgain, "", () => this.o.escalate(call.how || (this.how.value as How)))];
    if (!canJoin(call)) return [];
    if (call.how === "app") {
      return [h("span", { class: "hint" }, visit.rung ? c.rung : call.inside.includes("doctor") ? c.byApp : c.ringing),
        this.act("ring", c.ringAgain, "plain", () => void visit.join(call.id), undefined, visit.busy),
        this.act("come-by-page", c.page, "plain", () => this.o.escalate("page"))];
    }
    if (visit.inside === call.id) return [this.act("leave", words.call.leaveFrame, "plain", () => visit.leave())];
    return [
      this.act("join", visit.busy ? words.call.getting : words.call.join, "join", () => void visit.join(call.id), icon(shapes.video), visit.busy),
      this.act("new-tab", words.call.newTab, "plain", () => void visit.newTab(call.id), undefined, visit.busy),
      this.o.session.app && this.act("come-by-app", c.app, "plain", () => this.o.escalate("app")),
    ];
  }

  private act(name: string, label: string, kind: string, press: () => void, picture?: Node, disabled = false): HTMLButtonElement {
    return h("button", { type: "button", class: kind, "data-act": name, disabled, onclick: press }, picture, label);
  }
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
}
