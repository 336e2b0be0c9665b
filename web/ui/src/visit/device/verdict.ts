// What the findings of a check mean: how dark a picture and how loud a voice is,
// how quick the connection, and the way into the call that suits them all.

import type { Choice } from "../../shared/chosen";
import type { Devices } from "../../wire";

export type CameraState = "ok" | "dark" | "none" | "refused" | "busy" | "unknown";
export type MicrophoneState = "ok" | "silent" | "none" | "refused" | "busy" | "unknown";
export type SpeakerState = "ok" | "unheard" | "unknown";
export type ConnectionState = "ok" | "slow" | "lost" | "unknown";
export type BrowserState = "ok" | "old" | "in_app";

export interface Found {
  browser: BrowserState;
  camera: CameraState;
  microphone: MicrophoneState;
  speaker: SpeakerState;
  connection: ConnectionState;
  /** Milliseconds to Bedside and back, 0 while it is not known. */
  rtt: number;
  /** In whose app the page is shown, "" for a browser. */
  inApp: string;
}

export const nothingFound = (): Found => ({ browser: "ok", camera: "unknown", microphone: "unknown", speaker: "unknown", connection: "unknown", rtt: 0, inApp: "" });

const deaf: readonly MicrophoneState[] = ["none", "refused", "busy"];
const blind: readonly CameraState[] = ["none", "refused", "busy"];

/** choiceOf is the way that suits a device; sound: the person wants no picture. */
export function choiceOf(f: Found, sound: boolean): Choice {
  if (f.browser === "old") return { way: "app", because: "browser_old" };
  if (deaf.includes(f.microphone)) return { way: f.browser === "in_app" ? "app" : "phone", because: `microphone_${f.microphone}` };
  if (f.connection === "lost") return { way: "phone", because: "connection_lost" };
  if (sound) return { way: "sound", because: "wished" };
  return blind.includes(f.camera) ? { way: "sound", because: `camera_${f.camera}` } : { way: "page", because: "" };
}

/** flawsOf is what works badly and still lets the person come: none, and all is well. */
export function flawsOf(f: Found): ("camera" | "microphone" | "speaker" | "connection")[] {
  return (["camera", "microphone", "speaker", "connection"] as const).filter((part) => f[part] !== "ok" && f[part] !== "unknown");
}

/** devicesOf is what the doctor is told. */
export function devicesOf(f: Found, sound: boolean): Devices {
  return {
    camera: f.camera, microphone: f.microphone, speaker: f.speaker, connection: f.connection, browser: f.browser, way: choiceOf(f, sound).way,
    ...(f.rtt > 0 ? { rtt: f.rtt } : {}), ...(f.inApp !== "" ? { in_app: f.inApp } : {}),
  };
}

/** A lens that is covered gives less than this of 255. */
const darkBelow = 24;

/** lightOf is how light a picture is, 0 to 255, from its points as a canvas gives them. */
export function lightOf(points: Uint8ClampedArray | readonly number[]): number {
  let sum = 0;
  for (let i = 0; i + 3 < points.length; i += 4) sum += 0.299 * (points[i] ?? 0) + 0.587 * (points[i + 1] ?? 0) + 0.114 * (points[i + 2] ?? 0);
  return points.length < 4 ? 0 : sum / Math.floor(points.length / 4);
}

export const isDark = (light: number): boolean => light < darkBelow;

/** A voice near the microphone is louder than this; a quiet room is not. */
const heardAbove = 0.015;

/** loudnessOf is how loud samples are, 0 to 1; each is a byte, and 128 is silence. */
export function loudnessOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (((samples[i] ?? 128) - 128) / 128) ** 2;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

export const isHeard = (loudness: number): boolean => loudness > heardAbove;

/** Longer trips than this make people interrupt each other. */
const slowAbove = 400;

/** connectionOf judges trips in milliseconds, −1 for one that failed. */
export function connectionOf(trips: readonly number[]): { state: ConnectionState; rtt: number } {
  const came = trips.filter((t) => t >= 0).sort((a, b) => a - b);
  const rtt = Math.round(came[Math.floor((came.length - 1) / 2)] ?? 0);
  if (trips.length === 0) return { state: "unknown", rtt };
  if (came.length * 3 < trips.length * 2) return { state: "lost", rtt };
  return { state: rtt > slowAbove || came.length < trips.length ? "slow" : "ok", rtt };
}
