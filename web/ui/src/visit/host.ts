// What the second bundle asks of the page that has loaded it. It has copies of its
// own of what it shares with that page, so nothing is known by its class.

import type { Command } from "../wire";
import type { BookingWords } from "../texts/booking";
import type { Language } from "../texts/pick";

export interface Host {
  readonly words: BookingWords;
  readonly language: Language;
  conversation(): string;
  /** Milliseconds by Bedside's clock: the patient's may be an hour off. */
  now(): number;
  /** ask throws what has a code, see codeOf. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** command does one at once; the same key is done once. It throws like ask. */
  command(command: Command): Promise<unknown>;
  /** file fetches what is no JSON, as the patient. */
  file(path: string): Promise<Blob>;
  /** What came of a press, to be heard. */
  say(text: string): void;
}

/** codeOf is the closed code of what ask and command throw. */
export const codeOf = (e: unknown): string => (e as { code?: string } | null)?.code ?? "";

/** failureWords says why something was not done. */
export const failureWords = (words: BookingWords, e: unknown): string => words.failed[codeOf(e)] ?? words.failed["other"] ?? "";
