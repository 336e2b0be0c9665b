import assert from "node:assert/strict";
import { test } from "node:test";
import { canJoin, isOpen } from "../src/shared/call";
import { fold, newTalk, type Talk } from "../src/shared/talk";
import type { Entry } from "../src/wire";
import { journal } from "./make";

function read(entries: Entry[]): Talk {
  const t = newTalk();
  for (const e of entries) fold(t, e);
  return t;
}

const question = { step: "hello/1", text: "Pain?", type: "choice", options: [{ id: "y", text: "Much" }], optional: true, lang: "en" };

test("a question stands until it is answered, and the answer shows the option's words", () => {
  const asked = journal(["conversation.started", { language: "en" }], ["bot.asked", question]);
  assert.equal(read(asked).asked?.step, "hello/1");
  const t = read(journal(["conversation.started", { language: "en" }], ["bot.asked", question],
    ["answer.given", { step: "hello/1", slot: "pain", value: "y", label: { en: "Pain" } }, "patient"]));
  assert.equal(t.asked, null);
  assert.equal(t.lines[t.lines.length - 1]?.text, "Much");
  assert.deepEqual(t.answers, [{ step: "hello/1", slot: "pain", label: { en: "Pain" }, text: "Much", skipped: false }]);
});

test("what the clinic's site vouches for is an answer, and no bubble", () => {
  const t = read(journal(["conversation.started"], ["answer.given", { step: "s", slot: "name", text: "A" }, "system"]));
  assert.equal(t.answers.length, 1);
  assert.equal(t.lines.filter((l) => l.kind === "text").length, 0);
});

test("phases follow the journal", () => {
  const facts: Parameters<typeof journal> = [["conversation.started"], ["bot.asked", question], ["queue.joined", { department: "gp", summary: ["pain"] }],
    ["doctor.assigned", { name: "Dr A" }], ["doctor.released"], ["doctor.assigned", { name: "Dr B" }], ["doctor.finished"],
    ["conversation.closed", { why: "end" }], ["conversation.reopened"]];
  const seen = facts.map((_, i) => read(journal(...facts.slice(0, i + 1))).phase);
  assert.deepEqual(seen, ["intake", "intake", "waiting", "consulting", "waiting", "consulting", "intake", "closed", "waiting"]);
  const taken = read(journal(...facts.slice(0, 4)));
  assert.equal(taken.asked, null, "whoever takes over ends the question");
  assert.equal(taken.doctor, "Dr A");
});

test("a call from requested to ended, with leaving and coming again", () => {
  const of = { call: "k" };
  const facts: Parameters<typeof journal> = [["call.requested", { ...of, attempt: 1, how: "page" }], ["call.ready", { ...of, link: "https://b/join/k#x" }],
    ["call.joined", { ...of, who: "patient" }], ["call.joined", { ...of, who: "doctor" }], ["call.left", { ...of, who: "patient" }],
    ["call.left", { ...of, who: "doctor" }], ["call.interrupted", of], ["call.ready", of], ["call.ended", { ...of, why: "hung_up" }]];
  const states = facts.map((_, i) => read(journal(...facts.slice(0, i + 1))).call);
  assert.deepEqual(states.map((c) => c?.state), ["requested", "ready", "joined", "joined", "joined", "ready", "interrupted", "ready", "ended"]);
  assert.deepEqual(states.map((c) => c?.inside.length), [0, 0, 1, 2, 1, 0, 0, 0, 0]);
  assert.deepEqual(states.map((c) => canJoin(c ?? null)), [false, true, true, true, true, true, true, true, false]);
  assert.equal(isOpen(states[8] ?? null), false);
  assert.equal(states[1]?.link, "https://b/join/k#x");
});

test("news of an older call change nothing of the newer", () => {
  const t = read(journal(["call.requested", { call: "a" }], ["call.ended", { call: "a" }], ["call.requested", { call: "b" }],
    ["call.ready", { call: "b" }], ["call.left", { call: "a", who: "doctor" }], ["call.ended", { call: "a" }]));
  assert.equal(t.call?.id, "b");
  assert.equal(t.call?.state, "ready");
});

test("a new attempt begins anew, keeps its id and forgets the stranger", () => {
  const t = read(journal(["call.requested", { call: "a", attempt: 1, how: "app" }], ["call.ready", { call: "a" }],
    ["call.stranger", { call: "a", name: "X" }], ["call.requested", { call: "a", attempt: 2 }]));
  assert.deepEqual([t.call?.state, t.call?.attempt, t.call?.strangers, t.call?.how], ["requested", 2, [], "app"]);
});

test("kinds that are newer than this program do no harm", () => {
  const t = read(journal(["conversation.started"], ["booking.made" as never, { text: "?" }], ["call.teleported" as never, { call: "a" }]));
  assert.equal(t.phase, "intake");
});

test("a room that is tried for again and again is told once", () => {
  const failed: Parameters<typeof journal>[0] = ["call.failed", { call: "c", text: "We are trying again.", retrying: true }];
  const t = read(journal(["conversation.started"], ["call.requested", { call: "c" }], failed, ["call.requested", { call: "c", attempt: 2 }], failed,
    ["call.failed", { call: "c", text: "It could not be made." }], ["call.ended", { call: "c" }]));
  assert.deepEqual(t.lines.filter((l) => l.kind === "call").map((l) => l.text || l.event), ["call.requested", "We are trying again.", "It could not be made."]);
  assert.equal(t.call?.state, "ended");
});
