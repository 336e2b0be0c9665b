// Whether the doctor's own TrueConf can be rung.

import type { DoctorApp } from "../../wire";
import type { Check, ChecksOptions, Found } from "./check";

const appEvery = 60_000;

/** App is the doctor's TrueConf, as the server sees it; asked when the doctor comes
 *  back to the page and once a minute while it is visible. */
export class App implements Check {
  readonly id = "app";
  readonly name: string;
  private state = "";
  private readonly look = (): void => void (document.visibilityState === "visible" && this.ask());
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly o: ChecksOptions) {
    this.name = o.words.ready.app;
    this.timer = setInterval(this.look, appEvery);
    window.addEventListener("focus", this.look);
    void this.ask();
  }

  end(): void {
    clearInterval(this.timer);
    window.removeEventListener("focus", this.look);
  }

  found(): Found {
    const r = this.o.words.ready;
    const press = { words: r.appAgain, run: () => void this.ask() };
    switch (this.state) {
      case "online": return { standing: "ok", words: r.appOnline };
      case "busy": return { standing: "ok", words: r.appBusy };
      case "offline": return { standing: "bad", words: r.appOffline, press };
      case "nobody": return { standing: "bad", words: r.appNobody };
      case "unknown": return { standing: "ok", words: r.appUnknown }; // nothing can be done about it here
    }
    return { standing: "wait", words: r.appAsks };
  }

  private async ask(): Promise<void> {
    try {
      this.state = (await this.o.api.call<DoctorApp>("GET", "/api/v1/session/app")).state;
    } catch {
      return; // the line says that the server is away
    }
    this.o.changed();
  }
}
