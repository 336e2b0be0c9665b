// Where we come from. document.currentScript is null for scripts that an
// optimiser or a tag manager runs in its own way, and may be another one's
// where files are joined, so our own tag is looked for by its address; where
// there is none left, the page says it.

export interface Found {
  /** Bedside's. */
  readonly origin: string;
  /** Our tag, where there is one. */
  readonly script: HTMLElement | null;
  readonly query: URLSearchParams;
}

interface Tag {
  readonly script: HTMLElement;
  readonly address: URL;
}

/** What tells our tag from other vendors' files of the same name. */
const marks = ["site", "phone", "emergency", "flow", "label", "side", "offset"];

/** find says where Bedside is, or null. The page's own word, origin or src of
 *  window.Bedside, is believed before any tag. */
export function find(page: { origin?: unknown; src?: unknown }, current: Element | null, scripts: Iterable<Element>, base: string): Found | null {
  const tags = [...(current ? [current] : []), ...scripts].map((s) => tagOf(s, base)).filter((t): t is Tag => t !== null);
  const said = address(page.src, base) ?? address(page.origin, base);
  if (said) {
    const tag = tags.find((t) => t.address.origin === said.origin);
    const query = said.search ? said.searchParams : tag?.address.searchParams ?? new URLSearchParams();
    return { origin: said.origin, script: tag?.script ?? null, query };
  }
  const running = tags.find((t) => t.script === current);
  const tag = running ?? tags.find(marked) ?? tags[0];
  return tag ? { origin: tag.address.origin, script: tag.script, query: tag.address.searchParams } : null;
}

/** A tag of ours names widget.js in its src, or where an optimiser has put that. */
function tagOf(script: Element, base: string): Tag | null {
  const values = Array.from(script.attributes, (a) => a.value);
  for (const value of values) {
    if (!value.includes("/widget.js")) continue;
    const found = address(value, base);
    if (found?.pathname.endsWith("/widget.js")) return { script: script as HTMLElement, address: found };
  }
  return null;
}

const marked = ({ script, address }: Tag): boolean =>
  marks.some((m) => script.dataset[m] !== undefined || address.searchParams.has(m));

function address(value: unknown, base: string): URL | null {
  if (typeof value !== "string" || value === "") return null;
  try {
    const url = new URL(value, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}
