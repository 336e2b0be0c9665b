// Signing out with open conversations: each is listed and needs a next step, or all
// go back to their queues.

import type { Head } from "../wire";
import { fill, h } from "../shared/dom";
import type * as english from "../texts/en_staff";
import { Dialog } from "./dialog";
import { ageIn } from "./person";

export interface SignOutOptions {
  words: typeof english;
  mine(): Head[];
  open(id: string): void;
  finish(id: string): void;
  transfer(id: string): void;
  release(id: string): void;
  /** keep: those that are left are released. */
  go(keep: boolean): void;
}

export class SignOut {
  private readonly dialog: Dialog;
  private readonly list = h("ul", { class: "leaving" });
  private readonly foot = h("div", { class: "dialog-row" });
  private drawn = "";

  constructor(private readonly o: SignOutOptions) {
    this.dialog = new Dialog({ words: o.words.console_, title: "", kind: "sign-out" });
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  ask(): void {
    const w = this.o.words.visits.signOut;
    this.drawn = "";
    this.dialog.show(w.title, h("p", {}, w.more), this.list, this.foot);
    this.show();
    (this.list.querySelector("button") ?? this.foot.querySelector("button"))?.focus();
  }

  /** show keeps the list in step while it is open. */
  show(): void {
    if (!this.dialog.open) return;
    const heads = this.o.mine();
    const state = JSON.stringify(heads.map((x) => [x.id, x.patient, x.born, x.owed]));
    if (state === this.drawn) return;
    this.drawn = state;
    const w = this.o.words.visits.signOut;
    const act = document.activeElement as HTMLElement | null;
    const [id, name] = this.list.contains(act) ? [act?.closest<HTMLElement>("[data-leaving]")?.dataset["leaving"], act?.dataset["act"]] : [undefined, undefined];
    fill(this.list, ...heads.map((x) => this.row(x)));
    fill(this.foot, heads.length === 0
      ? h("button", { type: "button", "data-act": "sign-out-now", onclick: () => this.o.go(false) }, w.now)
      : h("button", { type: "button", class: "bad", "data-act": "release-all", onclick: () => this.o.go(true) }, w.releaseAll(heads.length)),
      h("button", { type: "button", class: "plain", onclick: () => this.dialog.shut() }, w.stay));
    if (id) (this.list.querySelector<HTMLElement>(`[data-leaving="${id}"] [data-act="${name}"]`) ?? this.list.querySelector("button") ?? this.foot.querySelector("button"))?.focus();
  }

  private row(x: Head): HTMLElement {
    const { words } = this.o;
    const w = words.visits.signOut;
    const c = words.console_;
    const age = ageIn(x.born ?? "", new Date(), c);
    const name = (x.patient || c.unnamed) + (age && ", " + age);
    const act = (what: string, label: string, press: () => void, shut: boolean): HTMLElement =>
      h("button", { type: "button", class: "small", "data-act": "leave-" + what, "aria-label": `${label}: ${name}`, onclick: () => {
        if (shut) this.dialog.close();
        press();
      } }, label);
    return h("li", { "data-leaving": x.id }, h("p", {}, h("strong", { dir: "auto" }, name), x.owed !== undefined && h("span", { class: "owed" }, c.owed)),
      h("div", { class: "side-acts" },
        act("open", w.open, () => this.o.open(x.id), true), act("finish", c.finish, () => this.o.finish(x.id), true),
        act("transfer", w.transfer, () => this.o.transfer(x.id), true), act("release", w.release, () => this.o.release(x.id), false)));
  }
}
