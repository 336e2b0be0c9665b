// Who the page says its visitor is: a token that the clinic's server has signed,
// or a function that fetches one. A function is asked when the chat is opened,
// and again when the token has become too old, for tokens live minutes.

/** So long the panel may wait for a token before the patient goes on unsigned. */
const patience = 8_000;
/** A function that gives dead tokens is not asked again at once. */
const rest = 30_000;

export class Signature {
  token = "";
  private fetch: (() => unknown) | null = null;
  private asked = -Infinity;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** told is called with each token, and with "" where there is none: nobody is
   *  signed in, or, with failed, it could not be had. */
  constructor(private readonly told: (token: string, failed: boolean) => void) {}

  /** Whether a token is on its way. */
  pending = false;

  /** set takes a token or a function; false: it is neither. */
  set(who: unknown): boolean {
    if (typeof who !== "function" && (typeof who !== "string" || who.trim() === "")) return false;
    this.clear();
    if (typeof who === "string") this.token = who.trim();
    else this.fetch = who as () => unknown;
    return true;
  }

  /** ask fetches a token, where there is a function for it. */
  ask(): void {
    if (!this.fetch || this.pending || Date.now() - this.asked < rest) return;
    this.asked = Date.now();
    this.pending = true;
    this.token = "";
    const turn = ++this.turn;
    const come = (token: unknown, failed = false): void => {
      if (turn !== this.turn || !this.pending) return;
      clearTimeout(this.timer);
      this.pending = false;
      this.token = typeof token === "string" ? token.trim() : "";
      this.told(this.token, failed || typeof token !== "string");
    };
    const fail = (): void => come("", true);
    this.timer = setTimeout(fail, patience);
    try {
      Promise.resolve(this.fetch()).then((token) => come(token), fail);
    } catch {
      fail();
    }
  }

  clear(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.token = "";
    this.fetch = null;
    this.pending = false;
    this.asked = -Infinity;
  }
}
