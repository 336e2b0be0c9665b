// A conversation as its reader sees it: the fold of the entries that the server
// showed. Panel and console use the same one; it touches no page and no clock.

import type { Entry, How, Kind, Phase, Role } from "../wire";
import { type Call, foldCall } from "./call";

export interface Asked {
  step: string;
  text: string;
  type: string;
  options: { id: string; text: string }[];
  optional: boolean;
  lang: string;
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
}

export interface Answer {
  step: string;
  slot: string;
  label: Record<string, string> | null;
  text: string;
  skipped: boolean;
}

export interface Talk {
  last: number;
  phase: Phase | "";
  language: string;
  asked: Asked | null;
  lines: Line[];
  answers: Answer[];
  summary: string[]; // slots that the hand-over puts first
  call: Call | null; // the newest
  doctor: string; // the name of whoever has it
  department: string;
  closedWhy: string;
}

export function newTalk(): Talk {
  return {
    last: 0, phase: "", language: "", asked: null, lines: [], answers: [], summary: [],
    call: null, doctor: "", department: "", closedWhy: "",
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
}

/** fold takes one entry in. Entries come in order and once: see Feed. */
export function fold(t: Talk, e: Entry): void {
  const body = (e.body ?? {}) as Body;
  t.last = e.seq;
  if (e.kind.startsWith("call.")) {
    const told = known(t, e, body);
    t.call = foldCall(t.call, e, body);
    if (!told) line(t, e, body, "call");
    return;
  }
  phases[e.kind]?.(t, body);
  switch (e.kind) {
    case "message.sent":
    case "bot.said":
    case "wait.reminded":
      return line(t, e, body, "text");
    case "bot.asked":
      t.asked = question(body);
      return line(t, e, body, "text");
    case "answer.given":
    case "answer.skipped":
      return answered(t, e, body);
    case "note.written":
      return line(t, e, body, "note");
  }
  line(t, e, body, "event");
}

/** known is news of a call that its reader has: a room that is tried for again
 *  and fails again, and the end of a call whose failure was told. */
function known(t: Talk, e: Entry, b: Body): boolean {
  const failed = t.call?.state === "failed" && t.call.id === b.call;
  const before = t.lines[t.lines.length - 1];
  if (e.kind === "call.failed") return before?.event === e.kind && before.call === b.call && before.text === (b.text ?? "");
  return failed && (e.kind === "call.requested" || e.kind === "call.ended");
}

/** What a kind does to where the conversation stands. */
const phases: { [K in Kind]?: (t: Talk, b: Body) => void } = {
  "conversation.started": (t, b) => {
    t.phase = "intake";
    t.language = b.language ?? "";
  },
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
  "conversation.resumed": (t) => void (t.phase = "intake"),
  "conversation.reopened": (t) => void (t.phase = "waiting"),
};

function question(b: Body): Asked {
  return {
    step: b.step ?? "", text: b.text ?? "", type: b.type ?? "text", options: b.options ?? [],
    optional: b.optional ?? false, lang: b.lang ?? "",
  };
}

function answered(t: Talk, e: Entry, b: Body): void {
  const skipped = e.kind === "answer.skipped";
  const text = shown(t, b);
  if (b.step && t.asked?.step === b.step) t.asked = null;
  if (b.slot) {
    t.answers = t.answers.filter((a) => a.slot !== b.slot);
    t.answers.push({ step: b.step ?? "", slot: b.slot, label: b.label ?? null, text, skipped });
  }
  if (e.by.role === "patient") line(t, e, { ...b, text }, skipped ? "event" : "text");
}

/** shown is an answer in words: the option's text for a choice, else what was written. */
function shown(t: Talk, b: Body): string {
  const option = t.asked?.options.find((o) => o.id === b.option || o.id === b.value);
  return b.text || option?.text || (typeof b.value === "string" || typeof b.value === "number" ? String(b.value) : "");
}

function line(t: Talk, e: Entry, b: Body, kind: Line["kind"]): void {
  t.lines.push({
    seq: e.seq, at: e.at, kind, role: e.by.role, name: e.by.name ?? b.name ?? "", text: b.text ?? "",
    lang: b.lang ?? t.language,
    ...(kind === "text" || kind === "note" ? {} : { event: e.kind }),
    ...(b.call ? { call: b.call } : {}),
    ...(b.who ? { who: b.who } : {}),
    ...(b.why ? { why: b.why } : {}),
    ...(b.department ? { department: b.department } : {}),
  });
}
