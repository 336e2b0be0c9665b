// The page of a join link. Its visit key comes in the fragment, which no server
// sees; it is taken out of the address at once and kept in memory alone.

import { textsOf } from "../texts/all";
import { bookingTexts } from "../texts/booking";
import { joinTexts } from "../texts/join";
import { directionOf, pick, wished } from "../texts/pick";
import { pageConfig } from "../shared/page";
import { newKey } from "../shared/secret";
import { openShelf, type Shelf } from "../shared/shelf";
import { JoinPage } from "./page";

const config = pageConfig();
const language = pick(new URLSearchParams(location.search).get("language"), ...wished(), config.language);
document.documentElement.lang = language;
document.documentElement.dir = directionOf(language);
if (config.theme === "light" || config.theme === "dark") document.documentElement.dataset["theme"] = config.theme;

const join = joinTexts(language);
document.title = join.title;

const key = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const call = config.call || decodeURIComponent(location.pathname.split("/").pop() ?? "");
const shelf = openShelf("bedside-join/");
document.body.append(new JoinPage({ words: textsOf(language), join, booking: bookingTexts(language), config, call, key, shelf, device: deviceOf(shelf) }).element);

/** deviceOf is a name for this browser, made by chance: the same for all its tabs. */
function deviceOf(kept: Shelf): string {
  const device = kept.get("device") ?? newKey();
  kept.set("device", device);
  return device;
}
