// The person's own camera, microphone and screen.

/**
 * LocalMedia asks for camera and microphone, takes what it gets, and says which
 * tracks are to be sent. Refusal of one or both is no error: `missing` tells.
 */
export class LocalMedia {
  audio = null; // MediaStreamTrack or null
  video = null;
  display = null; // the shared screen
  micOn = true;
  cameraOn = true;

  /** missing is "", "camera", "mic" or "both". */
  get missing() {
    if (this.audio && this.video) return "";
    if (this.audio) return "camera";
    return this.video ? "mic" : "both";
  }

  /** outgoing is the picture that others shall see now, or null. */
  get outgoing() {
    return this.display ?? (this.cameraOn ? this.video : null);
  }

  get state() {
    return {
      camera: Boolean(this.video && this.cameraOn && !this.display),
      mic: Boolean(this.audio && this.micOn),
      screen: Boolean(this.display),
    };
  }

  /** open asks for both, then, where it may, for each alone when one of them is not to be had. */
  async open(each = true) {
    this.close();
    const video = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" };
    let tracks = await tracksOf({ audio: true, video });
    if (tracks.length === 0 && each) {
      tracks = [...(await tracksOf({ audio: true })), ...(await tracksOf({ video }))];
    }
    this.audio = tracks.find((t) => t.kind === "audio") ?? null;
    this.video = tracks.find((t) => t.kind === "video") ?? null;
    this.apply();
  }

  apply() {
    if (this.audio) this.audio.enabled = this.micOn;
    if (this.video) this.video.enabled = this.cameraOn;
  }

  /** share begins sharing the screen; `ended` is called when the browser ends it. */
  async share(ended) {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    this.display = stream.getVideoTracks()[0];
    this.display.addEventListener("ended", ended, { once: true });
  }

  unshare() {
    this.display?.stop();
    this.display = null;
  }

  close() {
    this.unshare();
    this.audio?.stop();
    this.video?.stop();
    this.audio = this.video = null;
  }
}

async function tracksOf(constraints) {
  try {
    return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
  } catch {
    return [];
  }
}
