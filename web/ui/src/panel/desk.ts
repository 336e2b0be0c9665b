// The patient's side of one conversation: ticket, start, line, outbox, fold.
// It touches no element; the view is told when something is other than before.

import type { Code, Command, Elsewhere, Entry, Join, Joined, RefusedFrame, ServerFrame, Start, Started, WentOn } from "../wire";
import { Api, Refused } from "../shared/api";
import { delay } from "../shared/backoff";
import { Fetched } from "../shared/files/fetched";
import { Tray, type Upload } from "../shared/files/tray";
import { FreshLinks } from "../shared/links";
import { type Face, Line } from "../shared/line";
import { Outbox, type Parcel } from "../shared/outbox";
import { newKey } from "../shared/secret";
import type { Shelf } from "../shared/shelf";
import { fold, newTalk, type Talk } from "../shared/talk";
import type { Trouble } from "../shared/bridge";
import { forget, keep, type Kept, keptAt, newKept, readKept } from "./kept";
import type { Persons } from "./person";

export interface DeskOptions {
  shelf: Shelf;
  site: string;
  flow: string;
  /** The secret of a link from another device, "" for none. */
  link: string;
  /** The language of the panel as it is now. */
  language(): string;
  /** Who signs a start. */
  persons: Pick<Persons, "token" | "renewed" | "lost">;
  /** Something that the clinic's page may mend. */
  report(code: Trouble): void;
  changed(): void;
  /** An entry has come after the history. */
  news(entry: Entry): void;
  /** Text that has to go back to the composer: why, where there is a reason to say. */
  giveBack(text: string, code: Code | "", why: string): void;
  /** The conversation is another one from here on. */
  anew(): void;
  /** The call has a new room, or none any more. */
  callChanged(renewed: boolean): void;
  typing(name: string): void;
  /** A file was not taken, and is not sent again by itself. */
  fileFailed?(u: Upload): void;
}

/** What a start is refused with that may pass by itself. */
const passes: readonly string[] = ["offline", "unavailable", "too_many"];

/** invited: a link is here, and nobody has said yet that it is to be used. */
export type Stage = "starting" | "invited" | "not_started" | "open" | "dead";

export class Desk {
  talk: Talk = newTalk();
  face: Face = "connecting";
  stage: Stage = "starting";
  /** The history is here; what comes now is new. */
  caughtUp = false;
  /** The conversation began on this page: nothing of it was heard before. */
  begunHere = false;
  /** Calls cannot be made just now. */
  noVideo = false;
  /** Why it could not be begun; what passes by itself is tried again. */
  trouble: Refused | null = null;
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
  readonly tray: Tray;
  readonly fetched = new Fetched(() => this.kept.ticket);

  private behind = 0; // milliseconds, this clock against Bedside's
  private readonly api = new Api({ bearer: () => this.kept.ticket });
  private line: Line;
  private again: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private guest: Kept | null = null; // comes by a link, and is kept once it is let in
  private accepted = false; // … and wants to
  private previous = ""; // the conversation that the next one follows
  private kept: Kept = { ticket: "", start: "", conversation: "" };

  constructor(private readonly o: DeskOptions) {
    if (o.link !== "") this.guest = newKept();
    this.outbox = new Outbox(o.shelf, (p) => this.dispatch(p), () => o.changed());
    this.tray = new Tray({ bearer: () => this.kept.ticket, changed: () => o.changed(), failed: (u) => o.fileFailed?.(u) });
    this.line = this.makeLine();
    o.shelf.watch((key) => this.otherTab(key));
  }

  /** This browser keeps a conversation of its own. */
  get has(): boolean {
    return Boolean(readKept(this.o.shelf)?.conversation);
  }

  get conversation(): string {
    return this.kept.conversation;
  }

  /** begin goes on with the conversation of this browser, or starts one. Where
   *  another tab was faster it goes along with that one's. */
  async begin(previous = this.previous): Promise<void> {
    const { shelf } = this.o;
    clearTimeout(this.again);
    this.previous = previous;
    if (this.guest && !this.accepted) {
      this.stage = "invited";
      return this.o.changed();
    }
    if (!this.trouble) this.stage = "starting";
    const mine = (this.kept = this.guest ?? readKept(shelf) ?? newKept());
    if (!this.guest) keep(shelf, mine);
    this.o.changed();
    try {
      const conversation = await this.place(mine, previous);
      if (this.kept !== mine) return; // another tab's conversation has come meanwhile
      const now = readKept(shelf);
      if (!this.guest && now && now.ticket !== mine.ticket) return await this.begin();
      if (this.guest) shelf.drop("seen"); // of another conversation
      this.guest = null;
      this.kept = { ...mine, conversation };
      keep(shelf, this.kept);
      this.stage = "open";
      this.trouble = null;
      this.previous = "";
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

  mint(call: string, how: Join): Promise<Joined> {
    const path = `/api/v1/conversations/${this.conversation}/calls/${call}/join`;
    return this.api.call<Joined>("POST", path, how);
  }

  /** ring calls the doctor, for whom the patient waits in the call. */
  ring(call: string): Promise<void> {
    return this.api.call("POST", `/api/v1/calls/${call}/ring`, {});
  }

  /** describe hands on what the clinic's page says of itself. */
  describe(attributes: Record<string, string>): Promise<unknown> {
    return this.command({ key: newKey(), do: "describe", attributes });
  }

  /** now is the moment by Bedside's clock, as far as it has said. */
  now(): number {
    return Date.now() + this.behind;
  }

  /** ask is a call of the wire as the patient. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.api.call<T>(method, path, body);
  }

  /** command does one at once, outside the outbox: whoever pressed waits for it. */
  command(command: Command): Promise<unknown> {
    return this.api.call("POST", `/api/v1/conversations/${this.conversation}/commands`, command);
  }

  /** file fetches what is no JSON. */
  file(path: string): Promise<Blob> {
    return this.api.file(path);
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

  /** place finds the conversation: by a link from another device, as it was kept,
   *  or by beginning one. */
  private async place(mine: Kept, previous: string): Promise<string> {
    if (mine !== this.guest) return mine.conversation || (await this.start(mine, previous));
    return (await this.api.call<WentOn>("POST", "/api/v1/elsewhere", { secret: this.o.link })).conversation;
  }

  /** accept uses the link. It is good once, so whatever only opens pages (a mail's
   *  scanner, a preview) must not; and a link may be somebody else's, who would read
   *  what is written from then on. */
  accept(): Promise<void> {
    this.accepted = true;
    return this.begin();
  }

  /** stay gives up a link that is no good, or not wanted, for what this browser has
   *  of its own. */
  stay(): Promise<void> {
    this.guest = null;
    this.trouble = null;
    return this.begin();
  }

  /** A link for another device, and the end of all others. */
  makeLink(): Promise<Elsewhere> {
    return this.api.call<Elsewhere>("POST", `/api/v1/conversations/${this.conversation}/elsewhere`);
  }

  onlyHere(): Promise<void> {
    return this.api.call<void>("DELETE", `/api/v1/conversations/${this.conversation}/elsewhere`);
  }

  /** The id comes from the server; the same ticket gets the same one again. */
  private async start(mine: Kept, previous: string): Promise<string> {
    const { site, flow } = this.o;
    const body: Start = { key: mine.start, language: this.o.language() };
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (timeZone) body.zone = timeZone;
    if (site) body.site = site;
    if (flow) body.flow = flow;
    if (previous) body.previous = previous;
    const { conversation } = await this.signed(body);
    this.begunHere = true;
    return conversation;
  }

  /** signed begins in the name of whom the clinic has vouched for. A token that
   *  has become too old is asked for again; else the panel goes on unsigned. */
  private async signed(body: Start): Promise<Started> {
    const { persons } = this.o;
    const begin = (identity: string): Promise<Started> =>
      this.api.call<Started>("POST", "/api/v1/conversations", identity ? { ...body, identity } : body);
    try {
      return await begin(persons.token);
    } catch (e) {
      if (!(e instanceof Refused) || (e.code !== "identity_expired" && e.code !== "identity_refused")) throw e;
      this.o.report(e.code);
      if (e.code === "identity_expired" && (await persons.renewed())) return await begin(persons.token);
      persons.lost();
      return await new Promise<never>(() => undefined); // the page goes on without us
    }
  }

  private notStarted(e: unknown): void {
    const why = e instanceof Refused ? e : new Refused("unavailable", "", 0);
    const dead = why.code === "unauthorized" || why.code === "unknown" || why.code === "closed";
    this.stage = dead ? "dead" : "not_started";
    this.trouble = why;
    this.o.report(why.code === "offline" ? "unreachable" : "not_started");
    if (!passes.includes(why.code)) return;
    const wait = Math.max(why.retryAfter * 1000, delay(3 + this.tries++));
    this.again = setTimeout(() => void this.begin(), wait);
  }

  /** leave takes this conversation off the desk. What was written in it and never
   *  taken goes back to the composer: the first question of the next one must not
   *  swallow it. */
  private leave(): void {
    const unsent = this.parcels().filter((p) => p.fate !== "sent" && p.command.do === "send").map((p) => p.command.text ?? "");
    this.outbox.clear(this.conversation);
    this.tray.clear(this.conversation);
    this.reset();
    if (unsent.length === 0) return;
    this.carried = true;
    this.o.giveBack(unsent.join("\n"), "", "");
  }

  private reset(): void {
    this.line.stop();
    this.line = this.makeLine();
    this.talk = newTalk();
    this.caughtUp = this.begunHere = false;
    this.trouble = null;
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
    for (const out of [this.outbox, this.tray]) face === "online" ? out.flush() : out.hold();
    if (face === "sign_in") this.die();
    this.o.changed();
  }

  /** die is for a ticket that counts no more: whoever sits here now may be
   *  somebody else, so nothing of the conversation is left to see. */
  private die(): void {
    this.stage = "dead";
    this.talk = newTalk();
    this.caughtUp = false;
    this.fresh.drop();
    this.o.anew();
  }

  private entry(entry: Entry): void {
    const before = this.talk.call;
    fold(this.talk, entry);
    this.outbox.seen(this.conversation, this.talk.last);
    this.tray.seen(this.conversation, this.talk.last);
    const call = this.talk.call;
    if (call !== before && this.caughtUp) this.o.callChanged(entry.kind === "call.ready");
    if (this.caughtUp) this.o.news(entry);
    this.o.changed();
  }

  private frame(frame: ServerFrame): void {
    if ("conversation" in frame && frame.conversation && frame.conversation !== this.conversation) return;
    switch (frame.type) {
      case "welcome": // what is still so comes behind it
        this.noVideo = false;
        this.behind = Date.parse(frame.at) - Date.now() || 0;
        break;
      case "video":
        this.noVideo = !frame.up;
        this.o.changed();
        break;
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
      this.o.giveBack(text, code, message);
    } else if (code === "overtaken" && !typed) {
      this.outbox.discard(key);
    }
  }
}
