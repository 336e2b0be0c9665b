// What a page of the console reads again and again while it is looked at.

import { Refused } from "../shared/api";

export interface LookingOptions<T> {
  ask(): Promise<T>;
  /** How long until the next look, in milliseconds. */
  every(last: T | null): number;
  /** Something else is known than before, or cannot be read. */
  changed(): void;
  /** The session is over. */
  over(): void;
}

export class Looking<T> {
  /** What was read last; null: nothing yet. */
  last: T | null = null;
  /** The last look came to nothing. */
  failed = false;
  private shown = false;
  private turn = 0; // an answer that was overtaken by another counts no more
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly o: LookingOptions<T>) {}

  /** show begins to look, or ends it. */
  show(shown: boolean): void {
    this.shown = shown;
    clearTimeout(this.timer);
    if (shown) void this.look();
  }

  /** look reads now, and goes on from there. */
  async look(): Promise<void> {
    const turn = ++this.turn;
    try {
      const read = await this.o.ask();
      if (turn !== this.turn) return;
      this.take(read);
    } catch (e) {
      if (turn !== this.turn) return;
      if (e instanceof Refused && e.status === 401) return this.o.over();
      this.failed = true;
      this.o.changed();
      this.plan(this.o.every(this.last));
    }
  }

  /** take is for what came as the answer to something else; soon is until the next look. */
  take(read: T, soon?: number): void {
    this.turn++;
    this.last = read;
    this.failed = false;
    this.o.changed();
    this.plan(soon ?? this.o.every(read));
  }

  private plan(after: number): void {
    clearTimeout(this.timer);
    if (this.shown) this.timer = setTimeout(() => void this.look(), after);
  }
}
