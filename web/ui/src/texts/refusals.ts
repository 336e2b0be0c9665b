// What a refusal says: by its code in the page's own language. To a patient in the
// server's words only where the clinic's flow found an answer wrong; to staff with
// the server's words beside it where they say more than the code.

import type { Code } from "../wire";
import type { panel as english } from "./en";
import type { console_ as desk } from "./en_console";

/** refusalWords gives plain words for a code; the message is the server's. */
export function refusalWords(words: typeof english, code: Code | "no_answer" | "offline" | "" | undefined, message = ""): string {
  if (code === "invalid" && message !== "") return message;
  return words.refused[code ?? ""] ?? words.refused["other"] ?? message;
}

const saysMore: readonly string[] = ["malformed", "invalid", "not_now", "never_fits", "unavailable"];

/** staffRefusal is one sentence for a doctor; the message is the server's. */
export function staffRefusal(words: typeof desk, code: string, message: string): string {
  if (code === "taken" && message) return words.taken(message);
  const text = words.refusals[code];
  if (!text) return message || words.refused;
  return message && saysMore.includes(code) ? `${text} (${message})` : text;
}
