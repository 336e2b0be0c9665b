// One conversation on the doctor's desk: chat, call, answers, and what can be
// done. A pane stays in the page while its conversation is followed, so that a
// call in it goes on when the doctor looks at another.

import type { Entry, Head, Session } from "../wire";
import { isOpen } from "../shared/call";
import { fill, h, icon, shapes } from "../shared/dom";
import { inLanguage, type PageConfig } from "../shared/page";
import type { Shelf } from "../shared/shelf";
import type { Line } from "../shared/talk";
import { Timeline } from "../shared/timeline";
import { Visit } from "../shared/visit";
import { readable } from "../shared/when";
import type * as english from "../texts/en";
import { Deeds } from "./deeds";
import type { Office, Open } from "./office";
import { Strip } from "./strip";

export interface PaneOptions {
  office: Office;
  open: Open;
  words: typeof english;
  language: string;
  config: PageConfig;
  session: Session;
  shelf: Shelf;
}

export class Pane {
  readonly element: HTMLElement;
  readonly visit: Visit;
  private readonly timeline: Timeline;
  private readonly strip: Strip;
  private readonly deeds: Deeds;
  private readonly name = h("h1");
  private readonly about = h("p", { class: "about" });
  private readonly answers = h("dl", { class: "answers" });
  private readonly refusal = h("p", { class: "notice bad", role: "alert", hidden: true });
  private readonly to = h("label", { class: "to", for: "" });
  private readonly field: HTMLTextAreaElement;
  private readonly form: HTMLFormElement;
  private readonly noting: HTMLInputElement; // ticked: what is written is for staff
  private readonly sendButton: HTMLButtonElement;
  private mine: boolean | null = null; // as it was last drawn
  private typedAt = 0;
  private answered = "";

  constructor(private readonly o: PaneOptions) {
    const { office, open, words, language } = o;
    const id = open.id;
    this.visit = new Visit({
      words: words.call, fresh: open.fresh, trueconf: o.config.trueconf ?? [],
      mint: (call, failed) => office.mint(id, call, failed), changed: () => this.strip && this.draw(),
    });
    this.strip = new Strip({
      words, session: o.session, preset: o.config.how, visit: this.visit, patient: () => this.patient(),
      escalate: (how) => {
        this.visit.leave();
        this.visit.say();
        office.do(id, { do: "escalate", how });
      },
      newRoom: () => office.do(id, { do: "new_room" }),
      hangUp: () => office.do(id, { do: "hang_up" }),
    });
    this.deeds = new Deeds({ words: words.console_, departments: o.config.departments ?? [], language, do: (c) => office.do(id, c) });
    this.timeline = new Timeline({
      words: words.common, language, label: words.console_.chat,
      mine: (l) => l.role === "doctor" || l.kind === "note", event: (l) => this.event(l),
      patient: () => this.patient(),
      onRetry: (key) => office.outbox.retry(key), onDiscard: (key) => this.takeBack(key),
    });
    this.field = h("textarea", {
      id: `write-${id}`, rows: "2", maxlength: "4000", oninput: () => this.typed(), onkeydown: (e: KeyboardEvent) => this.key(e),
    });
    this.noting = h("input", { type: "checkbox", id: `note-${id}`, onchange: () => this.audienceChosen() });
    this.sendButton = h("button", { type: "submit", class: "icon", "aria-label": words.common.send }, icon(shapes.send));
    this.form = this.composer();
    this.field.value = o.shelf.get("draft/" + id) ?? "";
    this.noting.checked = this.field.value !== "" && o.shelf.get("note/" + id) !== null;
    this.element = this.build();
  }

  draw(): void {
    const { office, open } = this.o;
    const head = office.head(open.id);
    const mine = office.isMine(head) || (head === undefined && open.talk.phase === "consulting");
    this.element.classList.toggle("in-call", this.visit.inside !== null);
    this.heading(head);
    this.timeline.show(open.talk.lines, office.outbox.list(open.id));
    if (open.caughtUp) this.timeline.speak();
    this.strip.show(open.talk.call, mine);
    this.deeds.show(open.talk.phase, mine, head);
    this.form.hidden = !mine && !(open.talk.phase === "waiting" && head !== undefined);
    this.suitNote(mine);
    this.label();
    this.card();
    this.refuse();
  }

  /** news is called for each entry that comes while the pane stands. */
  news(entry: Entry): void {
    const call = this.o.open.talk.call;
    if (!entry.kind.startsWith("call.")) return;
    if (!isOpen(call)) {
      if (this.visit.inside) this.visit.leave();
      this.visit.say();
    } else if (entry.kind === "call.ready") {
      this.visit.say();
      this.visit.renewed(call.id);
    }
  }

  shown(): void {
    this.timeline.toEnd();
    if (!this.form.hidden) this.field.focus();
  }

  private build(): HTMLElement {
    const { words } = this.o;
    const back = h("button", { type: "button", class: "ghost icon back", "aria-label": words.console_.back, onclick: () => this.o.office.select("") }, icon("M15 5l-7 7 7 7"));
    return h("article", { class: "pane" },
      h("header", { class: "pane-head" }, back, h("div", {}, this.name, this.about), this.deeds.element),
      h("div", { class: "middle" }, this.strip.element, this.refusal, this.visit.stage, this.timeline.element, this.form),
      h("aside", { class: "card", "aria-label": words.console_.answers }, h("h2", {}, words.console_.answers), this.answers));
  }

  private composer(): HTMLFormElement {
    const { words } = this.o;
    return h("form", { class: "composer", onsubmit: (e) => this.submit(e) },
      h("div", { class: "over" }, this.to, h("label", { class: "noting" }, this.noting, " ", words.console_.note, " ", h("small", {}, words.console_.noteHint))),
      this.field, this.sendButton);
  }

  /** What is written keeps the readers for whom it was begun: while a
   *  conversation is not mine only notes can be, and an empty field changes over
   *  when it becomes mine or ceases to be; a text in it never does by itself. */
  private suitNote(mine: boolean): void {
    if (mine !== this.mine && this.field.value === "") this.noting.checked = !mine;
    this.mine = mine;
    this.noting.disabled = !mine && this.noting.checked;
    this.sendButton.disabled = !mine && !this.noting.checked;
  }

  private audienceChosen(): void {
    this.keep();
    this.suitNote(this.mine ?? false);
    this.label();
  }

  private heading(head: Head | undefined): void {
    const { open, words, language } = this.o;
    const c = words.console_;
    this.name.textContent = this.patient();
    const parts = [
      c.phase[open.talk.phase] ?? "",
      this.department(head?.department),
      head?.born ? readable(head.born, language) : "",
      open.here === null ? "" : open.here ? c.here : c.away,
      open.typingUntil > Date.now() ? words.panel.typing(this.patient()) : "",
    ];
    this.about.textContent = parts.filter(Boolean).join(" · ");
    if (open.talk.phase === "waiting" && head?.doctor_name) this.about.append(" · " + head.doctor_name);
  }

  private department(id: string | undefined): string {
    const d = this.o.config.departments?.find((x) => x.id === id);
    return (d && inLanguage(d.title, this.o.language)) || id || "";
  }

  private patient(): string {
    const { office, open, words } = this.o;
    const answer = open.talk.answers.find((a) => a.slot === "name")?.text;
    return office.head(open.id)?.patient || answer || words.console_.unnamed;
  }

  /** The name stands beside the field, so that nothing goes to the wrong person. */
  private label(): void {
    const { words, office, open, language } = this.o;
    const note = this.noting.checked;
    this.form.classList.toggle("note", note);
    this.to.htmlFor = this.field.id;
    const born = office.head(open.id)?.born;
    const who = this.patient() + (born ? `, ${readable(born, language)}` : "");
    this.to.textContent = note ? words.console_.writeNote : this.mine ? words.console_.writeTo(who) : words.console_.notYours;
  }

  /** The answers as a card: those of the hand-over's summary first. */
  private card(): void {
    const { open, words, language } = this.o;
    const { summary, answers } = open.talk;
    const rank = (slot: string): number => (summary.includes(slot) ? summary.indexOf(slot) : summary.length);
    const sorted = [...answers].sort((a, b) => rank(a.slot) - rank(b.slot));
    const state = JSON.stringify(sorted);
    if (state === this.answered) return;
    this.answered = state;
    fill(this.answers, ...sorted.map((a) => h("div", { "data-slot": a.slot },
      h("dt", {}, inLanguage(a.label ?? undefined, language) || a.slot),
      h("dd", { class: a.skipped ? "skipped" : "" }, a.skipped ? words.common.skipped : readable(a.text, language)))),
      sorted.length === 0 && h("p", { class: "hint" }, words.console_.noAnswers));
  }

  private refuse(): void {
    const { open, words } = this.o;
    const r = open.refusal;
    this.refusal.hidden = r === null;
    const text = r === null ? "" : r.code === "taken" ? words.console_.taken(r.message) : r.message || words.console_.refused;
    if (this.refusal.textContent !== text) this.refusal.textContent = text;
  }

  private event(l: Line): string {
    const { words } = this.o;
    const who = l.who === "doctor" ? words.common.you : this.patient();
    switch (l.event) {
      case "doctor.assigned": return words.console_.assigned(l.name);
      case "doctor.released": return l.why === "transfer" ? words.console_.handedTo(this.department(l.department)) : words.console_.events["doctor.released"] ?? "";
      case "call.joined": return words.call.joined(who);
      case "call.left": return words.call.left(who);
    }
    return words.console_.events[l.event ?? ""] ?? "";
  }

  private submit(e: Event): void {
    e.preventDefault();
    const text = this.field.value.trim();
    if (text === "" || this.sendButton.disabled) return;
    const note = this.noting.checked;
    this.field.value = "";
    this.noting.checked = !this.mine;
    this.audienceChosen();
    this.o.office.do(this.o.open.id, { do: note ? "note" : "send", text });
    this.field.focus();
  }

  private takeBack(key: string): void {
    const p = this.o.office.outbox.discard(key);
    if (!p?.command.text || this.field.value !== "") return;
    this.field.value = p.command.text;
    this.noting.checked = p.command.do === "note";
    this.audienceChosen();
  }

  private typed(): void {
    if (this.field.value === "" && !this.mine) this.noting.checked = true; // nothing else can be begun here
    this.audienceChosen();
    const now = Date.now();
    if (this.noting.checked || now - this.typedAt < 3_000) return;
    this.typedAt = now;
    this.o.office.sayTyping(this.o.open.id);
  }

  private keep(): void {
    const { shelf, open } = this.o;
    const put = (key: string, value: string): void => (value === "" ? shelf.drop(key) : shelf.set(key, value));
    put("note/" + open.id, this.noting.checked ? "1" : "");
    put("draft/" + open.id, this.field.value);
  }

  private key(e: KeyboardEvent): void {
    if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
    e.preventDefault();
    this.submit(e);
  }
}
