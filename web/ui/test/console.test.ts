import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../src/console/card";
import { doubt, keepDraft, readDraft } from "../src/console/draft";
import { ageIn } from "../src/console/person";
import { clock } from "../src/console/row";
import { Seen } from "../src/console/seen";
import { Tabs } from "../src/console/tabs";
import { inMemory } from "../src/shared/shelf";
import { console_ as words } from "../src/texts/en_staff";
import { console_ as russian } from "../src/texts/ru_staff";
import type { Entry } from "../src/wire";

const calm = { at: "", when: 0 };

test("a draft goes to nobody but for whom it was begun", () => {
  const shelf = inMemory();
  keepDraft(shelf, "a", { text: "for Anna", note: false, whom: "Anna, 68 years" });
  keepDraft(shelf, "b", { text: "for Boris", note: true, whom: "Boris" });
  assert.deepEqual(readDraft(shelf, "a"), { text: "for Anna", note: false, whom: "Anna, 68 years" });
  assert.deepEqual(readDraft(shelf, "b"), { text: "for Boris", note: true, whom: "Boris" });
  assert.deepEqual(readDraft(shelf, "c"), { text: "", note: false, whom: "" });
  const d = readDraft(shelf, "a");
  assert.equal(doubt(d, "a", "Anna, 68 years", calm, 0), null);
  assert.equal(doubt(d, "a", "Anna, 12 years", calm, 0), "other", "a namesake is somebody else");
  keepDraft(shelf, "a", { text: "", note: true, whom: "x" });
  assert.deepEqual(shelf.keys("").filter((k) => k.endsWith("/a")), [], "nothing is left of a draft that was sent");
});

test("a hand that wrote to somebody else a moment ago is asked", () => {
  const d = { text: "begun here before", note: false, whom: "Anna" };
  assert.equal(doubt(d, "a", "Anna", { at: "b", when: 1000 }, 2500), "slip");
  assert.equal(doubt(d, "a", "Anna", { at: "b", when: 1000 }, 9000), null);
  assert.equal(doubt(d, "a", "Anna", { at: "a", when: 1000 }, 1100), null);
});

const said = (seq: number, role: "patient" | "doctor", kind: Entry["kind"] = "message.sent"): Entry =>
  ({ seq, prev: seq - 1, at: "", kind, by: { role }, body: { who: role } }) as Entry;

test("unread is what the doctor has neither seen nor answered", () => {
  const shelf = inMemory();
  const s = new Seen(shelf);
  assert.ok(s.take("a", said(1, "patient")));
  assert.ok(s.take("a", said(2, "patient")));
  assert.ok(!s.take("a", said(3, "doctor")));
  assert.equal(s.count("a"), 0, "answered");
  assert.ok(s.take("a", said(4, "patient")));
  assert.ok(s.take("a", said(5, "patient", "call.joined")), "the patient stands in the room");
  assert.equal(s.count("a"), 2);
  assert.equal(s.count("b"), 0);
  s.read("a", 5);
  assert.equal(s.count("a"), 0);
  const again = new Seen(shelf); // a reload: all entries come anew
  for (const seq of [1, 2, 4]) assert.ok(!again.take("a", said(seq, "patient")));
  assert.ok(again.take("a", said(6, "patient")));
  assert.equal(again.count("a"), 1);
});

test("tabs outlive a reload, close beside each other, and are so many at most", () => {
  const shelf = inMemory();
  const t = new Tabs(shelf);
  for (const id of ["a", "b", "c"]) t.select(id);
  assert.equal(t.beside(1), "a");
  assert.equal(t.beside(-1), "b");
  t.shut("c");
  assert.equal(t.selected, "b");
  assert.deepEqual([new Tabs(shelf).all, new Tabs(shelf).selected], [["a", "b"], "b"]);
  t.select("");
  assert.deepEqual([t.all, t.beside(1)], [["a", "b"], "a"]);
  for (let i = 0; i < 20; i++) t.select("x" + i);
  assert.equal(t.all.length, 12);
  assert.ok(t.all.includes("x19") && !t.all.includes("a"));
  shelf.set("tabs", "rubbish");
  assert.deepEqual(new Tabs(shelf).all, []);
});

test("red answers stand first, then the summary's, then the others as they came", () => {
  const answer = (slot: string, red = false) => ({ step: "", slot, label: null, text: "x", skipped: false, ...(red ? { red } : {}) });
  const sorted = inOrder([answer("name"), answer("pain"), answer("breath", true), answer("more")], ["more", "pain"]);
  assert.deepEqual(sorted.map((a) => a.slot), ["breath", "more", "pain", "name"]);
});

test("ages are years, of small children months, in each language's own words", () => {
  const now = new Date(2026, 10, 27);
  const ages: [string, string, string][] = [
    ["1958-03-07", "68 years", "68 лет"], ["1958-11-27", "68 years", "68 лет"], ["1958-11-28", "67 years", "67 лет"],
    ["2024-11-27", "2 years", "2 года"], ["2024-11-28", "23 months", "23 мес."], ["2005-01-01", "21 years", "21 год"],
    ["2027-01-01", "", ""], ["", "", ""], ["7 March", "", ""],
  ];
  for (const [born, english, ru] of ages) {
    assert.equal(ageIn(born, now, words), english, born);
    assert.equal(ageIn(born, now, russian), ru, born);
  }
});

test("the time that is left reads as a clock", () => {
  assert.deepEqual([clock(59_001), clock(200_000), clock(3_600_000), clock(1)], ["1:00", "3:20", "1:00:00", "0:01"]);
});
