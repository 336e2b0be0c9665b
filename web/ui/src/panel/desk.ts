// The patient's side of one conversation: ticket, start, line, outbox, fold.
// It touches no element; the view is told when something is other than before.

import type { Code, Command, Entry, Joined, RefusedFrame, ServerFrame, Start, Started } from "../wire";
import { Api, Refused } from "../shared/api";
import { FreshLinks } from "../shared/links";
import { type Face, Line } from "../shared/line";
import { Outbox, type Parcel } from "../shared/outbox";
import { newKey } from "../shared/secret";
import type { Shelf } from "../shared/shelf";
import { fold, newTalk, type Talk } from "../shared/talk";
import { forget, keep, type Kept, keptAt, newKept, readKept } from "./kept";

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

  private readonly api = new Api({ bearer: () => this.kept.ticket });
  private line: Line;
  private kept: Kept = { ticket: "", start: "", conversation: "" };

  constructor(private readonly o: DeskOptions) {
    this.outbox = new Outbox(o.shelf, (p) => this.dispatch(p), () => o.changed());
    this.line = this.makeLine();
    o.shelf.watch((key) => this.otherTab(key));
  }

  private get conversation(): string {
    return this.kept.conversation;
  }

  /** begin goes on with the conversation of this browser, or starts one. Where
   *  another tab was faster it goes along with that one's. */
  async begin(previous = ""): Promise<void> {
    const { shelf } = this.o;
    this.stage = "starting";
    const mine = (this.kept = readKept(shelf) ?? newKept());
    keep(shelf, mine);
    this.o.changed();
    try {
      const conversation = mine.conversation || (await this.start(mine, previous));
      if (this.kept !== mine) return; // another tab's conversation has come meanwhile
      const now = readKept(shelf);
      if (now && now.ticket !== mine.ticket) return await this.begin(previous);
      this.kept = { ...mine, conversation };
      keep(shelf, this.kept);
      this.stage = "open";
      this.line.start();
      this.line.follow(conversation);
    } catch (e) {
      if (this.kept === mine) this.notStarted(e);
    }
    this.o.changed();
  }

  /** startAnew leaves this conversation and begins another, which names it. */
  async startAnew(): Promise<void> {
    const previous = this.conversation;
    forget(this.o.shelf, this.kept);
    this.leave();
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

  /** The id comes from the server; the same ticket gets the same one again. */
  private async start(mine: Kept, previous: string): Promise<string> {
    const { site, flow, language } = this.o;
    const body: Start = { key: mine.start, language };
    if (site) body.site = site;
    if (flow) body.flow = flow;
    if (previous) body.previous = previous;
    return (await this.api.call<Started>("POST", "/api/v1/conversations", body)).conversation;
  }

  private notStarted(e: unknown): void {
    const dead = e instanceof Refused && (e.code === "unauthorized" || e.code === "unknown");
    this.stage = dead ? "dead" : "not_started";
  }

  /** leave takes this conversation off the desk. What was written in it and never
   *  taken goes back to the composer: the first question of the next one must not
   *  swallow it. */
  private leave(): void {
    const unsent = this.parcels().filter((p) => p.fate !== "sent" && p.command.do === "send").map((p) => p.command.text ?? "");
    this.outbox.clear(this.conversation);
    this.reset();
    if (unsent.length === 0) return;
    this.carried = true;
    this.o.giveBack(unsent.join("\n"), "");
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
    const now = key === keptAt ? readKept(this.o.shelf) : null;
    if (!now?.conversation || now.conversation === this.conversation) return;
    this.leave();
    void this.begin();
  }

  private makeLine(): Line {
    const line: Line = new Line({
      api: this.api,
      lists: false,
      hello: () => ({ type: "hello", ticket: this.kept.ticket }),
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
