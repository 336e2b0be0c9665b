// Two soft tones when somebody begins to wait. Browsers allow sound after the
// first press on the page, which the sign-in is.

let audio: AudioContext | null = null;

/** wake is called inside a press: only then may a page begin to sound. */
export function wake(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    // No sound here: title and list say it too.
  }
}

/** chime sounds, if anybody has pressed anything on the page yet. */
export function chime(): void {
  try {
    if (audio?.state !== "running") return;
    tone(audio, 660, 0);
    tone(audio, 880, 0.18);
  } catch {
    // No sound here: title and list say it too.
  }
}

function tone(ctx: AudioContext, pitch: number, after: number): void {
  const at = ctx.currentTime + after;
  const gain = ctx.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  const source = ctx.createOscillator();
  source.frequency.value = pitch;
  source.connect(gain).connect(ctx.destination);
  source.start(at);
  source.stop(at + 0.5);
}
