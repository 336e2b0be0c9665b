// What is put up at the doorstep, notice by notice: words, picture and presses.
// What a press does is the visit's.

import type { Browser } from "./browser";
import type { Notice, Press } from "./doorstep";
import type { Trouble } from "./permission";
import { picture } from "./pictures";
import type { CallWords, DoorWords } from "./visit";

/** Doing is what the presses of the notices lead to. */
export interface Doing {
  join(sound: boolean): void;
  /** Opens the call without asking for anything first. */
  bring(move?: boolean): void;
  newTab(): void;
  shut(): void;
}

export interface Wording {
  words: CallWords;
  door: DoorWords;
  browser: Browser;
  /** Without picture. */
  sound: boolean;
  /** The clinic's telephone. */
  phone: string;
}

const soundOnly = (w: Wording, doing: Doing): Press[] =>
  w.sound ? [] : [{ act: "sound-only", label: w.door.soundOnly, press: () => doing.join(true) }];

/** explained says what the browser is going to ask; go goes on, with sound alone or not. */
export function explained({ door, sound }: Wording, go: (sound: boolean) => void): Notice {
  return {
    words: sound ? door.explainSound : door.explain,
    presses: [{ act: "go-on", label: door.goOn, press: () => go(sound), primary: true },
      ...(sound ? [] : [{ act: "sound-only", label: door.soundOnly, press: () => go(true) }])],
  };
}

/** lacking says why camera and microphone are not to be had, what to press, and
 *  how the call goes on without. It is never a dead end. */
export function lacking(w: Wording, trouble: Trouble, doing: Doing): Notice {
  const { door, browser, sound } = w;
  const may = trouble !== "unsupported" && trouble !== "insecure";
  return {
    words: (sound ? door.troubleSound : door.trouble)[trouble],
    ...(trouble === "refused" ? { picture: picture(browser.picture), steps: [...door.steps[browser.picture], door.thenTry] } : {}),
    presses: [{ act: "try-again", label: door.tryAgain, press: () => doing.join(sound), primary: true },
      ...(may ? soundOnly(w, doing) : []),
      { act: "all-the-same", label: door.allTheSame, press: () => doing.bring() }],
  };
}

/** helping is asked for in the call: nothing there tells us what goes wrong. */
export function helping(w: Wording, doing: Doing): Notice {
  const { door, words, browser } = w;
  return {
    words: door.help, picture: picture(browser.picture), steps: [...door.steps[browser.picture], door.thenAnew],
    presses: [{ act: "reload-call", label: door.reload, press: () => doing.bring(), primary: true }, ...soundOnly(w, doing),
      { act: "new-tab-now", label: words.newTab, press: () => doing.newTab() }, { act: "shut-help", label: door.shut, press: () => doing.shut() }],
  };
}

/** unseen offers the new tab where neither the frame nor the room's list speaks of us. */
export function unseen({ door, words }: Wording, loaded: boolean, doing: Doing): Notice {
  return {
    words: loaded ? door.nothingSeen : door.silent,
    presses: [{ act: "new-tab-now", label: words.newTab, press: () => doing.newTab(), primary: true },
      { act: "shut-help", label: door.shut, press: () => doing.shut() }],
  };
}

/** elsewhere asks before the call moves here from another device. */
export function elsewhere({ door }: Wording, words: string, doing: Doing): Notice {
  return {
    words, more: door.moveMore,
    presses: [{ act: "move", label: door.move, press: () => doing.bring(true), primary: true },
      { act: "stay", label: door.stay, press: () => doing.shut() }],
  };
}

/** moved is for the device from which the call was taken. */
export function moved({ door }: Wording, doing: Doing): Notice {
  return { words: door.moved, presses: [{ act: "move", label: door.move, press: () => doing.bring(true) }] };
}

/** trying says what is in the way; it is tried again by itself, until stop. Every
 *  other way into the call needs a seat too: only the telephone does not. */
export function trying({ door, words, phone }: Wording, why: string, doing: Doing, stop: () => void): Notice {
  const seat = why === "no_guest_seat";
  return {
    words: words.refused[why] ?? "",
    presses: [...(why === "ghost" ? [] : [{ act: "try-now", label: door.tryNow, press: () => doing.bring() }]),
      { act: "stop-trying", label: door.stop, press: stop },
      ...(seat && phone !== "" ? [{ act: "call-clinic", label: door.phone, number: phone, href: "tel:" + phone.replace(/[^+\d]/g, "") }] : [])],
  };
}

/** gaveUp is said when it was tried for long enough. */
export function gaveUp({ door, words }: Wording, why: string, doing: Doing): Notice {
  return {
    words: why === "ghost" ? words.refused["no_guest_seat"] ?? "" : door.gaveUp,
    presses: [{ act: "try-now", label: door.tryNow, press: () => doing.bring(), primary: true }],
  };
}
