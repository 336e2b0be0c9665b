import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, type Parcel, pressLasts } from "../src/shared/outbox";
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
  outbox.refused("a", "too_large", "shorter, please");
  assert.deepEqual(fates(), ["a failed"]);
  outbox.retry("a");
  assert.deepEqual(sent, ["a", "a"]);
  outbox.refused("a", "invalid", "");
  outbox.flush();
  assert.deepEqual(sent, ["a", "a"], "a refusal for good is tried again by hand only");
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

/** at runs with a wall clock of its own. */
function at(run: (pass: (ms: number) => void) => void): void {
  const real = Date.now;
  let now = real();
  Date.now = () => now;
  try {
    run((ms) => (now += ms));
  } finally {
    Date.now = real;
  }
}

test("a refusal that passes is sent again by itself, not before the server said", () =>
  at((pass) => {
    for (const code of ["unavailable", "too_many"] as const) {
      const { outbox, say, sent, fates, end } = setting();
      say("a");
      outbox.refused("a", code, "in half a minute", 30);
      say("b");
      outbox.flush();
      assert.deepEqual(sent, ["a"]);
      assert.deepEqual(fates(), ["a failed", "b waiting"], "nothing overtakes it");
      pass(30_000);
      outbox.flush();
      assert.deepEqual(sent, ["a", "a", "b"]);
      end();
    }
  }));

test("it waits longer each time, and the timer sends it", async () => {
  const { outbox, say, sent, end } = setting();
  say("a");
  at((pass) => {
    outbox.refused("a", "unavailable", "");
    pass(1_999);
    outbox.flush();
    assert.deepEqual(sent, ["a"]);
    pass(1);
    outbox.flush();
    outbox.refused("a", "unavailable", "");
    pass(3_999);
    outbox.flush();
    assert.deepEqual(sent, ["a", "a"]);
  });
  const before = Date.now() - 10_000; // due long ago once the clock goes on
  Object.assign(outbox.list("c")[0] ?? {}, { notBefore: before });
  outbox.clear("d"); // plans anew
  while (sent.length < 3) await new Promise((done) => setTimeout(done, 1));
  end();
});

test("those behind a discarded one go on", () => {
  const { outbox, say, sent, end } = setting();
  say("a");
  outbox.refused("a", "unavailable", "", 60);
  say("b");
  outbox.discard("a");
  assert.deepEqual(sent, ["a", "b"]);
  end();
});

test("a late no does not undo an acknowledgement", () => {
  const { outbox, say, fates, end } = setting();
  say("a");
  outbox.acked("a", 7);
  outbox.refused("a", "unavailable", "");
  assert.deepEqual(fates(), ["a sent"]);
  end();
});

test("a press that could not be sent in its minute does not fire later; words and answers do", () =>
  at((pass) => {
    const { outbox, way, sent, shelf, say, end } = setting();
    way.open = false;
    for (const what of ["hang_up", "finish", "close", "release", "claim", "escalate"] as const) outbox.add("c", { key: what, do: what });
    say("words");
    outbox.add("c", { key: "answer", do: "choose", step: "hello/3", option: "yes" }, "Yes");
    pass(pressLasts - 1_000);
    outbox.add("c", { key: "fresh", do: "close" });
    pass(2_000);
    way.open = true;
    outbox.flush();
    assert.deepEqual(sent, ["words", "answer", "fresh"]);
    assert.deepEqual(shelf.keys("out/").sort(), ["out/answer", "out/fresh", "out/words"]);
    end();
  }));
