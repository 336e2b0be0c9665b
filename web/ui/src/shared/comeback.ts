// Coming back by oneself: a try that is planned, and how long until then.

export class Comeback {
  /** Why we wait; "" while we do not. */
  why = "";
  private since = 0;
  private at = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** plan tries again after so many seconds, telling each how many are left;
   *  false: for this reason we have waited long enough. */
  plan(why: string, seconds: number, patience: number, left: (seconds: number) => void, go: () => void): boolean {
    clearInterval(this.timer);
    if (this.why !== why || this.since === 0) this.since = Date.now();
    this.why = why;
    if (Date.now() - this.since > patience) {
      this.stop();
      return false;
    }
    this.at = Date.now() + seconds * 1000;
    left(seconds);
    this.timer = setInterval(() => {
      const rest = Math.ceil((this.at - Date.now()) / 1000);
      if (rest > 0) return left(rest);
      clearInterval(this.timer);
      go();
    }, 1_000);
    return true;
  }

  /** pause gives up the planned try and remembers since when we wait. */
  pause(): void {
    clearInterval(this.timer);
  }

  stop(): void {
    clearInterval(this.timer);
    this.why = "";
    this.since = 0;
  }
}
