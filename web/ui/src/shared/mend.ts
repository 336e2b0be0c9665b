// Asking again for what one feed misses: at once, and while it is missing once
// more a second later, for the answer may have been under way already.

export class Mend {
  private asked = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly missing: () => boolean,
    private readonly ask: () => void,
    private readonly pause = 1000,
  ) {}

  /** gap is called when an entry came too early. */
  gap(): void {
    if (this.timer !== undefined) return;
    const left = this.asked + this.pause - Date.now();
    if (left <= 0) this.go();
    else this.timer = setTimeout(() => this.look(), left);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    this.timer = undefined;
    if (this.missing()) this.go();
  }

  private go(): void {
    this.asked = Date.now();
    this.ask();
  }
}
