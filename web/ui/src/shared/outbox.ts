// What was said here and is not yet known to be recorded. Each command keeps
// its key until the server has acknowledged it, so that sending it again can
// never say it twice; it survives a reload on the shelf, one key a command, so
// that two tabs do not overwrite each other. In one conversation nothing overtakes
// what has to be said again.

import type { Code, Command } from "../wire";
import type { Shelf } from "./shelf";

export type Fate = "waiting" | "sending" | "sent" | "failed";

export interface Parcel {
  readonly conversation: string;
  readonly command: Command;
  readonly at: number; // wall time of the press, for order and display
  /** What a reader sees until the entry comes, where it is not the command's text. */
  readonly shown?: string;
  fate: Fate;
  seq?: number; // sent: the entry that it left
  code?: Code | "no_answer";
  message?: string;
  /** Failed, and said again by itself: how often it was, and not before when. */
  tries?: number;
  notBefore?: number;
}

/** comesAgain says that a refusal passes by itself: the same command is sent
 *  again under its key. */
export function comesAgain(code: string | undefined): boolean {
  return code === "unavailable" || code === "too_many" || code === "no_answer";
}

/** How long a command waits for its answer before it is shown as failed. */
export const answerWithin = 15_000;

/** A press (hang up, close, release …) was meant for its moment: one that could
 *  not be sent for so long is forgotten. Words, answers and the choice of a
 *  language are kept; an answer names its question, so that it can hit no other. */
export const pressLasts = 60_000;

const place = "out/";

export class Outbox {
  private parcels: Parcel[] = [];
  private timers = new Map<string, ReturnType<typeof setTimeout>>();
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly send: (p: Parcel) => boolean, // false: no way out at the moment
    private readonly changed: () => void,
    private readonly wait = answerWithin,
  ) {
    for (const name of shelf.keys(place)) {
      const p = read(shelf.get(name));
      if (p) this.parcels.push({ ...p, fate: "waiting" });
      else shelf.drop(name);
    }
    this.parcels.sort((a, b) => a.at - b.at);
  }

  /** Everything not yet seen in the journal, in the order of the presses. */
  list(conversation: string): readonly Parcel[] {
    return this.parcels.filter((p) => p.conversation === conversation);
  }

  add(conversation: string, command: Command, shown?: string): void {
    const at = Math.max(Date.now(), (this.parcels[this.parcels.length - 1]?.at ?? 0) + 1);
    const p: Parcel = { conversation, command, at, fate: "waiting", ...(shown === undefined ? {} : { shown }) };
    this.parcels.push(p);
    this.shelf.set(place + command.key, JSON.stringify(p));
    if (!this.list(conversation).some((q) => comesAgain(q.code))) this.dispatch(p);
    this.changed();
  }

  /** flush sends what waits and what is to be said again, in the order of the
   *  presses; called when a way opens. */
  flush(): void {
    const now = Date.now();
    const held = new Set<string>(); // conversations in which one is not due yet
    for (const p of this.parcels) {
      if (p.fate !== "waiting" && !comesAgain(p.code)) continue;
      if (now - p.at > pressLasts && !lasts(p.command)) this.forget(p);
      else if (p.code !== "no_answer" && (p.notBefore ?? 0) > now) held.add(p.conversation);
      else if (!held.has(p.conversation)) this.dispatch(p);
    }
    this.plan();
    this.changed();
  }

  /** hold is called when the way closes: what was on it has to go again. */
  hold(): void {
    for (const p of this.parcels) {
      if (p.fate === "sending") this.settle(p, "waiting");
    }
    this.changed();
  }

  acked(key: string, seq: number): void {
    const p = this.find(key);
    if (!p) return;
    this.settle(p, "sent");
    p.seq = seq;
    this.shelf.drop(place + key);
    this.changed();
  }

  /** refused takes the server's no. One that passes by itself is asked again
   *  after retryAfter seconds, ever later. */
  refused(key: string, code: Code, message: string, retryAfter = 0): void {
    const p = this.find(key);
    if (!p || p.fate === "sent") return;
    this.fail(p, code, retryAfter);
    p.message = message;
    this.changed();
  }

  retry(key: string): void {
    const p = this.find(key);
    if (p?.fate !== "failed") return;
    this.settle(p, "waiting");
    this.flush();
  }

  /** discard forgets a command and gives it back, e.g. to put its text into the
   *  composer; those that waited behind it go on. */
  discard(key: string): Parcel | undefined {
    const p = this.find(key);
    if (p) this.forget(p);
    this.flush();
    return p;
  }

  /** seen drops what the journal now shows. */
  seen(conversation: string, last: number): void {
    for (const p of this.list(conversation)) {
      if (p.fate === "sent" && (p.seq ?? 0) <= last) this.forget(p);
    }
  }

  /** clear forgets a conversation, when it is left for good. */
  clear(conversation: string): void {
    for (const p of this.list(conversation)) this.forget(p);
    this.plan();
  }

  private find(key: string): Parcel | undefined {
    return this.parcels.find((p) => p.command.key === key);
  }

  private dispatch(p: Parcel): void {
    this.settle(p, "waiting");
    if (!this.send(p)) return;
    p.fate = "sending";
    this.timers.set(p.command.key, setTimeout(() => this.unanswered(p), this.wait));
  }

  private unanswered(p: Parcel): void {
    if (p.fate !== "sending") return;
    this.fail(p, "no_answer", 0);
    this.changed();
  }

  private fail(p: Parcel, code: Code | "no_answer", retryAfter: number): void {
    this.settle(p, "failed");
    p.code = code;
    if (!comesAgain(code)) return;
    p.tries = (p.tries ?? 0) + 1;
    p.notBefore = Date.now() + 1000 * Math.max(retryAfter, Math.min(60, 2 ** p.tries));
    this.plan();
  }

  /** plan sets the one timer for what is next said again. */
  private plan(): void {
    clearTimeout(this.again);
    const next = Math.min(...this.parcels.map((p) => (comesAgain(p.code) ? p.notBefore ?? 0 : Infinity)));
    if (next < Infinity) this.again = setTimeout(() => this.flush(), Math.max(0, next - Date.now()));
  }

  private settle(p: Parcel, fate: Fate): void {
    clearTimeout(this.timers.get(p.command.key));
    this.timers.delete(p.command.key);
    p.fate = fate;
    delete p.code;
    delete p.message;
    delete p.notBefore;
  }

  private forget(p: Parcel): void {
    this.settle(p, "sent");
    this.shelf.drop(place + p.command.key);
    this.parcels = this.parcels.filter((q) => q !== p);
  }
}

const lasts = (c: Command): boolean => Boolean(c.text || c.step || c.language);

function read(text: string | null): Parcel | null {
  try {
    const p = JSON.parse(text ?? "null") as Parcel | null;
    return p && typeof p.conversation === "string" && typeof p.command?.key === "string" ? p : null;
  } catch {
    return null;
  }
}
