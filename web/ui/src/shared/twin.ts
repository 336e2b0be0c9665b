// The plain HTTP twin of the socket, for networks that let no WebSocket
// through: entries by long poll, commands by POST, the console's lists by asking
// every few seconds. It speaks in the socket's frames, so nobody above notices.
// Requests overtake each other, so the commands of one conversation go one after
// the other; one that has to come again later takes those behind it with it.

import type { Code, Commanded, Entries, Head, Heads, Health } from "../wire";
import type { ClientFrame, ServerFrame } from "../wire";
import { Api, Refused } from "./api";
import { delay } from "./backoff";
import { comesAgain } from "./outbox";

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
const videoEvery = 20_000;
const headsPage = 200;
const headsMost = 500;
const base = "/api/v1/conversations";

type CommandFrame = ClientFrame & { type: "command" };

export class Twin {
  private readonly follows = new Map<string, AbortController>();
  /** Commands on their way by conversation; the first is with the server. */
  private readonly queues = new Map<string, CommandFrame[]>();
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private videoAt = 0; // when it was last asked whether there is video

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
    for (const queue of this.queues.values()) queue.splice(1);
  }

  /** send does what the socket would do with the frame. */
  send(frame: ClientFrame): boolean {
    if (!this.running) return false;
    if (frame.type === "open") this.follow(frame.conversation, frame.after ?? 0);
    if (frame.type === "unopen") this.unfollow(frame.conversation);
    if (frame.type === "command") this.queue(frame);
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

  /** queue sends a command behind those before it; one that is queued already
   *  is not queued twice. */
  private queue(frame: CommandFrame): void {
    const queue = this.queues.get(frame.conversation);
    if (!queue) {
      this.queues.set(frame.conversation, [frame]);
      void this.work(frame.conversation);
    } else if (!queue.some((f) => f.key === frame.key)) {
      queue.push(frame);
    }
  }

  /** work sends the queue's commands one after the other. What must be said once
   *  more later takes those behind it along, for they must not overtake it;
   *  without an answer nobody is told: the outbox knows what it has not heard. */
  private async work(conversation: string): Promise<void> {
    const queue = this.queues.get(conversation) ?? [];
    while (queue[0]) {
      const no = await this.command(queue[0]);
      const unheard = no?.code === "offline" || no?.code === "unauthorized";
      const done = queue.splice(0, no && (unheard || comesAgain(no.code)) ? queue.length : 1);
      if (no && !unheard && this.running) for (const frame of done) this.refuse(frame, no);
    }
    this.queues.delete(conversation);
  }

  private async command(frame: CommandFrame): Promise<Refused | null> {
    const { type: _, conversation, ...body } = frame;
    try {
      const done = await this.o.api.call<Commanded>("POST", `${base}/${conversation}/commands`, body);
      this.o.onReach(true);
      this.o.onFrame({ type: "ack", conversation, key: body.key, seq: done.seq });
      return null;
    } catch (e) {
      this.final(e);
      return e instanceof Refused ? e : new Refused("offline", "", 0);
    }
  }

  private refuse(frame: CommandFrame, no: Refused): void {
    this.o.onFrame({
      type: "refused", conversation: frame.conversation, key: frame.key,
      code: no.code as Code, message: no.message, retry_after: no.retryAfter,
    });
  }

  /** allHeads reads the lists page by page, as many rows as the socket would tell. */
  private async allHeads(): Promise<Head[]> {
    const all: Head[] = [];
    for (let from = ""; all.length < headsMost; ) {
      const page = await this.o.api.call<Heads>("GET", `${base}?limit=${headsPage}${from && `&before=${encodeURIComponent(from)}`}`);
      all.push(...(page.heads ?? []));
      if (!page.next) break;
      from = page.next;
    }
    return all;
  }

  private async heads(): Promise<void> {
    while (this.running) {
      try {
        const heads = await this.allHeads();
        this.o.onReach(true);
        this.o.onFrame({ type: "heads", all: true, heads });
        await this.video();
      } catch (e) {
        if (this.final(e)) return;
      }
      await new Promise((done) => (this.timer = setTimeout(done, listsEvery)));
    }
  }

  /** video asks what the socket tells by itself: whether calls can be made. */
  private async video(): Promise<void> {
    if (Date.now() - this.videoAt < videoEvery) return;
    this.videoAt = Date.now();
    const { video } = await this.o.api.call<Health>("GET", "/api/v1/health");
    this.o.onFrame({ type: "video", ...video });
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
