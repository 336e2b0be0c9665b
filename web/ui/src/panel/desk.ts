// The patient's side of one conversation: ticket, start, line, outbox, fold.
// It touches no element; the view is told when something is other than before.

import type { Code, Command, Entry, Joined, RefusedFrame, ServerFrame, Start, Started } from "../wire";
import { Api, Refused } from "../shared/api";
import { FreshLinks } from "../shared/links";
import { type Face, Line } from "../shared/line";
import { Outbox, type Parcel } from "../shared/outbox";
import { newKey, newTicket } from "../shared/secret";
import type { Shelf } from "../shared/shelf";
import { fold, newTalk, type Talk } from "../shared/talk";

export interface DeskOptions {
  shelf: Shelf;
  site: string;
  flow: string;
  language: string;
  changed(): void;
  /** An entry has come after the history. */
  news(entry: Entry): void;
  /** Text that has to go back to the composer: why, where there is a reason to say. */
  giveBack(text: string, why: string): void;
  /** The conversation is another one from here on. */
  anew(): void;
  /** The call has a new room, or none any more. */
  callChanged(renewed: boolean): void;
  typing(name: string): void;
}

export type Stage = "starting" | "not_started" | "open" | "dead";

export class Desk {
  talk: Talk = newTalk();
  face: Face = "connecting";
  stage: Stage = "starting";
  /** The history is here; what comes now is new. */
  caughtUp = false;
  /** What the composer holds was written in a conversation that is closed for good. */
  get carried(): boolean {
    return this.o.shelf.get("carried") !== null;
  }

  set carried(on: boolean) {
    if (on) this.o.shelf.set("carried", "1");
    else this.o.shelf.drop("carried");
  }

  readonly fresh = new FreshLinks();
  readonly outbox: Outbox;

  private readonly api = new Api({ bearer: () => this.ticket });
  private line: Line;
  private ticket = "";
  private conversation = "";

  constructor(private readonly o: DeskOptions) {
    this.outbox = new Outbox(o.shelf, (p) => this.dispatch(p), () => o.changed());
    this.line = this.makeLine();
    o.shelf.watch((key) => this.otherTab(key));
  }

  /** begin goes on with the conversation of this browser, or starts one. */
  async begin(previous = ""): Promise<void> {
    this.stage = "starting";
    this.ticket = this.o.shelf.get("ticket") ?? this.makeTicket();
    this.conversation = this.o.shelf.get("conversation") ?? "";
    this.o.changed();
    try {
      if (this.conversation === "") await this.start(previous);
      this.stage = "open";
      this.line.start();
      this.line.follow(this.conversation);
    } catch (e) {
      this.notStarted(e);
    }
    this.o.changed();
  }

  /** startAnew leaves this conversation and begins another, which names it. What
   *  was written here and never taken goes back to the composer: the first
   *  question of the new one must not swallow it. */
  async startAnew(): Promise<void> {
    const previous = this.conversation;
    const unsent = this.parcels().filter((p) => p.fate !== "sent" && p.command.do === "send").map((p) => p.command.text ?? "");
    this.leave();
    if (unsent.length > 0) {
      this.carried = true;
      this.o.giveBack(unsent.join("\n"), "");
    }
    await this.begin(previous);
  }

  do(command: Omit<Command, "key">, shown?: string): void {
    this.outbox.add(this.conversation, { key: newKey(), ...command }, shown);
  }

  parcels(): readonly Parcel[] {
    return this.outbox.list(this.conversation);
  }

  mint(call: string, failed: boolean): Promise<Joined> {
    const path = `/api/v1/conversations/${this.conversation}/calls/${call}/join`;
    return this.api.call<Joined>("POST", path, failed ? { failed } : {});
  }

  sayTyping(): void {
    if (this.conversation) this.line.send({ type: "typing", conversation: this.conversation });
  }

  sayRead(): void {
    if (this.stage === "open" && this.talk.last > 0) {
      this.line.send({ type: "read", conversation: this.conversation, seq: this.talk.last });
    }
  }

  private dispatch(p: Parcel): boolean {
    return this.face === "online" && this.line.send({ type: "command", conversation: p.conversation, ...p.command });
  }

  private makeTicket(): string {
    const ticket = newTicket();
    this.o.shelf.set("ticket", ticket);
    this.o.shelf.set("start", newKey());
    return this.o.shelf.get("ticket") ?? ticket; // another tab may have been first
  }

  /** The id comes from the server; the same ticket gets the same one again. */
  private async start(previous: string): Promise<void> {
    const { site, flow, language, shelf } = this.o;
    const body: Start = { key: shelf.get("start") ?? newKey(), language };
    if (site) body.site = site;
    if (flow) body.flow = flow;
    if (previous) body.previous = previous;
    const started = await this.api.call<Started>("POST", "/api/v1/conversations", body);
    this.conversation = started.conversation;
    shelf.set("conversation", started.conversation);
  }

  private notStarted(e: unknown): void {
    const dead = e instanceof Refused && (e.code === "unauthorized" || e.code === "unknown");
    this.stage = dead ? "dead" : "not_started";
  }

  private leave(): void {
    this.outbox.clear(this.conversation);
    for (const key of ["ticket", "conversation", "start"]) this.o.shelf.drop(key);
    this.reset();
  }

  private reset(): void {
    this.line.stop();
    this.line = this.makeLine();
    this.talk = newTalk();
    this.caughtUp = false;
    this.face = "connecting";
    this.fresh.drop();
    this.o.anew();
  }

  /** Another tab of this browser has begun a new conversation: go along. */
  private otherTab(key: string): void {
    const now = this.o.shelf.get("conversation");
    if (key !== "conversation" || !now || now === this.conversation) return;
    this.reset();
    void this.begin();
  }

  private makeLine(): Line {
    const line: Line = new Line({
      api: this.api,
      lists: false,
      hello: () => ({ type: "hello", ticket: this.ticket }),
      onEntry: (_, entry) => this.entry(entry),
      onFrame: (frame) => this.frame(frame),
      onFace: (face) => line === this.line && this.showFace(face),
    });
    return line;
  }

  private showFace(face: Face): void {
    this.face = face;
    if (face === "online") this.outbox.flush();
    else this.outbox.hold();
    if (face === "sign_in") this.stage = "dead";
    this.o.changed();
  }

  private entry(entry: Entry): void {
    const before = this.talk.call;
    fold(this.talk, entry);
    this.outbox.seen(this.conversation, this.talk.last);
    const call = this.talk.call;
    if (call !== before && this.caughtUp) this.o.callChanged(entry.kind === "call.ready");
    if (this.caughtUp) this.o.news(entry);
    this.o.changed();
  }

  private frame(frame: ServerFrame): void {
    if ("conversation" in frame && frame.conversation && frame.conversation !== this.conversation) return;
    switch (frame.type) {
      case "caught_up":
        this.caughtUp = true;
        this.o.changed();
        break;
      case "ack":
        this.outbox.acked(frame.key, frame.seq);
        this.outbox.seen(this.conversation, this.talk.last);
        this.o.changed();
        break;
      case "refused":
        this.refused(frame);
        break;
      case "guest_link":
        this.fresh.offer(frame);
        break;
      case "typing":
        if (frame.by && frame.by.role !== "patient") this.o.typing(frame.by.name ?? "");
        break;
    }
  }

  private refused(frame: RefusedFrame): void {
    if (!frame.key) {
      if (frame.code === "unknown" || frame.code === "unauthorized") this.stage = "dead";
      this.o.changed();
      return;
    }
    this.outbox.refused(frame.key, frame.code, frame.message, frame.retry_after);
    const parcel = this.parcels().find((p) => p.command.key === frame.key);
    if (parcel) this.afterRefusal(parcel, frame.code, frame.message);
  }

  /** What a refusal means for what was typed: an answer that does not do goes
   *  back to be mended, a press that came late is forgotten, a word into a
   *  conversation that is closed for good begins a new one. */
  private afterRefusal(p: Parcel, code: Code, message: string): void {
    const { key, text } = p.command;
    const typed = p.command.do === "send" && text !== undefined;
    if (typed && this.talk.phase === "closed" && (code === "closed" || code === "not_now")) {
      void this.startAnew();
      return;
    }
    if (typed && (code === "invalid" || code === "malformed" || code === "too_large")) {
      this.outbox.discard(key);
      this.o.giveBack(text, message);
    } else if (code === "overtaken" && !typed) {
      this.outbox.discard(key);
    }
  }
}
