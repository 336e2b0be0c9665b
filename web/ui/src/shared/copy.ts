// Copying an address: by a press, and by hand where the browser allows no other.

import { h } from "./dom";

export interface CopyWords {
  copy: string;
  copied: string;
  byHand: string;
}

/** copyButton copies what it is given at the press, and has said what came of it. */
export function copyButton(text: () => string, words: CopyWords, say: (text: string) => void): HTMLElement {
  const said = h("span", { class: "hint" });
  const field = h("input", { readonly: true, "aria-label": words.byHand, hidden: true, onfocus: () => field.select() });
  const press = async (): Promise<void> => {
    const value = text();
    try {
      await navigator.clipboard.writeText(value);
      said.textContent = words.copied;
    } catch {
      field.value = value;
      field.hidden = false;
      field.focus();
      said.textContent = words.byHand;
    }
    say(said.textContent ?? "");
  };
  return h("div", { class: "copy" }, h("button", { type: "button", class: "plain", "data-act": "copy-link", onclick: () => void press() }, words.copy), said, field);
}
