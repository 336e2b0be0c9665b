// Files on their way. Each keeps its key until the server has it, so that sending
// it again after an outage can never send it twice. They live as long as the page:
// a browser gives no page its files again after a reload.

import type { Code, Commanded, Problem } from "../../wire";
import { delay } from "../backoff";
import { comesAgain } from "../outbox";
import { newKey } from "../secret";
import { largest } from "./file";
import { shrunk } from "./shrink";

export type FileFate = "preparing" | "waiting" | "sending" | "sent" | "failed";

/** One file on its way. */
export interface Upload {
  readonly key: string;
  readonly conversation: string;
  readonly step: string;
  file: File;
  /** Of a picture, to be shown meanwhile. */
  readonly preview: string;
  fate: FileFate;
  part: number; // of its bytes, 0 to 1
  tries: number;
  seq?: number; // sent: the entry that it left
  code?: Code;
  message?: string;
  most?: number; // failed: how large it might have been
}

export interface TrayOptions {
  bearer?: () => string | null;
  changed(): void;
  /** One could not be sent, and is not tried again by itself. */
  failed(u: Upload): void;
}

export class Tray {
  private uploads: Upload[] = [];
  private request: XMLHttpRequest | null = null;
  private current: Upload | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;
  private open = false; // there is a way
  private readonly last = new Map<string, number>(); // what the journal has shown, by conversation

  constructor(private readonly o: TrayOptions) {}

  list(conversation: string): readonly Upload[] {
    return this.uploads.filter((u) => u.conversation === conversation);
  }

  /** add sends a file for a question, or to who is there. */
  async add(conversation: string, file: File, step = "", most = largest): Promise<void> {
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
    const u: Upload = { key: newKey(), conversation, step, file, preview, fate: "preparing", part: 0, tries: 0 };
    this.uploads.push(u);
    this.o.changed();
    u.file = await shrunk(file, most);
    if (!this.uploads.includes(u)) return;
    if (u.file.size > most) this.fail(u, "too_large", "", most);
    else u.fate = "waiting";
    this.o.changed();
    this.next();
  }

  /** flush is called when a way opens, hold when it closes. */
  flush(): void {
    this.open = true;
    this.next();
  }

  hold(): void {
    this.open = false;
  }

  /** cancel takes one back that is not sent yet; remove forgets one that failed. */
  cancel(key: string): void {
    const u = this.uploads.find((x) => x.key === key);
    if (!u || u.fate === "sent") return;
    this.forget(u);
    if (this.current === u) {
      this.current = null;
      this.request?.abort();
    }
    this.o.changed();
    this.next();
  }

  retry(key: string): void {
    const u = this.uploads.find((x) => x.key === key);
    if (u?.fate !== "failed") return;
    u.fate = "waiting";
    delete u.code;
    this.o.changed();
    this.next();
  }

  /** seen drops what the journal now shows. */
  seen(conversation: string, last: number): void {
    this.last.set(conversation, last);
    for (const u of this.list(conversation)) if (u.fate === "sent" && (u.seq ?? 0) <= last) this.forget(u);
  }

  /** clear forgets a conversation, when it is left for good. */
  clear(conversation: string): void {
    for (const u of this.list(conversation)) this.cancel(u.key);
  }

  private forget(u: Upload): void {
    if (u.preview) URL.revokeObjectURL(u.preview);
    this.uploads = this.uploads.filter((x) => x !== u);
  }

  /** One at a time: the first is there before the last. */
  private next(): void {
    if (this.current || !this.open) return;
    const u = this.uploads.find((x) => x.fate === "waiting");
    if (u) this.send(u);
    else clearTimeout(this.again);
  }

  private send(u: Upload): void {
    const form = new FormData();
    form.append("key", u.key);
    if (u.step) form.append("step", u.step);
    form.append("file", u.file, u.file.name);
    const x = new XMLHttpRequest();
    this.request = x;
    this.current = u;
    u.fate = "sending";
    u.part = 0;
    x.open("POST", `/api/v1/conversations/${u.conversation}/files`);
    const bearer = this.o.bearer?.();
    if (bearer) x.setRequestHeader("Authorization", "Bearer " + bearer);
    x.upload.onprogress = (e) => {
      u.part = e.lengthComputable ? e.loaded / e.total : 0;
      this.o.changed();
    };
    x.onload = () => this.answered(u, x);
    x.onerror = () => this.later(u, 0);
    x.send(form);
    this.o.changed();
  }

  private answered(u: Upload, x: XMLHttpRequest): void {
    const body = parsed(x.responseText);
    if (x.status === 200) {
      u.fate = "sent";
      u.part = 1;
      u.seq = (body as Partial<Commanded>).seq ?? 0;
      this.seen(u.conversation, this.last.get(u.conversation) ?? 0); // the entry may have been faster
      this.done(u);
      return;
    }
    const problem = body as Partial<Problem>;
    const code = problem.code ?? (x.status === 413 ? "too_large" : x.status >= 500 ? "unavailable" : "malformed");
    if (comesAgain(code)) return this.later(u, problem.retry_after ?? 0);
    this.fail(u, code, problem.detail ?? "");
    this.done(u);
  }

  private fail(u: Upload, code: Code, message: string, most?: number): void {
    u.fate = "failed";
    u.code = code;
    u.message = message;
    if (most !== undefined) u.most = most;
    this.o.failed(u);
  }

  /** later tries again by itself, ever later. */
  private later(u: Upload, seconds: number): void {
    if (this.current !== u) return;
    u.fate = "waiting";
    this.current = this.request = null;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.next(), Math.max(seconds * 1000, delay(2 + u.tries++)));
    this.o.changed();
  }

  private done(u: Upload): void {
    if (this.current === u) this.current = this.request = null;
    this.o.changed();
    this.next();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // a proxy's page
  }
}
