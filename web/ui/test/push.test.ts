import assert from "node:assert/strict";
import { test } from "node:test";
import { noteOf, pageOf } from "../src/push/note";
import { bytesOf } from "../src/push/subscribe";

test("a message is shown whatever is in it", () => {
  assert.deepEqual(noteOf('{"title":"A","body":"B","url":"https://b.example/widget/","tag":"n1"}'), { title: "A", body: "B", url: "https://b.example/widget/", tag: "n1" });
  for (const text of ["", "null", "[]", "17", '{"title":7}', "{"]) assert.equal(noteOf(text).title, "Bedside", text);
});

test("a press leads nowhere else", () => {
  const scope = "https://b.example/widget/";
  assert.equal(pageOf("https://b.example/widget/?site=a", scope), "https://b.example/widget/?site=a");
  for (const url of ["https://evil.example/widget/", "https://b.example/console/", "javascript:alert(1)", "//evil.example", undefined, 7]) {
    assert.equal(pageOf(url, scope), scope, String(url));
  }
});

test("a key is read as it is written", () => {
  assert.deepEqual([...bytesOf("-_8A")], [251, 255, 0]);
});
