import type { Entry, Kind, Role } from "../src/wire";

/** entry makes one as the server shows it. */
export function entry(seq: number, prev: number, kind: Kind = "message.sent", body: object = { text: "x" }, role: Role = "patient"): Entry {
  return { seq, prev, at: new Date(Date.UTC(2026, 10, 1, 10, seq)).toISOString(), kind, by: { role }, body } as Entry;
}

/** journal numbers a list of kinds and bodies. */
export function journal(...facts: [Kind, object?, Role?][]): Entry[] {
  return facts.map(([kind, body, role], i) => entry(i + 1, i, kind, body ?? {}, role ?? "bot"));
}
