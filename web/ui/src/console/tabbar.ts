// The conversations that lie open, side by side: each with its name, what is
// unread, and whether something is begun in it.

import { h, icon, shapes } from "../shared/dom";
import type { console_ as english } from "../texts/en_staff";
import type { Office } from "./office";

/** What a tab says of its conversation. */
export interface TabFace {
  name: string;
  called: string;
  draft: boolean;
  inCall: boolean;
}

export class TabBar {
  readonly element: HTMLElement;
  private readonly list = h("ul");
  private readonly tabs = new Map<string, Tab>();

  constructor(private readonly office: Office, private readonly words: typeof english, private readonly face: (id: string) => TabFace) {
    this.element = h("nav", { class: "tabs", "aria-label": words.open, hidden: true }, this.list);
  }

  show(): void {
    const { all, selected } = this.office.tabs;
    this.element.hidden = all.length === 0;
    for (const [id, tab] of this.tabs) {
      if (all.includes(id)) continue;
      tab.element.remove();
      this.tabs.delete(id);
    }
    all.forEach((id, i) => {
      const tab = this.tabs.get(id) ?? this.make(id);
      if (this.list.children[i] !== tab.element) this.list.insertBefore(tab.element, this.list.children[i] ?? null);
      tab.show(this.face(id), this.office.unread(id), id === selected);
    });
  }

  /** focus goes to the tab that is looked at. */
  focus(): void {
    this.list.querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  private make(id: string): Tab {
    const tab = new Tab(id, this.words, () => this.office.select(id), () => this.office.shut(id));
    this.tabs.set(id, tab);
    return tab;
  }
}

class Tab {
  readonly element: HTMLElement;
  private readonly name = h("span", { class: "name", dir: "auto" });
  private readonly marks = h("span", { class: "marks" });
  private readonly open: HTMLButtonElement;
  private readonly close: HTMLButtonElement;
  private drawn = "";

  constructor(id: string, private readonly words: typeof english, open: () => void, close: () => void) {
    this.open = h("button", { type: "button", class: "ghost tab", "data-tab": id, onclick: open }, this.name, this.marks);
    this.close = h("button", { type: "button", class: "ghost icon tab-close", "data-tab-close": id, onclick: close }, icon(shapes.close));
    this.element = h("li", {}, this.open, this.close);
  }

  show(face: TabFace, unread: number, selected: boolean): void {
    const state = JSON.stringify([face, unread, selected]);
    if (state === this.drawn) return;
    this.drawn = state;
    const { words } = this;
    this.name.textContent = face.name;
    this.element.classList.toggle("selected", selected);
    if (selected) {
      this.open.setAttribute("aria-current", "true");
      this.element.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    } else this.open.removeAttribute("aria-current");
    this.close.setAttribute("aria-label", words.closeTab(face.called));
    this.close.hidden = face.inCall; // a call is left first, on purpose
    this.marks.replaceChildren(
      ...(face.inCall ? [mark("call", icon(shapes.video), words.inCall)] : []),
      ...(face.draft ? [mark("draft", icon(shapes.pen), words.draft)] : []),
      ...(unread > 0 ? [mark("unread", String(unread), words.unread(unread))] : []));
  }
}

/** mark is a small sign with the words for whoever cannot see it. */
export function mark(kind: string, sign: Node | string, words: string): HTMLElement {
  return h("span", { class: kind, title: words }, h("span", { "aria-hidden": "true" }, sign), h("span", { class: "hearing" }, ", " + words));
}
