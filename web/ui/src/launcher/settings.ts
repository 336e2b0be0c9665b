// What a clinic says about its widget, and what is made of it. Settings stand in
// up to three places; what is wrong in them is told once and falls back, for
// nothing of ours may stop a clinic's page.

import { type Language, pick, speakable } from "../texts/pick";

export interface Settings {
  site: string;
  flow: string;
  phone: string;
  emergency: string;
  theme: Theme;
  language: Language;
  side: Side;
  offset: Offset;
  /** The words beside the icon in a language; "" is the icon alone. */
  label(language: string): string;
}

export type Theme = "" | "light" | "dark";
/** As on a page that reads from left to right; on others the sides change places. */
export type Side = "left" | "right";

/** Pixels from the side and from the bottom of the window. */
export interface Offset {
  x: number;
  y: number;
}

/** One place where settings stand, under names such as `label` and `labelRu`. */
export interface Source {
  readonly name: string;
  readonly says: Readonly<Record<string, unknown>>;
}

export const usual = { side: "right" as Side, offset: { x: 20, y: 20 } };

/** So far from a corner a launcher is still seen. */
const farthest = 600;
const longestLabel = 40;

const names = ["site", "flow", "phone", "emergency", "theme", "language", "side", "offset"];
const label = /^label([A-Z][a-z]+)?$/;

/** fromData gives the data-* attributes of a script. */
export function fromData(script: HTMLElement): Source {
  return { name: "the script's data-*", says: { ...script.dataset } };
}

/** fromQuery gives the query of the script's address: ?site=clinic&label-ru=… */
export function fromQuery(query: URLSearchParams): Source {
  const says: Record<string, string> = {};
  query.forEach((value, key) => (says[camel(key)] = value));
  return { name: "the query of its address", says };
}

/** fromPage gives the properties of window.Bedside, whatever it is. */
export function fromPage(page: unknown): Source {
  const says: Record<string, unknown> = {};
  if ((typeof page === "object" || typeof page === "function") && page !== null) {
    for (const [key, value] of Object.entries(page)) {
      if (key === "label" && typeof value === "object" && value !== null) {
        for (const [language, words] of Object.entries(value)) says[camel("label-" + language)] = words;
      } else says[camel(key)] = value;
    }
  }
  return { name: "window.Bedside", says };
}

function camel(name: string): string {
  return name.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** readSettings takes each setting from the first source that holds a good one.
 *  problems say what was wrong, and what stands instead. */
export function readSettings(sources: readonly Source[], languages: readonly string[]): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const read = <T>(key: string, parse: (value: unknown) => T | null, wants: string): T | null => {
    for (const { name, says } of sources) {
      const value = says[key];
      if (value === undefined || value === null || value === "") continue;
      const good = parse(value);
      if (good !== null) return good;
      problems.push(`${key} ${show(value)} in ${name} is not ${wants}`);
    }
    return null;
  };
  const word = (key: string): string => read(key, text, "a text") ?? "";
  const language = read("language", (v) => (typeof v === "string" && (speakable(v) || v === "auto") ? v : null), "a language that Bedside speaks");
  const theme = read("theme", oneOf("light", "dark", "auto"), "light, dark or auto");
  const labels = readLabels(sources, problems);
  const settings: Settings = {
    site: word("site"), flow: word("flow"), phone: word("phone"), emergency: word("emergency"),
    theme: theme === "auto" || theme === null ? "" : theme,
    language: pick(language, ...languages),
    side: read("side", oneOf("left", "right"), "left or right") ?? usual.side,
    offset: read("offset", offset, `two numbers of pixels, such as 20,20, none above ${farthest}`) ?? usual.offset,
    label: (wanted) => labels[wanted] ?? labels[""] ?? "",
  };
  for (const { name, says } of sources) {
    if (name !== "window.Bedside") continue;
    for (const key of Object.keys(says)) if (!names.includes(key) && !label.test(key) && !beside.includes(key)) problems.push(`window.Bedside knows no ${key}`);
  }
  return { settings, problems };
}

/** What else may stand at window.Bedside: where we come from, and the queue. */
const beside = ["origin", "src", "q", "ours"];

/** The label of each language; "" holds for those without one of their own. */
function readLabels(sources: readonly Source[], problems: string[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { name, says } of sources) {
    for (const [key, value] of Object.entries(says)) {
      const found = label.exec(key);
      if (!found || value === null || value === undefined || value === "") continue;
      const language = (found[1] ?? "").toLowerCase();
      const words = text(value);
      if (words === null) problems.push(`${key} ${show(value)} in ${name} is not a text`);
      else out[language] ??= clip(words, `${key} in ${name}`, problems);
    }
  }
  return out;
}

function clip(words: string, where: string, problems: string[]): string {
  if (words.length <= longestLabel) return words;
  problems.push(`${where} is longer than ${longestLabel} characters`);
  return words.slice(0, longestLabel - 1) + "…";
}

function text(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim() : null;
}

const oneOf = <T extends string>(...allowed: T[]) => (value: unknown): T | null => {
  const found = allowed.find((a) => a === String(value).trim().toLowerCase());
  return found ?? null;
};

function offset(value: unknown): Offset | null {
  const parts = Array.isArray(value) ? value
    : typeof value === "object" && value !== null ? [(value as Partial<Offset>).x ?? usual.offset.x, (value as Partial<Offset>).y ?? usual.offset.y]
    : String(value).split(/[,;\s]+/).map((p) => p.replace(/px$/, "")).filter((p) => p !== "");
  const [x, y = x] = parts.map((p) => (typeof p === "boolean" ? NaN : Number(p)));
  const good = (n: number | undefined): n is number => n !== undefined && n >= 0 && n <= farthest;
  return parts.length <= 2 && good(x) && good(y) ? { x: Math.round(x), y: Math.round(y) } : null;
}

/** show repeats a wrong value, shortened. */
function show(value: unknown): string {
  const words = typeof value === "string" ? JSON.stringify(value) : typeof value;
  return words.length > 40 ? words.slice(0, 40) + "…" : words;
}
