// The frame of the panel, as seen from the clinic's page: when it is made, what
// it is told, and whether what comes is really from it.

import { isOurs, type Hello, type ToLauncher, type ToPanel } from "../shared/bridge";
import { h } from "../shared/dom";

/** How long the frame may be silent before the numbers stand in its place. */
const silence = 5_000;
/** … and how long until it is asked for again. */
const retry = 15_000;

export interface PanelOptions {
  readonly origin: string; // Bedside's
  readonly box: HTMLElement;
  address(): string;
  title(): string;
  hello(): Hello;
  heard(message: ToLauncher): void;
  /** The frame has been silent for too long. */
  silent(): void;
}

export class Panel {
  frame: HTMLIFrameElement | null = null;
  /** Its page has spoken. */
  spoken = false;
  private greeted = false; // its page has loaded, whatever it is
  private asked = 0;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private readonly hear = (e: MessageEvent): void => this.take(e);

  constructor(private readonly o: PanelOptions) {
    window.addEventListener("message", this.hear);
  }

  /** Whether its page should have spoken by now. */
  get late(): boolean {
    return this.frame !== null && !this.spoken && Date.now() - this.asked >= silence;
  }

  make(): void {
    if (this.frame) return;
    this.asked = Date.now();
    this.build();
  }

  /** tell speaks to Bedside's page alone: the target origin is exact. */
  tell(message: ToPanel): void {
    if (!this.greeted) return; // its hello will say it
    this.frame?.contentWindow?.postMessage(message, this.o.origin);
  }

  drop(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
    this.frame?.remove();
    this.frame = null;
    this.spoken = this.greeted = false;
  }

  end(): void {
    this.drop();
    window.removeEventListener("message", this.hear);
  }

  private build(): void {
    const frame = h("iframe", {
      class: "frame",
      title: this.o.title(),
      allow: "camera; microphone; autoplay; display-capture; fullscreen; clipboard-write",
      allowfullscreen: true,
      src: this.o.address(),
      onload: () => this.greet(frame),
    });
    this.frame = frame;
    this.greeted = false;
    this.o.box.append(frame);
    this.timers.push(
      setTimeout(() => this.late && this.o.silent(), silence),
      setTimeout(() => this.again(frame), retry));
  }

  private greet(frame: HTMLIFrameElement): void {
    if (this.frame !== frame) return;
    this.greeted = true;
    this.tell(this.o.hello());
  }

  /** A page that never spoke is asked for again in a new frame; the numbers stay. */
  private again(silent: HTMLIFrameElement): void {
    if (this.spoken || this.frame !== silent) return;
    silent.remove();
    this.build();
  }

  /** Only Bedside's origin, and only from the very frame that we made. */
  private take(e: MessageEvent): void {
    if (!this.frame || e.source !== this.frame.contentWindow || e.origin !== this.o.origin || !isOurs(e.data)) return;
    this.spoken = true;
    this.o.heard(e.data as ToLauncher);
  }
}
