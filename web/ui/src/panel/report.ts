// What the clinic's page learns of the conversation: where it stands, never what
// is said in it.

import type { Entry } from "../wire";
import type { ToLauncher } from "../shared/bridge";
import type { Talk } from "../shared/talk";

export class Report {
  private told: Record<string, string> = {};

  constructor(private readonly tell: (message: ToLauncher) => void) {}

  /** stands tells what is other than before. */
  stands(talk: Talk): void {
    if (talk.phase === "") return; // nothing is known yet
    this.once({ bedside: 1, type: "conversation", phase: talk.phase });
    this.once({ bedside: 1, type: "queue", waiting: talk.phase === "waiting" }, false);
    this.once({ bedside: 1, type: "call", state: talk.call?.state ?? "" }, "");
  }

  /** news is for each entry that comes while the panel is there. */
  news(entry: Entry): void {
    const words = entry.kind === "message.sent" || entry.kind === "bot.said" || entry.kind === "bot.asked";
    if (words && entry.by.role !== "patient") this.tell({ bedside: 1, type: "message", from: entry.by.role });
  }

  /** once tells a value when it changes; the usual one is not told at first. */
  private once(message: ToLauncher, usual?: unknown): void {
    const value = JSON.stringify(message);
    const before = this.told[message.type];
    this.told[message.type] = value;
    if (value === before) return;
    if (before === undefined && usual !== undefined && Object.values(message).includes(usual as never)) return;
    this.tell(message);
  }
}
