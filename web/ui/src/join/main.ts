// The page of a join link. Its visit key comes in the fragment, which no server
// sees; it is taken out of the address at once and kept in memory alone.

import * as en from "../texts/en";
import { pick, wished } from "../texts/pick";
import * as ru from "../texts/ru";
import { pageConfig } from "../shared/page";
import { JoinPage } from "./page";

const config = pageConfig();
const language = pick(...wished(), config.language);
document.documentElement.lang = language;
if (config.theme === "light" || config.theme === "dark") document.documentElement.dataset["theme"] = config.theme;

const words = { en, ru }[language];
document.title = words.join.title;

const key = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const call = config.call || decodeURIComponent(location.pathname.split("/").pop() ?? "");
document.body.append(new JoinPage(words, config, call, key).element);
