import assert from "node:assert/strict";
import { test } from "node:test";
import { Hearing, type Hearable, howToAnswer } from "../src/panel/hearing";
import type { Desk } from "../src/panel/desk";
import { path } from "../src/panel/qr";
import { Tongue } from "../src/panel/tongue";
import { inMemory } from "../src/shared/shelf";
import { type Sound, spoken } from "../src/shared/spoken";
import { fold, newTalk } from "../src/shared/talk";
import { tongueOf } from "../src/shared/tongue";
import type { Saying, Voice } from "../src/shared/voice";
import * as en from "../src/texts/en";
import { mirrored, turned } from "../src/texts/pseudo";
import { refusalWords } from "../src/texts/refusals";
import { entry, journal } from "./make";

const sound: Sound = {
  language: "en", who: (l) => l.name || l.role, mine: (l) => l.role === "patient", event: (l) => l.event ?? "",
  how: (asked) => howToAnswer(asked, asked.options, en, "en"),
};

/** ear is a voice that writes down what it is to say. */
function ear() {
  const said: string[] = [];
  const stands = new Map<string, string>();
  const voice = {
    say: (...pieces: Saying[]) => void (pieces.some((p) => p.text) && said.push(pieces.map((p) => p.text).filter(Boolean).join(" "))),
    status(of: string, text: string) {
      if ((stands.get(of) ?? "") !== text) stands.set(of, text), text && said.push(text);
    },
  };
  return { said, voice: voice as unknown as Voice };
}

const talked = journal(
  ["conversation.started", { language: "en" }],
  ["bot.said", { text: "Hello!", lang: "en" }],
  ["bot.asked", { step: "a/1", text: "Better?", type: "yes_no", options: [{ id: "yes", text: "Yes" }, { id: "no", text: "No" }], lang: "en" }],
);

function hearing(seen = "0", begunHere = false) {
  const talk = newTalk();
  const desk = { talk, caughtUp: false, begunHere, stage: "open", face: "online", parcels: () => [] };
  const { said, voice } = ear();
  const shelf = inMemory();
  shelf.set("seen", seen);
  const h = new Hearing(voice, desk as unknown as Desk, shelf);
  const now: Hearable = { words: en, language: "en", sound, lines: talk.lines, emergency: "", notice: "", phase: "", advice: "", visit: "", waiting: "" };
  const come = (es = talked): void => es.forEach((e) => (fold(talk, e), h.tell(now)));
  return { h, desk, talk, said, now, come };
}

test("a first conversation is heard from its start, in order and once", () => {
  const { h, desk, said, now, come } = hearing("0", true);
  come();
  assert.deepEqual(said, [], "nothing before all of it is there");
  desk.caughtUp = true;
  h.tell(now);
  h.tell(now);
  assert.deepEqual(said, ["conversation.started", "bot: Hello!", "bot: Better? Choose an answer: Yes; No."]);
});

test("a history is not read out again: how much is new, and what is asked", () => {
  const { h, desk, talk, said, now, come } = hearing("2");
  come();
  desk.caughtUp = true;
  h.tell(now);
  assert.deepEqual(said, ["Here is your conversation. One new message. bot: Better? Choose an answer: Yes; No."]);
  for (let seq = 4; seq < 40; seq++) fold(talk, entry(seq, seq - 1, "message.sent", { text: `m${seq}` }, "doctor"));
  h.tell(now);
  assert.deepEqual(said.slice(1), Array.from({ length: 36 }, (_, i) => `doctor: m${i + 4}`));
});

test("one's own words and a question that is answered already are not explained", () => {
  const t = newTalk();
  for (const e of talked) fold(t, e);
  fold(t, entry(4, 3, "answer.given", { step: "a/1", text: "Yes" }));
  assert.deepEqual(t.lines.map((l) => spoken(l, sound, t.asked).map((p) => p.text).join(" ")),
    ["conversation.started", "bot: Hello!", "bot: Better?", ""]);
});

test("letters tell the language where they can", () => {
  assert.equal(tongueOf("Говорите ли вы по-русски?", "en"), "ru");
  assert.equal(tongueOf("Good day", "ru"), "en");
  assert.equal(tongueOf("Good day", "de"), "de");
  assert.equal(tongueOf("Добрий день", "uk"), "uk");
  assert.equal(tongueOf("37,2 !!", "ru"), "ru");
});

test("refusals are plain words; the server's count only for an answer that does not fit", () => {
  assert.equal(refusalWords(en.panel, "invalid", "No such day."), "No such day.");
  assert.equal(refusalWords(en.panel, "too_many", "Too many at once. Please slow down."), en.panel.refused["too_many"]);
  assert.equal(refusalWords(en.panel, "ghost", "not yours"), en.panel.refused["other"]);
  assert.equal(refusalWords(en.panel, undefined), en.panel.refused["other"]);
});

test("the language for tests has every text, none empty, none in Latin letters, all longer", () => {
  const flat = (o: object): [string, unknown][] => Object.entries(o).flatMap(([k, v]) =>
    typeof v === "object" ? flat(v as object).map(([p, x]): [string, unknown] => [`${k}.${p}`, x]) : [[k, v]]);
  const english = flat({ ...en });
  const other = flat(mirrored({ ...en }));
  assert.deepEqual(other.map(([k, v]) => k + typeof v), english.map(([k, v]) => k + typeof v));
  other.forEach(([key, value], i) => {
    const was = english[i]?.[1];
    if (typeof value !== "string" || typeof was !== "string") return;
    assert.ok(!/[a-z]{2}/i.test(value), key);
    assert.ok(value.length > was.length, key);
  });
  const { consulting } = mirrored(en.panel);
  assert.equal(consulting("Doctor One").match(/[A-Za-z ]{3,}/g)?.join(), "Doctor One", "names are nobody's to translate");
  assert.equal(turned(""), "");
});

test("a QR code's path covers the dark squares and no others", () => {
  const rows = ["10110", "01111", "00000", "11111", "10001"];
  const dark = new Set<string>();
  for (const [, x, y, run] of path(rows).matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let i = 0; i < Number(run); i++) dark.add(`${Number(x) + i - 4},${Number(y) - 4}`);
  }
  const want = rows.flatMap((row, y) => [...row].flatMap((c, x) => (c === "1" ? [`${x},${y}`] : [])));
  assert.deepEqual([...dark].sort(), want.sort());
});

/** desk of a conversation whose language is as told. */
function tongue(kept: string | null, given = false) {
  const talk = newTalk();
  const done: unknown[] = [];
  const desk = { talk, caughtUp: true, stage: "open", parcels: () => [], outbox: { discard: () => undefined }, do: (c: unknown) => void done.push(c) };
  const shelf = inMemory();
  if (kept) shelf.set("language", kept);
  let drawn = 0;
  const t = new Tongue("en", given, desk as unknown as Desk, shelf, () => void drawn++);
  return { t, talk, done, shelf, drawn: () => drawn };
}

test("the panel goes with the conversation until somebody chooses, and with the last choice then", () => {
  const { t, talk, done, shelf, drawn } = tongue(null);
  fold(talk, entry(1, 0, "conversation.started", { language: "ru" }));
  t.follow();
  assert.deepEqual([t.language, drawn(), shelf.get("language")], ["ru", 1, null], "a conversation that is held in Russian");
  t.choose("en");
  assert.deepEqual([t.language, shelf.get("language"), done], ["en", "en", [{ do: "speak", language: "en" }]]);
  t.follow();
  assert.equal(t.language, "en", "its entry is on the way");
  fold(talk, entry(2, 1, "language.chosen", { language: "en" }));
  fold(talk, entry(3, 2, "language.chosen", { language: "ru" }));
  t.follow();
  assert.deepEqual([t.language, shelf.get("language"), done.length], ["ru", "ru", 1], "chosen on another device");
});

test("a page that names its language is followed, by the conversation too", () => {
  const { t, talk, done } = tongue(null, true);
  fold(talk, entry(1, 0, "conversation.started", { language: "ru" }));
  t.follow();
  assert.deepEqual([t.language, done], ["en", [{ do: "speak", language: "en" }]]);
});

test("what was chosen while the conversation began is said to it", () => {
  const { t, talk, done } = tongue("ru");
  assert.equal(t.language, "ru");
  fold(talk, entry(1, 0, "conversation.started", { language: "en" }));
  t.follow();
  t.follow();
  assert.deepEqual([t.language, done], ["ru", [{ do: "speak", language: "ru" }]]);
});
