// What was said here and is not yet known to be recorded. Each command keeps
// its key until the server has acknowledged it, so that sending it again can
// never say it twice; it survives a reload on the shelf, one key a command, so
// that two tabs do not overwrite each other.

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
}

/** How long a command waits for its answer before it is shown as failed. */
export const answerWithin = 15_000;

const place = "out/";

export class Outbox {
  private parcels: Parcel[] = [];
  private timers = new Map<string, ReturnType<typeof setTimeout>>();

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
    this.dispatch(p);
    this.changed();
  }

  /** flush sends what waits or got no answer; called when a way opens. */
  flush(): void {
    for (const p of this.parcels) {
      if (p.fate === "waiting" || p.code === "no_answer") this.dispatch(p);
    }
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

  refused(key: string, code: Code, message: string): void {
    const p = this.find(key);
    if (!p) return;
    this.settle(p, "failed");
    p.code = code;
    p.message = message;
    this.changed();
  }

  retry(key: string): void {
    const p = this.find(key);
    if (p?.fate !== "failed") return;
    this.dispatch(p);
    this.changed();
  }

  /** discard forgets a command and gives it back, e.g. to put its text into the composer. */
  discard(key: string): Parcel | undefined {
    const p = this.find(key);
    if (p) this.forget(p);
    this.changed();
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
  }

  private find(key: string): Parcel | undefined {
    return this.parcels.find((p) => p.command.key === key);
  }

  private dispatch(p: Parcel): void {
    this.settle(p, "waiting");
    delete p.code;
    delete p.message;
    if (!this.send(p)) return;
    p.fate = "sending";
    this.timers.set(p.command.key, setTimeout(() => this.unanswered(p), this.wait));
  }

  private unanswered(p: Parcel): void {
    if (p.fate !== "sending") return;
    this.settle(p, "failed");
    p.code = "no_answer";
    this.changed();
  }

  private settle(p: Parcel, fate: Fate): void {
    clearTimeout(this.timers.get(p.command.key));
    this.timers.delete(p.command.key);
    p.fate = fate;
  }

  private forget(p: Parcel): void {
    this.settle(p, "sent");
    this.shelf.drop(place + p.command.key);
    this.parcels = this.parcels.filter((q) => q !== p);
  }
}

function read(text: string | null): Parcel | null {
  try {
    const p = JSON.parse(text ?? "null") as Parcel | null;
    return p && typeof p.conversation === "string" && typeof p.command?.key === "string" ? p : null;
  } catch {
    return null;
  }
}
