import assert from "node:assert/strict";
import { test } from "node:test";
import { comeBack, delay } from "../src/shared/backoff";

const middle = (): number => 0.5;

test("delays double, have jitter and an end", () => {
  assert.equal(delay(0, () => 1), 500);
  assert.equal(delay(0, () => 0), 250);
  assert.equal(delay(3, () => 1), 4000);
  assert.equal(delay(50, () => 1), 30_000);
});

test("the ten of a close code says what to do, also of unknown ones", () => {
  assert.deepEqual(comeBack(4009, "", 0, middle), { again: true, after: 375 });
  assert.deepEqual(comeBack(4012, "30 too many sockets", 0, middle), { again: true, after: 30_000 });
  assert.deepEqual(comeBack(4010, "rubbish", 0, middle), { again: true, after: 5_000 });
  assert.deepEqual(comeBack(4027, "", 0), { again: false, why: "sign_in" });
  assert.deepEqual(comeBack(4039, "", 0), { again: false, why: "never" });
  assert.deepEqual(comeBack(1009, "", 0), { again: false, why: "never" });
  assert.deepEqual(comeBack(1006, "", 0, middle), { again: true, after: 375 });
});
