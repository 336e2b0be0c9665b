// What the server wrote into the page before it sent it.

import type { Page } from "../wire";

export type Words = Record<string, string>;

export interface Department {
  id: string;
  title: Words;
}

/** PageConfig is the wire's Page; a console may get a little more. */
export type PageConfig = Partial<Page> & {
  how?: "app" | "page";
  departments?: Department[];
};

/** pageConfig reads the block of JSON; a page without one has an empty one. */
export function pageConfig(doc: Document = document): PageConfig {
  try {
    const value: unknown = JSON.parse(doc.getElementById("bedside")?.textContent ?? "{}");
    return typeof value === "object" && value !== null ? (value as PageConfig) : {};
  } catch {
    return {};
  }
}

/** titleOf is the clinic's name as readers of the language know it. */
export function titleOf(config: PageConfig, language: string): string {
  return config.titles?.[language] ?? config.title ?? "";
}

/** inLanguage picks a text: the language, its base, the first there is. */
export function inLanguage(words: Words | undefined, lang: string): string {
  if (!words) return "";
  return words[lang] ?? words[lang.split("-")[0] ?? ""] ?? Object.values(words)[0] ?? "";
}
