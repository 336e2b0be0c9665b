import assert from "node:assert/strict";
import { test } from "node:test";
import { FreshLinks, type GuestLink } from "../src/shared/links";

function setting(expiresIn = 60_000) {
  const clock = { wallNow: 1_000_000, steadyNow: 0, wall: () => clock.wallNow, steady: () => clock.steadyNow };
  const links = new FreshLinks(clock);
  const link: GuestLink = { call: "c1", web_url: "https://t/webrtc/x#login=a&token=b", expires_at: new Date(clock.wallNow + expiresIn).toISOString() };
  links.offer(link);
  const pass = (wall: number, steady = wall): void => {
    clock.wallNow += wall;
    clock.steadyNow += steady;
  };
  return { links, link, pass };
}

test("the first press takes the link, the second does not", () => {
  const { links, link, pass } = setting();
  pass(49_000);
  assert.equal(links.take("c1"), link);
  assert.equal(links.take("c1"), null);
});

test("after fifty seconds it is not used, and not kept either", () => {
  const { links, pass } = setting();
  pass(50_000);
  assert.equal(links.take("c1"), null);
  pass(-50_000);
  assert.equal(links.take("c1"), null);
});

test("a sleeping machine does not keep a link fresh, by whichever clock stood still", () => {
  for (const [wall, steady] of [[120_000, 10], [10, 120_000]] as const) {
    const { links, pass } = setting(600_000);
    pass(wall, steady);
    assert.equal(links.take("c1"), null);
  }
});

test("another call's link is left alone", () => {
  const { links, link } = setting();
  assert.equal(links.take("c2"), null);
  assert.equal(links.take("c1"), link);
});

test("what is said to be over is not used; a bad date does not hurt", () => {
  const { links, pass } = setting(3_000);
  pass(100);
  assert.equal(links.take("c1"), null);
  links.offer({ call: "c1", web_url: "u", expires_at: "soon" });
  assert.ok(links.take("c1"));
});

test("a newer invitation replaces the older", () => {
  const { links, pass } = setting();
  pass(40_000);
  links.offer({ call: "c2", web_url: "v" });
  pass(20_000);
  assert.equal(links.take("c1"), null);
  assert.equal(links.take("c2")?.web_url, "v");
});
