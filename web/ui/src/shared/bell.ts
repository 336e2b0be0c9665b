// Sounds that a page makes of itself, without a file. Browsers allow them after
// the first press on the page, so every press is taken to wake the bell.

export class Bell {
  private audio: AudioContext | null = null;

  /** changed is called when the browser lets the page sound, or no longer. */
  changed: () => void = () => undefined;

  constructor() {
    const wake = (): void => this.wake();
    for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, wake, { passive: true });
  }

  /** awake says that the browser lets the page sound by now. */
  get awake(): boolean {
    return this.audio?.state === "running";
  }

  /** soft is two low tones, for news that can wait. */
  soft(): void {
    this.tones([[523, 0], [659, 0.22]], 0.1);
  }

  /** ring is one ring of a telephone, for a call. */
  ring(): void {
    this.tones([[784, 0], [988, 0.15], [784, 0.3], [988, 0.45]], 0.16);
  }

  /** siren is like nothing else here: an emergency. */
  siren(): void {
    this.tones([[880, 0], [587, 0.25], [880, 0.5], [587, 0.75], [880, 1], [587, 1.25]], 0.2);
  }

  /** hear is soft for a press that asks for it: it may be the very first press. */
  async hear(): Promise<void> {
    this.wake();
    await this.audio?.resume().catch(() => undefined);
    this.soft();
  }

  private wake(): void {
    try {
      this.audio ??= this.made();
      if (this.audio.state === "suspended") void this.audio.resume();
    } catch {
      // No sound here: the title says it too.
    }
  }

  private made(): AudioContext {
    const audio = new (window.AudioContext ?? (window as unknown as Old).webkitAudioContext)();
    audio.onstatechange = () => this.changed();
    return audio;
  }

  private tones(tones: readonly (readonly [number, number])[], loud: number): void {
    try {
      if (this.audio?.state !== "running") return;
      for (const [pitch, after] of tones) tone(this.audio, pitch, after, loud);
    } catch {
      // No sound here: the title says it too.
    }
  }
}

/** Safari 14 knows it by its older name. */
interface Old {
  webkitAudioContext: typeof AudioContext;
}

function tone(ctx: AudioContext, pitch: number, after: number, loud: number): void {
  const at = ctx.currentTime + after;
  const gain = ctx.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loud, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
  const source = ctx.createOscillator();
  source.frequency.value = pitch;
  source.connect(gain).connect(ctx.destination);
  source.start(at);
  source.stop(at + 0.6);
}
