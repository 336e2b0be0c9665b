// When to come back after a closed socket.

export type Return =
  | { again: true; after: number } // milliseconds
  | { again: false; why: "sign_in" | "never" };

const longest = 30_000;

/** delay doubles from half a second to thirty, with jitter, so that a restart
 *  is not met by everybody at once. */
export function delay(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(longest, 500 * 2 ** attempt);
  return full * (0.5 + random() / 2);
}

/** comeBack reads a close code: the ten says what to do, also of codes that
 *  are newer than this program. */
export function comeBack(code: number, reason: string, attempt: number, random?: () => number): Return {
  switch (Math.floor(code / 10)) {
    case 401: {
      const seconds = parseInt(reason, 10);
      return { again: true, after: Math.max(delay(attempt, random), (seconds || 5) * 1000) };
    }
    case 402:
      return { again: false, why: "sign_in" };
    case 403:
      return { again: false, why: "never" };
  }
  if ([1002, 1003, 1007, 1009].includes(code)) return { again: false, why: "never" };
  return { again: true, after: delay(attempt, random) };
}
