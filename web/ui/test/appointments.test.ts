import assert from "node:assert/strict";
import { test } from "node:test";
import { eventWords as panelWords } from "../src/panel/events";
import { lateWords } from "../src/join/early";
import { Later } from "../src/panel/later";
import { firm } from "../src/shared/appointments";
import { fold, type Line, newTalk, type Talk } from "../src/shared/talk";
import { bookingTexts } from "../src/texts/booking";
import * as en from "../src/texts/en";
import { eventWords } from "../src/visit/events";
import { clockOf, passed, spanOf } from "../src/visit/span";
import { partsOf } from "../src/visit/times";
import { journal } from "./make";

type Fact = Parameters<typeof journal>[0];

function read(...facts: Fact[]): Talk {
  const t = newTalk();
  for (const e of journal(["conversation.started", { language: "en" }], ...facts)) fold(t, e);
  return t;
}

const booking = { booking: "b1", start: "2026-12-02T09:00:00Z", length: 1800, title: "General practice", doctor_name: "Doctor One" };
const made: Fact = ["booking.made", booking];

test("a time that is offered becomes an appointment, or is gone", () => {
  const offered: Fact = ["booking.proposed", { ...booking, until: "2026-12-01T09:00:00Z", words: "Shall we?" }, "doctor"];
  const t = read(offered);
  assert.deepEqual(t.appointments.map((a) => [a.state, a.until, a.words]), [["proposed", "2026-12-01T09:00:00Z", "Shall we?"]]);
  assert.deepEqual(firm(t), [], "it is no promise yet");
  const taken = read(offered, ["booking.made", { booking: "b1", start: booking.start, length: 1800 }]);
  assert.deepEqual(taken.appointments.map((a) => [a.state, a.doctor, a.until]), [["booked", "Doctor One", ""]]);
  assert.deepEqual(read(offered, ["booking.withdrawn", { booking: "b1", why: "expired" }]).appointments, []);
});

test("an appointment goes where it is moved, and a moved one begins afresh", () => {
  const t = read(made, ["booking.due", { booking: "b1" }], ["booking.late", { booking: "b1", stage: 3 }], ["booking.chosen", { booking: "b1", option: "new_time" }, "patient"]);
  assert.deepEqual(t.appointments.map((a) => [a.state, a.late, a.chosen]), [["due", 3, "new_time"]]);
  for (const e of journal(["booking.moved", { booking: "b1", start: "2026-12-05T09:00:00Z", length: 900 }], ["booking.reassigned", { booking: "b1", doctor_name: "Doctor Two" }])) fold(t, e);
  assert.deepEqual(firm(t).map((a) => [a.state, a.start, a.length, a.doctor, a.late, a.chosen]), [["booked", "2026-12-05T09:00:00Z", 900, "Doctor Two", 0, ""]]);
});

test("of several appointments the earliest stands first, and what is over is gone", () => {
  const second: Fact = ["booking.made", { ...booking, booking: "b2", start: "2026-12-01T09:00:00Z" }];
  assert.deepEqual(firm(read(made, second)).map((a) => a.id), ["b2", "b1"]);
  for (const kind of ["booking.cancelled", "booking.kept", "booking.missed"] as const) assert.deepEqual(firm(read(made, second, [kind, { booking: "b2" }])).map((a) => a.id), ["b1"], kind);
  const old: Fact = ["booking.made", { start: booking.start, length: 1800 }];
  assert.deepEqual(firm(read(old)).map((a) => a.id), ["booking-20261101100200"], "as the server calls it");
  assert.deepEqual(read(old, ["booking.due", {}]).appointments, [], "a journal from before appointments had an id");
});

test("what the doctor has said at the end stays, and a wish for video ends with an answer", () => {
  const t = read(["video.asked", {}, "patient"]);
  assert.equal(t.asksVideo, true);
  assert.equal(read(["video.asked", {}, "patient"], ["video.refused", { text: "a photo will do" }, "doctor"]).asksVideo, false);
  assert.equal(read(["video.asked", {}, "patient"], ["call.requested", { call: "k" }]).asksVideo, false);
  const done = read(["doctor.finished", { words: "Rest.", next: { kind: "none" } }, "doctor"], ["conversation.closed", { why: "end" }]);
  assert.deepEqual([done.outcome?.words, done.outcome?.next?.kind], ["Rest.", "none"]);
  assert.equal(read(["doctor.finished", {}, "doctor"]).outcome, null, "nothing was said");
});

test("one address for each channel, until it is taken back", () => {
  const t = read(["contact.left", { channel: "sms", address: "+7 1" }], ["contact.left", { channel: "email", address: "a@b" }], ["contact.left", { channel: "sms", address: "+7 2" }]);
  assert.deepEqual(t.contacts.map((c) => c.address), ["a@b", "+7 2"]);
  fold(t, journal(["contact.dropped", { channel: "email" }])[0]!);
  assert.deepEqual(t.contacts.map((c) => c.address), ["+7 2"]);
});

test("how long it is in words, in two units at most", () => {
  const { span } = bookingTexts("en").booked;
  const said = (minutes: number): string => spanOf(minutes * 60_000, span);
  assert.deepEqual([0, 1, 59.5, 60, 61, 24 * 60, 49 * 60 + 1, 7 * 24 * 60].map(said),
    ["0 minutes", "1 minute", "1 hour", "1 hour", "1 hour 1 minute", "1 day", "2 days 1 hour", "7 days"]);
  assert.equal(spanOf(22 * 60_000, bookingTexts("ru").booked.span), "22 минуты");
  assert.deepEqual([0, 1_000, 61_000, 599_000, 3_600_000].map(clockOf), ["0:00", "0:01", "1:01", "9:59", "1:00:00"]);
});

test("five, one and no minutes are said once each, and a page that was asleep says the last", () => {
  const m = 60_000;
  assert.deepEqual([passed(6 * m, 5 * m), passed(5 * m, 4 * m), passed(1.1 * m, 0.9 * m), passed(2_000, -1), passed(-1, -m)], [5, null, 1, 0, null]);
  assert.equal(passed(60 * m, -m), 0);
  assert.equal(passed(60 * m, 30_000), 1);
});

test("a day of many times is divided, one of few is not", () => {
  const at = (hour: number): Date => new Date(2026, 11, 2, hour);
  assert.equal(partsOf([at(9), at(20)]).length, 1);
  assert.deepEqual(partsOf([9, 10, 11, 12, 16, 17, 20].map(at)).map(([name, all]) => [name, all.length]), [["morning", 3], ["afternoon", 2], ["evening", 2]]);
});

test("the chat waits at a line whose words are still to come", () => {
  const later = new Later(() => undefined);
  const t = read(["message.sent", { text: "One" }, "doctor"], ["booking.cancelled", { booking: "b1" }, "doctor"], ["message.sent", { text: "Two" }, "doctor"]);
  const shown = (): string[] => later.seen(t.lines).map((l) => l.text || l.event || "");
  assert.deepEqual(shown().slice(-1), ["One"]);
  later.part = {} as NonNullable<Later["part"]>;
  assert.deepEqual(shown().slice(-2), ["booking.cancelled", "Two"]);
});

test("whoever did it, it is told from the patient's side, in both languages", () => {
  const told = (language: "en" | "ru", ...facts: Fact[]): string => eventWords(read(...facts).lines.slice(-1)[0]!, language);
  assert.match(told("en", ["booking.withdrawn", { booking: "b1", why: "declined" }, "patient"]), /^You did not take/);
  assert.match(told("en", ["booking.withdrawn", { booking: "b1", why: "by_doctor" }, "doctor"]), /^The doctor has taken/);
  assert.match(told("ru", ["booking.missed", { booking: "b1", by: "doctor" }]), /Вашей вины в этом нет/);
  assert.match(told("ru", ["booking.missed", { booking: "b1", by: "system" }]), /Вашей вины в этом нет/);
  assert.equal(told("en", ["booking.room", { booking: "b1" }]), "");
});

test("what the bot says of an appointment is not told beside it", () => {
  const told = (...fact: Fact): string => eventWords(read(fact).lines.slice(-1)[0]!, "en");
  for (const kind of ["booking.moved", "booking.cancelled", "booking.reassigned", "booking.reminded"] as const) assert.equal(told(kind, { booking: "b1", start: "2026-12-05T09:00:00Z", doctor_name: "Doctor Two", which: "24h" }), "", kind);
  assert.equal(told("booking.late", { booking: "b1", stage: 3 }), "");
  assert.match(told("booking.late", { booking: "b1", stage: 1 }), /^The doctor is late/);
  assert.equal(told("booking.missed", { booking: "b1", by: "patient" }), "");
  assert.equal(told("booking.withdrawn", { booking: "b1", why: "expired" }), "");
});

test("a call that waits for a seat says so until it has one, and tells how long both spoke", () => {
  const asked: Fact = ["call.requested", { call: "k", attempt: 1, lacks: "seat", record: true }];
  assert.deepEqual([read(asked).call?.lacks, read(asked).call?.record], ["seat", true]);
  const told = (l: Line | undefined): string => panelWords(l!, en, "", "en", () => "");
  assert.equal(told(read(asked).lines.slice(-1)[0]), en.panel.callLacks, "no room is being made");
  assert.equal(told(read(["call.requested", { call: "k", attempt: 1 }]).lines.slice(-1)[0]), en.panel.callAsked);
  assert.equal(read(asked, ["call.seated", { call: "k", attempt: 1 }]).call?.lacks, "");
  const ended = read(asked, ["call.ready", { call: "k", attempt: 1 }], ["call.ended", { call: "k", why: "hung_up", together: 754 }]);
  assert.equal(panelWords(ended.lines.slice(-1)[0]!, en, "", "en", () => ""), "The video call has ended. You spoke for 13 minutes.");
  const declined = read(asked, ["call.ended", { call: "k", why: "declined", together: 0 }]);
  assert.equal(panelWords(declined.lines.slice(-1)[0]!, en, "", "en", () => ""), en.call.declined);
});

test("a late doctor is told of in three steps, and the last shows where to choose", () => {
  const words = bookingTexts("en");
  assert.deepEqual([0, 1, 2, 3].map((stage) => lateWords(stage, "", words)), ["", words.late.told, words.late.lead, words.late.ask]);
});
