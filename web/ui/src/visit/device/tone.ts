// A tune that shows whether the speaker works.

/** playTone plays three tones. It is called by a press, so the browser lets it. */
export async function playTone(): Promise<void> {
  const audio = new (window.AudioContext ?? (window as unknown as { webkitAudioContext: typeof AudioContext }).webkitAudioContext)();
  await audio.resume();
  [523, 659, 784].forEach((pitch, i) => {
    const at = audio.currentTime + i * 0.3;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.25, at + 0.03);
    loud.gain.linearRampToValueAtTime(0, at + 0.28);
    tone.connect(loud);
    loud.connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.3);
  });
  await new Promise((done) => setTimeout(done, 1_000));
  await audio.close();
}
