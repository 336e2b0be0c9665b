import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptOf, largest, sizeWords } from "../src/shared/files/file";
import { Tray, type Upload } from "../src/shared/files/tray";
import * as en from "../src/texts/en";
import * as ru from "../src/texts/ru";

// A request as the tray uses it; a test answers it.
class Request {
  static all: Request[] = [];
  upload: { onprogress?: (e: { lengthComputable: boolean; loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  status = 0;
  responseText = "";
  form: FormData | null = null;
  aborted = false;
  constructor() {
    Request.all.push(this);
  }
  open(): void {}
  setRequestHeader(): void {}
  send(form: FormData): void {
    this.form = form;
  }
  abort(): void {
    this.aborted = true;
  }
  answer(status: number, body: unknown): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

function setting() {
  Request.all = [];
  (globalThis as unknown as { XMLHttpRequest: unknown }).XMLHttpRequest = Request;
  const failed: Upload[] = [];
  const tray = new Tray({ changed: () => undefined, failed: (u) => failed.push(u) });
  tray.flush();
  const fates = (): string[] => tray.list("c").map((u) => `${u.file.name} ${u.fate}`);
  const key = (i: number): unknown => Request.all[i]?.form?.get("key");
  return { tray, failed, fates, key };
}

const paper = (name: string, size = 10): File => new File([new Uint8Array(size)], name, { type: "application/pdf" });

test("files go one after the other, and away when the journal shows them", async () => {
  const { tray, fates } = setting();
  await tray.add("c", paper("a"));
  await tray.add("c", paper("b"), "hello/2");
  assert.deepEqual(fates(), ["a sending", "b waiting"]);
  assert.deepEqual([...(Request.all[0]?.form?.keys() ?? [])], ["key", "file"]);
  Request.all[0]?.answer(200, { seq: 7, entries: [] });
  assert.deepEqual(fates(), ["a sent", "b sending"]);
  assert.deepEqual([...(Request.all[1]?.form?.keys() ?? [])], ["key", "step", "file"], "the server wants this order");
  tray.seen("c", 8);
  assert.deepEqual(fates(), ["b sending"]);
  Request.all[1]?.answer(200, { seq: 8, entries: [] });
  assert.deepEqual(fates(), [], "the entry was faster than the answer");
});

test("after an outage the same file goes again under its key", async () => {
  const { tray, fates, key } = setting();
  await tray.add("c", paper("a"));
  Request.all[0]?.onerror?.();
  assert.deepEqual(fates(), ["a waiting"]);
  tray.hold();
  tray.flush();
  assert.equal(Request.all.length, 2);
  assert.equal(key(1), key(0));
  Request.all[1]?.answer(503, { code: "unavailable", retry_after: 60 });
  assert.deepEqual(fates(), ["a waiting"]);
  tray.cancel(tray.list("c")[0]?.key ?? "");
  assert.deepEqual(fates(), []);
});

test("what is refused says why, and may be sent again or put away", async () => {
  const { tray, fates, failed } = setting();
  await tray.add("c", paper("a"));
  Request.all[0]?.answer(422, { code: "file_broken", detail: "damaged" });
  assert.deepEqual(failed.map((u) => [u.code, u.message]), [["file_broken", "damaged"]]);
  const [u] = tray.list("c");
  tray.retry(u?.key ?? "");
  assert.deepEqual(fates(), ["a sending"]);
  tray.cancel(u?.key ?? "");
  assert.ok(Request.all[1]?.aborted);
  assert.deepEqual(fates(), []);
  await tray.add("c", paper("large", largest + 1));
  assert.equal(Request.all.length, 2, "what is too large is not sent at all");
  assert.equal(failed[1]?.most, largest);
});

test("a picker offers what is wanted, and an iPhone makes JPEGs", () => {
  const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X)";
  assert.ok(!acceptOf(undefined, phone, 5).includes("heic"));
  assert.ok(acceptOf(undefined, "Mozilla/5.0 (X11; Linux x86_64)", 0).includes(".heic"));
  assert.equal(acceptOf(["pdf"], phone, 5), "application/pdf,.pdf");
  assert.ok(!acceptOf(["photo"], phone, 5).includes("pdf"));
});

test("sizes are said as people say them", () => {
  assert.equal(sizeWords(largest, en.files, "en"), "20 MB");
  assert.equal(sizeWords(10_000_000, ru.files, "ru"), "10 МБ");
  assert.equal(sizeWords(1_250_000, ru.files, "ru"), "1,3 МБ");
  assert.equal(sizeWords(340, en.files, "en"), "1 KB");
});
