// What crosses between the launcher on a clinic's page and the panel in its
// frame. Never a message of the conversation, never a ticket.

import type { CallState, Phase, Role } from "../wire";

/** To the panel. hello comes first, whenever the frame has loaded. */
export type ToPanel =
  | Hello
  | { bedside: 1; type: "shown"; open: boolean }
  | { bedside: 1; type: "identity"; token: string } // "": none could be had
  | { bedside: 1; type: "attributes"; attributes: Record<string, string> }
  | { bedside: 1; type: "locale"; language: string }
  | { bedside: 1; type: "theme"; theme: string }
  | { bedside: 1; type: "forget" };

export interface Hello {
  bedside: 1;
  type: "hello";
  language: string;
  theme: string;
  /** What the clinic's server has signed about the visitor; "" for nothing. */
  identity: string;
  /** A token is on its way: wait for it before anything begins. */
  signing: boolean;
  /** What the page says of itself; null: it has said nothing. */
  attributes: Record<string, string> | null;
  /** Forget what this browser keeps, begin nothing. */
  forget: boolean;
}

export type ToLauncher =
  | { bedside: 1; type: "ready" }
  | { bedside: 1; type: "close" }
  | { bedside: 1; type: "unread"; count: number }
  | { bedside: 1; type: "wide"; on: boolean; whole?: boolean }
  | { bedside: 1; type: "ring"; kind: "doctor" | "call" | "" }
  | { bedside: 1; type: "forgotten" }
  | { bedside: 1; type: "speaks"; language: string } // what the patient has chosen
  // What the page's listeners are told:
  | { bedside: 1; type: "message"; from: Role }
  | { bedside: 1; type: "conversation"; phase: Phase | "" }
  | { bedside: 1; type: "queue"; waiting: boolean }
  | { bedside: 1; type: "call"; state: CallState | "" }
  | { bedside: 1; type: "error"; code: Trouble };

/** What can go wrong that a page may do something about. */
export type Trouble =
  | "identity_expired" // sign again
  | "identity_refused" // forged, or not for this site: the integration is wrong
  | "identity_unavailable" // nobody could say who it is
  | "not_started" // the conversation could not be begun
  | "unreachable"; // Bedside does not answer

/** isOurs tells our messages from everything else that is posted on a page. */
export function isOurs(data: unknown): data is { bedside: 1; type: string } {
  return typeof data === "object" && data !== null && (data as { bedside?: unknown }).bedside === 1;
}
