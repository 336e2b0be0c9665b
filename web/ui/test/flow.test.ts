import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../src/console/card";
import { awaits, byPromise, byUrgency } from "../src/console/order";
import { promiseWords } from "../src/panel/promise";
import { drawOf } from "../src/panel/questions/all";
import { daysOf } from "../src/visit/times";
import { blocksOf } from "../src/shared/markdown";
import { fold, newTalk, type Talk } from "../src/shared/talk";
import { shortMoment } from "../src/shared/when";
import * as en from "../src/texts/en";
import type { Entry, Head } from "../src/wire";
import { journal } from "./make";

function read(entries: Entry[]): Talk {
  const t = newTalk();
  for (const e of entries) fold(t, e);
  return t;
}

const started: Parameters<typeof journal>[0] = ["conversation.started", { language: "en" }];
const choices: Parameters<typeof journal>[0] = ["bot.asked", { step: "triage/6", text: "Which?", type: "choices", options: [{ id: "a", text: "Fever" }, { id: "b", text: "A rash, red" }], lang: "en", back: true }];

test("several answers are one line, and one each on the card", () => {
  const t = read(journal(started, choices, ["answer.given", { step: "triage/6", slot: "s", value: ["a", "b"], red_flag: true }, "patient"]));
  assert.equal(t.asked, null);
  assert.equal(t.lines[t.lines.length - 1]?.text, "Fever, A rash, red");
  assert.deepEqual(t.answers[0]?.several, ["Fever", "A rash, red"]);
  assert.equal(inOrder(t.answers, [])[0]?.red, true);
});

test("an answer that was taken back is on no card, and is asked for again", () => {
  const given: Parameters<typeof journal>[0] = ["answer.given", { step: "triage/6", slot: "s", value: ["a"] }, "patient"];
  const t = read(journal(started, choices, given, ["answer.taken_back", { step: "triage/6", slot: "s" }, "patient"], choices));
  assert.deepEqual(t.answers, []);
  assert.equal(t.asked?.step, "triage/6");
  assert.equal(t.asked?.back, true);
});

test("a consent is kept with its title, and can be read again where it was given", () => {
  const consent = { id: "privacy", title: "Consent", document: "# Consent\n\nText.", version: "2026-01" };
  const ask: Parameters<typeof journal>[0] = ["bot.asked", { step: "hello/1", text: "Consent", type: "consent", consent, options: [{ id: "agree", text: "I agree" }], lang: "en" }];
  const t = read(journal(started, ask, ["consent.given", { step: "hello/1", consent: "privacy", version: "2026-01", agreed: true }, "patient"]));
  const [asked, given] = t.lines.slice(-2);
  assert.equal(asked?.consent, undefined, "the question itself shows it while it is open");
  assert.equal(given?.text, "I agree");
  assert.equal(given?.consent?.document, consent.document);
  assert.deepEqual(t.consents.map((c) => [c.title, c.version, c.agreed]), [["Consent", "2026-01", true]]);
  const known = read(journal(started, ["consent.given", { step: "hello/1", consent: "privacy", version: "2026-01", agreed: true, known: true }, "system"]));
  assert.equal(known.lines.filter((l) => l.kind === "text").length, 0, "nobody was asked");
  assert.equal(known.consents.length, 1);
});

test("an emergency stands until it is ended, and asks nothing while a doctor is there", () => {
  const raised = { by: "red_flag", phone: "103", department: "duty", priority: "emergency" };
  const facts: Parameters<typeof journal> = [started, choices, ["emergency.raised", raised], ["bot.asked", { step: "emergency/2", text: "How are you?", type: "choice", options: [] }],
    ["emergency.ended", { why: "resumed" }], ["emergency.raised", { ...raised, card: true }]];
  const at = (n: number): Talk => read(journal(...facts.slice(0, n)));
  assert.equal(at(3).asked, null);
  assert.equal(at(3).emergency?.phone, "103");
  assert.equal(at(4).asked?.step, "emergency/2");
  assert.equal(at(5).emergency, null);
  assert.equal(at(6).emergency?.card, true);
  assert.equal(read(journal(...facts, ["conversation.closed", { why: "patient" }])).emergency, null);
});

test("promises stand until they are kept, and park the conversation", () => {
  const by = "2026-11-27T16:00:00Z";
  const facts: Parameters<typeof journal> = [started, ["queue.joined", { department: "gp", step: "route/1", purpose: "video", declinable: true }],
    ["video.declined", { step: "route/1" }, "patient"], ["callback.promised", { department: "gp", by, phone: "+7 1" }], ["conversation.parked", { why: "callback" }],
    ["callback.done", {}, "doctor"], ["conversation.closed", { why: "end", rate: true }], ["rating.given", { stars: 4, text: "Kind." }, "patient"]];
  const at = (n: number): Talk => read(journal(...facts.slice(0, n)));
  assert.deepEqual([at(2).purpose, at(2).declinable], ["video", "route/1"]);
  assert.deepEqual([at(3).purpose, at(3).declinable], ["", ""]);
  assert.deepEqual([at(5).phase, at(5).callback?.phone, at(5).callback?.by], ["parked", "+7 1", by]);
  assert.equal(at(6).callback, null);
  assert.deepEqual([at(7).rate, at(7).rating], [true, null]);
  assert.deepEqual(at(8).rating, { stars: 4, text: "Kind." });
  const card = at(4).lines[at(4).lines.length - 1];
  assert.ok(card && promiseWords(card, { words: en, language: "en", emergency: "" }).includes("+7 1"));
});

test("the little of Markdown that documents are written in", () => {
  assert.deepEqual(blocksOf("# Title #\nFirst\nline.\n\n- one\n  goes on\n- two\n\n1. a\n2) b\n\n<b>not bold</b>"), [
    { kind: "heading", level: 1, text: "Title" }, { kind: "text", text: "First line." },
    { kind: "list", ordered: false, items: ["one goes on", "two"] }, { kind: "list", ordered: true, items: ["a", "b"] },
    { kind: "text", text: "<b>not bold</b>" },
  ]);
  assert.deepEqual(blocksOf(""), []);
});

test("which questions are pressed, and which are typed", () => {
  const ask = (type: string, more: object = {}): boolean => drawOf({ seq: 1, step: "s", text: "", type, options: [], optional: false, lang: "", ...more }) !== null;
  assert.deepEqual(["choice", "yes_no", "choices", "consent", "times"].map((t) => ask(t)), [true, true, true, true, true]);
  assert.deepEqual(["text", "date", "phone", "email", "number"].map((t) => ask(t)), [false, false, false, false, false]);
  assert.ok(ask("number", { show: "scale" }));
});

test("offered times stand by day and in order", () => {
  const days = daysOf(["2026-12-02T09:00:00Z", "2026-12-01T12:20:00Z", "none", "2026-12-01T12:00:00Z"].map((id) => new Date(id)));
  assert.deepEqual(days.map((d) => d.map((at) => at.toISOString())), [["2026-12-01T12:00:00.000Z", "2026-12-01T12:20:00.000Z"], ["2026-12-02T09:00:00.000Z"]]);
});

test("emergencies that are offered wait wherever they stand, and calls go by deadline", () => {
  const head = (id: string, more: object): Head => ({ id, seq: 1, phase: "waiting", ...more }) as Head;
  assert.ok(awaits(head("a", { phase: "intake", priority: "emergency", offered: ["duty"] })));
  assert.ok(!awaits(head("b", { phase: "intake" })) && !awaits(head("c", { phase: "parked", callback: { by: "x" } })));
  const order = [head("n", { since: "1" }), head("u", { since: "2", priority: "urgent" }), head("e", { since: "3", priority: "emergency" })].sort(byUrgency).map((x) => x.id);
  assert.deepEqual(order, ["e", "u", "n"]);
  assert.deepEqual([head("late", { callback: { by: "2026-2" } }), head("soon", { callback: { by: "2026-1" } })].sort(byPromise).map((x) => x.id), ["soon", "late"]);
  const noon = new Date(2026, 10, 22, 12);
  assert.equal(shortMoment(noon.toISOString(), noon.getTime(), "ru"), "12:00");
  assert.match(shortMoment(noon.toISOString(), noon.getTime() + 48 * 3_600_000, "ru"), /22 нояб\., 12:00/);
});
