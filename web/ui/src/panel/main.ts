// The panel: the chat of one patient, in a frame on the clinic's page or alone.

import { Api } from "../shared/api";
import { pageConfig } from "../shared/page";
import { openDurable } from "../shared/durable";
import { under } from "../shared/shelf";
import { pick, speakable, wished } from "../texts/pick";
import { Frame } from "./frame";
import { Panel } from "./panel";
import { Persons } from "./person";
import { waiting } from "./waiting";

const link = /^#go-on=([\w-]+)$/.exec(location.hash)?.[1] ?? "";
if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search); // a secret stays in no address

const config = pageConfig();
const query = new URLSearchParams(location.search);
const site = config.site ?? query.get("site") ?? "";
const frame = new Frame(config.origins ?? []);
const opened = openDurable(`bedside/${site}/`);
const persons = new Persons({
  site,
  api: new Api({ bearer: () => null }),
  trouble: (code) => frame.tell({ bedside: 1, type: "error", code }),
  changed: () => location.reload(), // nothing of the one is left for the other
});

/** forget is a sign-out: whoever sits here next finds nothing. */
async function forget(): Promise<void> {
  const root = await opened;
  for (const key of root.keys("")) root.drop(key);
  root.set("over", String(Date.now()));
  await root.saved();
  over();
}

function over(): void {
  frame.tell({ bedside: 1, type: "forgotten" });
  if (frame.framed) location.replace("about:blank"); // it writes nothing any more
}

function dress(theme: string): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

async function begin(): Promise<void> {
  dress(query.get("theme") || config.theme || "");
  let language = pick(query.get("language"), config.language, ...wished());
  const meanwhile = waiting(config, language, frame.framed ? () => frame.tell({ bedside: 1, type: "close" }) : null);
  document.body.append(meanwhile.element);
  let panel: Panel | null = null;
  let attributes: Record<string, string> | null = null;
  frame.onWord = (word) => {
    switch (word.type) {
      case "identity":
        return void persons.word(word.token);
      case "theme":
        return dress(word.theme || config.theme || "");
      case "locale":
        language = speakable(word.language) ?? language;
        return panel?.speak(language);
      case "attributes":
        attributes = word.attributes;
        return panel?.describe(attributes);
      case "forget":
        return void forget();
    }
  };
  const hello = await frame.met();
  if (hello.forget) return await forget();
  language = speakable(hello.language) ?? language; // the page's may have changed since the frame was made
  if (hello.theme) dress(hello.theme);
  attributes ??= hello.attributes;
  const person = await persons.settle(hello);
  const root = await opened;
  const shelf = person.shelf === "" ? root : under(root, `~${person.shelf}/`);
  const given = Boolean(hello.language || query.get("language") || config.language);
  panel = new Panel({ language, given, config, site, flow: query.get("flow") ?? "", shelf, frame, persons, link });
  root.watch((key) => key === "over" && over()); // signed out in another tab
  meanwhile.over(panel.element);
  panel.describe(attributes);
  panel.begin();
}

void begin();
