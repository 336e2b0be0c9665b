// Whether the browser notifies.

import { wake } from "../../push/staff";
import type { Check, ChecksOptions, Found } from "./check";

export class Notices implements Check {
  readonly id = "notices";
  readonly name: string;

  constructor(private readonly o: ChecksOptions) {
    this.name = o.words.ready.notices;
    this.wakeable();
  }

  found(): Found {
    const r = this.o.words.ready;
    switch (Notification.permission) {
      case "granted": return { standing: "ok", words: r.noticesOk };
      case "denied": return { standing: "bad", words: r.noticesRefused };
    }
    return { standing: "wait", words: r.noticesAsk, press: { words: r.noticesPress, run: () => this.ask() } };
  }

  private ask(): void {
    // Safari 14 knows the callback alone.
    const done = (): void => {
      this.wakeable();
      this.o.changed();
    };
    void Notification.requestPermission(done)?.then(done);
  }

  /** Who may be notified may be woken too, while the console is in the background. */
  private wakeable(): void {
    if (Notification.permission === "granted") void wake(this.o.api);
  }
}
