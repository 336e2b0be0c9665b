// The call's own page in a frame. A frame is used once: a new link in the same
// element would not load, for only its fragment differs. What it posts counts
// only from its own origin and from that very frame.

import { h } from "./dom";
import { heard, type Said } from "./hearing";

export interface CallFrame {
  readonly element: HTMLIFrameElement;
  /** Whether anything came at all; a browser's own page of errors comes too. */
  readonly loaded: boolean;
  close(): void;
}

/** What the frame is handed. Without the camera the browser itself keeps it from
 *  the call, whatever the call's page asks for. */
const handed = (sound: boolean): string =>
  [...(sound ? [] : ["camera"]), "microphone", "autoplay", "display-capture", "fullscreen"].join("; ");

/** openCall makes the frame; the caller puts its element where it belongs. */
export function openCall(url: string, title: string, sound: boolean, said: (what: Said) => void): CallFrame {
  const origin = new URL(url).origin;
  let loaded = false;
  const element = h("iframe", {
    class: "call-frame",
    title,
    allow: handed(sound),
    allowfullscreen: true,
    referrerpolicy: "no-referrer",
    src: url,
    onload: () => (loaded = true),
  });
  const hear = (e: MessageEvent): void => {
    const what = heard(e, origin, element.contentWindow);
    if (what) said(what);
  };
  window.addEventListener("message", hear);
  return {
    element,
    get loaded() {
      return loaded;
    },
    close() {
      window.removeEventListener("message", hear);
      element.remove();
    },
  };
}
