// Entering a call: Join on this page, in a new tab, or by the TrueConf app.
// Each press takes the fresh link of the invitation, once, or asks for a new
// one; no link is kept.

import type { Deeplinks, Joined } from "../wire";
import type { call as english } from "../texts/en";
import { Refused } from "./api";
import { type CallFrame, openCall, type Said } from "./callframe";
import { fill, h } from "./dom";
import type { FreshLinks } from "./links";

export type CallWords = typeof english;

export interface VisitOptions {
  words: CallWords;
  fresh: FreshLinks;
  /** Origins whose frames are calls; none listed: the server's own check counts. */
  trueconf: readonly string[];
  mint(call: string, failed: boolean): Promise<Joined>;
  /** Something about the visit is other than before. */
  changed(): void;
}

interface Way {
  url: string;
  deeplinks: Deeplinks | undefined;
}

/** How long we come back by ourselves while our own ghost holds the seat. */
const ghostPatience = 60_000;

export class Visit {
  /** Where the call is seen; empty while we are out. */
  readonly stage = h("div", { class: "stage", hidden: true });
  /** What is to be said about the last press. */
  readonly status = h("div", { class: "visit-status", role: "status" });

  /** The call that this page is in, by its frame. */
  inside: string | null = null;
  /** A press is being worked on. */
  busy = false;
  /** The server rang our app instead of giving a link. */
  rung = false;

  private frame: CallFrame | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;
  private ghostSince = 0;

  constructor(private readonly o: VisitOptions) {}

  /** join opens the call on this page. */
  async join(call: string): Promise<void> {
    const way = await this.way(call, false);
    if (way) this.enter(call, way.url);
  }

  /** newTab opens a tab inside the press, before anything is awaited, and sends it on. */
  async newTab(call: string): Promise<void> {
    const tab = window.open("about:blank", "_blank");
    const way = await this.way(call, false);
    if (!way) {
      tab?.close();
      return;
    }
    this.leave();
    if (tab) {
      tab.opener = null;
      tab.location.replace(way.url);
      return;
    }
    const { blocked, openHere } = this.o.words;
    this.say(blocked + " ", h("a", { href: way.url, target: "_blank", rel: "noopener noreferrer" }, openHere));
  }

  /** app hands over to the TrueConf app; its address is set by script alone. */
  async app(call: string): Promise<void> {
    const way = await this.way(call, false);
    if (!way) return;
    const android = /android/i.test(navigator.userAgent);
    const link = (android ? way.deeplinks?.android : undefined) || way.deeplinks?.default;
    if (!link || !/^(trueconf|intent):/i.test(link)) {
      this.say(this.o.words.noApp);
      return;
    }
    this.leave();
    const a = document.createElement("a");
    a.href = link;
    a.click();
    this.say(this.o.words.appOpened);
  }

  /** leave takes the call off this page. */
  leave(): void {
    clearTimeout(this.again);
    this.away();
  }

  /** away closes the frame and lets a try that is planned stand. */
  private away(): void {
    this.frame?.close();
    this.frame = null;
    this.inside = null;
    this.stage.hidden = true;
    this.o.changed();
  }

  /** renewed goes with the call into its new room, if we were in the old one. */
  renewed(call: string): void {
    if (this.inside === call) void this.join(call);
  }

  /** say shows words about the last press; without any the line is empty. */
  say(...words: (string | Node)[]): void {
    fill(this.status, ...words);
    this.o.changed();
  }

  private enter(call: string, url: string, second = false): void {
    this.frame?.close();
    this.say();
    const frame = openCall(url, this.o.words.frame, (what) => this.heard(call, what, second));
    this.frame = frame;
    this.inside = call;
    this.ghostSince = 0;
    fill(this.stage, frame.element);
    this.stage.hidden = false;
    this.o.changed();
  }

  private heard(call: string, what: Said, second: boolean): void {
    if (what === "loginFail") {
      void this.refusedByFrame(call, second);
      return;
    }
    this.leave();
    if (what === "connectionClosed") this.say(this.o.words.lost);
    if (what === "notSupported") this.say(this.o.words.notSupported);
  }

  /** The frame was not let in: the server finds out why, and gives a new link
   *  where one can help. After a second refusal in a row none is tried again,
   *  only the reason asked for. */
  private async refusedByFrame(call: string, second: boolean): Promise<void> {
    this.frame?.close();
    const way = await this.way(call, true);
    if (way && !second) {
      this.enter(call, way.url, true);
      return;
    }
    this.away();
    if (way) this.say(this.o.words.refused["expired"] ?? "");
  }

  private async way(call: string, failed: boolean): Promise<Way | null> {
    clearTimeout(this.again);
    const pushed = failed ? null : this.o.fresh.take(call);
    if (pushed) return this.checked(pushed.web_url, pushed.deeplinks as Deeplinks | undefined);
    this.busy = true;
    this.rung = false;
    this.say();
    try {
      const joined = await this.o.mint(call, failed);
      this.busy = false;
      this.rung = joined.rung ?? false;
      this.o.changed();
      return joined.web_url ? this.checked(joined.web_url, joined.deeplinks) : null;
    } catch (e) {
      this.busy = false;
      this.refused(call, e);
      return null;
    }
  }

  /** A link to anywhere but a TrueConf Server that the page knows is not opened. */
  private checked(url: string, deeplinks: Deeplinks | undefined): Way | null {
    const { trueconf } = this.o;
    const { origin, protocol } = new URL(url);
    const web = protocol === "https:" || protocol === "http:";
    if (web && (trueconf.length === 0 || trueconf.includes(origin))) return { url, deeplinks };
    this.say(this.o.words.refused["other"] ?? "");
    return null;
  }

  private refused(call: string, e: unknown): void {
    const code = e instanceof Refused ? e.code : "other";
    const words = this.o.words.refused;
    this.say(words[code] ?? (e instanceof Refused && e.message ? e.message : words["other"] ?? ""));
    if (code === "ghost") this.comeBack(call, e as Refused);
  }

  private comeBack(call: string, e: Refused): void {
    this.ghostSince ||= Date.now();
    if (Date.now() - this.ghostSince > ghostPatience) {
      this.ghostSince = 0;
      this.say(this.o.words.refused["no_guest_seat"] ?? "");
      return;
    }
    this.again = setTimeout(() => void this.join(call), Math.max(2, e.retryAfter) * 1000);
  }
}
