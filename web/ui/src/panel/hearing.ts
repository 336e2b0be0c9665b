// What a patient hears who does not see the panel: what is new, in order and
// once, and how things stand. A history that was there before the page was
// opened is not read out again; only how much of it is new, and what to do now.

import { refusalWords } from "../texts/refusals";
import { canJoin } from "../shared/call";
import type { Shelf } from "../shared/shelf";
import { type Sound, spoken } from "../shared/spoken";
import type { Asked, Line } from "../shared/talk";
import type { Saying, Voice } from "../shared/voice";
import type * as english from "../texts/en";
import type { Desk } from "./desk";

/** Hearable is the panel as it is drawn now. */
export interface Hearable {
  words: typeof english;
  language: string;
  sound: Sound;
  /** The chat as far as it is drawn. */
  lines: readonly Line[];
  /** The card of an emergency that stands, "" for none. */
  emergency: string;
  /** What has to be said beside the conversation, "" for nothing. */
  notice: string;
  /** Where the conversation stands, in words. */
  phase: string;
  /** What came of the last press into a call. */
  visit: string;
  /** Why another way into the call than this page is put first. */
  advice: string;
  /** What somebody reads who waits alone in a call. */
  waiting: string;
}

/** What the patient has just pressed needs no telling. */
const own: readonly string[] = ["answer.skipped"];
/** A connection that is lost for a moment only is no news. */
const lostFor = 3_000;

export class Hearing {
  private heard = 0; // so many lines of the conversation
  private began = false;
  private lost: ReturnType<typeof setTimeout> | undefined;
  private saidLost = false;
  private readonly failed = new Set<string>();

  constructor(private readonly voice: Voice, private readonly desk: Desk, private readonly shelf: Shelf) {}

  /** anew begins with another conversation. */
  anew(): void {
    this.heard = 0;
    this.began = false;
    this.shelf.drop("seen");
  }

  /** seen notes how far the patient has seen the conversation. */
  seen(): void {
    if (this.desk.caughtUp) this.shelf.set("seen", String(this.desk.talk.last));
  }

  /** tell says what is new since it was called last. */
  tell(now: Hearable): void {
    this.connection(now);
    if (!this.desk.caughtUp) {
      // A history on its way passes through what is long over: only a start that fails is news.
      if (this.desk.stage !== "open") this.voice.status("notice", now.notice, now.language);
      return;
    }
    const { asked } = this.desk.talk;
    if (!this.began) this.begin(now);
    for (const l of now.lines.slice(this.heard)) this.voice.say(...this.line(l, now, asked));
    this.heard = Math.max(this.heard, now.lines.length);
    this.voice.status("emergency", now.emergency, now.language);
    this.voice.status("notice", now.notice, now.language);
    this.voice.status("visit", now.visit, now.language);
    this.voice.status("advice", now.advice, now.language);
    this.voice.status("waiting", now.waiting, now.language);
    this.refusals(now);
  }

  private begin(now: Hearable): void {
    this.began = true;
    if (this.desk.begunHere) return; // all of it is new
    const { lines, asked, call } = this.desk.talk;
    const seen = Number(this.shelf.get("seen") ?? 0);
    const fresh = lines.filter((l) => l.seq > seen && l.role !== "patient" && spoken(l, now.sound).some((p) => p.text !== ""));
    const question = lines.find((l) => l.seq === asked?.seq);
    this.heard = lines.length;
    const page = (text: string): Saying => ({ text, lang: now.language });
    this.voice.say(page(now.words.panel.resumed(fresh.length)), page(now.phase), ...(question ? spoken(question, now.sound, asked) : []),
      ...(canJoin(call) ? [page(now.words.call.ready), page(now.words.panel.how.join)] : []));
  }

  private line(l: Line, now: Hearable, asked: Asked | null): Saying[] {
    if (own.includes(l.event ?? "")) return [];
    const said = spoken(l, now.sound, asked);
    if (l.event === "conversation.closed") said.push({ text: now.words.panel.closedGoOn, lang: now.language });
    if (l.event === "call.ready") said.push({ text: now.words.panel.how.join, lang: now.language });
    return said;
  }

  private refusals(now: Hearable): void {
    const { panel } = now.words;
    for (const p of this.desk.parcels()) {
      const key = p.command.key;
      if (p.fate !== "failed") this.failed.delete(key);
      else if (!this.failed.has(key)) {
        this.failed.add(key);
        this.voice.say({ text: panel.how.failed, lang: now.language }, { text: p.shown ?? p.command.text ?? "", lang: "" },
          { text: refusalWords(panel, p.code, p.message), lang: now.language });
      }
    }
  }

  /** connection tells of one that is lost for a while, and that it is back. */
  private connection(now: Hearable): void {
    const offline = this.desk.face === "offline";
    if (!offline) {
      clearTimeout(this.lost);
      this.lost = undefined;
      if (this.saidLost && this.desk.face === "online") {
        this.saidLost = false;
        this.voice.say({ text: now.words.panel.onAgain, lang: now.language });
      }
      return;
    }
    this.lost ??= setTimeout(() => {
      this.saidLost = true;
      this.voice.say({ text: now.words.common.offline, lang: now.language });
    }, lostFor);
  }
}

/** pressed says how a question is answered that is more than a choice of one. */
function pressed(asked: Asked, { ask, files }: typeof english): string {
  switch (asked.type) {
    case "choices": return ask.how.several;
    case "consent": return ask.how.consent;
    case "times": return ask.how.times;
    case "files": return files.how;
    case "number": return asked.show === "scale" ? ask.how.scale(asked.min ?? 0, asked.max ?? 10) : "";
  }
  return "";
}

/** howToAnswer says what to do about an open question. */
export function howToAnswer(asked: Asked, options: readonly { text: string }[], words: typeof english, language: string): Saying[] {
  const { how } = words.panel;
  const out: Saying[] = [];
  const said = pressed(asked, words);
  if (said !== "") {
    out.push({ text: said, lang: language });
    if (asked.type === "choices") out.push({ text: options.map((o) => o.text).join("; ") + ".", lang: asked.lang });
  } else if (options.length > 0) {
    out.push({ text: how.choose, lang: language }, { text: options.map((o) => o.text).join("; ") + ".", lang: asked.lang });
  } else {
    out.push({ text: asked.type === "date" ? how.date : asked.type === "number" ? how.number : how.type, lang: language });
  }
  if (asked.optional) out.push({ text: how.optional, lang: language });
  return out;
}
