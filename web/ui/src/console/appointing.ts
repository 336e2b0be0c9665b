// What can be done with appointments: propose a time, move, cancel, give to a
// colleague, put into a calendar. Each asks in a dialog.

import type { Calendar, Command, HeadBooking } from "../wire";
import { type Api, Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { momentOf } from "../shared/when";
import type * as english from "../texts/en_staff";
import { staffRefusal } from "../texts/refusals";
import { colleagues, standing } from "./colleagues";
import { Dialog } from "./dialog";
import { TimePicker } from "./times";

export interface AppointingOptions {
  api: Api;
  conversation: string;
  words: typeof english;
  language: string;
  me: string;
  name(): string;
  do(command: Omit<Command, "key">): void;
}

export class Appointing {
  private readonly dialog: Dialog;

  constructor(private readonly o: AppointingOptions) {
    this.dialog = new Dialog({ words: o.words.console_, title: "", kind: "appointment" });
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  propose(): void {
    const w = this.o.words.visits.appointment;
    const text = this.field("propose-words", w.proposeWords, w.proposeWordsMore);
    this.timed(w.proposeTitle(this.o.name()), w.propose, undefined, text.element, (start) => {
      const words = text.input.value.trim();
      this.o.do({ do: "propose", start, ...(words ? { text: words } : {}) });
    });
  }

  move(b: HeadBooking): void {
    const w = this.o.words.visits.appointment;
    this.timed(w.moveTitle(this.o.name(), this.when(b)), w.move, b.id, h("p", { class: "hint" }, w.told), (start) => this.o.do({ do: "move", booking: b.id, start }));
  }

  cancel(b: HeadBooking): void {
    const w = this.o.words.visits.appointment;
    const why = this.field("cancel-reason", w.reason, w.told);
    this.form(w.cancelTitle(this.o.name(), this.when(b)), w.cancel, "bad", [why.element], () => {
      const reason = why.input.value.trim();
      this.o.do({ do: "cancel", booking: b.id, ...(reason ? { reason } : {}) });
    });
  }

  /** begin opens the visit before its time. That its room is still being made is no
   *  fault: it opens by itself. */
  async begin(b: HeadBooking): Promise<void> {
    const { words, api } = this.o;
    const w = words.visits.appointment;
    try {
      await api.call("POST", `/api/v1/calls/${b.id}/join`, {});
    } catch (e) {
      if (e instanceof Refused && e.code === "not_ready") return;
      const text = e instanceof Refused ? staffRefusal(words.console_, e.code, e.message) : w.notYet;
      this.dialog.show(w.begin, h("p", {}, this.when(b)), h("p", { class: "fault", role: "alert" }, text));
    }
  }

  noShow(b: HeadBooking): void {
    const w = this.o.words.visits.appointment;
    this.form(w.noShowTitle(this.o.name()), w.noShow, "bad", [h("p", {}, w.noShowMore)], () => this.o.do({ do: "no_show", booking: b.id }));
  }

  reassign(b: HeadBooking): void {
    const { words, api } = this.o;
    const w = words.visits.appointment;
    const to = h("select", { id: "reassign-to", required: true });
    const none = h("p", { class: "hint", role: "status" }, words.console_.loading);
    this.form(w.reassignTitle(this.o.name(), this.when(b)), w.reassign, "", [h("div", { class: "field" }, h("label", { for: to.id }, w.toWhom), to, none)], () =>
      to.value ? this.o.do({ do: "reassign", booking: b.id, to: to.value }) : false);
    void colleagues(api, b.doctor ?? "").then((all) => {
      const fit = all.filter((d) => d.departments.includes(b.department));
      fill(to, ...fit.map((d) => h("option", { value: d.login }, `${d.name} (${standing(d, words.visits)})`)));
      fill(none, fit.length === 0 ? w.noColleague : w.told);
    });
  }

  /** calendar shows the ways into the doctor's own calendar. */
  async calendar(b: HeadBooking): Promise<void> {
    const { words, api } = this.o;
    const w = words.visits.calendar;
    const list = h("ul", { class: "calendars" });
    const said = h("p", { class: "hint", role: "status" }, words.console_.loading);
    this.dialog.show(w.title, h("p", {}, this.when(b)), said, list);
    try {
      const c = await api.call<Calendar>("GET", `/api/v1/bookings/${b.id}/calendar`);
      const away = (href: string, text: string): HTMLElement | false => /^https?:/.test(href) && h("li", {}, h("a", { class: "button plain", href, target: "_blank", rel: "noopener noreferrer" }, text));
      fill(said, w.more);
      fill(list, h("li", {}, h("a", { class: "button plain", href: c.ics, download: "" }, w.ics)), away(c.google, w.google), away(c.outlook, w.outlook), away(c.office, w.office),
        ...(c.trueconf ?? []).map((t) => away(t, w.trueconf)));
      list.querySelector("a")?.focus();
    } catch {
      fill(said, w.unread);
    }
  }

  /** timed is a dialog that asks for a free time. */
  private timed(title: string, press: string, booking: string | undefined, more: HTMLElement, done: (start: string) => void): void {
    const { api, conversation, words, language } = this.o;
    const fault = h("p", { class: "fault", role: "alert" });
    const picker = new TimePicker({ api, conversation, words: words.visits, language, ...(booking ? { booking } : {}), picked: () => fill(fault) });
    this.form(title, press, "", [picker.element, fault, more], () => {
      if (picker.start) return done(picker.start);
      fill(fault, words.visits.finish.lacksTime);
      return false;
    });
    void picker.load();
  }

  private form(title: string, press: string, kind: string, body: readonly HTMLElement[], done: () => void | false): void {
    const go = (e: Event): void => {
      e.preventDefault();
      if (done() !== false) this.dialog.close();
    };
    this.dialog.show(title, h("form", { novalidate: true, onsubmit: go }, ...body,
      h("div", { class: "dialog-row" }, h("button", { type: "submit", class: kind, "data-act": "sure" }, press),
        h("button", { type: "button", class: "plain", onclick: () => this.dialog.shut() }, this.o.words.console_.cancel))));
  }

  private field(id: string, label: string, more: string): { element: HTMLElement; input: HTMLInputElement } {
    const input = h("input", { id, maxlength: "300", autocomplete: "off", "aria-describedby": id + "-more" });
    return { input, element: h("div", { class: "field" }, h("label", { for: id }, label), h("p", { class: "hint", id: id + "-more" }, more), input) };
  }

  private when(b: HeadBooking): string {
    return momentOf(b.start, this.o.language);
  }
}
