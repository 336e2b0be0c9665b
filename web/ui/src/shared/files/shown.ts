// A file in the chat or on the card: a small picture that opens, or a paper with
// its name that is saved.

import { fill, h, icon } from "../dom";
import type { files as english } from "../../texts/en_files";
import type { Fetched } from "./fetched";
import { type FileSent, sizeWords, viewable } from "./file";
import { view } from "./viewer";

export interface ShownOptions {
  words: typeof english;
  language: string;
  fetched: Fetched;
  conversation: string;
  /** Who sent it, for those who hear it. */
  who: string;
  /** What came of a press, to be heard. */
  say(text: string): void;
}

const paperShape = "M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm7 0v5h5";

/** shownFile draws it; card is the smaller form, without the name. */
export function shownFile(f: FileSent, o: ShownOptions, card = false): HTMLElement {
  const { words } = o;
  const alt = f.type.startsWith("image/") ? words.photoFrom(o.who, f.name) : f.name;
  const save = (): Promise<void> => o.fetched.save(o.conversation, f).catch(() => o.say(words.notLoaded));
  const about = `${f.name}, ${sizeWords(f.size, words, o.language)}`;
  const paper = h("button", { type: "button", class: "plain file-paper", "data-act": "save", title: about, onclick: () => void save() },
    icon(paperShape), h("span", { class: "hearing" }, words.download, " "), h("span", { class: "file-name", dir: "auto" }, f.name), h("small", {}, " ", sizeWords(f.size, words, o.language)));
  const box = h("div", { class: card ? "file file-small" : "file", "data-file": f.file, "data-type": f.type });
  if (!f.thumbnail) {
    fill(box, paper);
    return box;
  }
  let small = "";
  const press = (): void => (viewable(f.type) ? view({ words, fetched: o.fetched, conversation: o.conversation, file: f, alt, small }) : void save());
  const picture = h("img", { class: "file-picture", alt: "", ...shape(f) });
  fill(box, h("button", { type: "button", class: "file-open", "data-act": "open", "aria-label": alt, title: about, onclick: press }, picture));
  o.fetched.thumbnail(o.conversation, f.file).then((url) => {
    small = url;
    picture.src = url;
  }, () => fill(box, paper));
  return box;
}

/** The place of a picture is kept free until it comes, so that nothing jumps. */
function shape(f: FileSent): Record<string, number> {
  if (!f.width || !f.height) return {};
  const scale = Math.min(240 / f.width, 240 / f.height, 1);
  return { width: Math.max(1, Math.round(f.width * scale)), height: Math.max(1, Math.round(f.height * scale)) };
}
