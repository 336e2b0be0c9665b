// How quick the way to Bedside is, measured by small questions to it.

const tries = 6;
/** A trip may take so long, in milliseconds. */
const patience = 4_000;

/** trips asks a few times, one after the other; −1 is one that failed. */
export async function trips(): Promise<number[]> {
  const out: number[] = [];
  for (let i = 0; i < tries; i++) out.push(await trip());
  return out.slice(1); // the first opened the connection
}

async function trip(): Promise<number> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  const since = performance.now();
  try {
    const answer = await fetch("/healthz", { cache: "no-store", credentials: "omit", signal: stop.signal });
    return answer.status < 500 ? performance.now() - since : -1;
  } catch {
    return -1;
  } finally {
    clearTimeout(timer);
  }
}
