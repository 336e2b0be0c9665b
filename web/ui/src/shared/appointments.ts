// Appointments of a conversation as its reader sees them, and what else a patient
// has asked for or left: folded from the entries.

import type { Channel, Entry, Kind, Next } from "../wire";

/** An appointment, offered or promised; one that is over is not kept. */
export interface Appointment {
  id: string;
  state: "proposed" | "booked" | "due";
  start: string;
  /** Seconds. */
  length: number;
  title: string;
  doctor: string;
  /** The reader's own join link, "" where none has come. */
  link: string;
  /** proposed: kept free so long, with the doctor's words. */
  until: string;
  words: string;
  /** How far it has come with a doctor who is not there: 1 rung again, 2 the lead, 3 the patient is asked. */
  late: number;
  /** What the patient wants to do about it. */
  chosen: string;
}

/** What the doctor has said at the end. */
export interface Outcome {
  at: string;
  doctor: string;
  words: string;
  next: Next | null;
}

export interface LeftContact {
  channel: Channel;
  address: string;
}

export interface Appointments {
  appointments: Appointment[];
  outcome: Outcome | null;
  contacts: LeftContact[];
  /** The patient has asked for video, and nobody has answered. */
  asksVideo: boolean;
}

export const noAppointments = (): Appointments => ({ appointments: [], outcome: null, contacts: [], asksVideo: false });

/** What the bodies of these kinds hold. */
interface Body {
  booking?: string;
  start?: string;
  length?: number;
  title?: string;
  doctor_name?: string;
  link?: string;
  until?: string;
  words?: string;
  stage?: number;
  option?: string;
  channel?: Channel;
  address?: string;
  next?: Next;
}

/** firm are those that are promised, the earliest first. */
export function firm(p: Appointments): Appointment[] {
  return p.appointments.filter((a) => a.state !== "proposed").sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

type Folding = (p: Appointments, b: Body, e: Entry) => void;

const drop: Folding = (p, b) => void (p.appointments = p.appointments.filter((a) => a.id !== b.booking));
const made = (state: Appointment["state"]): Folding => (p, b, e) => {
  const before = p.appointments.find((a) => a.id === b.booking); // of a proposal that was taken
  drop(p, b, e);
  p.appointments.push({
    id: b.booking ?? unnamed(e.at), state, start: b.start ?? "", length: b.length ?? 0, title: b.title ?? before?.title ?? "", doctor: b.doctor_name ?? before?.doctor ?? "",
    link: b.link ?? "", until: b.until ?? "", words: b.words ?? "", late: 0, chosen: "",
  });
};
/** unnamed is the id of one from before appointments had any, as the server has it. */
const unnamed = (at: string): string => "booking-" + new Date(at).toISOString().replace(/\D/g, "").slice(0, 14);
/** on changes one that is known, in a copy: what was drawn is told from what is. */
const on = (change: (a: Appointment, b: Body) => void): Folding => (p, b) => {
  p.appointments = p.appointments.map((a) => {
    if (a.id !== b.booking) return a;
    const next = { ...a };
    change(next, b);
    return next;
  });
};

const foldings: { [K in Kind]?: Folding } = {
  "booking.proposed": made("proposed"),
  "booking.made": made("booked"),
  "booking.withdrawn": drop,
  "booking.cancelled": drop,
  "booking.kept": drop,
  "booking.missed": drop,
  "booking.moved": on((a, b) => {
    a.state = "booked";
    a.start = b.start ?? a.start;
    a.length = b.length ?? a.length;
    a.late = 0;
    a.chosen = "";
  }),
  "booking.reassigned": on((a, b) => void (a.doctor = b.doctor_name ?? a.doctor)),
  "booking.due": (p, b, e) => {
    if (!b.booking) p.appointments = []; // it was over with this then
    else on((a) => void (a.state = "due"))(p, b, e);
  },
  "booking.late": on((a, b) => {
    a.late = b.stage ?? 1;
    a.chosen = "";
  }),
  "booking.chosen": on((a, b) => void (a.chosen = b.option ?? "")),
  "doctor.finished": (p, b, e) => {
    p.asksVideo = false;
    if (b.words || b.next) p.outcome = { at: e.at, doctor: e.by.name ?? "", words: b.words ?? "", next: b.next ?? null };
  },
  "contact.left": (p, b) => {
    p.contacts = [...p.contacts.filter((c) => c.channel !== b.channel), ...(b.channel ? [{ channel: b.channel, address: b.address ?? "" }] : [])];
  },
  "contact.dropped": (p, b) => void (p.contacts = p.contacts.filter((c) => c.channel !== b.channel)),
  "video.asked": (p) => void (p.asksVideo = true),
  "video.refused": (p) => void (p.asksVideo = false),
  "call.requested": (p) => void (p.asksVideo = false),
  "doctor.released": (p) => void (p.asksVideo = false),
  "conversation.closed": (p) => void (p.asksVideo = false),
};

/** foldAppointment takes in what an entry does to them. */
export function foldAppointment(p: Appointments, e: Entry): void {
  foldings[e.kind]?.(p, (e.body ?? {}) as Body, e);
}
