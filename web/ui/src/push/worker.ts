// What runs when a push message comes, with no page open: it shows the message and,
// pressed, the page. It is served as /widget/push.js and /console/push.js, and has
// power over pages below that folder alone; it touches none of their requests.

import { noteOf, pageOf } from "./note";

// The worker's own world, of which the types of pages know nothing.
interface Window_ {
  url: string;
  focused: boolean;
  visibilityState: string;
  focus(): Promise<unknown>;
}
interface Waiting {
  waitUntil(p: Promise<unknown>): void;
}
interface Worker_ {
  registration: { scope: string; showNotification(title: string, options: object): Promise<void> };
  clients: {
    matchAll(o: { type: "window"; includeUncontrolled: boolean }): Promise<Window_[]>;
    openWindow(url: string): Promise<unknown>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "push", f: (e: Waiting & { data: { text(): string } | null }) => void): void;
  addEventListener(type: "notificationclick", f: (e: Waiting & { notification: { data: unknown; close(): void } }) => void): void;
  addEventListener(type: "install" | "activate", f: (e: Waiting) => void): void;
}
const worker = self as unknown as Worker_;

worker.addEventListener("install", (e) => e.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (e) => e.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (e) => {
  const note = noteOf(e.data?.text() ?? "");
  e.waitUntil(windows().then((all) => {
    // Who looks at the page just now is told by the page.
    if (all.some((w) => w.focused && w.visibilityState === "visible")) return undefined;
    return worker.registration.showNotification(note.title, { body: note.body, tag: note.tag, data: note.url, requireInteraction: true });
  }));
});

worker.addEventListener("notificationclick", (e) => {
  e.notification.close();
  e.waitUntil(windows().then((all) => {
    const open = all[0];
    if (open) return open.focus();
    return worker.clients.openWindow(pageOf(e.notification.data, worker.registration.scope));
  }));
});

/** Bedside's windows below the worker's folder. */
async function windows(): Promise<Window_[]> {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((w) => w.url.startsWith(worker.registration.scope));
}
