import assert from "node:assert/strict";
import { test } from "node:test";
import { breath, Calling } from "../src/console/calling";
import { had, wishOf } from "../src/console/beside";
import { countdown } from "../src/console/boardparts";
import { devicesOf } from "../src/console/devicecard";
import { eventWords } from "../src/console/events";
import { emptyEnding, finishing } from "../src/console/finishing";
import { Looking } from "../src/console/looking";
import { headOf, myDay } from "../src/console/order";
import { inZone } from "../src/console/times";
import { fold, newTalk, type Talk } from "../src/shared/talk";
import * as staff from "../src/texts/en_staff";
import * as staffRu from "../src/texts/ru_staff";
import { journal } from "./make";
import * as en from "../src/texts/en_visits";
import * as ru from "../src/texts/ru_visits";
import type { Head, HeadBooking } from "../src/wire";

const waits = (id: string, more: Partial<Head> = {}): Head => ({ id, phase: "waiting", seq: 1, ...more });
const offer = (doctor: string): Partial<Head> => ({ offer: { doctor, name: "", department: "d", until: "2026-11-27T10:00:00Z" } });
const ids = (all: readonly Head[]): string[] => all.map((x) => x.id);

test("one console rings for an offer and the others are silent", () => {
  const mine = new Calling("one");
  const other = new Calling("two");
  const heads = [waits("a", offer("one"))];
  assert.deepEqual([ids(mine.sort(heads, 0).mine), ids(mine.sort(heads, 9_000).all)], [["a"], []]);
  assert.deepEqual([ids(other.sort(heads, 0).mine), ids(other.sort(heads, 9_000).all)], [[], []]);
});

test("who has no offer rings at all, after a breath in which one may be made", () => {
  const c = new Calling("one");
  assert.deepEqual(ids(c.sort([waits("there")], 0).all), ["there"], "who is there when the page opens waits for no offer");
  const come = [waits("there"), waits("new")];
  const first = c.sort(come, 100);
  assert.deepEqual([ids(first.all), first.soon], [["there"], breath]);
  assert.deepEqual(ids(c.sort(come, 100 + breath).all), ["there", "new"]);
  const rung = [waits("there"), waits("new", offer("two"))];
  assert.deepEqual(ids(c.sort(rung, 5_000).all), ["there"]);
  assert.deepEqual(c.sort(come, 6_000).soon, breath, "an offer that came to nothing begins a new breath");
});

test("an emergency rings at all at once, whoever is rung", () => {
  const c = new Calling("one");
  c.sort([], 0);
  const heads = [waits("x", { priority: "emergency" }), waits("y", { priority: "emergency", ...offer("two") }), waits("z", { priority: "emergency", ...offer("one") })];
  const called = c.sort(heads, 10);
  assert.deepEqual([ids(called.all), ids(called.mine)], [["x", "y"], ["z"]]);
});

/** Every text by its path; what is a function is called with plain values. */
function texts(of: object, path = ""): [string, string][] {
  return Object.entries(of).flatMap(([key, value]): [string, string][] => {
    const at = path + "/" + key;
    if (typeof value === "function") return [[at, String((value as (...x: unknown[]) => unknown)(...Array.from({ length: (value as { length: number }).length }, () => 2)))]];
    return typeof value === "object" && value !== null ? texts(value as object, at) : [[at, String(value)]];
  });
}

test("what is said of visits is said in both languages", () => {
  const russian = new Map(texts(ru.visits));
  for (const [path, text] of texts(en.visits)) {
    assert.ok(russian.get(path), `${path} has no Russian`);
    if (/[a-z]{3}/i.test(text.replace(/TrueConf|Google|Outlook/g, ""))) assert.ok(russian.get(path) !== text, `${path} is not translated`);
  }
});

test("the end of a visit says what is written, and nothing else", () => {
  const e = emptyEnding();
  assert.deepEqual(finishing(e), { do: "finish" });
  assert.deepEqual(finishing({ ...e, outcome: " Calm ", words: " Rest. ", text: "left over", day: "2026-12-01" }), { do: "finish", outcome: "Calm", words: "Rest." });
  assert.deepEqual(finishing({ ...e, step: "text", text: "Drink." }), { do: "finish", next: { kind: "text", text: "Drink." } });
  assert.deepEqual(finishing({ ...e, step: "booking", start: "2027-01-01T09:00:00Z", text: "" }), { do: "finish", next: { kind: "booking", at: "2027-01-01T09:00:00Z" } });
  assert.deepEqual(finishing({ ...e, step: "booking", start: "2027-01-01T09:00:00Z", booking: "b" }), { do: "finish", next: { kind: "booking", booking: "b" } }, "one that stands is named, not offered again");
  const { next } = finishing({ ...e, step: "follow_up", day: "2026-12-31", text: "Blood" });
  assert.deepEqual([next?.kind, next?.text, new Date(next?.at ?? "").getDate()], ["follow_up", "Blood", 31]);
});

test("free times stand by the clock of their zone, through a change of clocks", () => {
  const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  for (const [at, zone, read] of [
    ["2027-01-01T09:00:00Z", "Europe/Moscow", "12:00"], ["2027-03-28T00:30:00Z", "Europe/Berlin", "01:30"], ["2027-03-28T01:30:00Z", "Europe/Berlin", "03:30"],
    ["2027-03-14T07:30:00Z", "America/New_York", "03:30"], ["2027-04-03T15:30:00Z", "Australia/Lord_Howe", "02:00"],
  ] as const) assert.equal(inZone(at, zone, "en-GB", shape), read, `${at} in ${zone}`);
  assert.equal(inZone("no moment", "Europe/Moscow", "en", shape), "no moment");
  assert.ok(inZone("2027-01-01T09:00:00Z", "Nowhere/At_All", "en", shape) !== "");
});

const talkOf = (...facts: Parameters<typeof journal>): Talk => {
  const t = newTalk();
  for (const e of journal(...facts)) fold(t, e);
  return t;
};

test("the wish for video stands with the patient's words", () => {
  assert.equal(wishOf(talkOf(["conversation.started"])), "");
  assert.equal(wishOf(talkOf(["video.asked", { text: "Look at it" }, "patient"])), "Look at it");
  assert.equal(wishOf(talkOf(["video.asked", { text: "Look at it" }, "patient"], ["video.asked", {}, "patient"])), "");
});

test("what the device can do is what was found last", () => {
  assert.equal(devicesOf(talkOf(["conversation.started"])), null);
  assert.equal(devicesOf(talkOf(["devices.checked", { camera: "dark", way: "page" }, "patient"], ["devices.checked", { camera: "none", way: "sound" }, "patient"]))?.way, "sound");
});

test("what has happened is told in words, in both languages", () => {
  const t = talkOf(
    ["offer.made", { doctor: "two", name: "Doctor Two", until: "2026-11-27T10:00:00Z", why: "least_busy" }, "system"],
    ["offer.ended", { doctor: "two", why: "declined", reason: "On the ward" }, "doctor"],
    ["notice.wished", { notice: "n", why: "doctor_here", channel: "sms" }, "system"],
    ["notice.failed", { notice: "n", failure: "address" }, "system"],
    ["booking.missed", { booking: "b", by: "doctor" }, "system"],
  );
  const words = (texts: typeof staff): string[] => t.lines.map((l) => eventWords(l, {
    words: texts, language: "en", who: "Patient One", department: (id) => id ?? "", named: (login) => (login === "two" ? "Doctor Two" : login), lines: () => t.lines,
  }));
  const english = words(staff);
  assert.deepEqual(english, ["Rings Doctor Two", "Doctor Two declined: On the ward", "Message goes out by SMS: the doctor is there", "Not delivered: SMS: the doctor is there (no such address)", "The doctor did not come"]);
  const russian = words(staffRu);
  english.forEach((text, i) => assert.ok(russian[i] && russian[i] !== text, text));
});

test("my day is what is mine today, and whatever is due", () => {
  const now = new Date(2026, 10, 27, 12, 0).getTime();
  const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
  const booked = (id: string, start: string, more: object = {}): Head => waits(id, { phase: "parked", bookings: [{ id: "b" + id, state: "booked", start, length: 1800, department: "d", doctor: "one", ...more }] });
  const all = [booked("tomorrow", at(20)), booked("later", at(3)), booked("soon", at(1)), booked("hers", at(1), { doctor: "two" }), booked("offered", at(2), { state: "proposed" }), booked("due", at(-14), { state: "due" })];
  assert.deepEqual(ids(myDay(all, "one", now)), ["due", "soon", "later"]);
});

test("an appointment that was mine is known by its entries", () => {
  const b = { id: "b1", state: "booked", start: "2026-12-05T09:00:00Z", length: 900, department: "gp", doctor: "two" } as HeadBooking;
  const talk = talkOf(["booking.made", { booking: "b1", doctor: "one" }], ["booking.made", { booking: "b2", doctor: "three" }], ["booking.reassigned", { booking: "b1", doctor: "two" }]);
  assert.equal(had(b, "one", talk), true);
  assert.equal(had(b, "two", talk), false);
  assert.equal(had(b, "three", talk), false);
  assert.equal(had({ ...b, state: "proposed" }, "one", talk), false);
});

test("an appointment of a list is a conversation of one", () => {
  const head = headOf({ conversation: "c", patient: "Patient One", id: "b", state: "booked", start: "2027-01-01T09:00:00Z", length: 1800, department: "d", doctor: "one" });
  assert.deepEqual([head.id, head.patient, head.bookings?.[0]?.id, head.bookings?.length], ["c", "Patient One", "b", 1]);
});

test("a promise counts down, is about to break, and is broken", () => {
  const now = Date.parse("2026-11-27T10:00:00Z");
  const say = (by: string, words = staff): [string, boolean, boolean] => {
    const c = countdown(by, now, words.visits);
    return [c.text, c.over, c.soon];
  };
  assert.deepEqual(say("2026-11-27T10:05:00Z"), ["in 5:00", false, false]);
  assert.deepEqual(say("2026-11-27T10:01:59Z"), ["in 1:59", false, true]);
  assert.deepEqual(say("2026-11-27T10:00:00Z"), ["broken, 0:00", true, false]);
  assert.deepEqual(say("2026-11-30T10:00:00Z"), ["in 3 days", false, false]);
  assert.deepEqual(say(""), ["", false, false]);
  assert.ok(/через 5:00/.test(countdown("2026-11-27T10:05:00Z", now, staffRu.visits).text));
});

test("a page looks again while it is looked at, and an answer that was overtaken counts no more", async () => {
  const asked: ((n: number) => void)[] = [];
  const seen: (number | null)[] = [];
  const looking = new Looking<number>({ ask: () => new Promise((done) => asked.push(done)), every: () => 60_000, changed: () => seen.push(looking.last), over: () => undefined });
  const first = looking.look();
  const second = looking.look();
  asked[1]?.(2);
  await second;
  asked[0]?.(1);
  await first;
  looking.take(3);
  assert.deepEqual([seen, looking.failed], [[2, 3], false]);
  looking.show(false);
});
