// What this browser keeps of its conversation. Ticket and id are one value on
// the shelf, so that two tabs can never put one's ticket beside the other's id.

import { newKey, newTicket } from "../shared/secret";
import type { Shelf } from "../shared/shelf";

export interface Kept {
  readonly ticket: string;
  readonly start: string; // the key of the start
  readonly conversation: string; // "" until it is started
}

export const keptAt = "conversation";

/** newKept makes the ticket of a conversation that is not begun yet. */
export function newKept(): Kept {
  return { ticket: newTicket(), start: newKey(), conversation: "" };
}

/** readKept gives null for nothing and for rubbish. */
export function readKept(shelf: Shelf): Kept | null {
  try {
    const k = JSON.parse(shelf.get(keptAt) ?? "null") as Partial<Kept> | null;
    const whole = [k?.ticket, k?.start, k?.conversation].every((text) => typeof text === "string") && k?.ticket !== "";
    return whole ? (k as Kept) : null;
  } catch {
    return null;
  }
}

export function keep(shelf: Shelf, kept: Kept): void {
  shelf.set(keptAt, JSON.stringify(kept));
}

/** forget drops what is kept, unless another tab has put its own there. */
export function forget(shelf: Shelf, kept: Kept): void {
  const now = readKept(shelf);
  if (!now || now.ticket === kept.ticket) shelf.drop(keptAt);
}
