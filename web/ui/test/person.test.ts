import assert from "node:assert/strict";
import { test } from "node:test";
import { PageWord } from "../src/panel/pageword";
import { Persons } from "../src/panel/person";
import { Report } from "../src/panel/report";
import { type Api, Refused } from "../src/shared/api";
import type { Hello, ToLauncher } from "../src/shared/bridge";
import { inMemory } from "../src/shared/shelf";
import { fold, newTalk } from "../src/shared/talk";
import { entry } from "./make";

const hello = (more: Partial<Hello>): Hello =>
  ({ bedside: 1, type: "hello", language: "", theme: "", identity: "", signing: false, attributes: null, forget: false, ...more });

/** token names somebody, and says in its signature what the server thinks of it. */
const token = (sub: string, fate = "good"): string => `h.${btoa(JSON.stringify({ sub }))}.${fate}`;
const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

function persons() {
  const told: string[] = [];
  const asked: string[] = [];
  const api = {
    async call(_: string, path: string, body: { identity: string }) {
      asked.push(path);
      const [, claims = "", fate = ""] = body.identity.split(".");
      await turn();
      if (fate !== "good") throw new Refused(fate as "identity_expired", "", 422);
      return { shelf: "shelf of " + (JSON.parse(atob(claims)) as { sub: string }).sub };
    },
  } as unknown as Api;
  const p = new Persons({ site: "clinic", api, trouble: (code) => told.push(code), changed: () => told.push("changed") });
  return { p, told, asked };
}

test("whom nobody names is unsigned, and Bedside is not asked", async () => {
  const { p, told, asked } = persons();
  assert.deepEqual(await p.settle(hello({})), { shelf: "", token: "" });
  assert.deepEqual([told, asked, p.token], [[], [], ""]);
});

test("the shelf is Bedside's word, never the token's", async () => {
  const { p } = persons();
  assert.equal((await p.settle(hello({ identity: token("anna") }))).shelf, "shelf of anna");
  assert.equal(p.token, token("anna"));
  const forged = persons();
  assert.equal((await forged.p.settle(hello({ identity: token("anna", "identity_refused") }))).shelf, "");
  assert.deepEqual([forged.told, forged.p.token], [["identity_refused"], ""]);
});

test("a token on its way is waited for; an old one may be replaced", async () => {
  const coming = persons();
  const settled = coming.p.settle(hello({ signing: true }));
  void coming.p.word(token("anna"));
  assert.equal((await settled).shelf, "shelf of anna");

  const none = persons();
  const nobody = none.p.settle(hello({ signing: true }));
  void none.p.word("");
  assert.equal((await nobody).shelf, "");

  const old = persons();
  const replaced = old.p.settle(hello({ identity: token("anna", "identity_expired") }));
  await turn();
  await turn();
  assert.deepEqual(old.told, ["identity_expired"]);
  void old.p.word(token("anna"));
  assert.equal((await replaced).shelf, "shelf of anna");
});

test("a token that comes while another is looked at is looked at next", async () => {
  const { p, told } = persons();
  const settled = p.settle(hello({ identity: token("anna") }));
  void p.word(token("boris"));
  await settled;
  await turn();
  await turn();
  assert.deepEqual([told, p.token], [["changed"], token("boris")]);
});

test("nobody goes on seeing what is another's", async () => {
  const { p, told } = persons();
  await p.settle(hello({ identity: token("anna") }));
  await p.word(token("anna"));
  assert.deepEqual(told, [], "the same person");
  await p.word(token("anna", "identity_expired"));
  assert.deepEqual(told.splice(0), ["identity_expired"], "the same person, as the token says");
  await p.word(token("boris", "identity_refused"));
  assert.deepEqual([told.splice(0), p.token], [["identity_refused", "changed"], ""]);
  await p.word(token("boris", "identity_refused"));
  assert.deepEqual(told.splice(0), ["identity_refused"], "the unsigned have nothing to lose");
  await p.word("rubbish.é.identity_refused");
  assert.equal(p.token, "");
});

test("a start is signed anew for the same person alone", async () => {
  for (const [who, wanted] of [["anna", "shelf of anna"], ["boris", undefined]] as const) {
    const { p } = persons();
    await p.settle(hello({ identity: token("anna") }));
    const renewed = p.renewed();
    void p.word(token(who));
    assert.equal((await renewed)?.shelf, wanted);
  }
});

test("the page's word is told once to each conversation", async () => {
  const told: unknown[] = [];
  let works = true;
  const shelf = inMemory();
  const word = (): PageWord => new PageWord(shelf, async (a) => (works ? void told.push(a) : Promise.reject(new Error("no"))));
  const w = word();
  await w.heed("c1");
  w.set({});
  await w.heed("c1");
  assert.deepEqual(told, [], "nothing was ever said");
  w.set({ page: "Prices" });
  await w.heed("c1");
  await w.heed("c1");
  const again = word(); // a reload
  again.set({ page: "Prices" });
  await again.heed("c1");
  assert.equal(told.length, 1);
  await again.heed("c2");
  again.set({});
  await again.heed("c2");
  assert.deepEqual(told.slice(1), [{ page: "Prices" }, {}]);
  works = false;
  again.set({ page: "Doctors" });
  await again.heed("c2");
  works = true;
  await again.heed("c2");
  assert.equal(told.length, 3, "after a failure it rests");
  again.set({ page: "Doctors" });
  await again.heed("c2");
  assert.equal(told.length, 4);
});

test("the page learns where things stand, each once, and never what is said", () => {
  const told: ToLauncher[] = [];
  const report = new Report((m) => told.push(m));
  const talk = newTalk();
  report.stands(talk);
  assert.deepEqual(told, [], "nothing is known yet");
  fold(talk, entry(1, 0, "conversation.started", { language: "en" }));
  report.stands(talk);
  report.stands(talk);
  const said = entry(2, 1, "message.sent", { text: "a secret" }, "doctor");
  fold(talk, said);
  report.news(said);
  report.news(entry(3, 2, "message.sent", { text: "a secret" }, "patient"));
  fold(talk, entry(4, 3, "queue.joined", { department: "gp" }, "bot"));
  report.stands(talk);
  fold(talk, entry(5, 4, "call.requested", { call: "x" }, "doctor"));
  report.stands(talk);
  assert.deepEqual(told.map(({ bedside: _, ...m }) => m), [
    { type: "conversation", phase: "intake" }, { type: "message", from: "doctor" },
    { type: "conversation", phase: "waiting" }, { type: "queue", waiting: true }, { type: "call", state: "requested" },
  ]);
  assert.ok(!JSON.stringify(told).includes("secret"));
});
