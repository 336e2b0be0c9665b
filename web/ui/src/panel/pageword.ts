// What the clinic's page says of itself, on its way to the doctor: told once to
// each conversation, and again when it is something else.

import type { Shelf } from "../shared/shelf";

export type Attributes = Record<string, string>;

/** After a failure it is not told again at once. */
const rest = 10_000;

export class PageWord {
  private now: Attributes | null = null;
  private busy = false;
  private notBefore = 0;

  constructor(private readonly shelf: Shelf, private readonly tell: (attributes: Attributes) => Promise<unknown>) {}

  set(attributes: Attributes | null): void {
    this.now = attributes;
    this.notBefore = 0;
  }

  /** heed tells it, if this conversation has not been told. */
  async heed(conversation: string): Promise<void> {
    if (this.now === null || this.busy || Date.now() < this.notBefore) return;
    const word = conversation + " " + JSON.stringify(this.now);
    const before = this.shelf.get("page");
    if (before === word || (before === null && Object.keys(this.now).length === 0)) return;
    this.busy = true;
    try {
      await this.tell(this.now);
      this.shelf.set("page", word);
    } catch {
      this.notBefore = Date.now() + rest;
    }
    this.busy = false;
  }
}
