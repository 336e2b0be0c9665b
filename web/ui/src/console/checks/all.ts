// The checks of the morning.

import { App } from "./app";
import { Camera } from "./camera";
import type { Check, ChecksOptions } from "./check";
import { Notices } from "./notices";
import { Sound } from "./sound";

/** checks are those that this doctor, on this browser, has. */
export function checks(o: ChecksOptions): Check[] {
  return [
    new Sound(o),
    ...(o.byPage && typeof navigator.mediaDevices?.getUserMedia === "function" ? [new Camera(o)] : []),
    ...(o.session.app ? [new App(o)] : []),
    ...(typeof Notification === "undefined" ? [] : [new Notices(o)]),
  ];
}
