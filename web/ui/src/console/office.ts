// A doctor's side of many conversations: the lists, those that are open, the
// commands on their way. It touches no element.

import type { Bookings, CallNow, Command, Duty, Entry, Found, Head, Heads, Join, Joined, ListedBooking, PresenceFrame, RefusedFrame, ServerFrame, Session, Video } from "../wire";
import { type Api, Refused } from "../shared/api";
import { Fetched } from "../shared/files/fetched";
import { Tray, type Upload } from "../shared/files/tray";
import { type Face, Line } from "../shared/line";
import { Outbox, type Parcel } from "../shared/outbox";
import { newKey } from "../shared/secret";
import type { Shelf } from "../shared/shelf";
import { fold } from "../shared/talk";
import { shortMoment } from "../shared/when";
import { leave, leftAt, newOpen, type Open, present } from "./open";
import { awaits, byDue, byPromise, byStart, byUrgency, headOf, myDay } from "./order";
import type { Seen } from "./seen";
import { Tabs } from "./tabs";

export interface OfficeOptions {
  api: Api;
  session: Session;
  shelf: Shelf;
  seen: Seen;
  /** The doctor has the selected conversation before their eyes. */
  attentive(): boolean;
  changed(): void;
  news(open: Open, entry: Entry): void;
  signIn(): void;
  /** There is video, or none: told at the start and with each change. */
  video(v: Video): void;
  /** Where the doctor stands: told at the start and with each change. */
  duty(d: Duty): void;
  /** A file was not taken, and is not sent again by itself. */
  fileFailed?(u: Upload): void;
}

/** How many of those that I had are listed. */
const hadMost = 30;
/** Appointments are listed so far ahead, in milliseconds. */
const bookedFor = 14 * 86_400_000;
/** What a call answers with that is over, or nobody's here to see. */
const lost: readonly string[] = ["no_call", "unknown", "ended", "forbidden", "malformed"];
/** … and read in so many parts at most. */
const bookedPages = 10;

export class Office {
  readonly heads = new Map<string, Head>();
  readonly opens = new Map<string, Open>();
  readonly outbox: Outbox;
  readonly tray: Tray;
  readonly fetched = new Fetched();
  readonly tabs: Tabs;
  face: Face = "connecting";
  listed = false;
  /** Closed ones that I had, the last first; null: they cannot be read. */
  had: Head[] | null | undefined = undefined;
  /** Appointments of the next days; null: they cannot be read. */
  booked: Head[] | null | undefined = undefined;
  /** Whom the last search found. */
  found: Head[] = [];
  /** Whether calls can be made; null: not told yet. */
  video: Video | null = null;
  /** Whose page is closed, since when by this machine's clock; 0: not known. */
  readonly away = new Map<string, number>();
  readonly api: Api;
  private readonly known = new Map<string, Head>(); // the last head of each
  private readonly line: Line;
  private ahead = 0; // of Bedside's clock before this machine's, in ms

  constructor(private readonly o: OfficeOptions) {
    this.api = o.api;
    this.tabs = new Tabs(o.shelf);
    this.outbox = new Outbox(o.shelf, (p) => this.dispatch(p), () => o.changed());
    this.tray = new Tray({ changed: () => o.changed(), failed: (u) => o.fileFailed?.(u) });
    this.line = new Line({
      api: o.api,
      lists: true,
      hello: () => ({ type: "hello" }),
      onEntry: (id, entry) => this.entry(id, entry),
      onFrame: (frame) => this.frame(frame),
      onFace: (face) => this.showFace(face),
    });
  }

  get selected(): string {
    return this.tabs.selected;
  }

  begin(): void {
    this.line.start();
    for (const id of this.tabs.all) this.follow(id);
  }

  end(): void {
    this.line.stop();
  }

  /** now is the time by Bedside's clock. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** Those who wait, the most urgent and longest first. */
  waiting(): Head[] {
    return [...this.heads.values()].filter((x) => awaits(x) && !this.isMine(x)).sort(byUrgency);
  }

  /** Those who are offered to me. */
  offered(): Head[] {
    return [...this.heads.values()].filter((x) => x.offer?.doctor === this.o.session.login);
  }

  /** Whom the clinic has promised to call, the nearest deadline first. */
  callbacks(): Head[] {
    return [...this.heads.values()].filter((x) => x.callback).sort(byPromise);
  }

  /** My own appointments of today, those that are due first. */
  day(): Head[] {
    return myDay([...this.heads.values()].filter((x) => !this.isMine(x)), this.o.session.login, this.now());
  }

  /** Those who are parked and wait for no call: an appointment comes, or nothing. */
  parked(): Head[] {
    return [...this.heads.values()].filter((x) => x.phase === "parked" && !x.callback && !awaits(x)).sort(byStart);
  }

  /** My own, those who wait for my answer first. */
  mine(): Head[] {
    return [...this.heads.values()].filter((x) => this.isMine(x)).sort(byDue);
  }

  isMine(head: Head | undefined): boolean {
    return head?.phase === "consulting" && head.doctor === this.o.session.login;
  }

  /** head is a conversation of one of my lists as it stands. */
  head(id: string): Head | undefined {
    return this.heads.get(id) ?? this.had?.find((x) => x.id === id) ?? this.booked?.find((x) => x.id === id) ?? this.found.find((x) => x.id === id && x.phase === "closed");
  }

  /** about is the last that was known of a conversation, in a list or no more. */
  about(id: string): Head | undefined {
    return this.head(id) ?? this.known.get(id);
  }

  /** readHad asks for what I had before; nobody tells of it by itself. */
  async readHad(): Promise<void> {
    const list = encodeURIComponent("closed/" + this.o.session.login);
    try {
      this.had = (await this.o.api.call<Heads>("GET", `/api/v1/conversations?list=${list}&limit=${hadMost}`)).heads;
      this.know(this.had);
    } catch {
      this.had = null;
    }
    this.o.changed();
  }

  /** whose names an appointment by its patient and time; "" where it stands in none of my lists. */
  whose(booking: string, language: string): string {
    for (const head of this.heads.values()) {
      const b = head.bookings?.find((x) => x.id === booking);
      if (b) return [shortMoment(b.start, this.now(), language), head.patient ?? ""].filter((t) => t !== "").join(", ");
    }
    return "";
  }

  /** readBooked asks for the appointments of the next days. */
  async readBooked(): Promise<void> {
    try {
      this.booked = (await this.appointments(this.now(), bookedFor)).map(headOf);
      this.know(this.booked);
    } catch {
      this.booked = null;
    }
    this.o.changed();
  }

  /** ofCall is the conversation of a call or of an appointment; "" where it is over
   *  or not mine to find. It throws what Api throws where nobody can say. */
  async ofCall(call: string): Promise<string> {
    const all = [...this.heads.values(), ...(this.booked ?? [])];
    const here = all.find((x) => x.call?.id === call || x.bookings?.some((b) => b.id === call));
    if (here) return here.id;
    try {
      return (await this.api.call<CallNow>("GET", `/api/v1/calls/${encodeURIComponent(call)}`)).conversation ?? "";
    } catch (e) {
      if (!(e instanceof Refused) || !lost.includes(e.code)) throw e;
      // A colleague's is listed for their department, and entered by them alone.
      return e.code === "forbidden" ? (await this.appointments(this.now() - 86_400_000, 400 * 86_400_000)).find((b) => b.id === call)?.conversation ?? "" : "";
    }
  }

  private async appointments(from: number, length: number): Promise<ListedBooking[]> {
    const at = (t: number): string => encodeURIComponent(new Date(t).toISOString());
    const all: ListedBooking[] = [];
    let start = at(from);
    for (let page = 0; page < bookedPages && start !== ""; page++) {
      const { bookings, next } = await this.o.api.call<Bookings>("GET", `/api/v1/bookings?from=${start}&to=${at(from + length)}`);
      all.push(...bookings.filter((b) => !all.some((x) => x.id === b.id)));
      start = next ? encodeURIComponent(next) : "";
    }
    return all;
  }

  /** find asks for patients by name; the name stands in no address. */
  async find(words: string, stop: AbortSignal): Promise<Found> {
    const found = await this.o.api.call<Found>("POST", "/api/v1/conversations/find", { words, limit: 50 }, stop);
    this.found = found.heads;
    this.know(found.heads);
    return found;
  }

  /** select opens a conversation on the desk; "" puts all away. */
  select(id: string): void {
    const before = this.selected;
    this.tabs.select(id);
    if (before !== id) this.tidy(before);
    if (id) this.follow(id);
    this.look();
    this.o.changed();
  }

  /** tidy puts away what is over, unless something was begun there. */
  private tidy(id: string): void {
    const open = this.opens.get(id);
    const over = open?.gone || (open?.talk.phase === "closed" && open.caughtUp);
    if (over && !this.begun(id) && this.outbox.list(id).length === 0) this.tabs.shut(id);
    if (id) this.letGo(id);
  }

  /** shut closes a conversation on the desk; drafts and what is mine stay. */
  shut(id: string): void {
    this.tabs.shut(id);
    this.letGo(id);
    this.look();
    this.o.changed();
  }

  /** look marks what the doctor sees now as seen. */
  look(): void {
    const open = this.opens.get(this.selected);
    if (!open || open.talk.last === 0 || !this.o.attentive()) return;
    const news = this.o.seen.count(open.id) > 0;
    this.o.seen.read(open.id, open.talk.last);
    this.line.send({ type: "read", conversation: open.id, seq: open.talk.last });
    if (news) this.o.changed();
  }

  /** begun says that a text has been begun there and not sent. */
  begun(id: string): boolean {
    return this.o.shelf.get("draft/" + id) !== null || this.o.shelf.get("finish/" + id) !== null;
  }

  unread(id: string): number {
    return this.o.seen.count(id);
  }

  do(id: string, command: Omit<Command, "key">): void {
    const open = this.opens.get(id);
    if (open) open.refusal = null;
    this.outbox.add(id, { key: newKey(), ...command });
  }

  /** ring calls the patient, for whom the doctor waits in the call. */
  ring(call: string): Promise<void> {
    return this.o.api.call("POST", `/api/v1/calls/${call}/ring`, {});
  }

  mint(id: string, call: string, how: Join): Promise<Joined> {
    return this.o.api.call<Joined>("POST", `/api/v1/conversations/${id}/calls/${call}/join`, how);
  }

  sayTyping(id: string): void {
    this.line.send({ type: "typing", conversation: id });
  }

  private follow(id: string): Open {
    const had = this.opens.get(id);
    if (had) return had;
    const open = newOpen(id);
    this.opens.set(id, open);
    this.line.follow(id);
    return open;
  }

  /** What is neither mine nor open on the desk is not followed any longer. */
  private letGo(id: string): void {
    if (this.tabs.all.includes(id) || this.isMine(this.heads.get(id))) return;
    this.line.unfollow(id);
    this.opens.delete(id);
    this.o.seen.forget(id);
  }

  private dispatch(p: Parcel): boolean {
    return this.face === "online" && this.line.send({ type: "command", conversation: p.conversation, ...p.command });
  }

  private showFace(face: Face): void {
    this.face = face;
    for (const out of [this.outbox, this.tray]) face === "online" ? out.flush() : out.hold();
    if (face !== "online") this.unknow();
    if (face === "sign_in") this.o.signIn();
    this.o.changed();
  }

  /** unknow forgets who is here: without a line nobody tells. */
  private unknow(): void {
    this.away.clear();
    for (const open of this.opens.values()) {
      open.here = null;
      open.lookers.clear();
    }
  }

  private entry(id: string, entry: Entry): void {
    const open = this.opens.get(id);
    if (!open) return;
    fold(open.talk, entry);
    this.outbox.seen(id, open.talk.last);
    this.tray.seen(id, open.talk.last);
    open.typingUntil = 0;
    open.gone = false;
    this.o.seen.take(id, entry);
    if (open.caughtUp) this.o.news(open, entry);
    if (id === this.selected) this.look();
    this.o.changed();
  }

  private frame(frame: ServerFrame): void {
    const open = "conversation" in frame && frame.conversation ? this.opens.get(frame.conversation) : undefined;
    switch (frame.type) {
      case "welcome":
        this.ahead = Date.parse(frame.at) - Date.now();
        break;
      case "video":
        this.video = frame;
        this.o.video(frame);
        break;
      case "duty":
        this.o.duty(frame);
        break;
      case "heads":
        this.lists(frame.heads ?? [], frame.gone ?? [], frame.all ?? false);
        break;
      case "caught_up":
        if (open) open.caughtUp = true;
        this.look();
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
        this.present(open, frame);
        break;
      case "typing":
        if (open && frame.by?.role === "patient") open.typingUntil = Date.now() + 6_000;
        break;
    }
    this.o.changed();
  }

  private present(open: Open | undefined, frame: PresenceFrame): void {
    if (frame.by.role === "patient") {
      if (frame.here) this.away.delete(frame.conversation);
      else this.away.set(frame.conversation, leftAt(frame));
    }
    if (open) present(open, frame);
  }

  private lists(heads: readonly Head[], gone: readonly string[], all: boolean): void {
    if (all) this.heads.clear();
    for (const head of heads) this.heads.set(head.id, head);
    this.know(heads);
    for (const id of gone) this.heads.delete(id);
    this.listed = true;
    for (const head of heads) this.readAgain(head.id);
    for (const head of this.mine()) this.follow(head.id);
    for (const id of [...this.opens.keys()]) this.letGo(id);
  }

  /** What a colleague had and has given back may be read again. */
  private readAgain(id: string): void {
    const open = this.opens.get(id);
    if (!open?.gone) return;
    open.gone = false;
    this.line.again(id);
  }

  private know(heads: readonly Head[]): void {
    for (const head of heads) this.known.set(head.id, head);
  }

  /** A command that was refused is not kept as something to send again, unless
   *  it holds words. */
  private refused(open: Open | undefined, key: string, no: RefusedFrame): void {
    if (open && !key && no.code === "unknown") leave(open);
    else if (open) open.refusal = { code: no.code, message: no.message };
    const parcel = this.outbox.list(no.conversation ?? "").find((p) => p.command.key === key);
    if (parcel?.command.text) this.outbox.refused(key, no.code, no.message, no.retry_after);
    else if (key) this.outbox.discard(key);
  }
}
