import assert from "node:assert/strict";
import { test } from "node:test";
import { Mend } from "../src/shared/mend";

function setting(pause: number) {
  const state = { missing: true, asked: 0 };
  const mend = new Mend(() => state.missing, () => void state.asked++, pause);
  return { state, mend };
}

const until = async (ok: () => boolean): Promise<void> => {
  while (!ok()) await new Promise((done) => setTimeout(done, 1));
};

test("a gap is asked for at once, and once more when it is still there after the pause", async () => {
  const { state, mend } = setting(20);
  for (let i = 0; i < 5; i++) mend.gap();
  assert.equal(state.asked, 1);
  await until(() => state.asked === 2);
});

test("what has come meanwhile is not asked for again", async () => {
  const { state, mend } = setting(5);
  mend.gap();
  mend.gap();
  state.missing = false;
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(state.asked, 1);
});

test("each feed asks for itself, and not any more once it is left", async () => {
  const one = setting(5);
  const two = setting(5);
  one.mend.gap();
  two.mend.gap();
  assert.deepEqual([one.state.asked, two.state.asked], [1, 1]);
  one.mend.gap();
  one.mend.stop();
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(one.state.asked, 1);
});
