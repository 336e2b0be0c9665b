// A press that asks the server for something: it says that it works, and why it
// has not. Pressed again after a failure it is the same wish, with the same key.

import { h } from "../shared/dom";
import { failureWords, type Host } from "./host";

export interface Press {
  act: string;
  text: string;
  look?: string;
  /** A name that says more than the words on it. */
  name?: string;
  run(): Promise<unknown>;
}

/** presses are buttons in a row; one that works holds up the others. */
export function presses(host: Pick<Host, "words" | "say">, ...all: Press[]): HTMLElement {
  const error = h("p", { class: "error", hidden: true });
  const buttons = all.map((p) => h("button", { type: "button", class: p.look ?? "plain", "data-act": p.act, "aria-label": p.name ?? false, onclick: () => void run(p) }, p.text));
  const run = async (p: Press): Promise<void> => {
    for (const b of buttons) b.disabled = true;
    error.hidden = true;
    try {
      await p.run();
    } catch (e) {
      error.textContent = failureWords(host.words, e);
      error.hidden = false;
      host.say(error.textContent);
    }
    for (const b of buttons) b.disabled = false;
    const pressed = buttons[all.indexOf(p)];
    if (pressed?.isConnected && document.activeElement === document.body) pressed.focus();
  };
  return h("div", { class: "presses" }, h("div", { class: "buttons" }, ...buttons), error);
}
