import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, type Parcel } from "../src/shared/outbox";
import { inMemory, type Shelf } from "../src/shared/shelf";

function setting(shelf: Shelf = inMemory(), wait = 60_000) {
  const sent: string[] = [];
  const way = { open: true };
  const outbox = new Outbox(shelf, (p: Parcel) => way.open && sent.push(p.command.key) > 0, () => undefined, wait);
  const say = (key: string, text = key): void => outbox.add("c", { key, do: "send", text });
  const fates = (): string[] => outbox.list("c").map((p) => `${p.command.key} ${p.fate}`);
  const end = (): void => outbox.clear("c");
  return { shelf, sent, way, outbox, say, fates, end };
}

test("a message goes from sending to sent, and away when the journal shows it", () => {
  const { outbox, say, fates, shelf } = setting();
  say("a");
  assert.deepEqual(fates(), ["a sending"]);
  assert.equal(shelf.keys("out/").length, 1);
  outbox.acked("a", 7);
  assert.deepEqual(fates(), ["a sent"]);
  assert.equal(shelf.keys("out/").length, 0, "what is acknowledged is not kept here any more");
  outbox.seen("c", 6);
  assert.deepEqual(fates(), ["a sent"]);
  outbox.seen("c", 7);
  assert.deepEqual(fates(), []);
});

test("without a way out it waits, and goes in order under the same keys", () => {
  const { outbox, say, fates, sent, way, end } = setting();
  way.open = false;
  say("a");
  say("b");
  assert.deepEqual(fates(), ["a waiting", "b waiting"]);
  way.open = true;
  outbox.flush();
  assert.deepEqual(sent, ["a", "b"]);
  outbox.hold(); // the socket died before any answer
  outbox.flush();
  assert.deepEqual(sent, ["a", "b", "a", "b"]);
  end();
});

test("it survives a reload, and two tabs do not overwrite each other", () => {
  const shelf = inMemory();
  const one = setting(shelf);
  const two = setting(shelf);
  one.way.open = two.way.open = false;
  one.say("a", "first");
  two.say("b", "second");
  const later = setting(shelf);
  assert.deepEqual(later.outbox.list("c").map((p) => p.command.text).sort(), ["first", "second"]);
  later.outbox.flush();
  assert.deepEqual(later.sent.sort(), ["a", "b"]);
  for (const s of [one, two, later]) s.end();
});

test("refused is failed; trying again uses the same key; deleting gives the text back", () => {
  const { outbox, say, fates, sent, end } = setting();
  say("a", "hello");
  outbox.refused("a", "too_many", "slow down");
  assert.deepEqual(fates(), ["a failed"]);
  outbox.retry("a");
  assert.deepEqual(sent, ["a", "a"]);
  outbox.refused("a", "unavailable", "");
  outbox.flush();
  assert.deepEqual(sent, ["a", "a"], "a refusal is tried again by hand only");
  assert.equal(outbox.discard("a")?.command.text, "hello");
  assert.deepEqual(fates(), []);
  end();
});

test("no answer is failed after a while, and sent again when a way opens", async () => {
  const { outbox, say, fates, sent, end } = setting(inMemory(), 5);
  say("a");
  while (fates()[0] === "a sending") await new Promise((done) => setTimeout(done, 1));
  assert.deepEqual(fates(), ["a failed"]);
  outbox.flush();
  assert.deepEqual(sent, ["a", "a"]);
  end();
});

test("rubbish on the shelf is dropped", () => {
  const shelf = inMemory();
  for (const text of ["", "{", "null", '{"command":{}}', "[]"]) shelf.set("out/" + text, text);
  const { outbox } = setting(shelf);
  assert.equal(outbox.list("c").length, 0);
  assert.deepEqual(shelf.keys("out/"), []);
});
