// One list of conversations under its title. Rows stay where they are unless
// their order changes.

import { h } from "../shared/dom";
import { Row, type RowState, type RowWords } from "./row";

export class Section {
  readonly element: HTMLElement;
  readonly list: HTMLElement;
  private readonly rows = new Map<string, Row>();
  private readonly count = h("span", { class: "count" });
  private readonly none = h("p", { class: "empty", hidden: true });

  constructor(kind: string, title: string, private readonly o: RowWords, private readonly open: ((id: string) => void) | null, level: "h2" | "h3" = "h2") {
    const id = `list-${kind}-${Math.random().toString(36).slice(2)}`;
    this.list = h("ul", { class: `heads ${kind}-list`, "aria-labelledby": id });
    this.element = h("section", { class: "list" }, h(level, { id }, h("span", {}, title + " "), this.count), this.list, this.none);
  }

  /** show draws the rows in their order; empty says why there are none. */
  show(states: readonly RowState[], now: number, empty: string): void {
    put(this.count, String(states.length));
    put(this.none, empty);
    this.none.hidden = states.length > 0 || empty === "";
    this.list.hidden = states.length === 0;
    const ids = new Set(states.map((s) => s.head.id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    states.forEach((state, i) => {
      const row = this.row(state.head.id);
      const there = this.list.children[i];
      if (there !== row.element) this.list.insertBefore(row.element, there ?? null);
      row.show(state, now);
    });
  }

  tick(now: number): void {
    for (const row of this.rows.values()) row.tick(now);
  }

  private row(id: string): Row {
    const had = this.rows.get(id);
    if (had) return had;
    const row = new Row(id, this.o, this.open && (() => this.open?.(id)));
    this.rows.set(id, row);
    return row;
  }
}

function put(e: HTMLElement, text: string): void {
  if (e.textContent !== text) e.textContent = text;
}
