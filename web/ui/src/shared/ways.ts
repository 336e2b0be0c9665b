// The ways into a call, from the nearest to the surest: on this page, in a tab
// of its own, by the TrueConf app, and the clinic's telephone. The next is put
// first when the one before has failed; those before stay within reach.

export type Way = "frame" | "tab" | "app" | "phone";

const order: readonly Way[] = ["frame", "tab", "app", "phone"];

export class Ways {
  private readonly failed = new Set<Way>();

  constructor(private readonly open: (way: Way) => boolean = () => true) {}

  /** all are those that there are here, the nearest first. */
  get all(): Way[] {
    return order.filter((w) => this.open(w));
  }

  /** best is the nearest that has not failed; the nearest of all once each has. */
  get best(): Way {
    const { all } = this;
    return all.find((w) => !this.failed.has(w)) ?? all[0] ?? "frame";
  }

  /** troubled is whether any has failed. */
  get troubled(): boolean {
    return this.failed.size > 0;
  }

  has(way: Way): boolean {
    return this.open(way);
  }

  fail(way: Way): void {
    this.failed.add(way);
  }

  /** worked forgets what went wrong before. */
  worked(): void {
    this.failed.clear();
  }
}
