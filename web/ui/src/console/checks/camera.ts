// Whether a call by the page would see and hear the doctor.

import type { Check, ChecksOptions, Found } from "./check";

/** Camera and microphone: there, and allowed. The browser is asked once; then it
 *  is looked at whether both are still plugged in. */
export class Camera implements Check {
  readonly id = "camera";
  readonly name: string;
  private state: "unknown" | "ok" | "refused" | "missing" | "taken" = "unknown";
  private readonly look = (): void => void this.quietly();

  constructor(private readonly o: ChecksOptions) {
    this.name = o.words.ready.camera;
    navigator.mediaDevices.addEventListener?.("devicechange", this.look);
    this.look();
  }

  end(): void {
    navigator.mediaDevices.removeEventListener?.("devicechange", this.look);
  }

  found(): Found {
    const r = this.o.words.ready;
    const press = { words: r.cameraPress, run: () => void this.ask() };
    switch (this.state) {
      case "ok": return { standing: "ok", words: r.cameraOk };
      case "refused": return { standing: "bad", words: r.cameraRefused, press };
      case "missing": return { standing: "bad", words: r.cameraMissing, press };
      case "taken": return { standing: "bad", words: r.cameraTaken, press };
    }
    return { standing: "wait", words: r.cameraAsk, press };
  }

  private async ask(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      for (const track of stream.getTracks()) track.stop();
      this.set("ok");
    } catch (e) {
      const name = e instanceof DOMException ? e.name : "";
      this.set(name === "NotAllowedError" || name === "SecurityError" ? "refused" : name === "NotReadableError" || name === "AbortError" ? "taken" : "missing");
    }
  }

  /** quietly looks without the browser asking anything. */
  private async quietly(): Promise<void> {
    const allowed = await Promise.all([permission("camera"), permission("microphone")]);
    if (allowed.includes("denied")) return this.set("refused");
    const granted = allowed.every((a) => a === "granted") || (this.state !== "unknown" && this.state !== "refused");
    if (!granted) return;
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const has = (kind: MediaDeviceKind): boolean => all.some((d) => d.kind === kind);
    this.set(has("videoinput") && has("audioinput") ? "ok" : "missing");
  }

  private set(state: Camera["state"]): void {
    if (state === this.state) return;
    this.state = state;
    this.o.changed();
  }
}

/** permission is what the browser says of it; "" where it does not say. */
async function permission(name: string): Promise<string> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return "";
  }
}
