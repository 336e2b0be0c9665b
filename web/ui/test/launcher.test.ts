import assert from "node:assert/strict";
import { test } from "node:test";
import { readAttributes } from "../src/launcher/attributes";
import { Events } from "../src/launcher/events";
import { find } from "../src/launcher/script";
import { fromData, fromPage, fromQuery, readSettings } from "../src/launcher/settings";
import { Signature } from "../src/launcher/signature";

const data = (values: Record<string, string>) => fromData({ dataset: values } as unknown as HTMLElement);
const query = (text: string) => fromQuery(new URLSearchParams(text));

test("each setting is the first good one: the page's, the tag's, the address's", () => {
  const { settings, problems } = readSettings([
    fromPage({ flow: "kids", offset: { x: 4, y: 90 } }),
    data({ site: "clinic", flow: "visit", phone: "+44 1", side: "left" }),
    query("site=other&emergency=999&theme=dark&language=ru-RU"),
  ], ["en"]);
  assert.deepEqual(problems, []);
  assert.deepEqual({ ...settings, label: settings.label("en") }, {
    site: "clinic", flow: "kids", phone: "+44 1", emergency: "999", theme: "dark", language: "ru", side: "left",
    offset: { x: 4, y: 90 }, label: "",
  });
});

test("what is left out is usual; the language is the page's, then the browser's", () => {
  assert.equal(readSettings([], ["", "fr", "ru-RU", "en"]).settings.language, "ru");
  assert.equal(readSettings([data({ language: "auto" })], ["ru"]).settings.language, "ru");
  const { settings, problems } = readSettings([data({ site: "", side: "" })], []);
  assert.deepEqual([settings.site, settings.side, settings.offset, settings.theme, settings.language], ["", "right", { x: 20, y: 20 }, "", "en"]);
  assert.deepEqual(problems, []);
});

test("what is wrong falls back to the next source, and is told", () => {
  const { settings, problems } = readSettings([
    fromPage({ side: "middle", offset: [1, 2, 3], colour: "red", theme: 7 }),
    data({ side: "left", offset: "-5", language: "klingon", theme: "sepia" }),
  ], ["ru"]);
  assert.deepEqual([settings.side, settings.offset, settings.language, settings.theme], ["left", { x: 20, y: 20 }, "ru", ""]);
  assert.equal(problems.length, 7);
  for (const word of ["side", "offset", "language", "theme", "colour"]) assert.ok(problems.some((p) => p.includes(word)), word);
  assert.match(problems.join(), /"middle" in window\.Bedside is not left or right/);
});

test("offsets", () => {
  const of = (offset: unknown) => readSettings([fromPage({ offset })], []).settings.offset;
  for (const good of ["24,80", "24px 80px", "24; 80", [24, 80], ["24", "80"], { x: 24, y: 80 }]) assert.deepEqual(of(good), { x: 24, y: 80 });
  assert.deepEqual(of("24"), { x: 24, y: 24 });
  assert.deepEqual(of({ y: 80 }), { x: 20, y: 80 });
  for (const bad of ["a,b", "1,2,3", "900,1", "-1,1", [], [true, true], {} as unknown, "1e9", NaN]) assert.deepEqual(of(bad), { x: 20, y: 20 }, String(bad));
});

test("labels by language, wherever they stand", () => {
  const label = (sources: Parameters<typeof readSettings>[0], language: string) => readSettings(sources, []).settings.label(language);
  const tag = data({ label: "Ask a doctor", labelRu: "Спросить врача" });
  assert.equal(label([tag], "en"), "Ask a doctor");
  assert.equal(label([tag], "ru"), "Спросить врача");
  assert.equal(label([query("label=Ask&label-ru=" + encodeURIComponent("Врач"))], "ru"), "Врач");
  assert.equal(label([fromPage({ label: { ru: "Врач" } }), data({ label: "Ask" })], "en"), "Ask");
  assert.equal(label([fromPage({ label: "Ask" })], "ru"), "Ask");
  const long = readSettings([data({ label: "x".repeat(60) })], []);
  assert.equal(long.settings.label("en").length, 40);
  assert.equal(long.problems.length, 1);
  assert.equal(readSettings([fromPage({ label: { ru: 5, en: {} } })], []).problems.length, 1);
});

test("nothing that stands at window.Bedside throws", () => {
  for (const odd of [undefined, null, 7, "text", true, [], [["open"]], () => undefined, Object.create(null), { q: 5 }, { label: null }, { offset: null }, new Date()]) {
    readSettings([fromPage(odd)], []);
  }
});

/** A script element as far as anybody asks. */
function script(attributes: Record<string, string>): Element {
  const dataset: Record<string, string> = {};
  for (const [k, v] of Object.entries(attributes)) if (k.startsWith("data-")) dataset[k.slice(5)] = v;
  return { attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })), dataset } as unknown as Element;
}

test("our own tag is found, whoever runs it", () => {
  const base = "https://www.clinic.example/visit/";
  const ours = script({ src: "https://bedside.clinic.example/widget.js?site=clinic", async: "" });
  const marked = script({ "data-lazy-src": "https://bedside.clinic.example/widget.js", "data-site": "clinic", type: "text/lazy" });
  const vendor = script({ src: "https://vendor.example/widget.js" });
  const bundle = script({ src: "https://cdn.example/all.min.js" });
  const origin = (...of: Parameters<typeof find> extends [infer P, infer C, infer S, ...unknown[]] ? [P, C, S] : never) => find(...of, base)?.origin;

  assert.equal(origin({}, ours, [vendor, ours]), "https://bedside.clinic.example");
  assert.equal(find({}, ours, [ours], base)?.query.get("site"), "clinic");
  assert.equal(origin({}, null, [bundle, vendor, ours]), "https://bedside.clinic.example", "no current script");
  assert.equal(origin({}, bundle, [vendor, marked]), "https://bedside.clinic.example", "an optimiser has put src elsewhere");
  assert.equal(origin({}, null, [vendor]), "https://vendor.example");
  assert.equal(find({}, bundle, [bundle, script({})], base), null);
  assert.equal(origin({ origin: "https://b.example" }, ours, [ours]), "https://b.example", "the page's word is first");
  assert.equal(find({ origin: "https://b.example" }, ours, [ours], base)?.script, null);
  assert.equal(find({ src: "https://bedside.clinic.example/widget.js" }, null, [marked], base)?.script, marked);
  assert.equal(find({ src: "https://b.example/w.js?site=a" }, null, [], base)?.query.get("site"), "a");
  assert.equal(origin({}, null, [script({ src: "/widget.js", "data-site": "x" })]), "https://www.clinic.example");
  for (const odd of ["javascript:alert(1)", "data:text/html,x", "http://", 7, {}]) assert.equal(find({ origin: odd }, null, [], base), null);
});

test("a listener that throws hurts nobody; late listeners hear of ready", () => {
  const events = new Events();
  const heard: unknown[] = [];
  const silence = console.error;
  console.error = () => undefined;
  events.on("unread", () => {
    throw new Error("theirs");
  });
  const off = events.on("unread", (d) => heard.push(d["count"]));
  events.tell("unread", { count: 1 });
  off();
  off();
  events.tell("unread", { count: 2 });
  events.tell("ready");
  events.on("ready", () => heard.push("ready"));
  console.error = silence;
  assert.deepEqual(heard, [1, "ready"]);
});

test("attributes are few and short texts", () => {
  assert.deepEqual(readAttributes({ page: "Prices", doctor: "" }), { attributes: { page: "Prices" }, problems: [] });
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => ["k" + i, "v"]));
  assert.equal(Object.keys(readAttributes(many).attributes).length, 20);
  const odd = readAttributes({ a: 1, b: null, c: {}, d: "x".repeat(201), ["e".repeat(41)]: "x", " ": "x" });
  assert.deepEqual(odd.attributes, {});
  assert.equal(odd.problems.length, 6);
  for (const none of [undefined, null, 5, "text", ["a"]]) assert.deepEqual(readAttributes(none).attributes, {});
});

test("a function is asked for a token once at a time, and its failure is no token", async () => {
  const told: string[] = [];
  let failures = 0;
  const s = new Signature((token, failed) => {
    told.push(token);
    if (failed) failures++;
  });
  for (const bad of [undefined, null, "", 7, {}]) assert.equal(s.set(bad), false);
  assert.ok(s.set("a.b.c"));
  s.ask();
  assert.deepEqual([s.token, s.pending, told], ["a.b.c", false, []]);
  let asked = 0;
  s.set(() => (asked++, Promise.resolve(" x.y.z\n")));
  s.ask();
  s.ask();
  assert.ok(s.pending);
  await new Promise((done) => setTimeout(done, 0));
  assert.deepEqual([told, s.token, asked, s.pending], [["x.y.z"], "x.y.z", 1, false]);
  for (const fails of [() => Promise.reject(new Error("no")), () => { throw new Error("no"); }, () => 7]) {
    s.set(fails);
    s.ask();
    await new Promise((done) => setTimeout(done, 0));
    assert.equal(told.pop(), "");
  }
  assert.equal(failures, 3);
  s.set(() => ""); // nobody is signed in
  s.ask();
  await new Promise((done) => setTimeout(done, 0));
  assert.deepEqual([told.pop(), failures], ["", 3]);
  s.set(() => new Promise(() => undefined));
  s.ask();
  s.clear(); // signed out before it came
  assert.deepEqual([s.token, s.pending], ["", false]);
});
