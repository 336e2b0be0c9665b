// Entering a call: on this page, in a new tab, or by the TrueConf app. Each press
// takes the fresh link of the invitation, once, or asks for a new one; no link is
// kept. What goes wrong is said at the doorstep, with what can be pressed next.

import type { App, Join, Joined, Role } from "../wire";
import type { call as calls, door as doors } from "../texts/en_call";
import { Refused } from "./api";
import { opened, whereToGet } from "./apps";
import { type Browser, thisBrowser } from "./browser";
import { type CallFrame, openCall } from "./callframe";
import { Comeback } from "./comeback";
import { Doorstep, type Notice } from "./doorstep";
import type { Said } from "./hearing";
import type { Deeplinks, FreshLinks } from "./links";
import { type Doing, elsewhere, explained, gaveUp, helping, lacking, moved, trying, unseen, type Wording } from "./notices";
import { Permission, type Trouble } from "./permission";
import { Stage } from "./stage";
import { type Way, Ways } from "./ways";

export type CallWords = typeof calls;
export type DoorWords = typeof doors;

export interface VisitOptions {
  words: CallWords;
  door: DoorWords;
  me: Role;
  /** The clinic's telephone, "" where there is none. */
  phone: string;
  fresh: FreshLinks;
  /** Origins whose frames are calls; none listed: the server's own check counts. */
  trueconf: readonly string[];
  mint(call: string, how: Join): Promise<Joined>;
  /** Whether this device has read what the browser is going to ask. */
  told: { get(): boolean; set(): void };
  /** Something about the visit is other than before. */
  changed(): void;
  /** The person at this page is to be called, for the way is free now. */
  alarm?(): void;
  whole?: ((on: boolean) => void) | undefined;
  chat?: ((on: boolean) => void) | undefined;
}

interface Link {
  url: string;
  deeplinks: Deeplinks | undefined;
  apps: readonly App[];
}

/** How long we come back by ourselves, in milliseconds, by the reason. */
const patience: Record<string, number> = { ghost: 60_000, no_guest_seat: 15 * 60_000, not_ready: 10 * 60_000 };
/** How long a frame may show nothing before another way is offered. */
const silence = 10_000;
/** How long a page that was put out of a room goes along into the next one, in milliseconds. */
const cutFor = 15_000;
/** How long the room's list may show somebody who has left, in milliseconds. */
const listedFor = 15_000;
/** How long a try that nobody pressed stays out of sight: the frame may say no. */
const trialFor = 4_000;

export class Visit {
  /** Where the call is seen; empty while we are out. */
  readonly stage: HTMLElement;
  /** What is to be said about the last press. */
  readonly status: HTMLElement;
  readonly ways: Ways;
  readonly browser: Browser = thisBrowser();
  readonly view: Stage;

  /** The call that this page is in, by its frame. */
  inside: string | null = null;
  /** The call in which this page has been, and not only at its door. */
  been: string | null = null;
  /** The call out of which its own frame has put us, and when. */
  private cut: { call: string; at: number } | null = null;
  /** A press is being worked on. */
  busy = false;
  /** The server rang our app instead of giving a link. */
  rung = false;
  /** What stands at the doorstep: "" nothing; "explain" takes the place of every
   *  way; "asked" has presses of its own for the way on this page. */
  at: "" | "notice" | "asked" | "explain" = "";

  private outAt = 0; // when we left last

  private readonly door = new Doorstep();
  private readonly permission = new Permission();
  private readonly back = new Comeback();
  private frame: CallFrame | null = null;
  private sound = false;
  private itself = false; // nobody has pressed for what is tried now
  private listed = false; // the room's list has shown us in it
  private watch: ReturnType<typeof setTimeout> | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly o: VisitOptions) {
    this.ways = new Ways((way) => this.open(way));
    this.view = new Stage({ words: () => o.door.stage, leave: () => this.leave(), trouble: () => this.help(), whole: o.whole, chat: o.chat });
    this.stage = this.view.element;
    this.status = this.door.element;
  }

  /** join opens the call on this page; with sound alone the camera is kept from it.
   *  Of several pages that do so unpressed, by itself, one does. */
  async join(call: string, sound = false, itself = false): Promise<void> {
    this.back.stop();
    this.sound = sound;
    this.itself = itself;
    this.say();
    const { trouble, asks } = await this.permission.known(sound);
    if (trouble) return this.stuck(call, trouble);
    if (!asks) return this.bring(call);
    if (this.o.told.get()) return this.ask(call);
    this.explain(call);
  }

  /** newTab opens a tab inside the press, before anything is awaited, and sends it on. */
  async newTab(call: string): Promise<void> {
    const tab = window.open("about:blank", "_blank");
    const link = await this.link(call);
    if (!link) {
      tab?.close();
      return;
    }
    this.leave();
    const { door } = this.o;
    if (tab) {
      tab.opener = null;
      tab.location.replace(link.url);
      this.ways.fail("frame");
      this.put({ words: door.tabOpened });
      return;
    }
    this.ways.fail("frame");
    this.ways.fail("tab");
    this.put({ words: this.o.words.blocked, presses: [{ act: "open-here", label: this.o.words.openHere, href: link.url, primary: true }] });
  }

  /** app hands over to the TrueConf app; its address is set by script alone. */
  async app(call: string): Promise<void> {
    const link = await this.link(call);
    if (!link) return;
    const android = this.browser.platform === "android";
    const address = (android ? link.deeplinks?.android : undefined) || link.deeplinks?.default;
    if (!address || !/^(trueconf|intent):/i.test(address)) {
      this.ways.fail("app");
      this.put({ words: this.o.words.noApp });
      return;
    }
    this.leave();
    const came = opened();
    const a = document.createElement("a");
    a.href = address;
    a.click();
    this.put({ words: this.o.words.appOpened });
    const took = await came;
    if (!took) this.ways.fail("app");
    const { door } = this.o;
    const get = whereToGet(link.apps, this.browser.platform, new URL(link.url).origin + "/");
    this.put({ words: took ? door.appTook : door.noAppHere, presses: [{ act: "get-app", label: door.getApp, href: get }] });
  }

  /** leave takes the call off this page. */
  leave(): void {
    this.been = this.inside ?? this.been;
    this.cut = null;
    this.back.stop();
    this.away();
  }

  /** renewed goes with the call into its new room, if we were in the old one. Where
   *  ours was taken for a ghost, the call was moved to another device of ours. */
  renewed(call: string, taken = false): void {
    // A room that ends may be heard of from its frame before the new one is from the server.
    const cut = this.cut?.call === call && Date.now() - this.cut.at < cutFor;
    if (taken && (this.inside === call || cut)) {
      this.leave();
      this.put(moved(this.wording(), this.doing(call)));
      return;
    }
    if (this.inside === call || cut || this.back.why !== "") void this.bring(call);
  }

  /** elsewhere says whether a list that shows us inside means another window: it
   *  does so for a while after we have left, too. */
  get elsewhere(): boolean {
    return this.inside === null && Date.now() - this.outAt > listedFor;
  }

  /** listedInside is told whether the room's own list shows us in it. */
  listedInside(on: boolean): void {
    if (!on || this.listed || !this.frame) return;
    this.listed = true;
    this.been = this.inside;
    this.back.stop();
    this.ways.worked();
    this.settle();
    this.say();
  }

  /** spoken is what stands at the doorstep, for the page's voice. */
  get spoken(): string {
    return this.door.spoken;
  }

  /** tick has the page drawn anew for something beside the visit. */
  tick(): void {
    this.o.changed();
  }

  /** relabel is for a page that speaks another language from now on. */
  relabel(): void {
    this.view.draw();
    this.frame?.element.setAttribute("title", this.o.words.frame);
    if (this.back.why === "") this.say();
  }

  /** say takes down what stands at the doorstep, or puts words there. */
  say(words = ""): void {
    this.put(words === "" ? null : { words });
  }

  private put(notice: Notice | null, at: Visit["at"] = "notice"): void {
    this.at = notice ? at : "";
    this.door.show(notice);
    this.o.changed();
  }

  private open(way: Way): boolean {
    if (way === "phone") return this.o.phone !== "";
    return way !== "app" || this.o.me === "patient"; // a doctor's app is rung, and has a press of its own
  }

  private explain(call: string): void {
    this.put(explained(this.wording(), (sound) => {
      this.o.told.set();
      this.itself = false;
      this.sound = sound;
      void this.ask(call);
    }), "explain");
  }

  /** The browser asks here first, where its answer holds for the call's frame. */
  private async ask(call: string): Promise<void> {
    if (!this.browser.delegates) return this.bring(call);
    this.busy = true;
    this.put({ words: this.sound ? this.o.door.askingSound : this.o.door.asking });
    const trouble = (await this.permission.known(this.sound)).trouble ?? (await this.permission.probe(this.sound));
    this.busy = false;
    if (trouble) return this.stuck(call, trouble);
    this.say();
    return this.bring(call);
  }

  /** Camera or microphone are not to be had. */
  private stuck(call: string, trouble: Trouble): void {
    if (trouble === "policy" || trouble === "insecure" || trouble === "unsupported") this.ways.fail("frame");
    this.put(lacking(this.wording(), trouble, this.doing(call)), "asked");
  }

  /** help is pressed in the call, once for the notice and once more against it. */
  private help(): void {
    if (this.at !== "") this.say();
    else if (this.inside) this.put(helping(this.wording(), this.doing(this.inside)));
  }

  private wording(): Wording {
    const { words, door, phone } = this.o;
    return { words, door, phone, browser: this.browser, sound: this.sound };
  }

  private doing(call: string): Doing {
    return {
      join: (sound) => void this.join(call, sound), bring: (move) => void this.bring(call, move),
      newTab: () => void this.newTab(call), shut: () => this.say(),
    };
  }

  /** bring takes a link and opens it. */
  private async bring(call: string, move = false): Promise<void> {
    const trial = this.back.why === "no_guest_seat";
    const link = await this.link(call, { move });
    if (!link) return;
    if (trial && document.visibilityState !== "visible") return this.free(call, link);
    this.enter(call, link.url, trial);
  }

  /** The line is free and nobody looks: they are called, and the link is kept
   *  for their press. */
  private free(call: string, link: Link): void {
    this.back.stop();
    this.o.fresh.offer({ call, web_url: link.url, ...(link.deeplinks ? { deeplinks: link.deeplinks } : {}) });
    this.say(this.o.door.free);
    this.o.alarm?.();
  }

  private enter(call: string, url: string, trial = false, second = false): void {
    this.drop();
    if (!trial) this.say();
    const frame = openCall(url, this.o.words.frame, this.sound, (what) => this.heard(call, what, second || trial));
    this.frame = frame;
    this.listed = false;
    this.view.trial(trial);
    this.view.show(frame.element);
    if (trial) this.settling = setTimeout(() => this.settled(call), trialFor);
    else this.inside = call;
    this.watch = setTimeout(() => this.nothingSeen(call, frame), silence);
    this.o.changed();
  }

  /** A try that was not refused comes into sight. */
  private settled(call: string): void {
    this.back.stop();
    this.inside = call;
    this.view.trial(false);
    this.say();
  }

  private settle(): void {
    clearTimeout(this.settling);
    clearTimeout(this.watch);
    this.view.trial(false);
  }

  /** Ten seconds and neither the frame nor the room's list speaks of us: another
   *  way is put first. The frame stays, for its page may only be slow. */
  private nothingSeen(call: string, frame: CallFrame): void {
    if (this.frame !== frame || this.inside !== call || this.listed) return;
    this.ways.fail("frame");
    this.put(unseen(this.wording(), frame.loaded, this.doing(call)));
  }

  /** away closes the frame and lets a try that is planned stand. */
  private away(): void {
    if (this.inside !== null) {
      this.outAt = Date.now();
      setTimeout(() => this.o.changed(), listedFor + 100);
    }
    this.drop();
    this.inside = null;
    this.view.empty();
    this.o.changed();
  }

  private drop(): void {
    clearTimeout(this.watch);
    clearTimeout(this.settling);
    this.frame?.close();
    this.frame = null;
  }

  private heard(call: string, what: Said, second: boolean): void {
    if (what === "loginFail") {
      void this.refusedByFrame(call, second);
      return;
    }
    const { words } = this.o;
    if (what === "notSupported") {
      this.away();
      this.ways.fail("frame");
      this.say(words.notSupported);
      return;
    }
    this.leave();
    if (what !== "connectionClosed") return;
    this.cut = { call, at: Date.now() };
    this.say(words.lost);
  }

  /** The frame was not let in: the server finds out why, and gives a new link
   *  where one can help. After a second refusal in a row none is tried again,
   *  only the reason asked for. */
  private async refusedByFrame(call: string, second: boolean): Promise<void> {
    this.drop();
    if (this.back.why === "no_guest_seat") {
      this.away();
      this.comeBack(call, "no_guest_seat", 10);
      return;
    }
    const link = await this.link(call, { failed: true });
    if (link && !second) {
      this.enter(call, link.url, false, true);
      return;
    }
    this.away();
    if (!link) return;
    this.ways.fail("frame");
    this.say(this.o.words.refused["expired"] ?? "");
  }

  private async link(call: string, how: Join = {}): Promise<Link | null> {
    this.back.pause();
    const { itself } = this;
    this.itself = false;
    const pushed = how.failed || how.move || itself ? null : this.o.fresh.take(call);
    if (pushed) return this.checked(pushed.web_url, pushed.deeplinks as Deeplinks | undefined, pushed.apps);
    this.busy = true;
    this.rung = false;
    if (this.back.why === "") this.say();
    try {
      const joined = await this.o.mint(call, itself ? { ...how, itself } : how);
      this.busy = false;
      this.rung = joined.rung ?? false;
      this.o.changed();
      return joined.web_url ? this.checked(joined.web_url, joined.deeplinks, joined.apps) : null;
    } catch (e) {
      this.busy = false;
      this.refused(call, e);
      return null;
    }
  }

  /** A link to anywhere but a TrueConf Server that the page knows is not opened. */
  private checked(url: string, deeplinks: Deeplinks | undefined, apps: readonly App[] | undefined): Link | null {
    const { trueconf } = this.o;
    const { origin, protocol } = new URL(url);
    const web = protocol === "https:" || protocol === "http:";
    if (web && (trueconf.length === 0 || trueconf.includes(origin))) return { url, deeplinks, apps: apps ?? [] };
    this.say(this.o.words.refused["other"] ?? "");
    return null;
  }

  private refused(call: string, e: unknown): void {
    const code = e instanceof Refused ? e.code : "other";
    const after = e instanceof Refused ? e.retryAfter : 0;
    const said = this.o.words.refused;
    const words = said[code] ?? (e instanceof Refused && e.message ? e.message : said["other"] ?? "");
    if (code === "elsewhere") return this.put(elsewhere(this.wording(), words, this.doing(call)), "asked");
    if (code === "no_guest_seat") return this.comeBack(call, code, this.back.why === code ? Math.max(5, after) : 5); // the first soon
    if (code in patience) return this.comeBack(call, code, Math.max(2, after));
    this.back.stop();
    this.say(words);
  }

  /** comeBack says what is in the way and tries again by itself, until it is
   *  told to stop or has waited for too long. */
  private comeBack(call: string, why: string, seconds: number): void {
    const doing = this.doing(call);
    this.put(trying(this.wording(), why, doing, () => {
      this.back.stop();
      this.say();
    }), "asked");
    const left = (n: number): void => this.door.tick(this.o.door.nextTry(n));
    if (this.back.plan(why, seconds, patience[why] ?? 0, left, () => void this.bring(call))) return;
    this.ways.fail("frame");
    this.put(gaveUp(this.wording(), why, doing));
  }
}
