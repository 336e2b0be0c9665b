// The TrueConf app: whether it opened, and where it is had.

import type { App } from "../wire";
import type { Browser } from "./browser";

/** How long an app may take to come to the front, in milliseconds. */
export const appPatience = 2_000;

/** opened waits whether something took the screen or the keyboard from this page
 *  after a press that asked for an app. */
export function opened(): Promise<boolean> {
  return new Promise((tell) => {
    const away = (): void => done(true);
    const hidden = (): void => void (document.visibilityState !== "visible" && done(true));
    const timer = setTimeout(() => done(document.visibilityState !== "visible"), appPatience);
    const done = (did: boolean): void => {
      clearTimeout(timer);
      window.removeEventListener("blur", away);
      window.removeEventListener("pagehide", away);
      document.removeEventListener("visibilitychange", hidden);
      tell(did);
    };
    window.addEventListener("blur", away);
    window.addEventListener("pagehide", away);
    document.addEventListener("visibilitychange", hidden);
  });
}

/** whereToGet is the address of the app for this machine: as the video server
 *  names it, else Android's store, else the server's own front page. */
export function whereToGet(apps: readonly App[], platform: Browser["platform"], server: string): string {
  const own = apps.find((a) => a.platform.toLowerCase() === platform && a.url.startsWith("https://"));
  if (own) return own.url;
  if (platform === "android") return "https://play.google.com/store/apps/details?id=com.trueconf.videochat";
  return server;
}
