// Letting this browser be woken. Only a page that stands by itself asks: a frame of
// a clinic's site has no right to, and its worker would be shut away with it.

import type { PushKey, Subscription } from "../wire";

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** canPush says whether this browser can be woken by this page. */
export function canPush(): boolean {
  return window.top === window && "serviceWorker" in navigator && "PushManager" in window && typeof Notification !== "undefined";
}

/** subscribe asks the person where nobody has, and the browser's push service; null
 *  where either says no, or the clinic wakes nobody. folder is /widget/ or /console/. */
export async function subscribe(ask: Ask, folder: string): Promise<Subscription | null> {
  if (!canPush()) return null;
  try {
    if ((await permission()) !== "granted") return null;
    const { public_key } = await ask<PushKey>("GET", "/api/v1/push");
    if (!public_key) return null;
    const worker = await navigator.serviceWorker.register(scriptOf(folder), { scope: folder });
    await ready(worker);
    const key = bytesOf(public_key);
    const had = await worker.pushManager.getSubscription();
    // One made with another key of the server's is dead.
    if (had && !same(had.options.applicationServerKey, key)) await had.unsubscribe();
    return shape(await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  } catch {
    return null;
  }
}

/** unsubscribe ends it, and gives what there was for the server to forget. */
export async function unsubscribe(folder: string): Promise<Subscription | null> {
  if (!canPush()) return null;
  try {
    const worker = await navigator.serviceWorker.getRegistration(folder);
    const had = await worker?.pushManager.getSubscription();
    if (!had) return null;
    const was = shape(had);
    await had.unsubscribe();
    return was;
  } catch {
    return null;
  }
}

function permission(): Promise<NotificationPermission> {
  if (Notification.permission !== "default") return Promise.resolve(Notification.permission);
  return new Promise((done) => void Notification.requestPermission(done)?.then(done));
}

/** ready waits until the worker may be subscribed with. */
function ready(worker: ServiceWorkerRegistration): Promise<void> {
  const coming = worker.installing ?? worker.waiting;
  if (worker.active || !coming) return Promise.resolve();
  return new Promise((done) => coming.addEventListener("statechange", () => {
    if (coming.state === "activated" || coming.state === "redundant") done();
  }));
}

/** scriptOf is the worker's address in the form that a page with trusted types wants. */
function scriptOf(folder: string): string {
  const url = `${folder}push.js`;
  const types = (window as unknown as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }).trustedTypes;
  return types ? types.createPolicy("bedside-push", { createScriptURL: (u: string) => u }).createScriptURL(url) : url;
}

/** shape is a subscription as the wire has it (RFC 8291); null without keys. */
function shape(s: PushSubscription): Subscription | null {
  const json = s.toJSON();
  const { p256dh, auth } = (json.keys ?? {}) as { p256dh?: string; auth?: string };
  return json.endpoint && p256dh && auth ? { endpoint: json.endpoint, p256dh, auth } : null;
}

/** bytesOf reads base64url. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const out = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i++) out[i] = plain.charCodeAt(i);
  return out;
}

function same(a: ArrayBuffer | null | undefined, b: Uint8Array): boolean {
  if (!a || a.byteLength !== b.length) return false;
  const bytes = new Uint8Array(a);
  return b.every((v, i) => v === bytes[i]);
}
