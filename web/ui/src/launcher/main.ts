// widget.js: all that a clinic's own page runs. A button, an unread number and
// the function Bedside(...); the chat is a page of Bedside in a frame that is
// made when it is first opened. Nothing is stored here and nothing is said.
//
// It may come twice (two tags, two versions, a page that inserts its tags anew):
// the first that runs serves them all.

import { complain, type Door, openDoor, play } from "./door";
import { find } from "./script";
import { fromData, fromPage, fromQuery, readSettings } from "./settings";

const mark = Symbol.for("bedside widget");

type Page = Window & { Bedside?: (Door & Record<string, unknown>) | Record<string, unknown> | undefined; [mark]?: Door | undefined };

/** The calls that wait, whether the page's Bedside is a function or an object. */
function waiting(said: Page["Bedside"]): ArrayLike<unknown>[] {
  const queue = said?.q;
  return Array.isArray(queue) ? (queue as ArrayLike<unknown>[]) : [];
}

/** gone puts a queue where the widget was: a later load begins anew with it. */
function gone(page: Page, said: Record<string, unknown>): void {
  const queue: Door = (...call) => void queue.q?.push(call);
  queue.q = [];
  page.Bedside = Object.assign(queue, said);
  page[mark] = undefined;
}

/** plain is what a script has set. An element that is called Bedside is found under
 *  that name too, and must not say where we come from. */
function plain(said: Page["Bedside"]): Page["Bedside"] {
  if (typeof said === "function") return said;
  if (typeof said !== "object" || said === null) return undefined;
  const made = Object.getPrototypeOf(said) as unknown;
  return made === Object.prototype || made === null ? said : undefined;
}

function begin(page: Page): void {
  const said = plain(page.Bedside);
  const running = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
  const found = find(said ?? {}, running, document.getElementsByTagName("script"), document.baseURI);
  if (!found) {
    complain("its own address is not to be found; write window.Bedside = { origin: \"https://…\" } before its script");
    return;
  }
  const sources = [fromPage(said), ...(found.script ? [fromData(found.script)] : []), fromQuery(found.query)];
  const { settings, problems } = readSettings(sources, [document.documentElement.lang, ...(navigator.languages ?? [])]);
  complain(...problems);
  const { q: _, ...kept } = { ...said } as Record<string, unknown>;
  page[mark] = openDoor(found.origin, settings, () => gone(page, kept));
  serve(page, page[mark], said);
}

/** serve has the page's Bedside be the widget's door, and does what waited. */
function serve(page: Page, door: Door, said: Page["Bedside"]): void {
  if (said === door) return;
  page.Bedside = door as Page["Bedside"];
  play(door, waiting(said));
}

const page = window as unknown as Page;
try {
  if (page[mark]) serve(page, page[mark], plain(page.Bedside));
  else if (page.Bedside?.["ours"] !== true) begin(page);
} catch (e) {
  console.error("Bedside:", e); // the clinic's page goes on
}
