// The line to Bedside: the socket while it can be had, its HTTP twin while it
// cannot. Above it there are only frames, conversations that are followed, and
// one face that says how things stand.

import type { Entry } from "../wire";
import type { ClientFrame, HelloFrame, ServerFrame } from "../wire";
import { Api } from "./api";
import { Feed } from "./feed";
import { Mend } from "./mend";
import { type Face, Socket } from "./socket";
import { Twin } from "./twin";

export type { Face };

export interface LineOptions {
  api: Api;
  lists: boolean;
  hello(): HelloFrame;
  onEntry(conversation: string, entry: Entry): void;
  /** Everything that is not an entry. */
  onFrame(frame: ServerFrame): void;
  onFace(face: Face): void;
}

/** One conversation that is followed. */
interface Followed {
  readonly feed: Feed;
  readonly mend: Mend;
  early: number; // the newest entry that came before those it follows
}

/** So many sockets in a row without a welcome, and the twin begins. */
const giveUpAfter = 2;

export class Line {
  private readonly socket: Socket;
  private readonly twin: Twin;
  private readonly feeds = new Map<string, Followed>();
  private face: Face = "connecting";
  private byTwin = false;

  constructor(private readonly o: LineOptions) {
    this.socket = new Socket({
      url: location.origin.replace(/^http/, "ws") + "/api/v1/socket",
      hello: () => o.hello(),
      onFrame: (f) => this.hear(f),
      onFace: (f) => this.socketFace(f),
    });
    this.twin = new Twin({
      api: o.api,
      lists: o.lists,
      onFrame: (f) => this.hear(f),
      onReach: (reached) => this.byTwin && this.show(reached ? "online" : "offline"),
      onSignIn: () => this.signIn(),
    });
    const nudge = (): void => {
      if (document.visibilityState !== "hidden") this.socket.nudge();
    };
    document.addEventListener("visibilitychange", nudge);
    window.addEventListener("pageshow", nudge);
    window.addEventListener("online", nudge);
  }

  start(): void {
    this.socket.start();
  }

  stop(): void {
    this.socket.stop();
    this.leaveTwin();
    for (const f of this.feeds.values()) f.mend.stop();
    this.feeds.clear();
  }

  /** follow begins a conversation at its start; entries come by onEntry. */
  follow(conversation: string): void {
    if (this.feeds.has(conversation)) return;
    const feed = new Feed((e) => this.o.onEntry(conversation, e));
    const mend = new Mend(() => followed.early > feed.last, () => this.open(conversation));
    const followed: Followed = { feed, mend, early: 0 };
    this.feeds.set(conversation, followed);
    this.open(conversation);
  }

  /** again asks once more for one that is followed and was refused, from its last
   *  entry on. */
  again(conversation: string): void {
    if (this.feeds.has(conversation)) this.open(conversation);
  }

  unfollow(conversation: string): void {
    this.feeds.get(conversation)?.mend.stop();
    if (this.feeds.delete(conversation)) this.send({ type: "unopen", conversation });
  }

  /** The last entry of a followed conversation. */
  last(conversation: string): number {
    return this.feeds.get(conversation)?.feed.last ?? 0;
  }

  send(frame: ClientFrame): boolean {
    return this.byTwin ? this.twin.send(frame) : this.socket.send(frame);
  }

  private hear(frame: ServerFrame): void {
    if (frame.type === "entry") this.take(frame.conversation, frame);
    else this.o.onFrame(frame);
  }

  private take(conversation: string, entry: Entry): void {
    const followed = this.feeds.get(conversation);
    if (followed?.feed.take(entry) !== "gap") return;
    followed.early = Math.max(followed.early, entry.seq);
    followed.mend.gap();
  }

  private open(conversation: string): void {
    this.send({ type: "open", conversation, after: this.last(conversation) });
  }

  private socketFace(face: Face): void {
    if (face === "online") {
      this.leaveTwin();
      for (const conversation of this.feeds.keys()) this.open(conversation);
      this.show("online");
    } else if (face === "sign_in" || face === "never") {
      this.leaveTwin();
      this.show(face);
    } else if (this.byTwin) {
      return; // the twin says how things stand
    } else if (this.socket.failures > giveUpAfter && navigator.onLine !== false) {
      this.enterTwin();
    } else if (!(face === "connecting" && this.face === "offline")) {
      this.show(face);
    }
  }

  private enterTwin(): void {
    this.byTwin = true;
    this.twin.start();
    for (const conversation of this.feeds.keys()) this.open(conversation);
  }

  private leaveTwin(): void {
    this.byTwin = false;
    this.twin.stop();
  }

  private signIn(): void {
    this.socket.stop();
    this.leaveTwin();
    this.show("sign_in");
  }

  private show(face: Face): void {
    if (face === this.face) return;
    this.face = face;
    this.o.onFace(face);
  }
}
