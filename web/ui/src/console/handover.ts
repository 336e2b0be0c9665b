// Handing a conversation on, to a department or to one doctor, with a word of why.

import type { Command } from "../wire";
import type { Api } from "../shared/api";
import { fill, h } from "../shared/dom";
import { type Department, inLanguage } from "../shared/page";
import type * as english from "../texts/en_staff";
import { colleagues, standing } from "./colleagues";
import { Dialog } from "./dialog";

export interface HandoverOptions {
  api: Api;
  words: typeof english;
  language: string;
  me: string;
  departments: readonly Department[];
  do(command: Omit<Command, "key">): void;
}

export class Handover {
  private readonly dialog: Dialog;

  constructor(private readonly o: HandoverOptions) {
    this.dialog = new Dialog({ words: o.words.console_, title: "", kind: "transfer" });
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  /** ask offers every department but the one where the patient is now. */
  ask(name: string, department: string | undefined): void {
    const { words, language, departments } = this.o;
    const w = words.visits.transfer;
    const others = departments.filter((d) => d.id !== department);
    const to = h("select", { id: "transfer-to", required: true });
    const group = (label: string, ...options: HTMLElement[]): HTMLElement | false => options.length > 0 && h("optgroup", { label }, ...options);
    const inDepartments = group(w.departments, ...others.map((d) => h("option", { value: d.id }, inLanguage(d.title, language))));
    fill(to, inDepartments);
    const reason = h("input", { id: "transfer-reason", maxlength: "200", autocomplete: "off" });
    const go = h("button", { type: "submit", "data-act": "sure" }, w.go);
    this.dialog.show(w.title(name), h("form", { onsubmit: (e) => { e.preventDefault(); this.go(to.value, reason.value); } },
      h("div", { class: "field" }, h("label", { for: to.id }, w.to), to),
      h("div", { class: "field" }, h("label", { for: reason.id }, w.reason), h("p", { class: "hint" }, w.reasonMore), reason),
      h("div", { class: "dialog-row" }, go, h("button", { type: "button", class: "plain", onclick: () => this.dialog.shut() }, words.console_.cancel))));
    go.disabled = others.length === 0;
    void colleagues(this.o.api, this.o.me).then((all) => {
      const chosen = to.value;
      fill(to, inDepartments, group(w.doctors, ...all.map((d) => h("option", { value: "doctor/" + d.login }, `${d.name} (${standing(d, words.visits)})`))));
      if (chosen) to.value = chosen;
      go.disabled = to.value === "";
    });
  }

  private go(to: string, words: string): void {
    if (!to) return;
    const reason = words.trim();
    this.dialog.close();
    this.o.do({ do: "transfer", to, ...(reason ? { reason } : {}) });
  }
}
