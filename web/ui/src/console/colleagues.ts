// Doctors whom a patient or an appointment can be given to, as they stand now.

import type { Board, BoardDoctor } from "../wire";
import type { Api } from "../shared/api";
import type { visits as english } from "../texts/en_staff";

/** colleagues are the doctors of my departments but for one; none where they cannot be read. */
export async function colleagues(api: Api, without: string): Promise<BoardDoctor[]> {
  try {
    const { doctors } = await api.call<Board>("GET", "/api/v1/board");
    return doctors.filter((d) => d.login !== without).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  } catch {
    return [];
  }
}

/** Whoever can come now stands first. */
const rank = (d: BoardDoctor): number => (d.here ? { on: 0, busy: 1, away: 2 }[d.duty] : 3);

/** standing is how a doctor stands, in words. */
export function standing(d: BoardDoctor, w: typeof english): string {
  if (!d.here) return w.doctor.out;
  if (d.in_call) return w.doctor.inCall;
  return d.duty === "on" ? w.doctor.on(d.open, d.most) : w.doctor[d.duty];
}
