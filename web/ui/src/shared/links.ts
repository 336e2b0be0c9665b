// Guest links, which live one minute. The server sends one with the invitation;
// the first press within 50 seconds takes it, and every other press asks for a
// new one. Nothing here is ever written down.

import type { App } from "../wire";

export interface Deeplinks {
  default?: string;
  android?: string;
}

export interface GuestLink {
  call: string;
  web_url: string;
  deeplinks?: Deeplinks;
  expires_at?: string;
  apps?: readonly App[];
}

/** How long a link that was pushed to us is used, in milliseconds. */
export const freshFor = 50_000;

export interface Clock {
  wall(): number; // goes on while a machine sleeps, may be set
  steady(): number; // never set, may stand still in sleep
}

export const browserClock: Clock = { wall: () => Date.now(), steady: () => performance.now() };

/** FreshLinks keeps at most one link, of the newest invitation. */
export class FreshLinks {
  private link: GuestLink | null = null;
  private wall = 0;
  private steady = 0;

  constructor(private readonly clock: Clock = browserClock) {}

  offer(link: GuestLink): void {
    this.link = link;
    this.wall = this.clock.wall();
    this.steady = this.clock.steady();
  }

  /** take gives the link for a call, once, while it is fresh; else null. */
  take(call: string): GuestLink | null {
    const link = this.link;
    if (link === null || link.call !== call) return null;
    this.link = null;
    return this.age() < freshFor && !this.over(link) ? link : null;
  }

  drop(): void {
    this.link = null;
  }

  /** The longer of both clocks: a laptop that slept has not kept a link fresh. */
  private age(): number {
    return Math.max(this.clock.wall() - this.wall, this.clock.steady() - this.steady);
  }

  /** A browser whose clock is wrong only asks for a link more often. */
  private over(link: GuestLink): boolean {
    const end = link.expires_at ? Date.parse(link.expires_at) : NaN;
    return !Number.isNaN(end) && this.clock.wall() > end - 5_000;
  }
}
