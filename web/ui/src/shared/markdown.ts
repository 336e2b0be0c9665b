// Documents of a clinic, in the little of Markdown that they are written in:
// headings, paragraphs, lists, and strong words. Whatever else stands there is
// read as it is written; nothing can become markup, for elements are made by hand.

import { h } from "./dom";

export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] };

const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const bullet = /^\s{0,3}[-*+]\s+(.*)$/;
const number = /^\s{0,3}\d{1,3}[.)]\s+(.*)$/;

/** blocksOf reads a document. */
export function blocksOf(source: string): Block[] {
  const out: Block[] = [];
  let open: Block | null = null; // the block that the next line may go on
  for (const line of source.split(/\r?\n/)) {
    const next = begun(line, open);
    if (next === null) open = null;
    else if (next === open) continue;
    else out.push((open = next));
    if (open?.kind === "heading") open = null;
  }
  return out;
}

/** begun is the block that a line stands in: a new one, the open one, or none. */
function begun(line: string, open: Block | null): Block | null {
  if (line.trim() === "") return null;
  const title = heading.exec(line);
  if (title) return { kind: "heading", level: title[1]?.length ?? 1, text: title[2] ?? "" };
  const point = bullet.exec(line) ?? number.exec(line);
  if (point) {
    const ordered = !bullet.test(line);
    const text = point[1] ?? "";
    if (open?.kind !== "list" || open.ordered !== ordered) return { kind: "list", ordered, items: [text] };
    open.items.push(text);
    return open;
  }
  if (open?.kind === "text") open.text += " " + line.trim();
  else if (open?.kind === "list") open.items[open.items.length - 1] += " " + line.trim();
  else return { kind: "text", text: line.trim() };
  return open;
}

/** documentOf makes the elements; the highest heading stands at a level of the page. */
export function documentOf(source: string, top: 2 | 3 | 4 = 3): HTMLElement[] {
  return blocksOf(source).map((b) => {
    if (b.kind === "text") return h("p", {}, ...strong(b.text));
    if (b.kind === "list") return h(b.ordered ? "ol" : "ul", {}, ...b.items.map((i) => h("li", {}, ...strong(i))));
    return h(`h${Math.min(6, top + b.level - 1)}` as "h3", {}, ...strong(b.text));
  });
}

/** strong makes what stands between ** strong. */
function strong(text: string): (string | HTMLElement)[] {
  const parts = text.split("**");
  if (parts.length % 2 === 0) return [text]; // one that is never closed is two stars
  return parts.map((p, i) => (i % 2 === 1 ? h("strong", {}, p) : p)).filter((p) => p !== "");
}
