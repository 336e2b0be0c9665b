import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../src/panel/desk";
import { readKept } from "../src/panel/kept";
import type { Shelf } from "../src/shared/shelf";
import { inMemory } from "../src/shared/shelf";

/** The browser as far as a desk asks for it. Sockets never open. */
const every = globalThis.setInterval;
const starts: { bearer: string; done: (conversation: string) => void }[] = [];
Object.assign(globalThis, {
  document: { addEventListener: () => undefined, visibilityState: "visible" },
  window: { addEventListener: () => undefined },
  location: { origin: "http://bedside.localhost" },
  WebSocket: class {
    close(): void {}
  },
  setInterval: (run: () => void, ms: number) => {
    const timer = every(run, ms) as unknown as { unref(): unknown };
    return timer.unref(); // a socket's pulse must not keep the tests from ending
  },
  fetch: (_: string, init: { headers: Record<string, string> }) =>
    new Promise((done) => {
      const bearer = (init.headers["Authorization"] ?? "").replace("Bearer ", "");
      starts.push({ bearer, done: (conversation) => done(new Response(JSON.stringify({ conversation, entries: [] }), { status: 201 })) });
    }),
});

/** A storage that two tabs share; each hears of what the other changes. */
function storage() {
  const kept = inMemory();
  const tabs: ((key: string) => void)[] = [];
  const tab = (): Shelf => {
    const me = tabs.push(() => undefined) - 1;
    const tell = (key: string): void => tabs.forEach((heard, i) => i !== me && heard(key));
    return {
      ...kept, lasting: true, watch: (changed) => void (tabs[me] = changed),
      set: (key, value) => (kept.set(key, value), tell(key)),
      drop: (key) => (kept.drop(key), tell(key)),
    };
  };
  return { kept, tab };
}

function desk(shelf: Shelf) {
  const given: string[] = [];
  const d = new Desk({
    shelf, site: "", flow: "", link: "", language: () => "en", persons: { token: "", renewed: async () => null, lost: () => undefined },
    report: () => undefined, changed: () => undefined, news: () => undefined,
    giveBack: (text) => void given.push(text), anew: () => undefined, callChanged: () => undefined, typing: () => undefined,
  });
  return { d, given };
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

/** started answers the oldest start that nobody has answered. */
async function started(conversation: string): Promise<string> {
  const s = starts.shift();
  s?.done(conversation);
  await turn();
  return s?.bearer ?? "";
}

async function open(shelf: Shelf, conversation: string) {
  const one = desk(shelf);
  void one.d.begin();
  await started(conversation);
  return one;
}

test("two tabs that start at once keep one ticket with its own conversation", async () => {
  const { kept, tab } = storage();
  const a = desk(tab());
  void a.d.begin();
  kept.drop("conversation"); // b looked before a had written
  const b = desk(tab());
  void b.d.begin();
  assert.equal(starts.length, 2);
  await started("of a"); // a's ticket is on no shelf any more: a goes along with b's
  const bs = await started("of b");
  assert.equal(await started("of b"), bs, "the same ticket gets the same conversation");
  assert.deepEqual([readKept(kept)?.ticket, readKept(kept)?.conversation], [bs, "of b"]);
  for (const { d } of [a, b]) {
    assert.equal(d.stage, "open");
    d.do({ do: "send", text: "x" });
    assert.equal(d.parcels()[0]?.conversation, "of b");
    d.outbox.clear("of b");
  }
});

test("when another tab begins anew, what was not sent here goes back to the composer", async () => {
  const { kept, tab } = storage();
  const a = await open(tab(), "old");
  const b = desk(tab());
  void b.d.begin();
  await turn();
  a.d.do({ do: "send", text: "my chest hurts" });
  a.d.do({ do: "choose", step: "hello/1", option: "yes" });
  void b.d.startAnew();
  await started("new");
  await turn();
  assert.deepEqual(a.given, ["my chest hurts"]);
  assert.ok(a.d.carried);
  assert.deepEqual(kept.keys("out/"), []);
  assert.equal(a.d.parcels().length, 0);
  assert.equal(readKept(kept)?.conversation, "new");
});

test("a start that fails late does not undo the conversation that has come meanwhile", async () => {
  const { kept, tab } = storage();
  const a = desk(tab());
  void a.d.begin();
  tab().set("conversation", JSON.stringify({ ticket: "t", start: "s", conversation: "theirs" }));
  await turn();
  await started("mine");
  assert.deepEqual(readKept(kept), { ticket: "t", start: "s", conversation: "theirs" });
  assert.equal(a.d.stage, "open");
});

test("rubbish on the shelf is nothing", () => {
  const shelf = inMemory();
  for (const text of ["", "{", "null", "[]", '{"ticket":"","start":"","conversation":""}', '{"ticket":"t"}']) {
    shelf.set("conversation", text);
    assert.equal(readKept(shelf), null, text);
  }
});
