// What stands in a push message.

export interface Note {
  title: string;
  body: string;
  url: string;
  tag: string;
}

/** noteOf reads a message; one that cannot be read still says that there is something,
 *  for browsers want every push to be shown. */
export function noteOf(text: string): Note {
  let read: Partial<Record<keyof Note, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) read = value;
  } catch {
    // not ours
  }
  const word = (v: unknown): string => (typeof v === "string" ? v : "");
  return { title: word(read.title) || "Bedside", body: word(read.body), url: word(read.url), tag: word(read.tag) || "bedside" };
}

/** pageOf is where a press leads: the message's address if it is below the worker's
 *  folder, else the folder itself. */
export function pageOf(url: unknown, scope: string): string {
  try {
    const at = new URL(typeof url === "string" ? url : "", scope);
    return at.href.startsWith(scope) ? at.href : scope;
  } catch {
    return scope;
  }
}
