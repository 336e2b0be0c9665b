// The plain HTTP twin of the socket, for networks that let no WebSocket
// through: entries by long poll, commands by POST, the console's lists by asking
// every few seconds. It speaks in the socket's frames, so nobody above notices.

import type { Commanded, Entries, Heads } from "../wire";
import type { ClientFrame, ServerFrame } from "../wire";
import { Api, Refused } from "./api";
import { delay } from "./backoff";

export interface TwinOptions {
  api: Api;
  /** The console wants its lists too. */
  lists: boolean;
  onFrame(frame: ServerFrame): void;
  /** Whether the last answer came at all. */
  onReach(reached: boolean): void;
  onSignIn(): void;
}

const waitSeconds = 25;
const listsEvery = 4_000;
const base = "/api/v1/conversations";

export class Twin {
  private readonly follows = new Map<string, AbortController>();
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly o: TwinOptions) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    if (this.o.lists) void this.heads();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    for (const c of this.follows.values()) c.abort();
    this.follows.clear();
  }

  /** send does what the socket would do with the frame. */
  send(frame: ClientFrame): boolean {
    if (!this.running) return false;
    if (frame.type === "open") this.follow(frame.conversation, frame.after ?? 0);
    if (frame.type === "unopen") this.unfollow(frame.conversation);
    if (frame.type === "command") void this.command(frame);
    return true;
  }

  private follow(conversation: string, after: number): void {
    this.unfollow(conversation);
    const stop = new AbortController();
    this.follows.set(conversation, stop);
    void this.read(conversation, after, stop);
  }

  private unfollow(conversation: string): void {
    this.follows.get(conversation)?.abort();
    this.follows.delete(conversation);
  }

  private async read(conversation: string, after: number, stop: AbortController): Promise<void> {
    let failed = 0;
    let wait = 0; // the first page comes at once
    while (!stop.signal.aborted) {
      try {
        const path = `${base}/${conversation}/entries?after=${after}&limit=100${wait > 0 ? `&wait=${wait}` : ""}`;
        const page = await this.o.api.call<Entries>("GET", path, undefined, stop.signal);
        if (stop.signal.aborted) return;
        failed = 0;
        this.o.onReach(true);
        for (const e of page.entries ?? []) {
          after = e.seq;
          this.o.onFrame({ type: "entry", conversation, ...e });
        }
        if (after >= page.last) {
          this.o.onFrame({ type: "caught_up", conversation, last: page.last });
          wait = waitSeconds;
        }
      } catch (e) {
        if (stop.signal.aborted || this.final(e)) return;
        await pause(delay(failed++));
      }
    }
  }

  private async command(frame: ClientFrame & { type: "command" }): Promise<void> {
    const { type: _, conversation, ...body } = frame;
    try {
      const done = await this.o.api.call<Commanded>("POST", `${base}/${conversation}/commands`, body);
      this.o.onReach(true);
      this.o.onFrame({ type: "ack", conversation, key: body.key, seq: done.seq });
    } catch (e) {
      if (this.final(e) || !(e instanceof Refused) || e.code === "offline") return;
      this.o.onFrame({
        type: "refused", conversation, key: body.key, code: e.code, message: e.message, retry_after: e.retryAfter,
      });
    }
  }

  private async heads(): Promise<void> {
    while (this.running) {
      try {
        const lists = await this.o.api.call<Heads>("GET", `${base}?limit=100`);
        this.o.onReach(true);
        this.o.onFrame({ type: "heads", all: true, heads: lists.heads ?? [] });
      } catch (e) {
        if (this.final(e)) return;
      }
      await new Promise((done) => (this.timer = setTimeout(done, listsEvery)));
    }
  }

  /** final says whether to give up; whatever else happened is tried again. */
  private final(e: unknown): boolean {
    if (!(e instanceof Refused)) return false;
    if (e.code === "offline") this.o.onReach(false);
    if (e.code !== "unauthorized") return e.code === "unknown" || e.code === "forbidden";
    this.o.onSignIn();
    return true;
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
