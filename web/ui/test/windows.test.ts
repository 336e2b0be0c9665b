import assert from "node:assert/strict";
import { test } from "node:test";
import { type Locks, windowNumber } from "../src/shared/windows";

/** Browser keeps locks as a browser does: for all its windows, each until it closes. */
class Browser {
  private readonly held = new Map<string, number>(); // by whom
  private waiting: (() => void)[] = [];

  window(id: number): Locks {
    return {
      request: (name, { ifAvailable, signal }, got) => new Promise((_, broke) => {
        const take = (): boolean => {
          if (this.held.has(name)) return false;
          this.held.set(name, id);
          void got({});
          return true;
        };
        if (take()) return;
        if (ifAvailable) return void got(null);
        const again = (): void => void (signal?.aborted || take() || this.waiting.push(again));
        this.waiting.push(again);
        signal?.addEventListener("abort", () => broke(new Error("late")));
      }),
    };
  }

  close(id: number): void {
    for (const [name, of] of this.held) if (of === id) this.held.delete(name);
    for (const again of this.waiting.splice(0)) again();
  }
}

test("each window of a browser has a number of its own, and one that is gone leaves it to the next", async () => {
  const b = new Browser();
  assert.equal(await windowNumber("panel", b.window(1)), 1);
  assert.equal(await windowNumber("panel", b.window(2)), 2);
  assert.equal(await windowNumber("console", b.window(2)), 1, "another kind of page");
  b.close(1);
  assert.equal(await windowNumber("panel", b.window(3)), 1, "a tab that was killed and opened again is the same to the server");
});

test("a page that is loaded anew is there before the old one has let go, and keeps its number", async () => {
  const b = new Browser();
  assert.equal(await windowNumber("panel", b.window(1)), 1);
  const anew = windowNumber("panel", b.window(2));
  setTimeout(() => b.close(1), 50);
  assert.equal(await anew, 1);
});

test("where a browser has no locks every window is the first", async () => {
  assert.equal(await windowNumber("panel", null), 1);
});
