import assert from "node:assert/strict";
import { test } from "node:test";
import { type Api, Refused } from "../src/shared/api";
import { Outbox } from "../src/shared/outbox";
import { inMemory } from "../src/shared/shelf";
import { Twin } from "../src/shared/twin";
import type { Code } from "../src/wire";

type Answer = number | Refused; // milliseconds until it is recorded, or why it is not

/** A server that records what comes in the order in which it is done with it. */
function setting(...answers: Answer[]) {
  const arrived: string[] = [];
  const said: string[] = [];
  const api = {
    call: async (_: string, path: string, body: { text: string }) => {
      const answer = answers.shift() ?? 1;
      await new Promise((done) => setTimeout(done, typeof answer === "number" ? answer : 1));
      if (answer instanceof Refused) throw answer;
      arrived.push((path.includes("/d/") ? "d:" : "") + body.text);
      return { seq: arrived.length, entries: [] };
    },
  };
  const twin: Twin = new Twin({
    api: api as unknown as Api, lists: false, onReach: () => undefined, onSignIn: () => said.push("sign in"),
    onFrame: (f) => {
      if (f.type === "ack") outbox.acked(f.key, f.seq);
      if (f.type === "refused") outbox.refused(f.key ?? "", f.code, f.message, f.retry_after);
      said.push(`${f.type} ${"key" in f ? f.key : ""}`);
    },
  });
  twin.start();
  const outbox = new Outbox(inMemory(), (p) => twin.send({ type: "command", conversation: p.conversation, ...p.command }), () => undefined);
  const say = (text: string, conversation = "c"): void => outbox.add(conversation, { key: text, do: "send", text });
  const settled = async (n: number): Promise<void> => {
    while (said.length < n) await new Promise((done) => setTimeout(done, 1));
  };
  const end = (): void => (outbox.clear("c"), outbox.clear("d"));
  return { arrived, said, outbox, say, settled, end, twin };
}

const no = (code: Code | "offline", after = 0): Refused => new Refused(code, "", 0, after);

test("commands of one conversation arrive in the order of the presses, however slow the first is", async () => {
  const { arrived, say, settled, end } = setting(30, 1, 1);
  for (const text of ["Anna", "a cough", "since Monday"]) say(text);
  await settled(3);
  assert.deepEqual(arrived, ["Anna", "a cough", "since Monday"]);
  end();
});

test("another conversation waits for nobody", async () => {
  const { arrived, say, settled, end } = setting(30, 1);
  say("Anna");
  say("Boris", "d");
  await settled(2);
  assert.deepEqual(arrived, ["d:Boris", "Anna"]);
  end();
});

test("what has to be said again stops those behind it, and they go behind it again", async () => {
  const { arrived, said, say, settled, outbox, end } = setting(no("unavailable", 60));
  for (const text of ["Anna", "a cough"]) say(text);
  await settled(2);
  assert.deepEqual(said, ["refused Anna", "refused a cough"]);
  say("since Monday");
  outbox.flush();
  assert.deepEqual(outbox.list("c").map((p) => p.fate), ["failed", "failed", "waiting"], "not due yet");
  outbox.retry("Anna");
  outbox.retry("a cough");
  await settled(5);
  assert.deepEqual(arrived, ["Anna", "a cough", "since Monday"]);
  end();
});

test("no network stops those behind it, and the outbox knows what it has not heard", async () => {
  const { arrived, say, settled, outbox, end } = setting(no("offline"));
  for (const text of ["Anna", "a cough"]) say(text);
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(arrived, []);
  outbox.hold();
  outbox.flush();
  await settled(2);
  assert.deepEqual(arrived, ["Anna", "a cough"]);
  end();
});

test("a refusal for good lets the next one go, and is told", async () => {
  for (const code of ["invalid", "forbidden", "unknown"] as const) {
    const { arrived, said, say, settled, end } = setting(no(code));
    for (const text of ["no date", "a cough"]) say(text);
    await settled(2);
    assert.deepEqual(said, ["refused no date", "ack a cough"]);
    assert.deepEqual(arrived, ["a cough"]);
    end();
  }
});

test("a dead credential stops everything", async () => {
  const { arrived, said, say, settled, end } = setting(no("unauthorized"));
  for (const text of ["Anna", "a cough"]) say(text);
  await settled(1);
  assert.deepEqual(said, ["sign in"]);
  assert.deepEqual(arrived, []);
  end();
});

test("a console on the twin learns whether there is video", async () => {
  const said: string[] = [];
  const api = {
    call: async (_: string, path: string) =>
      path === "/api/v1/health" ? { video: { up: false, since: "2026-11-27T10:42:00Z" } } : { heads: [] },
  };
  const twin: Twin = new Twin({
    api: api as unknown as Api, lists: true, onReach: () => undefined, onSignIn: () => undefined,
    onFrame: (f) => said.push(f.type === "video" ? `video ${f.up}` : f.type),
  });
  twin.start();
  while (said.length < 2) await new Promise((done) => setTimeout(done, 1));
  twin.stop();
  assert.deepEqual(said, ["heads", "video false"]);
});
