// The panel's side of the second bundle: what it is given of the conversation.

import type { Subscription } from "../wire";
import { keepChoice } from "../shared/chosen";
import { titleOf } from "../shared/page";
import type { Visits } from "../visit/visits";
import type { FaceOptions } from "./face";
import type { Part } from "./later";

/** visitsOf makes what stands above the chat. */
export function visitsOf(part: Part, o: FaceOptions, subscribe: () => Promise<Subscription | null>): Visits {
  const { desk, language, say, shelf, config, words, visit, frame } = o;
  const flag = (name: string) => ({ get: () => shelf.get(name) !== null, set: (on: boolean) => (on ? shelf.set(name, "1") : shelf.drop(name)) });
  const gone = flag("in-app");
  return new part.Visits({
    host: {
      words: part.bookingTexts(language), language, say, conversation: () => desk.conversation, now: () => desk.now(),
      ask: (method, path, body) => desk.ask(method, path, body), command: (c) => desk.command(c), file: (path) => desk.file(path),
    },
    clinic: () => titleOf(config, language) || words.panel.title, steps: words.door.steps, sound: flag("sound"), phone: !!config.phone,
    chosen: (choice) => {
      keepChoice(shelf, choice);
      o.changed();
    },
    channels: (config.notify ?? []).filter((c) => c !== "push" || (!frame.framed && pushes())), subscribe,
    elsewhere: () => desk.makeLink(), labels: words.panel.elsewhere, video: config.video !== false,
    inApp: { stays: gone.get, stay: () => gone.set(true) }, inCall: () => visit.inside !== null, changed: () => o.changed(),
  });
}

/** pushes says whether this browser can be woken by the page that it shows by itself. */
const pushes = (): boolean => "serviceWorker" in navigator && "PushManager" in window;
