// Whether the doctor hears it.

import type { Check, ChecksOptions, Found } from "./check";

/** Sound is heard once a day: only ears know that it is loud enough. */
export class Sound implements Check {
  readonly id = "sound";
  readonly name: string;

  constructor(private readonly o: ChecksOptions) {
    this.name = o.words.ready.sound;
  }

  found(): Found {
    const { bell, settings, words } = this.o;
    const r = words.ready;
    if (!settings.on("sound")) return { standing: "bad", words: r.soundOff, press: { words: r.soundTurnOn, run: () => this.turnOn() } };
    if (settings.doneToday("sound") && bell.awake) return { standing: "ok", words: r.soundOk };
    return { standing: "wait", words: r.soundHear, press: { words: r.soundPress, run: () => this.hear() } };
  }

  private turnOn(): void {
    this.o.settings.turn("sound", true);
    this.hear();
  }

  private hear(): void {
    this.o.settings.doToday("sound");
    void this.o.bell.hear().then(() => this.o.changed());
  }
}
