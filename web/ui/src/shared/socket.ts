// The WebSocket of the wire: signs in, keeps the beat, comes back. It knows
// frames, not conversations.

import type { ServerFrame, ClientFrame, HelloFrame } from "../wire";
import { comeBack } from "./backoff";

export type Face = "connecting" | "online" | "offline" | "sign_in" | "never";

export interface SocketOptions {
  url: string;
  hello(): HelloFrame;
  onFrame(frame: ServerFrame): void;
  onFace(face: Face): void;
  make?: (url: string, protocol: string) => WebSocket;
}

const protocol = "bedside.v1";
const beatEvery = 25_000;
const silence = 60_000;
const welcomeWithin = 10_000;

export class Socket {
  private ws: WebSocket | null = null;
  private attempt = 0;
  private welcomed = false;
  private heard = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private over = true;

  constructor(private readonly o: SocketOptions) {}

  /** Attempts in a row that never got as far as a welcome. */
  get failures(): number {
    return this.attempt;
  }

  start(): void {
    if (!this.over) return;
    this.over = false;
    this.attempt = 0;
    this.open();
  }

  stop(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.drop();
  }

  /** send says whether there was a way out. */
  send(frame: ClientFrame): boolean {
    if (!this.ws || !this.welcomed || this.ws.readyState !== WebSocket.OPEN) return false;
    this.ws.send(JSON.stringify(frame));
    return true;
  }

  /** nudge comes back at once: the page is seen again, or the network is. */
  nudge(): void {
    if (this.over) return;
    if (this.ws && this.welcomed && Date.now() - this.heard < silence) {
      this.send({ type: "beat" });
      return;
    }
    if (this.ws && !this.welcomed) return;
    this.drop();
    this.open();
  }

  private open(): void {
    clearTimeout(this.timer);
    this.o.onFace("connecting");
    let ws: WebSocket;
    try {
      ws = this.o.make ? this.o.make(this.o.url, protocol) : new WebSocket(this.o.url, protocol);
    } catch {
      this.later(0, "");
      return;
    }
    this.ws = ws;
    this.welcomed = false;
    this.heard = Date.now();
    ws.onopen = () => ws.send(JSON.stringify(this.o.hello()));
    ws.onmessage = (e) => this.hear(ws, e.data);
    ws.onclose = (e) => this.closed(ws, e.code, e.reason);
    this.beat = setInterval(() => this.pulse(ws), beatEvery / 5);
  }

  private hear(ws: WebSocket, data: unknown): void {
    if (ws !== this.ws || typeof data !== "string") return;
    this.heard = Date.now();
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.type === "welcome") {
      this.welcomed = true;
      this.attempt = 0;
      this.lastBeat = this.heard;
      this.o.onFace("online");
    }
    if (frame.type === "beat") this.answer(this.heard);
    this.o.onFrame(frame);
  }

  /** A beat is answered at once: by its silence a dead page is known. */
  private answer(now: number): void {
    this.lastBeat = now;
    this.send({ type: "beat" });
  }

  private lastBeat = 0;

  private pulse(ws: WebSocket): void {
    const now = Date.now();
    if (now - this.heard > (this.welcomed ? silence : welcomeWithin)) {
      this.drop();
      this.later(0, "");
      return;
    }
    if (ws === this.ws && this.welcomed && now - this.lastBeat >= beatEvery) {
      this.lastBeat = now;
      this.send({ type: "beat" });
    }
  }

  private closed(ws: WebSocket, code: number, reason: string): void {
    if (ws !== this.ws) return;
    this.drop();
    this.later(code, reason);
  }

  private later(code: number, reason: string): void {
    if (this.over) return;
    const next = comeBack(code, reason, this.attempt++);
    if (!next.again) {
      this.over = true;
      this.o.onFace(next.why);
      return;
    }
    this.o.onFace("offline");
    this.timer = setTimeout(() => this.open(), next.after);
  }

  private drop(): void {
    clearInterval(this.beat);
    const ws = this.ws;
    this.ws = null;
    this.welcomed = false;
    if (!ws) return;
    ws.onclose = ws.onmessage = ws.onopen = null;
    ws.close();
  }
}
