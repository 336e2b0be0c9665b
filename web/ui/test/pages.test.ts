import assert from "node:assert/strict";
import { test } from "node:test";
import { inLanguage } from "../src/shared/page";
import { newTicket, secret } from "../src/shared/secret";
import { dayOf, readable, regional, sameDay } from "../src/shared/when";
import * as en from "../src/texts/en_staff";
import { pick } from "../src/texts/pick";
import * as ru from "../src/texts/ru_staff";

test("a ticket is 256 bits in 43 characters that need no escaping", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 500; i++) seen.add(newTicket());
  assert.equal(seen.size, 500);
  for (const t of seen) assert.match(t, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(secret(128).length, 22);
});

test("the language is the first wish that there is a file for", () => {
  assert.equal(pick("ru-RU", "en"), "ru");
  assert.equal(pick("", null, undefined, "de", "en_GB"), "en");
  assert.equal(pick("fr"), "en");
  assert.equal(pick("constructor"), "en");
});

test("texts fall back by language, base and whatever there is", () => {
  assert.equal(inLanguage({ en: "a", ru: "b" }, "ru-RU"), "b");
  assert.equal(inLanguage({ en: "a" }, "ru"), "a");
  assert.equal(inLanguage(undefined, "ru"), "");
});

test("days are named, dates are read, everything else stays as it was written", () => {
  const now = new Date(2026, 10, 22, 12);
  const at = (d: number, h = 1): Date => new Date(2026, 10, d, h);
  const words = { today: "Today", yesterday: "Yesterday" };
  assert.equal(dayOf(at(22, 0), now, "en", words), "Today");
  assert.equal(dayOf(at(21, 23), now, "en", words), "Yesterday");
  assert.equal(dayOf(at(1), now, "en", words), "November 1");
  assert.ok(sameDay(at(3, 0), at(3, 23)) && !sameDay(at(3), at(4)));
  assert.equal(readable("1958-03-07", "en"), "7 March 1958");
  assert.equal(readable("7.03.1958", "en"), "7.03.1958");
  assert.equal(regional("en", ["ru-RU", "en-GB", "en-US"]), "en-GB");
  assert.equal(regional("en", ["ru"]), "en");
});

test("every language has every text, and none is empty", () => {
  const shape = (o: object, path = ""): string[] => Object.entries(o).flatMap(([k, v]) =>
    typeof v === "object" ? shape(v as object, `${path}${k}.`) : [`${path}${k}:${typeof v}`]);
  assert.deepEqual(shape(ru).sort(), shape(en).sort());
  const empty = (o: object): boolean => Object.values(o).some((v) => (typeof v === "object" ? empty(v as object) : v === ""));
  assert.ok(!empty(en) && !empty(ru));
});
