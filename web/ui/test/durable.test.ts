import assert from "node:assert/strict";
import { test } from "node:test";
import { keptTwice, type Twin } from "../src/shared/durable";
import { inMemory, type Shelf, under } from "../src/shared/shelf";

/** A twin in memory; asleep it answers nothing, as a page that is closed. */
function twin(kept = new Map<string, string>()) {
  const t = {
    kept, asleep: false, writes: 0,
    read: async () => new Map(kept),
    write: async (changes: ReadonlyMap<string, string | null>) => {
      if (t.asleep) return new Promise<void>(() => undefined);
      t.writes++;
      for (const [key, value] of changes) value === null ? kept.delete(key) : kept.set(key, value);
      return undefined;
    },
  };
  return t satisfies Twin;
}

/** disk is a shelf whose late writes a kill takes back. */
function disk() {
  const shelf = { ...inMemory(), lasting: true } as Shelf;
  const copy = (): Record<string, string | null> => Object.fromEntries(shelf.keys("").map((k) => [k, shelf.get(k)]));
  const back = (was: Record<string, string | null>): void => {
    for (const key of shelf.keys("")) shelf.drop(key);
    for (const [key, value] of Object.entries(was)) shelf.set(key, value ?? "");
  };
  return { shelf, copy, back };
}

const all = (s: Shelf): Record<string, string | null> => Object.fromEntries(s.keys("").map((k) => [k, s.get(k)]));

test("what a killed browser had not written yet comes back from the other side", async () => {
  const { shelf, copy, back } = disk();
  const t = twin();
  const s = keptTwice(shelf, t, await t.read());
  s.set("ticket", "t");
  s.set("out/1", "hello");
  const written = copy();
  s.set("draft", "half a wor");
  s.drop("out/1");
  await s.saved();
  back(written); // the kill
  const again = keptTwice(shelf, t, await t.read());
  assert.deepEqual(all(again), { ticket: "t", draft: "half a wor" });
});

test("what the page had no time to keep twice is kept once, and then twice again", async () => {
  const { shelf } = disk();
  const t = twin();
  const s = keptTwice(shelf, t, await t.read());
  s.set("draft", "a");
  s.set("gone", "x");
  await s.saved();
  t.asleep = true;
  s.set("draft", "abc");
  s.drop("gone");
  t.asleep = false;
  const again = keptTwice(shelf, t, await t.read());
  assert.deepEqual(all(again), { draft: "abc" });
  await again.saved();
  assert.equal(t.kept.get("draft"), "abc");
  assert.ok(!t.kept.has("gone"), "what was dropped does not come back");
});

test("a twin that refuses hinders nobody, and many changes are few writes", async () => {
  const { shelf } = disk();
  const broken: Twin = { read: async () => new Map(), write: async () => Promise.reject(new Error("full")) };
  const s = keptTwice(shelf, broken, new Map());
  s.set("draft", "a");
  await s.saved();
  assert.equal(s.get("draft"), "a");
  const t = twin();
  const many = keptTwice(disk().shelf, t, new Map());
  for (let i = 0; i < 100; i++) many.set("draft", "x".repeat(i));
  await many.saved();
  assert.ok(t.writes <= 3, `${t.writes} writes`);
  assert.equal(t.kept.get("draft")?.length, 99);
});

test("a part of a shelf knows its own keys alone", () => {
  const whole = inMemory();
  const part = under(whole, "~anna/");
  part.set("draft", "x");
  whole.set("draft", "y");
  assert.deepEqual([part.get("draft"), part.keys(""), whole.keys("~")], ["x", ["draft"], ["~anna/draft"]]);
});
