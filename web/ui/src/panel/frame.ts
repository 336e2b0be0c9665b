// The panel's end of the talk with the launcher. The first hello from an origin
// that the server names says which page we are framed by; from then on only that
// origin and that window count.

import { isOurs, type ToLauncher, type ToPanel } from "../shared/bridge";

export class Frame {
  /** Whether there is a page around us at all. */
  readonly framed = window.parent !== window;
  /** Whether the patient sees the panel. */
  open = true;
  onOpen: (open: boolean) => void = () => undefined;
  private origin: string | null = null;
  private queue: ToLauncher[] = [];

  constructor(private readonly allowed: readonly string[]) {
    window.addEventListener("message", (e) => this.hear(e));
  }

  tell(message: ToLauncher): void {
    if (!this.framed) return;
    if (this.origin === null) this.queue.push(message);
    else window.parent.postMessage(message, this.origin);
  }

  private hear(e: MessageEvent): void {
    if (!this.framed || e.source !== window.parent || !this.mayBe(e.origin) || !isOurs(e.data)) return;
    const message = e.data as ToPanel;
    if (message.type === "hello") this.greet(e.origin);
    if (message.type === "shown") {
      this.open = message.open === true;
      this.onOpen(this.open);
    }
  }

  /** The server sends this page only to be framed by the sites it knows
   *  (frame-ancestors); where it lists them here too, nobody else is heard. */
  private mayBe(origin: string): boolean {
    if (this.origin !== null) return origin === this.origin;
    return this.allowed.length === 0 || this.allowed.includes(origin);
  }

  private greet(origin: string): void {
    this.origin = origin;
    this.tell({ bedside: 1, type: "ready" });
    for (const m of this.queue.splice(0)) this.tell(m);
  }
}
