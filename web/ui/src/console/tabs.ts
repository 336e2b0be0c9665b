// Which conversations lie open on the desk, and which of them is looked at. It
// outlives a reload; closing one loses nothing, for drafts have a place of their
// own.

import type { Shelf } from "../shared/shelf";

const most = 12; // open at once; the one longest not looked at makes way

export class Tabs {
  all: string[];
  selected = "";
  private used: string[]; // the last looked at at the end

  constructor(private readonly shelf: Shelf) {
    this.all = read(shelf.get("tabs"));
    this.used = [...this.all];
    const looked = shelf.get("looked") ?? "";
    if (this.all.includes(looked)) this.selected = looked;
  }

  select(id: string): void {
    this.selected = id;
    if (id) {
      this.used = [...this.used.filter((x) => x !== id), id];
      if (!this.all.includes(id)) this.all = [...this.all, id];
      if (this.all.length > most) this.drop(this.used[0] ?? "");
    }
    this.keep();
  }

  /** shut closes one; its neighbour is looked at then, if it was looked at. */
  shut(id: string): void {
    const at = this.all.indexOf(id);
    if (at < 0) return;
    this.drop(id);
    if (this.selected === id) this.selected = this.all[Math.min(at, this.all.length - 1)] ?? "";
    this.keep();
  }

  /** beside gives the next one, or the one before, round and round. */
  beside(by: number): string {
    const n = this.all.length;
    const at = this.all.indexOf(this.selected);
    if (n === 0) return "";
    return this.all[at < 0 ? (by > 0 ? 0 : n - 1) : (at + by + n) % n] ?? "";
  }

  private drop(id: string): void {
    this.all = this.all.filter((x) => x !== id);
    this.used = this.used.filter((x) => x !== id);
  }

  private keep(): void {
    this.shelf.set("tabs", JSON.stringify(this.all));
    this.shelf.set("looked", this.selected);
  }
}

function read(text: string | null): string[] {
  try {
    const all: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(all) ? all.filter((x): x is string => typeof x === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}
