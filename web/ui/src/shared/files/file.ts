// What a file is: its kind, its size in words, and which of them a browser is to
// offer.

import type { FileSent } from "../../wire";
import type { files as english } from "../../texts/en_files";

export type { FileSent };

/** No file may be larger; a question may want smaller ones. */
export const largest = 20 * 1024 * 1024;

/** sizeWords is a size as people say it. */
export function sizeWords(bytes: number, words: typeof english, language: string): string {
  const { kb, mb } = words.size;
  if (bytes % (1 << 20) === 0) return `${bytes >> 20} ${mb}`; // a limit, as clinics write it
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} ${kb}`;
  const exact = bytes / 1_000_000;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: exact < 10 ? 1 : 0 }).format(exact)} ${mb}`;
}

/** viewable says whether a browser of any age shows it as a picture. */
export function viewable(type: string): boolean {
  return type === "image/jpeg" || type === "image/png" || type === "image/webp";
}

const photos = "image/jpeg,image/png,image/webp";

/** acceptOf is what a picker is to offer. An iPhone that is not asked for HEIC
 *  makes a JPEG of it, which everybody can open. */
export function acceptOf(kinds: readonly string[] | undefined, agent = navigator.userAgent, touches = navigator.maxTouchPoints): string {
  const all = !kinds || kinds.length === 0;
  const apple = /iP(hone|ad|od)/.test(agent) || (/Macintosh/.test(agent) && touches > 1);
  const photo = apple ? photos : photos + ",image/heic,image/heif,.heic,.heif";
  const wanted = [...(all || kinds.includes("photo") ? [photo] : []), ...(all || kinds.includes("pdf") ? ["application/pdf,.pdf"] : [])];
  return wanted.join(",");
}
