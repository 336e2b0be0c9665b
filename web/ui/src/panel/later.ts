// The second bundle, fetched when a conversation comes to what it holds:
// appointments, the check of the device, messages. Until it is here the chat waits
// at the first line that only it has words for.

import type { Line } from "../shared/talk";

export type Part = typeof import("../visit/main");

const kinds = /^(booking\.(?!made|due)|contact\.|video\.(asked|refused)|devices\.checked|call\.(seated|limit_near|extended))/;

export class Later {
  part: Part | null = null;
  private tries = 0;
  private coming = false;

  constructor(private readonly changed: () => void) {}

  /** It could not be had; the chat goes on without, and the next wish tries again. */
  get failed(): boolean {
    return this.part === null && this.tries > 0 && !this.coming;
  }

  /** holds is true for a line that has no words yet and will have. */
  holds(l: Line): boolean {
    return this.part === null && !this.failed && kinds.test(l.event ?? "");
  }

  /** seen gives the lines up to the first that is held. */
  seen(lines: readonly Line[]): readonly Line[] {
    const n = this.part ? -1 : lines.findIndex((l) => this.holds(l));
    return n < 0 ? lines : lines.slice(0, n);
  }

  /** tells is true for a kind that the second bundle has the words for. */
  tells(l: Line): boolean {
    return kinds.test(l.event ?? "");
  }

  /** want fetches it, once; after a failure only by again. */
  want(): void {
    if (this.part || this.tries > 0) return;
    void this.fetch();
  }

  again(): void {
    if (!this.part && !this.coming) void this.fetch();
  }

  private async fetch(): Promise<void> {
    this.coming = true;
    const query = this.tries++ === 0 ? "" : `?try=${this.tries}`; // a browser remembers a module that failed
    try {
      const at = new URL(`/ui/visit.js${query}`, location.href).href;
      [this.part] = await Promise.all([import(at) as Promise<Part>, styled()]);
    } catch {
      setTimeout(() => this.again(), 5_000 * this.tries);
    }
    this.coming = false;
    this.changed();
  }
}

/** styled waits for the sheet, and goes on without one that does not come. */
function styled(): Promise<void> {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.onload = link.onerror = () => done();
    link.href = "/ui/visit.css";
    document.head.append(link);
  });
}
