import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOf } from "../src/shared/alone";
import { type Call, foldCall, waitsFor } from "../src/shared/call";
import type { Body } from "../src/shared/talk";
import { entry } from "./make";
import type { Kind } from "../src/wire";

function folded(...facts: [Kind, object][]): Call {
  let call: Call | null = null;
  facts.forEach(([kind, body], i) => {
    const b = { call: "c1", ...body } as Body;
    call = foldCall(call, entry(i + 1, i, kind, b), b);
  });
  return call as unknown as Call;
}

test("who waits for me is in the room while I am not", () => {
  const ready: [Kind, object][] = [["call.requested", {}], ["call.ready", {}]];
  const waits = (me: "patient" | "doctor", kind: Kind, who: string, ...before: [Kind, object][]): boolean =>
    waitsFor(me, folded(...ready, ...before), kind, { call: "c1", who } as Body);
  assert.equal(waits("doctor", "call.joined", "patient", ["call.joined", { who: "patient" }]), true);
  assert.equal(waits("patient", "call.joined", "patient", ["call.joined", { who: "patient" }]), false, "my own coming");
  assert.equal(waits("doctor", "call.joined", "patient", ["call.joined", { who: "doctor" }], ["call.joined", { who: "patient" }]), false);
  assert.equal(waits("doctor", "call.awaited", "doctor", ["call.joined", { who: "patient" }]), true);
  assert.equal(waits("doctor", "call.awaited", "patient", ["call.joined", { who: "doctor" }]), false);
  assert.equal(waitsFor("doctor", null, "call.joined", { who: "patient" } as Body), false);
  assert.equal(waitsFor("doctor", folded(...ready, ["call.ended", {}]), "call.awaited", { who: "doctor" } as Body), false);
});

test("who was turned away is told until they are in, or there is another room", () => {
  const away: [Kind, object][] = [["call.requested", {}], ["call.ready", {}], ["call.crowded", { who: "patient", why: "no_guest_seat", cure: "wait" }]];
  assert.deepEqual(folded(...away).crowded, { who: "patient", why: "no_guest_seat", cure: "wait" });
  assert.ok(folded(...away, ["call.joined", { who: "doctor" }]).crowded, "it is not about the doctor");
  assert.equal(folded(...away, ["call.joined", { who: "patient" }]).crowded, null);
  assert.equal(folded(...away, ["call.requested", { attempt: 2, who: "patient" }]).crowded, null);
  assert.equal(folded(...away, ["call.requested", { attempt: 2, who: "patient" }]).ghost, "patient");
});

test("a wait has its words by its length", () => {
  assert.deepEqual([0, 29_999, 30_000, 119_999, 120_000].map(lengthOf), ["told", "told", "soon", "soon", "long"]);
});
