// A doctor's side of many conversations: the lists, those that are open, the
// commands on their way. It touches no element.

import type { Command, Entry, Head, Heads, Joined, RefusedFrame, ServerFrame, Session } from "../wire";
import type { Api } from "../shared/api";
import { FreshLinks } from "../shared/links";
import { type Face, Line } from "../shared/line";
import { Outbox, type Parcel } from "../shared/outbox";
import { newKey } from "../shared/secret";
import type { Shelf } from "../shared/shelf";
import { fold, newTalk, type Talk } from "../shared/talk";

/** One conversation that is followed. */
export interface Open {
  readonly id: string;
  readonly talk: Talk;
  readonly fresh: FreshLinks;
  caughtUp: boolean;
  unread: number;
  here: boolean | null; // the patient has the page open; null: not known
  typingUntil: number;
  /** Why the last command was refused. */
  refusal: { code: string; message: string } | null;
}

export interface OfficeOptions {
  api: Api;
  session: Session;
  shelf: Shelf;
  changed(): void;
  news(open: Open, entry: Entry): void;
  signIn(): void;
}

/** How many of those that I had are listed. */
const hadMost = 30;

export class Office {
  readonly heads = new Map<string, Head>();
  readonly opens = new Map<string, Open>();
  readonly outbox: Outbox;
  face: Face = "connecting";
  listed = false;
  /** Closed ones that I had, the last first; null: they cannot be read. */
  had: Head[] | null | undefined = undefined;
  selected = "";
  private readonly line: Line;

  constructor(private readonly o: OfficeOptions) {
    this.outbox = new Outbox(o.shelf, (p) => this.dispatch(p), () => o.changed());
    this.line = new Line({
      api: o.api,
      lists: true,
      hello: () => ({ type: "hello" }),
      onEntry: (id, entry) => this.entry(id, entry),
      onFrame: (frame) => this.frame(frame),
      onFace: (face) => this.showFace(face),
    });
  }

  begin(): void {
    this.line.start();
  }

  end(): void {
    this.line.stop();
  }

  /** Those who wait, the most urgent and longest first. */
  waiting(): Head[] {
    return [...this.heads.values()].filter((x) => x.phase === "waiting").sort(byUrgency);
  }

  /** My own, those who wait for my answer first. */
  mine(): Head[] {
    return [...this.heads.values()].filter((x) => this.isMine(x)).sort((a, b) => (a.owed ?? "z").localeCompare(b.owed ?? "z"));
  }

  isMine(head: Head | undefined): boolean {
    return head?.phase === "consulting" && head.doctor === this.o.session.login;
  }

  /** head is what is known of a conversation, whatever list it stands in. */
  head(id: string): Head | undefined {
    return this.heads.get(id) ?? this.had?.find((x) => x.id === id);
  }

  /** readHad asks for what I had before; nobody tells of it by itself. */
  async readHad(): Promise<void> {
    const list = encodeURIComponent("closed/" + this.o.session.login);
    try {
      this.had = (await this.o.api.call<Heads>("GET", `/api/v1/conversations?list=${list}&limit=${hadMost}`)).heads;
    } catch {
      this.had = null;
    }
    this.o.changed();
  }

  /** select opens a conversation on the desk. */
  select(id: string): void {
    const before = this.selected;
    this.selected = id;
    if (before && before !== id) this.letGo(before);
    if (id) {
      this.follow(id).unread = 0;
      this.read(id);
    }
    this.o.changed();
  }

  do(id: string, command: Omit<Command, "key">): void {
    const open = this.opens.get(id);
    if (open) open.refusal = null;
    this.outbox.add(id, { key: newKey(), ...command });
  }

  mint(id: string, call: string, failed: boolean): Promise<Joined> {
    return this.o.api.call<Joined>("POST", `/api/v1/conversations/${id}/calls/${call}/join`, failed ? { failed } : {});
  }

  sayTyping(id: string): void {
    this.line.send({ type: "typing", conversation: id });
  }

  read(id: string): void {
    const open = this.opens.get(id);
    if (!open || open.talk.last === 0) return;
    open.unread = 0;
    this.line.send({ type: "read", conversation: id, seq: open.talk.last });
  }

  private follow(id: string): Open {
    const had = this.opens.get(id);
    if (had) return had;
    const open: Open = {
      id, talk: newTalk(), fresh: new FreshLinks(), caughtUp: false, unread: 0, here: null, typingUntil: 0, refusal: null,
    };
    this.opens.set(id, open);
    this.line.follow(id);
    return open;
  }

  /** What is neither mine nor looked at is not followed any longer. */
  private letGo(id: string): void {
    if (id === this.selected || this.isMine(this.heads.get(id))) return;
    this.line.unfollow(id);
    this.opens.delete(id);
  }

  private dispatch(p: Parcel): boolean {
    return this.face === "online" && this.line.send({ type: "command", conversation: p.conversation, ...p.command });
  }

  private showFace(face: Face): void {
    this.face = face;
    if (face === "online") this.outbox.flush();
    else this.outbox.hold();
    if (face === "sign_in") this.o.signIn();
    this.o.changed();
  }

  private entry(id: string, entry: Entry): void {
    const open = this.opens.get(id);
    if (!open) return;
    fold(open.talk, entry);
    this.outbox.seen(id, open.talk.last);
    open.typingUntil = 0;
    if (open.caughtUp) this.o.news(open, entry);
    this.o.changed();
  }

  private frame(frame: ServerFrame): void {
    const open = "conversation" in frame && frame.conversation ? this.opens.get(frame.conversation) : undefined;
    switch (frame.type) {
      case "heads":
        this.lists(frame.heads ?? [], frame.gone ?? [], frame.all ?? false);
        break;
      case "caught_up":
        if (open) open.caughtUp = true;
        break;
      case "ack":
        this.outbox.acked(frame.key, frame.seq);
        if (open) this.outbox.seen(open.id, open.talk.last);
        break;
      case "refused":
        this.refused(open, frame.key ?? "", frame);
        break;
      case "guest_link":
        open?.fresh.offer(frame);
        return;
      case "presence":
        if (open && frame.by.role === "patient") open.here = frame.here;
        break;
      case "typing":
        if (open && frame.by?.role === "patient") open.typingUntil = Date.now() + 6_000;
        break;
    }
    this.o.changed();
  }

  private lists(heads: readonly Head[], gone: readonly string[], all: boolean): void {
    if (all) this.heads.clear();
    for (const head of heads) this.heads.set(head.id, head);
    for (const id of gone) this.heads.delete(id);
    this.listed = true;
    for (const head of this.mine()) this.follow(head.id);
    for (const id of [...this.opens.keys()]) this.letGo(id);
  }

  /** A command that was refused is not kept as something to send again, unless
   *  it holds words. */
  private refused(open: Open | undefined, key: string, no: RefusedFrame): void {
    if (open) open.refusal = { code: no.code, message: no.message };
    const parcel = this.outbox.list(no.conversation ?? "").find((p) => p.command.key === key);
    if (parcel?.command.text) this.outbox.refused(key, no.code, no.message, no.retry_after);
    else if (key) this.outbox.discard(key);
  }
}

function byUrgency(a: Head, b: Head): number {
  const urgent = Number(b.priority === "emergency") - Number(a.priority === "emergency");
  return urgent || (a.since ?? "").localeCompare(b.since ?? "");
}
