// Whether this page may use camera and microphone, found out before the call is
// opened. The call itself is TrueConf's page in a frame, and asks for them by
// itself: what is opened here to find out is closed at once.

export type Trouble =
  | "refused" // by the person, now or once
  | "system" // by the machine's own settings
  | "missing" // there is no camera, or no microphone
  | "busy" // another program holds it
  | "insecure" // the page did not come by https
  | "policy" // the page around this one does not hand it on
  | "unsupported";

export type Known = "granted" | "denied" | "prompt" | "unknown";

type Part = "camera" | "microphone";

/** Surroundings are what a browser offers; tests give their own. */
export interface Surroundings {
  secure: boolean;
  media: Pick<MediaDevices, "getUserMedia" | "enumerateDevices"> | undefined;
  /** Whether a policy lets this page use it; null where the browser does not say. */
  allows(part: Part): boolean | null;
  state(part: Part): Promise<Known>;
}

export class Permission {
  constructor(private readonly around: Surroundings = browserSurroundings()) {}

  /** known asks nobody: what stands in the way for certain, and whether the
   *  browser is going to ask. */
  async known(sound: boolean): Promise<{ trouble: Trouble | null; asks: boolean }> {
    const { around } = this;
    const parts = partsOf(sound);
    const no = (trouble: Trouble): { trouble: Trouble; asks: boolean } => ({ trouble, asks: false });
    if (!around.secure) return no("insecure");
    if (!around.media) return no("unsupported");
    if (parts.some((p) => around.allows(p) === false)) return no("policy");
    if (await this.lacks(sound)) return no("missing");
    const states = await Promise.all(parts.map((p) => around.state(p)));
    if (states.includes("denied")) return no("refused");
    return { trouble: null, asks: states.some((s) => s !== "granted") };
  }

  /** probe has the browser ask, and gives back at once what it was given. */
  async probe(sound: boolean): Promise<Trouble | null> {
    const { media } = this.around;
    if (!media) return this.around.secure ? "unsupported" : "insecure";
    try {
      const stream = await media.getUserMedia({ audio: true, video: !sound });
      for (const track of stream.getTracks()) track.stop();
      return null;
    } catch (e) {
      return this.troubleOf(e, sound);
    }
  }

  private troubleOf(e: unknown, sound: boolean): Trouble {
    const trouble = troubleNamed(e);
    const forbidden = partsOf(sound).some((p) => this.around.allows(p) === false);
    return trouble === "refused" && forbidden ? "policy" : trouble;
  }

  /** A machine without a microphone or, where one is wanted, without a camera. A
   *  browser that does not list its devices is believed to have them. */
  private async lacks(sound: boolean): Promise<boolean> {
    const list = await this.around.media?.enumerateDevices?.().catch(() => null);
    if (!list) return false;
    const has = (kind: MediaDeviceKind): boolean => list.some((d) => d.kind === kind);
    return !has("audioinput") || (!sound && !has("videoinput"));
  }
}

const partsOf = (sound: boolean): Part[] => (sound ? ["microphone"] : ["camera", "microphone"]);

/** troubleNamed reads what getUserMedia threw, by its old names too. */
export function troubleNamed(e: unknown): Trouble {
  const { name = "", message = "" } = (e ?? {}) as { name?: string; message?: string };
  switch (name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
    case "SecurityError":
      return /system/i.test(message) ? "system" : "refused";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "busy";
  }
  return "unsupported";
}

function browserSurroundings(): Surroundings {
  return {
    secure: window.isSecureContext,
    media: navigator.mediaDevices as MediaDevices | undefined,
    allows(part) {
      const doc = document as { permissionsPolicy?: Policy; featurePolicy?: Policy };
      const policy = doc.permissionsPolicy ?? doc.featurePolicy;
      return policy ? policy.allowsFeature(part) : null;
    },
    async state(part) {
      try {
        return (await navigator.permissions.query({ name: part as PermissionName })).state;
      } catch {
        return "unknown"; // Safari 14, Firefox 91
      }
    },
  };
}

interface Policy {
  allowsFeature(name: string): boolean;
}
