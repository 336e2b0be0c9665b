// What the page is told. Listeners are the clinic's own code: one that throws
// hurts neither us nor the other listeners.

export const events = ["ready", "open", "close", "message", "unread", "conversation", "queue", "call", "error"] as const;
export type Event = (typeof events)[number];
export type Listener = (detail: Readonly<Record<string, unknown>>) => void;

export class Events {
  private readonly all = new Map<Event, Set<Listener>>();
  private isReady = false;

  /** on adds a listener and gives back what removes it. Whoever asks for `ready`
   *  late is told all the same. */
  on(event: Event, listener: Listener): () => void {
    const listeners = this.all.get(event) ?? new Set();
    this.all.set(event, listeners.add(listener));
    if (event === "ready" && this.isReady) call(listener, {});
    return () => void listeners.delete(listener);
  }

  tell(event: Event, detail: Record<string, unknown> = {}): void {
    if (event === "ready") this.isReady = true;
    for (const listener of [...(this.all.get(event) ?? [])]) call(listener, Object.freeze({ ...detail }));
  }

  clear(): void {
    this.all.clear();
  }
}

function call(listener: Listener, detail: Record<string, unknown>): void {
  try {
    listener(detail);
  } catch (e) {
    console.error("Bedside: a listener of this page failed:", e);
  }
}
