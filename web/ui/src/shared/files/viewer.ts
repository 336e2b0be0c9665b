// A photo over the whole page, with a way to save it and a way back.

import { h, icon, shapes } from "../dom";
import type { files as english } from "../../texts/en_files";
import type { Fetched } from "./fetched";
import type { FileSent } from "./file";

export interface ViewerOptions {
  words: typeof english;
  fetched: Fetched;
  conversation: string;
  file: FileSent;
  alt: string;
  small: string; // shown until the whole is there
}

/** view opens a photo; the focus comes back to where it was. */
export function view(o: ViewerOptions): void {
  const before = document.activeElement as HTMLElement | null;
  const said = h("p", { class: "viewer-said", role: "status" }, o.words.loading);
  const picture = h("img", { class: "viewer-picture", alt: o.alt, src: o.small || null });
  const save = h("button", { type: "button", class: "plain", "data-act": "save", onclick: () => void keep() }, o.words.download);
  const close = h("button", { type: "button", class: "ghost icon", "data-act": "close", "aria-label": o.words.close, onclick: () => shut() }, icon(shapes.close));
  const box = h("div", { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": o.alt, onclick: (e) => e.target === box && shut(), onkeydown: (e) => key(e) },
    h("header", {}, h("p", { class: "viewer-name", dir: "auto" }, o.file.name), save, close), picture, said);
  let url = "";
  const shut = (): void => {
    if (!box.isConnected) return;
    box.remove();
    if (url) URL.revokeObjectURL(url);
    before?.focus();
  };
  const keep = (): Promise<void> => o.fetched.save(o.conversation, o.file).catch(() => void (said.textContent = o.words.notLoaded));
  const key = (e: KeyboardEvent): void => {
    e.stopPropagation(); // the page has keys of its own
    if (e.key === "Escape") {
      e.preventDefault();
      shut();
    }
    if (e.key !== "Tab") return;
    e.preventDefault();
    (document.activeElement === close ? save : close).focus();
  };
  document.body.append(box);
  close.focus();
  o.fetched.whole(o.conversation, o.file.file).then((whole) => {
    url = whole;
    if (!box.isConnected) return URL.revokeObjectURL(whole);
    picture.src = whole;
    said.textContent = "";
  }, () => void (said.textContent = o.words.notLoaded));
}
