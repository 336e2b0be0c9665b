// The panel's end of the talk with the launcher. The first hello from an origin
// that the server names says which page we are framed by; from then on only that
// origin and that window count.

import { type Hello, isOurs, type ToLauncher, type ToPanel } from "../shared/bridge";

/** So long a page around us may take to say hello. */
const patience = 3_000;

const nobody: Hello = {
  bedside: 1, type: "hello", language: "", theme: "", identity: "", signing: false, attributes: null, forget: false,
};

export class Frame {
  /** Whether there is a page around us at all. */
  readonly framed = window.parent !== window;
  /** Whether the patient sees the panel. */
  open = true;
  onOpen: (open: boolean) => void = () => undefined;
  /** Whatever comes after hello, save `shown`. */
  onWord: (word: Exclude<ToPanel, Hello | { type: "shown" }>) => void = () => undefined;
  private origin: string | null = null;
  private queue: ToLauncher[] = [];
  private waits = true; // for the hello
  private greeted: (hello: Hello) => void = () => undefined;
  private readonly hello = new Promise<Hello>((done) => (this.greeted = done));

  constructor(private readonly allowed: readonly string[]) {
    window.addEventListener("message", (e) => this.hear(e));
  }

  /** met gives the page's hello; one that says nothing where there is no page
   *  around us, or none that knows us. */
  met(): Promise<Hello> {
    const alone = (): void => {
      this.waits = false;
      this.greeted(nobody);
    };
    if (!this.framed) alone();
    else setTimeout(alone, patience);
    return this.hello;
  }

  tell(message: ToLauncher): void {
    if (!this.framed) return;
    if (this.origin === null) this.queue.push(message);
    else window.parent.postMessage(message, this.origin);
  }

  private hear(e: MessageEvent): void {
    if (!this.framed || e.source !== window.parent || !this.mayBe(e.origin) || !isOurs(e.data)) return;
    const message = e.data as ToPanel;
    if (message.type === "hello") this.greet(e.origin, message);
    else if (message.type === "shown") {
      this.open = message.open === true;
      this.onOpen(this.open);
    } else this.onWord(message);
  }

  /** The server sends this page only to be framed by the sites it knows
   *  (frame-ancestors); where it lists them here too, nobody else is heard. */
  private mayBe(origin: string): boolean {
    if (this.origin !== null) return origin === this.origin;
    return this.allowed.length === 0 || this.allowed.includes(origin);
  }

  /** late is a hello for which nobody waits any more: the page was busy. What it
   *  says still counts. */
  private late({ identity, attributes, forget }: Hello): void {
    if (forget) this.onWord({ bedside: 1, type: "forget" });
    if (identity !== "") this.onWord({ bedside: 1, type: "identity", token: identity });
    if (attributes !== null) this.onWord({ bedside: 1, type: "attributes", attributes });
  }

  private greet(origin: string, hello: Hello): void {
    this.origin = origin;
    const whole = { ...nobody, ...hello };
    if (this.waits) this.greeted(whole);
    else this.late(whole);
    if (!hello.forget) this.tell({ bedside: 1, type: "ready" });
    for (const m of this.queue.splice(0)) this.tell(m);
  }
}
