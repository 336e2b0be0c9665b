// The panel: the chat of one patient, in a frame on the clinic's page or alone.

import * as en from "../texts/en";
import { pick, wished } from "../texts/pick";
import * as ru from "../texts/ru";
import { pageConfig } from "../shared/page";
import { openShelf } from "../shared/shelf";
import { Frame } from "./frame";
import { View } from "./view";

const config = pageConfig();
const query = new URLSearchParams(location.search);
const site = config.site ?? query.get("site") ?? "";
const language = pick(query.get("language"), config.language, ...wished());
const theme = query.get("theme") || config.theme || "";

document.documentElement.lang = language;
if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;

const words = { en, ru }[language];
document.title = config.title || words.panel.title;

const view = new View({
  words,
  language,
  config,
  site,
  flow: query.get("flow") ?? "",
  shelf: openShelf(`bedside/${site}/`),
  frame: new Frame(config.origins ?? []),
});
document.body.append(view.element);
view.begin();
