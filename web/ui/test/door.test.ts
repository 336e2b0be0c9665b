import assert from "node:assert/strict";
import { test } from "node:test";
import { whereToGet } from "../src/shared/apps";
import { browserOf } from "../src/shared/browser";
import { heard } from "../src/shared/hearing";
import { Permission, type Surroundings, troubleNamed } from "../src/shared/permission";
import { Ways } from "../src/shared/ways";

const agents: [string, string, boolean, boolean][] = [
  ["Mozilla/5.0 (Linux; Android 13; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0 Mobile Safari/537.36", "chrome_phone", false, true],
  ["Mozilla/5.0 (Linux; Android 13; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/22.0 Chrome/111.0 Mobile Safari/537.36", "chrome_phone", false, true],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0 YaBrowser/23.9 Safari/537.36", "chrome", false, true],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Firefox/91.0", "firefox", false, true],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Safari/605.1.15", "safari", false, false],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0 Mobile/15E148 Safari/604.1", "safari_phone", false, false],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/118.0 Mobile/15E148 Safari/604.1", "ios_app", false, false],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148", "ios_app", true, false],
  ["Mozilla/5.0 (Linux; Android 12; Pixel 5 Build/SP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0 Mobile Safari/537.36", "chrome_phone", true, true],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0", "ios_app", true, false],
];

test("the picture, the browser of another app, and whose answer holds for frames", () => {
  for (const [ua, picture, inApp, delegates] of agents) {
    const b = browserOf(ua, false);
    assert.deepEqual([b.picture, b.inApp, b.delegates], [picture, inApp, delegates], ua);
  }
  assert.equal(browserOf("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/16.5 Safari/605.1.15", true).platform, "ios");
});

function around(over: Partial<Surroundings> & { kinds?: string[]; fails?: string; message?: string } = {}) {
  const stopped: string[] = [];
  const asked: MediaStreamConstraints[] = [];
  const s: Surroundings = {
    secure: true, allows: () => null, state: () => Promise.resolve("prompt"),
    media: {
      enumerateDevices: () => Promise.resolve((over.kinds ?? ["audioinput", "videoinput"]).map((kind) => ({ kind }) as MediaDeviceInfo)),
      getUserMedia: (c) => {
        asked.push(c ?? {});
        if (over.fails) return Promise.reject(Object.assign(new Error(over.message ?? ""), { name: over.fails }));
        return Promise.resolve({ getTracks: () => [{ stop: () => stopped.push("x") }, { stop: () => stopped.push("y") }] } as unknown as MediaStream);
      },
    },
    ...over,
  };
  return { permission: new Permission(s), stopped, asked };
}

test("what is certain beforehand is known without asking", async () => {
  const known = async (over: Parameters<typeof around>[0], sound = false) => (await around(over).permission.known(sound)).trouble;
  assert.equal(await known({ secure: false }), "insecure");
  assert.equal(await known({ media: undefined }), "unsupported");
  assert.equal(await known({ allows: (p) => p !== "camera" }), "policy");
  assert.equal(await known({ allows: (p) => p !== "camera" }, true), null, "sound needs no camera");
  assert.equal(await known({ kinds: ["audioinput"] }), "missing");
  assert.equal(await known({ kinds: ["audioinput"] }, true), null);
  assert.equal(await known({ kinds: [] }, true), "missing");
  assert.equal(await known({ state: () => Promise.resolve("denied") }), "refused");
  assert.equal(await known({ state: (p) => Promise.resolve(p === "camera" ? "denied" : "granted") }, true), null);
  const { permission, asked } = around({ state: () => Promise.resolve("granted") });
  assert.deepEqual(await permission.known(false), { trouble: null, asks: false });
  assert.equal(asked.length, 0, "nothing was opened");
});

test("a probe gives everything back at once, and asks for no camera where there is to be none", async () => {
  const { permission, stopped, asked } = around();
  assert.equal(await permission.probe(false), null);
  assert.equal(stopped.length, 2);
  await permission.probe(true);
  assert.deepEqual(asked, [{ audio: true, video: true }, { audio: true, video: false }]);
});

test("each way in which it fails has a name", async () => {
  assert.equal(await around({ fails: "NotAllowedError" }).permission.probe(false), "refused");
  assert.equal(await around({ fails: "NotAllowedError", message: "Permission denied by system" }).permission.probe(false), "system");
  assert.equal(await around({ fails: "NotAllowedError", allows: () => false }).permission.probe(false), "policy");
  for (const [name, trouble] of [["NotFoundError", "missing"], ["NotReadableError", "busy"], ["TrackStartError", "busy"], ["TypeError", "unsupported"]] as const) {
    assert.equal(troubleNamed({ name }), trouble);
  }
  assert.equal(troubleNamed(null), "unsupported");
});

test("each way is put first when those before it have failed, and all stay", () => {
  const ways = new Ways();
  assert.equal(ways.best, "frame");
  ways.fail("frame");
  assert.equal(ways.best, "tab");
  ways.fail("app");
  assert.equal(ways.best, "tab");
  ways.fail("tab");
  assert.equal(ways.best, "phone");
  ways.fail("phone");
  assert.equal(ways.best, "frame", "there is always one");
  assert.deepEqual(ways.all, ["frame", "tab", "app", "phone"]);
  ways.worked();
  assert.equal(ways.troubled, false);
  const without = new Ways((w) => w !== "phone" && w !== "app");
  without.fail("frame");
  without.fail("tab");
  assert.equal(without.best, "frame");
});

test("only the frame itself, from its own origin, in known words, is heard", () => {
  const frame = {}, origin = "https://video.example";
  const post = (over: object) => heard({ origin, source: frame, data: { type: "logout" }, ...over }, origin, frame);
  assert.equal(post({}), "logout");
  assert.equal(post({ origin: "https://evil.example" }), null);
  assert.equal(post({ origin: "null" }), null);
  assert.equal(post({ source: {} }), null);
  assert.equal(post({ source: null }), null);
  for (const data of [null, undefined, "logout", 7, {}, { type: 1 }, { type: "LOGOUT" }, { type: "somethingElse" }, ["logout"]]) assert.equal(post({ data }), null);
  assert.equal(heard({ origin, source: null, data: { type: "logout" } }, origin, null), null, "a frame that is gone has no window");
});

test("the app is had where the server says, else in the store, else at the server", () => {
  const apps = [{ platform: "Android", url: "https://video.example/app.apk" }, { platform: "ios", url: "http://plain.example" }];
  assert.equal(whereToGet(apps, "android", "https://video.example/"), "https://video.example/app.apk");
  assert.match(whereToGet([], "android", "https://video.example/"), /play\.google\.com/);
  assert.equal(whereToGet(apps, "ios", "https://video.example/"), "https://video.example/", "only https");
  assert.equal(whereToGet(apps, "", "https://video.example/"), "https://video.example/");
});
