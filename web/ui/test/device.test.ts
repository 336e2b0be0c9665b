import assert from "node:assert/strict";
import { test } from "node:test";
import { inMemory } from "../src/shared/shelf";
import { keepChoice, keptChoice, opensItself } from "../src/shared/chosen";
import { bookingTexts } from "../src/texts/booking";
import { adviceIn } from "../src/visit/device/advice";
import { appOf } from "../src/visit/inapp";
import { plausible } from "../src/visit/contact";
import { choiceOf, connectionOf, devicesOf, flawsOf, type Found, isDark, isHeard, lightOf, loudnessOf, nothingFound } from "../src/visit/device/verdict";

const good: Found = { ...nothingFound(), camera: "ok", microphone: "ok", speaker: "ok", connection: "ok" };

test("the way into a call suits what was found", () => {
  const way = (more: Partial<Found>, sound = false): string => choiceOf({ ...good, ...more }, sound).way;
  assert.equal(way({}), "page");
  assert.equal(way({ camera: "dark", speaker: "unheard", connection: "slow" }), "page", "nobody is sent away for what they can mend");
  for (const camera of ["none", "refused", "busy"] as const) assert.equal(way({ camera }), "sound", camera);
  for (const microphone of ["none", "refused", "busy"] as const) assert.equal(way({ microphone }), "phone", microphone);
  assert.equal(way({ connection: "lost" }), "phone");
  assert.equal(way({}, true), "sound");
  assert.equal(way({ browser: "old", microphone: "none" }), "app");
  assert.equal(way({ browser: "in_app", microphone: "refused" }), "app");
  assert.equal(way({ browser: "in_app", connection: "lost" }), "phone");
});

test("nobody is called ready who is not heard or not seen", () => {
  assert.deepEqual(flawsOf(good), []);
  assert.deepEqual(flawsOf({ ...good, speaker: "unknown" }), [], "what was not tried is no flaw");
  assert.deepEqual(flawsOf({ ...good, camera: "dark", microphone: "silent", speaker: "unheard", connection: "slow" }), ["camera", "microphone", "speaker", "connection"]);
});

test("what was chosen is kept for a day, a wish until it is taken back", () => {
  const shelf = inMemory();
  assert.deepEqual(keptChoice(shelf), { way: "page", because: "" });
  keepChoice(shelf, { way: "phone", because: "microphone_none" }, 0);
  assert.deepEqual(keptChoice(shelf, 1), { way: "phone", because: "microphone_none" });
  assert.ok(!opensItself(keptChoice(shelf, 1)), "nobody is brought where they cannot speak");
  assert.equal(keptChoice(shelf, 25 * 3_600_000).way, "page", "a headset has been plugged in since");
  shelf.set("sound", "1");
  assert.deepEqual(keptChoice(shelf), { way: "sound", because: "wished" });
  assert.ok(opensItself(keptChoice(shelf)));
  shelf.set("way", "{rubbish");
  assert.equal(keptChoice(shelf).way, "sound");
});

test("each choice says why, in every language", () => {
  for (const language of ["en", "ru"] as const) {
    const words = bookingTexts(language);
    const all: Partial<Found>[] = [{ browser: "old" }, { connection: "lost" },
      ...(["none", "refused", "busy"] as const).flatMap((is) => [{ camera: is }, { microphone: is }])];
    for (const found of all) {
      const shelf = inMemory(), choice = choiceOf({ ...good, ...found }, false);
      keepChoice(shelf, choice);
      const advice = adviceIn(shelf, true, words);
      assert.equal(advice?.way, choice.way);
      assert.ok(words.check.because[choice.because], `${language}: ${choice.because}`);
      assert.ok(advice?.words.startsWith(words.check.because[choice.because] ?? "–"));
    }
    const silent = inMemory();
    keepChoice(silent, { way: "phone", because: "microphone_none" });
    assert.ok(adviceIn(silent, false, words)?.words.endsWith(words.check.so.silent), "no telephone is offered where there is none");
    assert.equal(adviceIn(inMemory(), true, words), null);
  }
});

test("the doctor is told what was found, and no more than is known", () => {
  assert.deepEqual(devicesOf(good, false), { camera: "ok", microphone: "ok", speaker: "ok", connection: "ok", browser: "ok", way: "page" });
  assert.deepEqual(devicesOf({ ...good, rtt: 40, browser: "in_app", inApp: "VK" }, true), { camera: "ok", microphone: "ok", speaker: "ok", connection: "ok", browser: "in_app", way: "sound", rtt: 40, in_app: "VK" });
});

test("a covered lens is dark, a quiet room is not heard", () => {
  const picture = (grey: number): number[] => Array.from({ length: 4 * 32 * 18 }, (_, i) => (i % 4 === 3 ? 255 : grey));
  assert.ok(isDark(lightOf(picture(8))) && !isDark(lightOf(picture(60))) && isDark(lightOf([])));
  const sound = (swing: number): number[] => Array.from({ length: 1024 }, (_, i) => 128 + swing * Math.sin(i / 5));
  assert.ok(!isHeard(loudnessOf(sound(0))) && !isHeard(loudnessOf(sound(1))) && isHeard(loudnessOf(sound(12))));
});

test("a connection is judged by its trips", () => {
  assert.deepEqual(connectionOf([30, 40, 50, 60, 45]), { state: "ok", rtt: 45 });
  assert.deepEqual(connectionOf([700, 800, 900, 600, 650]), { state: "slow", rtt: 700 });
  assert.equal(connectionOf([30, 40, -1, 30, 30]).state, "slow");
  assert.equal(connectionOf([30, -1, -1, 30, 30]).state, "lost");
  assert.deepEqual(connectionOf([-1, -1]), { state: "lost", rtt: 0 });
  assert.equal(connectionOf([]).state, "unknown");
});

test("apps are called by their names", () => {
  assert.equal(appOf("Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 Instagram 300.0"), "Instagram");
  assert.equal(appOf("Mozilla/5.0 (Linux; Android 13; Pixel 7) Chrome/120.0 Mobile Safari/537.36 Telegram-Android/10"), "Telegram");
  assert.equal(appOf("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36"), "");
});

test("what is no address is told at once", () => {
  assert.ok(plausible("sms", "+7 900 123-45-67") && plausible("email", "name@example.org"));
  assert.ok(!plausible("sms", "12-34") && !plausible("email", "name@example") && !plausible("email", "a b@example.org"));
});
