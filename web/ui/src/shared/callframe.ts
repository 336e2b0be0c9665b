// The call's own page in a frame. A frame is used once: a new link in the same
// element would not load, for only its fragment differs. What it posts counts
// only from its own origin and from that very frame.

import { h } from "./dom";

export type Said = "logout" | "loginFail" | "connectionClosed" | "notSupported";

const sayings: readonly string[] = ["logout", "loginFail", "connectionClosed", "notSupported"];

export interface CallFrame {
  readonly element: HTMLIFrameElement;
  close(): void;
}

/** openCall makes the frame; the caller puts its element where it belongs. */
export function openCall(url: string, title: string, said: (what: Said) => void): CallFrame {
  const origin = new URL(url).origin;
  const element = h("iframe", {
    class: "call-frame",
    title,
    allow: "camera; microphone; autoplay; display-capture; fullscreen",
    allowfullscreen: true,
    referrerpolicy: "no-referrer",
    src: url,
  });
  const hear = (e: MessageEvent): void => {
    if (e.origin !== origin || e.source !== element.contentWindow) return;
    const type = (e.data as { type?: unknown } | null)?.type;
    if (typeof type === "string" && sayings.includes(type)) said(type as Said);
  };
  window.addEventListener("message", hear);
  return {
    element,
    close() {
      window.removeEventListener("message", hear);
      element.remove();
    },
  };
}
