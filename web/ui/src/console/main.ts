// The console: where doctors work.

import type { Session } from "../wire";
import * as en from "../texts/en";
import { pick, wished } from "../texts/pick";
import * as ru from "../texts/ru";
import { Api, Refused } from "../shared/api";
import { fill, h } from "../shared/dom";
import { pageConfig } from "../shared/page";
import { Desktop } from "./desktop";
import { signIn } from "./signin";

const config = pageConfig();
const language = pick(...wished(), config.language);
const words = { en, ru }[language];
document.documentElement.lang = language;
document.title = words.console_.title;
if (config.theme === "light" || config.theme === "dark") document.documentElement.dataset["theme"] = config.theme;

const api = new Api();
const root = h("div", { class: "console" });
document.body.append(root);

/** door asks who is signed in and opens the desktop, or the sign-in. */
async function door(why = ""): Promise<void> {
  try {
    const session = await api.call<Session>("GET", "/api/v1/session");
    const desktop = new Desktop({ api, config, words, language, session, over: (w) => enter(w) });
    fill(root, desktop.element);
    desktop.begin();
  } catch (e) {
    enter(e instanceof Refused && e.status === 401 ? why : words.console_.noServer);
  }
}

function enter(why: string): void {
  document.title = words.console_.title;
  fill(root, signIn(api, words.console_, config, why, () => void door()));
  root.querySelector("input")?.focus();
}

fill(root, h("p", { class: "loading", role: "status" }, words.console_.loading));
void door();
