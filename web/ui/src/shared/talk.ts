// A conversation as its reader sees it: the fold of the entries that the server
// showed. Panel and console use the same one; it touches no page and no clock.

import type { Entry, FileSent, How, Kind, Phase, Role } from "../wire";
import { type Call, foldCall } from "./call";
import { foldPromise, type Promises, noPromises } from "./promises";
import { tongueOf } from "./tongue";

export interface Asked {
  seq: number;
  step: string;
  text: string;
  type: string;
  options: { id: string; text: string }[];
  optional: boolean;
  lang: string;
  /** "scale": a number that is pressed, from min to max. */
  show?: string;
  min?: number;
  max?: number;
  consent?: Consent;
  /** Of files: which, how many, and how large each. */
  kinds?: string[];
  count?: number;
  size?: number;
  /** The answer before it may be taken back. */
  back?: boolean;
}

/** A document that somebody is asked to agree to. */
export interface Consent {
  id: string;
  title: string;
  document: string;
  version: string;
}

/** One that was agreed to or refused. */
export interface Agreed {
  id: string;
  title: string;
  version: string;
  at: string;
  agreed: boolean;
}

/** A number that a press dials. */
export interface Dial {
  call: string;
  text: string;
}

/** One line of the chat. */
export interface Line {
  seq: number;
  at: string;
  kind: "text" | "note" | "event" | "call";
  role: Role;
  name: string;
  text: string;
  lang: string;
  /** What happened, where a language's file has the words for it. */
  event?: Kind;
  call?: string;
  /** Whom it is about, where that is not who did it: who came into a call. */
  who?: Role;
  why?: string;
  department?: string;
  /** A room that failed is tried again by itself. */
  retrying?: boolean;
  /** Numbers to dial under the words. */
  buttons?: Dial[];
  /** What was agreed to, to be read again. */
  consent?: Consent;
  /** What was sent. */
  file?: FileSent;
  /** Of what has been promised, asked for or raised: all that it says. */
  body?: Body;
}

export interface Answer {
  step: string;
  slot: string;
  label: Record<string, string> | null;
  text: string;
  skipped: boolean;
  /** The flow marks it as a red flag. */
  red?: boolean;
  /** Of several that were chosen, each. */
  several?: string[];
  /** The files that were sent for it. */
  files?: FileSent[];
}

export interface Talk extends Promises {
  last: number;
  phase: Phase | "";
  language: string;
  /** The entry from which on it is spoken, and whether somebody chose it. */
  spokenAt: number;
  chosen: boolean;
  asked: Asked | null;
  lines: Line[];
  answers: Answer[];
  summary: string[]; // slots that the hand-over puts first
  call: Call | null; // the newest
  doctor: string; // the name of whoever has it
  department: string;
  closedWhy: string;
  consents: Agreed[];
  /** More than one device of the patient is in it. */
  elsewhere: boolean;
  /** Staff: what the clinic's site vouches for, by name, born and phone; null: the patient is not signed. */
  vouched: Record<string, string> | null;
  /** Staff: what the page around the chat says of itself, on nobody's word. */
  page: Record<string, string>;
}

export function newTalk(): Talk {
  return {
    last: 0, phase: "", language: "", spokenAt: 0, chosen: false, asked: null, lines: [], answers: [], summary: [],
    call: null, doctor: "", department: "", closedWhy: "", consents: [], elsewhere: false, vouched: null, page: {}, ...noPromises(),
  };
}

/** Body is what any entry's body may hold; each kind has some of it. */
export interface Body {
  text?: string;
  lang?: string;
  language?: string;
  step?: string;
  slot?: string;
  option?: string;
  value?: unknown;
  label?: Record<string, string>;
  red_flag?: boolean;
  type?: string;
  options?: { id: string; text: string }[];
  optional?: boolean;
  name?: string;
  title?: string;
  department?: string;
  summary?: string[];
  why?: string;
  call?: string;
  attempt?: number;
  how?: How;
  who?: Role;
  link?: string;
  failure?: string;
  detail?: string;
  cure?: string;
  retrying?: boolean;
  outcome?: string;
  signed?: boolean;
  patient?: Record<string, string>;
  attributes?: Record<string, string>;
  buttons?: Dial[];
  show?: string;
  min?: number;
  max?: number;
  kinds?: string[];
  count?: number;
  size?: number;
  back?: boolean;
  /** Of a question the document, of an answer its id alone. */
  consent?: Consent | string;
  version?: string;
  agreed?: boolean;
  by?: string;
  phone?: string;
  priority?: string;
  card?: boolean;
  purpose?: string;
  declinable?: boolean;
  place_kept?: boolean;
  reason?: string;
  start?: string;
  length?: number;
  doctor_name?: string;
  booking?: string;
  until?: string;
  at?: string;
  words?: string;
  stage?: number;
  which?: string;
  channel?: string;
  address?: string;
  lacks?: string;
  record?: boolean;
  kept?: string;
  together?: number;
  rate?: boolean;
  stars?: number;
  rung?: number;
  also?: string[];
  alert?: string;
}

/** fold takes one entry in. Entries come in order and once: see Feed. */
export function fold(t: Talk, e: Entry): void {
  const body = (e.body ?? {}) as Body;
  t.last = e.seq;
  if (e.kind.startsWith("call.")) {
    foldPromise(t, e, body);
    const told = known(t, e, body);
    t.call = foldCall(t.call, e, body);
    if (!told) line(t, e, body, "call");
    return;
  }
  phases[e.kind]?.(t, body);
  foldPromise(t, e, body);
  switch (e.kind) {
    case "message.sent":
    case "bot.said":
    case "wait.reminded":
      return line(t, e, body, "text");
    case "file.sent":
      return sentFile(t, e);
    case "bot.asked": {
      t.asked = question(e.seq, body);
      const { consent: _, ...rest } = body; // it stands with the open question
      return line(t, e, rest, "text");
    }
    case "answer.given":
    case "answer.skipped":
      return answered(t, e, body);
    case "answer.taken_back":
      t.answers = t.answers.filter((a) => a.slot !== body.slot);
      t.asked = null;
      break;
    case "consent.given":
      return agreed(t, e, body);
    case "note.written":
      return line(t, e, body, "note");
    case "page.described":
      t.page = body.attributes ?? {};
      return;
  }
  line(t, e, body, "event");
}

/** known is news of a call that its reader has: a room that is tried for again
 *  and fails again, and the end of a call whose failure was told. */
function known(t: Talk, e: Entry, b: Body): boolean {
  const failed = t.call?.state === "failed" && t.call.id === b.call;
  const before = t.lines[t.lines.length - 1];
  if (e.kind === "call.failed") return before?.event === e.kind && before.call === b.call && before.retrying === (b.retrying || undefined);
  return failed && (e.kind === "call.requested" || e.kind === "call.ended");
}

/** What a kind does to where the conversation stands. */
const phases: { [K in Kind]?: (t: Talk, b: Body) => void } = {
  "conversation.started": (t, b) => {
    t.phase = "intake";
    t.vouched = b.signed ? b.patient ?? {} : null;
    t.language = b.language ?? "";
    t.spokenAt = t.last;
  },
  "language.chosen": (t, b) => {
    t.language = b.language ?? t.language;
    t.spokenAt = t.last;
    t.chosen = true;
  },
  "device.added": (t) => void (t.elsewhere = true),
  "devices.ended": (t) => void (t.elsewhere = false),
  "queue.joined": (t, b) => {
    t.phase = "waiting";
    t.asked = null;
    t.department = b.title ?? b.department ?? "";
    t.summary = b.summary ?? t.summary;
  },
  "doctor.assigned": (t, b) => {
    t.phase = "consulting";
    t.asked = null;
    t.doctor = b.name ?? "";
  },
  "doctor.released": (t) => {
    t.phase = "waiting";
    t.doctor = "";
  },
  "doctor.finished": (t) => {
    t.phase = "intake";
    t.doctor = "";
  },
  "conversation.closed": (t, b) => {
    t.phase = "closed";
    t.asked = null;
    t.doctor = "";
    t.closedWhy = b.why ?? "";
  },
  "emergency.raised": (t, b) => {
    if (!b.card) t.asked = null; // the part of the emergency asks next
  },
  "conversation.parked": (t) => {
    t.phase = "parked";
    t.asked = null;
  },
  "conversation.resumed": (t) => void (t.phase = "intake"),
  "conversation.reopened": (t) => void (t.phase = "waiting"),
};

function question(seq: number, b: Body): Asked {
  return {
    seq,
    step: b.step ?? "", text: b.text ?? "", type: b.type ?? "text", options: b.options ?? [],
    optional: b.optional ?? false, lang: b.lang ?? "",
    ...(b.show ? { show: b.show } : {}),
    ...(b.min === undefined ? {} : { min: b.min }),
    ...(b.max === undefined ? {} : { max: b.max }),
    ...(typeof b.consent === "object" ? { consent: b.consent } : {}),
    ...(b.kinds ? { kinds: b.kinds } : {}),
    ...(b.count ? { count: b.count } : {}),
    ...(b.size ? { size: b.size } : {}),
    ...(b.back ? { back: true } : {}),
  };
}

/** agreed takes in what somebody has said to a document; the words of the press
 *  stand as theirs, with the document to be read again. */
function agreed(t: Talk, e: Entry, b: Body): void {
  const asked = t.asked?.step === b.step ? t.asked : null;
  const id = typeof b.consent === "string" ? b.consent : "";
  const consent = asked?.consent;
  const text = b.text || asked?.options.find((o) => o.id === (b.agreed ? "agree" : "refuse"))?.text || "";
  t.consents = t.consents.filter((c) => c.id !== id);
  t.consents.push({ id, title: consent?.title ?? id, version: b.version ?? "", at: e.at, agreed: b.agreed ?? false });
  if (asked) t.asked = null;
  if (e.by.role === "patient") line(t, e, { ...b, text, ...(consent ? { consent } : {}) }, "text");
}

function answered(t: Talk, e: Entry, b: Body): void {
  const skipped = e.kind === "answer.skipped";
  const files = answeredBy(t, b);
  const several = files.length > 0 ? [] : chosen(t, b);
  const text = b.text || several.join(", ") || shown(t, b);
  if (b.step && t.asked?.step === b.step) t.asked = null;
  if (b.slot) {
    t.answers = t.answers.filter((a) => a.slot !== b.slot);
    t.answers.push({
      step: b.step ?? "", slot: b.slot, label: b.label ?? null, text, skipped,
      ...(b.red_flag ? { red: true } : {}), ...(several.length > 0 ? { several } : {}),
      ...(files.length > 0 ? { files } : {}),
    });
  }
  if (e.by.role === "patient") line(t, e, { ...b, text }, skipped ? "event" : "text");
}

/** answeredBy are the files by which a question was answered. */
function answeredBy(t: Talk, b: Body): FileSent[] {
  if (!Array.isArray(b.value)) return [];
  return filesFor(t, b.step ?? "").filter((f) => (b.value as unknown[]).includes(f.file));
}

/** chosen are the options of several, each in its words as far as they are known. */
function chosen(t: Talk, b: Body): string[] {
  if (!Array.isArray(b.value)) return [];
  const said = (b.text ?? "").split(", ");
  return b.value.map((id, i) => t.asked?.options.find((o) => o.id === id)?.text ?? (said.length === (b.value as unknown[]).length ? said[i] : undefined) ?? String(id));
}

/** shown is an answer in words: the option's text for a choice, else what was written. */
function shown(t: Talk, b: Body): string {
  const option = t.asked?.options.find((o) => o.id === b.option || o.id === b.value);
  return b.text || option?.text || (typeof b.value === "string" || typeof b.value === "number" ? String(b.value) : "");
}

/** sentFile is a line whose words are the file's name, for those who hear it. */
function sentFile(t: Talk, e: Entry): void {
  const file = e.body as FileSent;
  line(t, e, { text: file.name, lang: "" }, "text");
  t.lines[t.lines.length - 1]!.file = file;
}

/** filesFor are the files that the patient has sent for a question. */
export function filesFor(t: Talk, step: string): FileSent[] {
  return t.lines.flatMap((l) => (l.file && l.role === "patient" && step !== "" && l.file.step === step ? [l.file] : []));
}

function line(t: Talk, e: Entry, b: Body, kind: Line["kind"]): void {
  t.lines.push({
    seq: e.seq, at: e.at, kind, role: e.by.role, name: e.by.name ?? b.name ?? "", text: b.text ?? b.language ?? "",
    lang: b.lang ?? tongueOf(b.text ?? "", t.language),
    ...(kind === "text" || kind === "note" ? {} : { event: e.kind }),
    ...(b.call ? { call: b.call } : {}),
    ...(b.who ? { who: b.who } : {}),
    ...(b.why ? { why: b.why } : {}),
    ...(b.department ? { department: b.department } : {}),
    ...(b.retrying ? { retrying: true } : {}),
    ...(b.buttons?.length ? { buttons: b.buttons } : {}),
    ...(typeof b.consent === "object" ? { consent: b.consent } : {}),
    ...(kind === "event" || kind === "call" ? { body: b } : {}),
  });
}
