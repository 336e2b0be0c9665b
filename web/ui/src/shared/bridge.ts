// What crosses between the launcher on a clinic's page and the panel in its
// frame. Never a message of the conversation, never a ticket.

export type ToPanel =
  | { bedside: 1; type: "hello"; language: string; theme: string }
  | { bedside: 1; type: "shown"; open: boolean };

export type ToLauncher =
  | { bedside: 1; type: "ready" }
  | { bedside: 1; type: "close" }
  | { bedside: 1; type: "unread"; count: number }
  | { bedside: 1; type: "wide"; on: boolean };

/** isOurs tells our messages from everything else that is posted on a page. */
export function isOurs(data: unknown): data is { bedside: 1; type: string } {
  return typeof data === "object" && data !== null && (data as { bedside?: unknown }).bedside === 1;
}
