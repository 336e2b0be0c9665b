// widget.js: all that a clinic's own page runs. A button, an unread number and
// the function Bedside(...); the chat is a page of Bedside in a frame that is
// made when it is first opened. Nothing is stored here and nothing is said.

import { pick } from "../texts/pick";
import { Launcher, type Settings } from "./launcher";

type Queued = ((...call: unknown[]) => void) & { q?: ArrayLike<unknown>[]; ours?: true };

declare global {
  interface Window {
    Bedside?: Queued;
  }
}

function settings(script: HTMLScriptElement): Settings {
  const d = script.dataset;
  const page = document.documentElement.lang;
  return {
    origin: new URL(script.src).origin,
    site: d["site"] ?? "",
    flow: d["flow"] ?? "",
    phone: d["phone"] ?? "",
    emergency: d["emergency"] ?? "",
    theme: d["theme"] ?? "",
    language: pick(d["language"], page, ...navigator.languages),
  };
}

function begin(s: Settings): void {
  const launcher = new Launcher(s);
  const commands: Record<string, () => void> = {
    open: () => launcher.open(),
    close: () => launcher.close(),
    toggle: () => launcher.toggle(),
  };
  const api: Queued = (...call) => commands[String(call[0])]?.();
  api.ours = true;
  const earlier = window.Bedside?.q ?? [];
  window.Bedside = api;
  for (const call of Array.from(earlier)) api(...Array.from(call));
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.Bedside?.ours) {
  const s = settings(script);
  if (document.body) begin(s);
  else document.addEventListener("DOMContentLoaded", () => begin(s));
}
