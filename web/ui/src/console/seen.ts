// What the doctor has not seen yet. It is remembered on this machine how far each
// conversation was read; what a doctor has answered counts as seen too.

import type { Entry } from "../wire";
import type { Shelf } from "../shared/shelf";

const most = 500; // marks that are kept

export class Seen {
  private readonly unread = new Map<string, number[]>(); // sequences by conversation

  constructor(private readonly shelf: Shelf) {
    const names = shelf.keys("");
    for (const name of names.slice(0, Math.max(0, names.length - most))) shelf.drop(name);
  }

  /** take counts an entry of a conversation that is followed; it says whether it
   *  is news for the doctor. */
  take(id: string, entry: Entry): boolean {
    if (entry.kind === "message.sent" && entry.by.role === "doctor") this.unread.delete(id);
    const news = (entry.kind === "message.sent" && entry.by.role === "patient") || joined(entry);
    if (!news || entry.seq <= this.mark(id)) return false;
    this.unread.set(id, [...(this.unread.get(id) ?? []), entry.seq]);
    return true;
  }

  count(id: string): number {
    return this.unread.get(id)?.length ?? 0;
  }

  /** read is for a conversation that was looked at up to an entry. */
  read(id: string, seq: number): void {
    this.unread.delete(id);
    if (seq > this.mark(id)) this.shelf.set(id, String(seq));
  }

  /** forget is for one that is no longer followed: its entries come anew. */
  forget(id: string): void {
    this.unread.delete(id);
  }

  private mark(id: string): number {
    return Number(this.shelf.get(id) ?? 0);
  }
}

/** joined is the patient's coming into a call, or a ring from there. */
function joined(e: Entry): boolean {
  const who = (e.body as { who?: string } | null)?.who;
  return (e.kind === "call.joined" && who === "patient") || (e.kind === "call.awaited" && who === "doctor");
}
