// What a call's frame says to the page around it. Anybody may post to a page:
// only the frame's own window, from the call's own origin, in words that we
// know, is heard.

export type Said = "logout" | "loginFail" | "connectionClosed" | "notSupported";

const sayings: readonly string[] = ["logout", "loginFail", "connectionClosed", "notSupported"];

export interface Posted {
  origin: string;
  source: unknown;
  data: unknown;
}

/** heard gives what was said, or null for everything that does not count. */
export function heard(posted: Posted, origin: string, frame: unknown): Said | null {
  if (!frame || posted.source !== frame || posted.origin !== origin) return null;
  const type = (posted.data as { type?: unknown } | null)?.type;
  return typeof type === "string" && sayings.includes(type) ? (type as Said) : null;
}
