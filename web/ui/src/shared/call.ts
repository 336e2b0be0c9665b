// The newest call of a conversation, folded from its entries.

import type { CallState, Entry, How, Role } from "../wire";
import type { Body } from "./talk";

export interface Call {
  id: string;
  state: CallState;
  attempt: number;
  how: How | "";
  inside: Role[];
  readySeq: number;
  readyAt: string;
  /** The reader's own join link for another device. */
  link: string;
  /** failed: it is tried again by itself. */
  retrying: boolean;
  /** Staff: the kind of what failed, of a closed set, and what to do about it. */
  failure: string;
  cure: string;
  /** Staff: no participant list can be read, so nobody is seen to come or go. */
  unwatched: boolean;
  /** Staff: somebody in the room who is not ours. */
  strangers: string[];
  why: string;
  /** seat or room: it waits until one is free, and goes on by itself. */
  lacks: string;
  /** It is recorded, as the patient has agreed. */
  record: boolean;
  /** … and where that is kept, as the clinic says it. */
  kept: string;
  rung: boolean;
  /** For whom somebody in the room has rung, by the entry of that number. */
  awaited: Role | "";
  awaitedSeq: number;
  /** The present room was made because this one's ghost held the place in the last. */
  ghost: Role | "";
  /** Staff: who was turned away, why, and what to do about it. */
  crowded: { who: Role; why: string; cure: string } | null;
}

/** isOpen says whether the call goes on or is being made. */
export function isOpen(c: Call | null): c is Call {
  return c !== null && c.state !== "ended" && c.state !== "withdrawn";
}

/** canJoin says whether a press of Join can bring somebody in. */
export function canJoin(c: Call | null): c is Call {
  return c !== null && (c.state === "ready" || c.state === "joined" || c.state === "interrupted");
}

/** waitsFor says whether an entry tells of somebody in the room who waits for me:
 *  the other has come in and I am not there, or has rung. */
export function waitsFor(me: Role, c: Call | null, kind: string, b: Body): boolean {
  if (!isOpen(c) || c.inside.includes(me)) return false;
  return kind === "call.awaited" ? b.who === me : kind === "call.joined" && b.who !== me && b.who !== undefined;
}

/** foldCall gives the call after the entry; what is about an older call changes nothing. */
export function foldCall(c: Call | null, e: Entry, b: Body): Call | null {
  const id = b.call ?? "";
  if (e.kind === "call.requested") return requested(c?.id === id ? c : null, id, b);
  if (c === null || c.id !== id) return c;
  const next = { ...c };
  steps[e.kind]?.(next, b, e);
  return next;
}

function requested(old: Call | null, id: string, b: Body): Call {
  return {
    id, state: "requested", attempt: b.attempt ?? 1, how: b.how ?? old?.how ?? "", inside: [], readySeq: 0,
    readyAt: "", link: old?.link ?? "", retrying: false, failure: "", cure: "", unwatched: false, strangers: [],
    why: b.why ?? "", lacks: b.lacks ?? "", record: b.record ?? false, kept: b.kept ?? "", rung: false, awaited: "", awaitedSeq: 0, ghost: b.who ?? "", crowded: null,
  };
}

const steps: Partial<Record<string, (c: Call, b: Body, e: Entry) => void>> = {
  "call.ready": (c, b, e) => {
    c.state = "ready";
    c.lacks = "";
    c.inside = [];
    c.readySeq = e.seq;
    c.readyAt = e.at;
    c.link = b.link ?? c.link;
  },
  "call.seated": (c) => void (c.lacks = ""),
  "call.failed": (c, b) => {
    c.state = "failed";
    c.inside = [];
    c.retrying = b.retrying ?? false;
    c.failure = b.failure ?? "";
    c.cure = b.cure ?? "";
  },
  "call.rung": (c) => void (c.rung = true),
  "call.joined": (c, b) => {
    c.state = "joined";
    if (b.who) c.inside = [...c.inside.filter((r) => r !== b.who), b.who];
    if (c.crowded?.who === b.who) c.crowded = null;
  },
  "call.left": (c, b) => {
    c.inside = c.inside.filter((r) => r !== b.who);
    if (c.inside.length === 0) c.state = "ready";
  },
  "call.awaited": (c, b, e) => {
    c.awaited = b.who ?? "";
    c.awaitedSeq = e.seq;
  },
  "call.crowded": (c, b) => void (c.crowded = b.who ? { who: b.who, why: b.why ?? "", cure: b.cure ?? "" } : null),
  "call.stranger": (c, b) => void (c.strangers = [...c.strangers, b.name ?? ""]),
  "call.unwatched": (c) => void (c.unwatched = true),
  "call.watched": (c) => void (c.unwatched = false),
  "call.interrupted": (c) => {
    c.state = "interrupted";
    c.inside = [];
  },
  "call.withdrawn": (c) => void (c.state = "withdrawn"),
  "call.ended": (c, b) => {
    c.state = "ended";
    c.inside = [];
    c.why = b.why ?? "";
  },
};
