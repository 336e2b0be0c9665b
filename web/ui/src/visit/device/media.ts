// Camera and microphone for as long as a check lasts: asked for together, and each
// alone where the two cannot be had, so that it is known which of them it is.

import { troubleNamed, type Trouble } from "../../shared/permission";
import { type CameraState, isDark, isHeard, lightOf, loudnessOf, type MicrophoneState } from "./verdict";

/** How long a picture may stay dark, and a voice unheard, in milliseconds. */
const darkFor = 2_500;
const silentFor = 10_000;
const lookEvery = 100;

export interface MediaOptions {
  video: HTMLVideoElement;
  camera(state: CameraState): void;
  microphone(state: MicrophoneState | "listening"): void;
  /** How loud it is just now, 0 to 1. */
  level(level: number): void;
}

export class Media {
  private streams: MediaStream[] = [];
  private audio: AudioContext | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];
  private over = false;

  constructor(private readonly o: MediaOptions) {}

  /** begin asks for both; what it finds is told as it is found. */
  async begin(): Promise<void> {
    const { camera, microphone } = this.o;
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media) {
      camera("none");
      microphone("none");
      return;
    }
    const both = await this.ask({ audio: true, video: true });
    if (this.over) return;
    if (typeof both !== "string") {
      this.watch(both);
      this.listen(both);
      return;
    }
    const sound = await this.ask({ audio: true });
    if (typeof sound !== "string") this.listen(sound);
    else microphone(microphoneOf(sound));
    const picture = await this.ask({ video: true });
    if (typeof picture !== "string") this.watch(picture);
    else camera(cameraOf(picture));
  }

  /** end gives everything back. */
  end(): void {
    this.over = true;
    for (const t of this.timers.splice(0)) clearInterval(t);
    for (const s of this.streams.splice(0)) for (const track of s.getTracks()) track.stop();
    void this.audio?.close().catch(() => undefined);
    this.audio = null;
    this.o.video.srcObject = null;
  }

  private async ask(what: MediaStreamConstraints): Promise<MediaStream | Trouble> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(what);
      this.streams.push(stream);
      if (this.over) this.end();
      return stream;
    } catch (e) {
      return troubleNamed(e);
    }
  }

  private watch(stream: MediaStream): void {
    const { video } = this.o;
    video.srcObject = stream;
    void video.play().catch(() => undefined);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [32, 18];
    const pen = canvas.getContext("2d");
    const since = Date.now();
    const timer = setInterval(() => {
      if (!pen || video.videoWidth === 0) {
        if (Date.now() - since > silentFor) this.stopping(timer, () => this.o.camera("busy")); // it is there and gives nothing
        return;
      }
      pen.drawImage(video, 0, 0, 32, 18);
      const dark = isDark(lightOf(pen.getImageData(0, 0, 32, 18).data));
      if (!dark) this.stopping(timer, () => this.o.camera("ok"));
      else if (Date.now() - since > darkFor) this.o.camera("dark"); // it goes on looking: a light may be turned on
    }, lookEvery);
    this.timers.push(timer);
  }

  private listen(stream: MediaStream): void {
    const { microphone, level } = this.o;
    microphone("listening");
    try {
      const audio = (this.audio = new (window.AudioContext ?? (window as unknown as { webkitAudioContext: typeof AudioContext }).webkitAudioContext)());
      const ear = audio.createAnalyser();
      ear.fftSize = 1024;
      audio.createMediaStreamSource(stream).connect(ear);
      const samples = new Uint8Array(ear.fftSize);
      const since = Date.now();
      let heard = false;
      this.timers.push(setInterval(() => {
        ear.getByteTimeDomainData(samples);
        const loud = loudnessOf(samples);
        level(Math.min(1, loud * 6));
        if (!heard && isHeard(loud)) {
          heard = true;
          microphone("ok");
        } else if (!heard && Date.now() - since > silentFor) microphone("silent");
      }, lookEvery));
    } catch {
      microphone("unknown");
    }
  }

  private stopping(timer: ReturnType<typeof setInterval>, then: () => void): void {
    clearInterval(timer);
    then();
  }
}

const cameraOf = (t: Trouble): CameraState => (t === "missing" || t === "unsupported" ? "none" : t === "busy" ? "busy" : "refused");
const microphoneOf = (t: Trouble): MicrophoneState => (t === "missing" || t === "unsupported" ? "none" : t === "busy" ? "busy" : "refused");
