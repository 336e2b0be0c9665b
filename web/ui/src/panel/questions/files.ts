// Files: they are chosen or photographed, sent one after the other, and Done ends
// it. What has been sent stands in the chat above.

import type { Asked } from "../../shared/talk";
import { acceptOf, largest, sizeWords } from "../../shared/files/file";
import { picker } from "../../shared/files/pick";
import { h } from "../../shared/dom";
import type { Draw } from "./question";

/** FileDesk is what a question of files wants to know and do. */
export interface FileDesk {
  add(files: File[], asked: Asked): void;
  sent(asked: Asked): string[];
  /** Files of this question are on their way. */
  busy(asked: Asked): boolean;
  /** drawn hands over what draws the question anew as files come. */
  drawn(again: () => void): void;
}

export const files: Draw = (asked, o) => {
  const desk = o.files;
  if (!desk) return [];
  const words = o.words.files;
  const kinds = asked.kinds ?? [];
  const onlyPhotos = kinds.length === 1 && kinds[0] === "photo";
  const label = onlyPhotos ? words.choosePhoto : kinds.length === 1 ? words.choosePDF : words.choose;
  const picked = (all: File[]): void => desk.add(all, asked);
  const input = picker(acceptOf(kinds), (asked.count ?? 2) > 1, picked);
  const camera = picker("image/*", false, picked, true);
  const choose = h("button", { type: "button", class: "plain", "data-act": "choose-file", onclick: () => input.click() }, label);
  const take = h("button", { type: "button", class: "plain", "data-act": "take-photo", onclick: () => camera.click(), hidden: !takesPhotos(kinds) }, words.take);
  const done = h("button", { type: "button", "data-act": "done", onclick: () => {
    const ids = desk.sent(asked);
    o.answer(asked, { options: ids }, words.sent(ids.length));
  } });
  const again = (): void => {
    const n = desk.sent(asked).length;
    const full = asked.count !== undefined && asked.count > 0 && n >= asked.count;
    choose.disabled = take.disabled = full;
    done.hidden = n === 0;
    done.disabled = desk.busy(asked);
    done.textContent = words.done(n);
  };
  again();
  desk.drawn(again);
  return [h("div", { class: "asked-files" },
    h("p", { class: "hint" }, words.limits(asked.count ?? 0, sizeWords(asked.size || largest, words, o.language))), input, camera), h("div", { class: "two" }, take, choose, done)];
};

/** A phone has its camera at hand. */
function takesPhotos(kinds: readonly string[]): boolean {
  return (kinds.length === 0 || kinds.includes("photo")) && window.matchMedia("(pointer: coarse)").matches;
}
