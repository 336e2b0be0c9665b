// Whom this console rings for. While one doctor is rung for a patient the consoles
// of the others are silent; who has no offer rings at all of them, after a breath:
// an offer is made in the moment after somebody has come.

import type { Head } from "../wire";

/** How long an offer may be on its way, in milliseconds. */
export const breath = 1_500;

export interface Called {
  /** Offered to me. */
  mine: Head[];
  /** For all of us. */
  all: Head[];
  /** In how many milliseconds another may ring; null: nobody is on the way. */
  soon: number | null;
}

export class Calling {
  private readonly came = new Map<string, number>();
  private first = true; // what is there when the page opens waits for no offer

  constructor(private readonly me: string) {}

  /** sort says of those who wait who rings now; now is any clock in milliseconds. */
  sort(waiting: readonly Head[], now: number): Called {
    const out: Called = { mine: [], all: [], soon: null };
    const here = new Set(waiting.map((x) => x.id));
    for (const id of this.came.keys()) if (!here.has(id)) this.came.delete(id);
    for (const head of waiting) this.one(head, now, out);
    this.first = false;
    return out;
  }

  private one(head: Head, now: number, out: Called): void {
    const { id, offer, priority } = head;
    if (offer) this.came.delete(id);
    if (offer?.doctor === this.me) out.mine.push(head);
    else if (priority === "emergency") out.all.push(head);
    else if (!offer) {
      const came = this.came.get(id) ?? (this.first ? now - breath : now);
      this.came.set(id, came);
      const left = came + breath - now;
      if (left <= 0) out.all.push(head);
      else out.soon = Math.min(out.soon ?? left, left);
    }
  }
}
