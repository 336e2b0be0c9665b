import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed } from "../src/shared/feed";
import { entry } from "./make";

test("entries come once, in order, and a gap is told", () => {
  const got: number[] = [];
  const feed = new Feed((e) => got.push(e.seq));
  assert.equal(feed.take(entry(1, 0)), "taken");
  assert.equal(feed.take(entry(1, 0)), "known");
  assert.equal(feed.take(entry(3, 1)), "taken", "2 is not for this reader: prev says so");
  assert.equal(feed.take(entry(6, 5)), "gap");
  assert.equal(feed.take(entry(5, 3)), "taken");
  assert.equal(feed.take(entry(6, 5)), "taken");
  assert.equal(feed.take(entry(3, 1)), "known", "a late double of an old one");
  assert.deepEqual(got, [1, 3, 5, 6]);
});

test("whatever the order and however often, what is delivered is a prefix without doubles", () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48271) % 0x7fffffff) % n;
  for (let round = 0; round < 200; round++) {
    const got: number[] = [];
    const feed = new Feed((e) => got.push(e.seq));
    for (let i = 0; i < 60; i++) {
      const seq = 1 + random(10);
      const verdict = feed.take(entry(seq, seq - 1));
      if (verdict === "gap") feed.takeAll(Array.from({ length: seq }, (_, k) => entry(k + 1, k)));
    }
    assert.deepEqual(got, Array.from({ length: feed.last }, (_, k) => k + 1));
  }
});
