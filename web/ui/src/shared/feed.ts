// One conversation's entries as they arrive: in order, once, without gaps. Each
// names the one before it that this reader may see; where that is not the last
// we have, something is missing and is asked for again from the last.

import type { Entry } from "../wire";

export type Taken = "taken" | "known" | "gap";

export class Feed {
  private at = 0;

  constructor(private readonly deliver: (entry: Entry) => void) {}

  /** The last sequence that was delivered. */
  get last(): number {
    return this.at;
  }

  take(entry: Entry): Taken {
    if (entry.seq <= this.at) return "known";
    if (entry.prev !== this.at) return "gap";
    this.at = entry.seq;
    this.deliver(entry);
    return "taken";
  }

  /** takeAll reads a page and stops at the first gap. */
  takeAll(entries: readonly Entry[]): boolean {
    return entries.every((e) => this.take(e) !== "gap");
  }
}
