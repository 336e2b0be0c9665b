// The clinic's page is behind other tabs while a doctor or a call has come: its
// title says so until it is looked at. Sound and vibration are the panel's.

const every = 1_200;
const longest = 60_000;

export class Ring {
  private timer: ReturnType<typeof setInterval> | undefined;
  private title = "";
  private shown = "";
  private readonly seen = (): void => void (document.visibilityState === "visible" && this.stop());

  /** start has the title alternate with the words. */
  start(words: string): void {
    this.stop();
    if (document.visibilityState === "visible") return;
    const began = Date.now();
    document.addEventListener("visibilitychange", this.seen);
    this.timer = setInterval(() => (Date.now() - began > longest ? this.stop() : this.turn(words)), every);
    this.turn(words);
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.seen);
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (document.title === this.shown) document.title = this.title;
    this.shown = "";
  }

  /** turn shows the words, or the title that was there: the page may change its
   *  own meanwhile, which then stays. */
  private turn(words: string): void {
    if (document.title !== this.shown || this.shown === "") {
      this.title = document.title;
      document.title = this.shown = words;
    } else {
      document.title = this.title;
    }
  }
}
