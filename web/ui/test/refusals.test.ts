import assert from "node:assert/strict";
import { test } from "node:test";
import { comeBack } from "../src/shared/backoff";
import * as en from "../src/texts/en_staff";
import { refusalWords, staffRefusal } from "../src/texts/refusals";
import * as ru from "../src/texts/ru_staff";
import type { Code } from "../src/wire";

// The closed set; the type check refuses a table that leaves one out.
const codes: Record<Code, true> = {
  malformed: true, unauthorized: true, forbidden: true, unknown: true, taken: true, overtaken: true, not_now: true, closed: true,
  no_call: true, ended: true, not_ready: true, room_full: true, no_guest_seat: true, elsewhere: true, ghost: true, never_fits: true,
  invalid: true, gone: true, too_large: true, file_type: true, file_broken: true, files_full: true, too_many: true, identity_expired: true, identity_refused: true, unavailable: true,
  too_early: true, slot_taken: true, open_conversations: true,
};
const all = Object.keys(codes) as Code[];

// What a patient is refused while joining a call is said by the call; what is signed
// is between the clinic's website and its server, and the patient is not told of it.
const ofTheCall: Code[] = ["no_call", "ended", "not_ready", "room_full", "no_guest_seat", "elsewhere", "ghost", "never_fits", "too_early"];
const ofTheSite: Code[] = ["identity_expired", "identity_refused"];
const ofStaff: Code[] = ["open_conversations"];

test("every code has words of its own for patients and for staff, in both languages", () => {
  for (const code of all) {
    const said = [en, ru].map((t) => (ofTheCall.includes(code) ? t.call.refused[code] : t.panel.refused[code]));
    if (!ofTheSite.includes(code) && !ofStaff.includes(code)) {
      assert.ok(said[0] && said[1], `${code} has no words for patients`);
      assert.ok(said[0] !== said[1], `${code} is not translated`);
    }
    const told = [en, ru].map((t) => t.console_.refusals[code]);
    assert.ok(told[0] && told[1], `${code} has no words for staff`);
    assert.ok(told[0] !== told[1], `${code} is not translated`);
  }
  for (const code of Object.keys(en.console_.refusals)) assert.ok(all.includes(code as Code), `${code} is no code of the wire`);
});

test("a patient reads the page's language, and no server's English", () => {
  for (const code of all) {
    const text = refusalWords(ru.panel, code, code === "invalid" ? "Дата из будущего." : "Server's words.");
    assert.ok(text.length > 0);
    assert.ok(!/[A-Za-z]{3}/.test(text), code);
  }
});

test("staff reads the language of the console, and the server's words where they say more", () => {
  assert.equal(staffRefusal(ru.console_, "room_full", "Two others are inside."), ru.console_.refusals["room_full"]);
  assert.match(staffRefusal(ru.console_, "never_fits", "One guest seat."), /\(One guest seat\.\)$/);
  assert.equal(staffRefusal(en.console_, "taken", "Dr Vera"), "Dr Vera was first.");
  assert.equal(staffRefusal(en.console_, "of tomorrow", "New words."), "New words.");
});

test("a page that is closed with any code knows whether to come back", () => {
  for (let code = 4000; code < 4040; code++) {
    const next = comeBack(code, "", 0, () => 0.5);
    assert.equal(next.again, code < 4020);
    if (!next.again) assert.equal(next.why, code < 4030 ? "sign_in" : "never");
  }
});
