// The console: where doctors work.

import type { Session } from "../wire";
import { staffTextsOf } from "../texts/staff";
import { directionOf } from "../texts/pick";
import { Api, Refused } from "../shared/api";
import { Bell } from "../shared/bell";
import { fill, h } from "../shared/dom";
import { pageConfig } from "../shared/page";
import { dress, Settings } from "./settings";
import { Shell } from "./shell";
import { signIn } from "./signin";

const config = pageConfig();
const settings = new Settings();
const api = new Api();
const bell = new Bell();
const root = h("div", { class: "console" });
document.body.append(root);
dress(settings.theme(), config.theme);

/** spoken are the words of the language that holds now. */
function spoken() {
  const language = settings.language(config.language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  return { language, words: staffTextsOf(language) };
}

/** door asks who is signed in and opens the console, or the sign-in. */
async function door(why = ""): Promise<void> {
  const { language, words } = spoken();
  try {
    const session = await api.call<Session>("GET", "/api/v1/session");
    const shell = new Shell({
      api, config, words, language, session, settings, bell, over: enter,
      anew: () => {
        shell.end();
        void door();
      },
    });
    fill(root, shell.element);
    shell.begin();
  } catch (e) {
    enter(e instanceof Refused && e.status === 401 ? why : words.console_.noServer);
  }
}

function enter(why: string): void {
  const { words } = spoken();
  document.title = words.console_.title;
  fill(root, signIn(api, words.console_, config, why, () => void door()));
  root.querySelector("input")?.focus();
}

document.title = spoken().words.console_.title;
fill(root, h("p", { class: "loading", role: "status" }, spoken().words.console_.loading));
void door();
