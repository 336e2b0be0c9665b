// The call as the doctor sees it: escalate, how it stands, the way in, the end.

import type { Head, How, Session } from "../wire";
import { Alone } from "../shared/alone";
import type { Call } from "../shared/call";
import { canJoin, isOpen } from "../shared/call";
import { fill, h, icon, shapes } from "../shared/dom";
import type { Visit } from "../shared/visit";
import type * as english from "../texts/en_staff";

export interface StripOptions {
  words: typeof english;
  session: Session;
  preset: How | undefined;
  visit: Visit;
  patient(): string;
  /** The call is recorded. */
  recorded(call: string): boolean;
  /** Calls cannot be made just now. */
  noVideo(): boolean;
  /** The patient's telephone is not known here, the clinic's is no use. */
  ring(call: string): Promise<void>;
  escalate(how: How): void;
  newRoom(): void;
  hangUp(): void;
}

export class Strip {
  readonly element = h("section", { class: "strip" });
  private readonly how: HTMLSelectElement;
  private readonly body = h("div", { class: "strip-body" });
  private readonly alone: Alone;
  private call: Call | null = null;
  private head: Head | undefined;
  private asked = 0; // the last entry by which the patient was rung
  private drawn = "";

  constructor(private readonly o: StripOptions) {
    const { words, session } = o;
    const ways: How[] = session.app ? ["app", "page"] : ["page"];
    const first = o.preset && ways.includes(o.preset) ? o.preset : ways[0];
    this.how = h("select", { "aria-label": words.console_.how, class: "how", hidden: ways.length < 2 },
      ...ways.map((w) => h("option", { value: w, selected: w === first }, words.console_[w])));
    this.element.setAttribute("aria-label", words.call.title);
    this.alone = new Alone(words.door.alone, "", () => (this.call ? o.ring(this.call.id) : Promise.resolve()), () => o.visit.tick());
    this.element.append(this.body, this.alone.element, o.visit.status);
  }

  /** waiting is what is said to a doctor who waits alone, for the page's voice. */
  get waiting(): string {
    return this.alone.spoken;
  }

  /** The way that is chosen for the next call. */
  get chosen(): How {
    return this.how.value as How;
  }

  /** show draws the call; mine is whether this doctor may act on it. */
  show(call: Call | null, mine: boolean, head?: Head): void {
    const { visit } = this.o;
    this.element.hidden = !mine;
    this.call = call;
    this.head = head;
    this.wait(mine ? call : null);
    visit.status.hidden = !mine || !canJoin(call);
    const state = JSON.stringify([call, mine, head?.way, this.lacks(call), this.recorded(call), this.o.noVideo(), visit.inside, visit.busy, visit.rung, visit.at, visit.ways.best, this.o.patient()]);
    if (!mine || state === this.drawn) return;
    this.drawn = state;
    const focus = (document.activeElement as HTMLElement | null)?.dataset["act"];
    if (isOpen(call)) this.open(call);
    else this.closed(call);
    if (focus) this.element.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  /** Whoever is in the room is known by its list. */
  private wait(call: Call | null): void {
    const { visit } = this.o;
    const inside = isOpen(call) ? call.inside : [];
    if (inside.includes("doctor") && visit.inside !== null) visit.listedInside(true);
    const alone = inside.includes("doctor") && !inside.includes("patient");
    if (alone && call?.awaited === "patient" && call.awaitedSeq !== this.asked) {
      this.asked = call.awaitedSeq;
      this.alone.rang();
    }
    this.alone.show(alone, this.o.patient());
  }

  private closed(call: Call | null): void {
    const { words } = this.o;
    delete this.element.dataset["state"];
    fill(this.body,
      h("div", { class: "buttons" },
        this.act("escalate", words.console_.escalate, "", () => this.o.escalate(this.how.value as How), icon(shapes.video)), this.how),
      this.head?.way && this.head.way !== "page" && h("p", { class: "hint their-way" }, words.visits.devices.title + ": ", h("strong", {}, words.visits.way[this.head.way] ?? "")),
      this.o.noVideo() && h("p", { class: "hint no-video" }, words.health.lately),
      call && h("p", { class: "hint" }, call.state === "ended" ? words.call.ended : words.call.withdrawn));
  }

  private open(call: Call): void {
    const { words } = this.o;
    const c = words.console_;
    this.element.dataset["state"] = call.state;
    const working = call.state === "requested" || call.state === "interrupted";
    fill(this.body,
      h("p", { class: "state", role: "status" },
        working && h("span", { class: "busy", "aria-hidden": "true" }),
        h("strong", {}, this.lacks(call) ? sentence(words.visits.call.lacksShort[this.lacks(call)] ?? "") : c.state[call.state] ?? ""), " ", this.who(call)),
      call.state === "failed" && this.failure(call),
      this.lacks(call) !== "" && h("p", { class: "notice lacks", "data-lacks": this.lacks(call) }, words.visits.call.lacks[this.lacks(call)] ?? ""),
      this.recorded(call) && h("p", { class: "hint recorded" }, words.visits.call.recorded),
      this.waits(call) && h("p", { class: "waits" }, words.door.waitsHere(this.o.patient())),
      call.crowded && this.crowded(call.crowded),
      call.unwatched && h("p", { class: "notice" }, c.unwatched),
      call.strangers.length > 0 && this.strangers(call),
      h("div", { class: "buttons" }, ...this.ways(call),
        this.act("hang-up", canJoin(call) ? c.hangUp : c.callOff, "bad", () => this.o.hangUp())));
  }

  /** lacks is for what the call waits: seat, room, or nothing. */
  private lacks(call: Call | null): string {
    const of = this.head?.call;
    return call && of?.id === call.id ? of.lacks ?? "" : "";
  }

  private recorded(call: Call | null): boolean {
    return call !== null && this.o.recorded(call.id);
  }

  /** What failed, whether we try again, and the cure as the server words it. */
  private failure(call: Call): HTMLElement {
    const c = this.o.words.console_;
    return h("div", { class: "failure", role: "alert" },
      h("p", { class: "fault" }, [c.failure[call.failure] ?? "", call.retrying ? c.trying : ""].filter(Boolean).join(" ")),
      call.cure && h("p", { class: "hint" }, c.cure + " ", c.cures[call.failure] ?? h("span", { lang: "en" }, sentence(call.cure))));
  }

  /** The patient is in the room and this doctor is not. */
  private waits(call: Call): boolean {
    return call.inside.includes("patient") && !call.inside.includes("doctor") && this.o.visit.inside !== call.id;
  }

  /** Who was turned away, why, and the cure as the server words it. */
  private crowded(away: NonNullable<Call["crowded"]>): HTMLElement {
    const c = this.o.words.console_;
    const who = away.who === "doctor" ? this.o.words.common.you : this.o.patient();
    return h("div", { class: "notice bad crowded", role: "alert" },
      h("p", {}, away.why === "room_full" ? c.crowdedRoom(who) : c.crowdedSeats(who), " ", c.crowdedMore),
      away.cure && h("p", { class: "hint" }, c.cure + " ", h("span", { lang: "en" }, sentence(away.cure))));
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
    if (visit.inside === call.id) return [];
    const own = visit.at !== "explain" && visit.at !== "asked";
    return [
      own && this.act("join", visit.busy ? words.call.getting : words.call.join, "join", () => void visit.join(call.id), icon(shapes.video), visit.busy),
      own && this.act("sound-only", words.door.soundOnly, "plain", () => void visit.join(call.id, true), undefined, visit.busy),
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
