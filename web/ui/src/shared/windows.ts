// Which of a browser's windows this is. All of them have one ticket or one sign-in,
// and only a name of its own tells the server that a second one presses Join. A
// window holds its number by a lock of the browser's, which falls free with it
// however it ends: the next one, or the same one loaded anew, takes it.

/** Locks is the part of navigator.locks that is used; browsers of 2020 have none, and
 *  every window of theirs is the first. */
export interface Locks {
  request(name: string, options: { ifAvailable?: boolean; signal?: AbortSignal }, held: (lock: unknown) => unknown): Promise<unknown>;
}

/** More windows than that share the last number. */
const most = 9;
/** How long the first number is waited for, in milliseconds: a page that is loaded
 *  anew is there before the old one has let go. */
const loading = 2_000;

/** windowNumber is 1 for a browser's only window, for as long as it is open. */
export async function windowNumber(name: string, locks: Locks | null = browsersLocks()): Promise<number> {
  if (!locks) return 1;
  for (let n = 1; n < most; n++) if (await holds(locks, `${name} ${n}`, n === 1)) return n;
  return most;
}

function holds(locks: Locks, name: string, waits: boolean): Promise<boolean> {
  const late = new AbortController();
  if (waits) setTimeout(() => late.abort(), loading);
  return new Promise((done) => {
    locks.request(name, waits ? { signal: late.signal } : { ifAvailable: true }, (lock) => {
      done(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => undefined); // until the page is gone
    }).catch(() => done(false));
  });
}

function browsersLocks(): Locks | null {
  return (navigator as unknown as { locks?: Locks }).locks ?? null;
}
