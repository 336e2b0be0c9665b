// One conversation that the console follows: what was said, and who is there.

import type { PresenceFrame } from "../wire";
import { FreshLinks } from "../shared/links";
import { newTalk, type Talk } from "../shared/talk";

export interface Open {
  readonly id: string;
  readonly talk: Talk;
  readonly fresh: FreshLinks;
  caughtUp: boolean;
  here: boolean | null; // the patient has the page open; null: not known
  left: number; // by this machine's clock, when the page was closed; 0: not known
  typingUntil: number;
  /** Colleagues who have it open, by login. */
  readonly lookers: Map<string, string>;
  /** Why the last command was refused. */
  refusal: { code: string; message: string } | null;
  /** It may not be read here any more. */
  gone: boolean;
}

export function newOpen(id: string): Open {
  return {
    id, talk: newTalk(), fresh: new FreshLinks(), caughtUp: false, here: null, left: 0, typingUntil: 0,
    lookers: new Map(), refusal: null, gone: false,
  };
}

/** present takes in who has come or gone. */
export function present(open: Open, frame: PresenceFrame): void {
  if (frame.by.role === "patient") {
    open.here = frame.here;
    open.left = leftAt(frame);
  } else if (frame.login && frame.here) open.lookers.set(frame.login, frame.by.name || frame.login);
  else if (frame.login) open.lookers.delete(frame.login);
}

/** leftAt is when a page was closed, by this machine's clock; 0: not known. */
export const leftAt = (frame: PresenceFrame): number => (frame.away ? Date.now() - frame.away * 1000 : 0);

/** leave marks one that may be read no more: nobody tells any longer who is there. */
export function leave(open: Open): void {
  open.gone = true;
  open.here = null;
  open.lookers.clear();
}
