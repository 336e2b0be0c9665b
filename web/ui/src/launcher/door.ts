// window.Bedside: the function by which a clinic's page speaks to the widget. It
// may be called before this file has come; then the calls stand in its queue. A
// wrong call is told in the page's console and does nothing.

import { speakable } from "../texts/pick";
import { readAttributes } from "./attributes";
import { type Event, Events, events, type Listener } from "./events";
import { Launcher } from "./launcher";
import type { Settings, Theme } from "./settings";

export interface Door {
  (...call: unknown[]): unknown;
  q?: ArrayLike<unknown>[];
  /** A widget stands behind it. */
  ours?: true;
}

const themes: Record<string, Theme> = { light: "light", dark: "dark", auto: "", "": "" };

/** complain tells the clinic's developers, never its visitors. */
export function complain(...problems: string[]): void {
  if (problems.length > 0) console.warn("Bedside: " + problems.join("; "));
}

/** openDoor puts a widget on the page and gives the function that drives it. */
export function openDoor(origin: string, settings: Settings, gone: () => void): Door {
  const told = new Events();
  const launcher = new Launcher(origin, settings, told);
  const deeds = verbs(launcher, told, gone);
  const door: Door = (...call) => {
    const [verb, ...args] = call;
    const deed = deeds.get(String(verb));
    if (!deed) return complain(`there is no Bedside(${JSON.stringify(String(verb))}), only ${[...deeds.keys()].join(", ")}`);
    try {
      return deed(...args);
    } catch (e) {
      console.error("Bedside:", e);
      return undefined;
    }
  };
  door.ours = true;
  told.tell("ready");
  return door;
}

/** play does the calls that were made before. */
export function play(door: Door, queue: ArrayLike<unknown>[]): void {
  for (const call of Array.from(queue)) door(...Array.from(call));
}

function verbs(launcher: Launcher, told: Events, gone: () => void): Map<string, (...args: unknown[]) => unknown> {
  return new Map<string, (...args: unknown[]) => unknown>([
    ["open", () => launcher.open()],
    ["close", () => launcher.close()],
    ["toggle", () => launcher.toggle()],
    ["show", () => launcher.show()],
    ["hide", () => launcher.hide()],
    ["identify", (who) => launcher.identify(who) || complain("identify wants a signed token, or a function that gives one")],
    ["setLocale", (language) => {
      const wanted = typeof language === "string" ? speakable(language) : null;
      if (wanted) launcher.setLocale(wanted);
      else complain(`setLocale: Bedside does not speak ${String(language)}`);
    }],
    ["setTheme", (theme) => {
      const wanted = themes[String(theme ?? "")];
      if (wanted === undefined) complain("setTheme wants light, dark or auto");
      else launcher.setTheme(wanted);
    }],
    ["setAttributes", (given) => {
      const { attributes, problems } = readAttributes(given ?? {});
      complain(...problems);
      launcher.setAttributes(attributes);
    }],
    ["on", (event, listener) => {
      if (typeof listener === "function" && events.includes(event as Event)) return told.on(event as Event, listener as Listener);
      complain(`on wants one of ${events.join(", ")} and a function`);
      return () => undefined;
    }],
    ["shutdown", () => launcher.shutdown()],
    ["destroy", () => {
      launcher.destroy();
      told.clear();
      gone();
    }],
  ]);
}
