// The HTTP calls of the wire. A patient's go with the ticket and without
// cookies, the staff's with the cookie: the two doors never mix.

import type { Code, Problem } from "../wire";

/** Refused is what the server said no with. */
export class Refused extends Error {
  constructor(
    readonly code: Code | "offline",
    message: string,
    readonly status: number,
    readonly retryAfter = 0,
    readonly cure = "",
  ) {
    super(message);
  }
}

export interface Door {
  /** The patient's ticket or visit key; the staff's console has none. */
  bearer?: () => string | null;
}

/** How long an answer may take before the press is given back, in milliseconds. */
const patience = 30_000;

export class Api {
  constructor(private readonly door: Door = {}) {}

  /** call asks and gives the answer's JSON; it throws nothing but Refused. */
  async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const answer = await this.ask(method, path, body, signal);
    const text = await answer.text().catch(() => "");
    if (!answer.ok) throw refusal(answer, text);
    if (text === "") return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Refused("unavailable", "", answer.status);
    }
  }

  /** file gives the bytes of an answer; it throws nothing but Refused. */
  async file(path: string): Promise<Blob> {
    const answer = await this.ask("GET", path, undefined);
    if (!answer.ok) throw refusal(answer, await answer.text().catch(() => ""));
    return await answer.blob().catch(() => {
      throw new Refused("offline", "", 0);
    });
  }

  private async ask(method: string, path: string, body: unknown, outer?: AbortSignal): Promise<Response> {
    const inner = new AbortController();
    const timer = setTimeout(() => inner.abort(), patience);
    const stop = (): void => inner.abort();
    outer?.addEventListener("abort", stop);
    try {
      return await fetch(path, { ...this.shape(method, body), signal: inner.signal });
    } catch {
      throw new Refused("offline", "", 0);
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener("abort", stop);
    }
  }

  private shape(method: string, body: unknown): RequestInit {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const bearer = this.door.bearer?.();
    if (bearer) headers["Authorization"] = "Bearer " + bearer;
    return {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: this.door.bearer ? "omit" : "same-origin",
      cache: "no-store",
    };
  }
}

function refusal(answer: Response, text: string): Refused {
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // A proxy's page of HTML: the status has to do.
  }
  const code = problem.code ?? codeOf(answer.status);
  return new Refused(code, problem.detail ?? problem.title ?? "", answer.status, problem.retry_after ?? 0, problem.cure ?? "");
}

function codeOf(status: number): Code {
  switch (status) {
    case 401: return "unauthorized";
    case 403: return "forbidden";
    case 404: return "unknown";
    case 409: return "not_now";
    case 413: return "too_large";
    case 422: return "invalid";
    case 429: return "too_many";
  }
  return status >= 500 ? "unavailable" : "malformed";
}
