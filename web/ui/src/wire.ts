// Generated from the Go structs of web/wire by its program gen. Do not edit:
// change the structs and run `go generate ./web/wire`.

/** A moment, RFC 3339 in UTC. */
export type Time = string;

/** An answer; null is one that was passed over. */
export type Value = string | number | boolean | string[] | null;

/** The socket's subprotocol. */
export const SUBPROTOCOL = 'bedside.v1';

/** Close codes: the ten says what to do. */
export const CLOSE = {
  restart: 4000,
  slow: 4001,
  silent: 4002,
  unavailable: 4003,
  tooManySockets: 4010,
  tooFast: 4011,
  signedOut: 4020,
  noHello: 4021,
  credential: 4022,
  malformed: 4030,
  forbidden: 4031,
  tooLarge: 4032,
} as const;

export type CallState = 'requested' | 'ready' | 'joined' | 'interrupted' | 'failed' | 'ended' | 'withdrawn';

export type CloseWhy = 'end' | 'patient' | 'doctor' | 'silence';

export type Code = 'malformed' | 'unauthorized' | 'forbidden' | 'unknown' | 'taken' | 'overtaken' | 'not_now' | 'closed' | 'no_call' | 'not_ready' | 'room_full' | 'no_guest_seat' | 'ghost' | 'never_fits' | 'invalid' | 'too_large' | 'too_many' | 'unavailable';

export type Do = 'send' | 'choose' | 'skip' | 'close' | 'claim' | 'escalate' | 'new_room' | 'hang_up' | 'finish' | 'release' | 'transfer' | 'note' | 'nothing_owed' | 'join' | 'read_entries';

export type EndWhy = 'hung_up' | 'empty' | 'limit' | 'replaced' | 'over' | 'failed';

export type How = 'app' | 'page';

export type Phase = 'intake' | 'waiting' | 'consulting' | 'parked' | 'closed';

export type Role = 'patient' | 'doctor' | 'admin' | 'auditor' | 'service' | 'bot' | 'system';

export type Kind = 'answer.given' | 'answer.skipped' | 'bot.asked' | 'bot.said' | 'call.ended' | 'call.failed' | 'call.interrupted' | 'call.joined' | 'call.left' | 'call.ready' | 'call.requested' | 'call.rung' | 'call.stranger' | 'call.unwatched' | 'call.watched' | 'call.withdrawn' | 'conversation.closed' | 'conversation.reopened' | 'conversation.resumed' | 'conversation.started' | 'doctor.assigned' | 'doctor.excused' | 'doctor.finished' | 'doctor.released' | 'doctor.reminded' | 'lead.alerted' | 'message.sent' | 'note.written' | 'queue.joined' | 'wait.reminded';

export interface SeenAnswer {
  step: string;
  slot?: string;
  option?: string;
  value?: Value;
  text?: string;
  /** staff */
  label?: Record<string, string>;
}

export interface Option {
  id: string;
  text: string;
}

export interface Asked {
  step: string;
  slot?: string;
  text: string;
  type: string;
  options?: Option[];
  optional?: boolean;
  min?: number;
  max?: number;
  before?: string;
  after?: string;
  lang: string;
}

export interface Said {
  step?: string;
  text: string;
  lang: string;
}

export interface SeenJoin {
  method: string;
  href: string;
}

export interface SeenCall {
  call: string;
  /** plain words, for the patient */
  text?: string;
  attempt?: number;
  how?: How;
  who?: Role;
  name?: string;
  why?: string;
  ended_by?: Role;
  /** the reader's own join link */
  link?: string;
  join?: SeenJoin;
  /** staff: what failed */
  failure?: string;
  /** staff */
  detail?: string;
  /** staff */
  cure?: string;
  /** it is tried again by itself */
  retrying?: boolean;
}

export interface SeenClosed {
  why: CloseWhy;
}

/** Nothing is the body of an entry whose kind says everything. */
export interface Nothing {
}

export interface SeenStarted {
  language: string;
  site?: string;
  door?: string;
  previous?: string;
}

export interface SeenAssigned {
  name: string;
  department: string;
  /** staff: the login */
  doctor?: string;
}

export interface SeenFinished {
  /** staff */
  outcome?: string;
}

export interface SeenReleased {
  why: string;
  department?: string;
  /** staff */
  reason?: string;
}

export interface Alerted {
  /** the lead, as the clinic names it */
  who: string;
  why: string;
}

export interface Message {
  text: string;
}

export interface SeenQueued {
  department: string;
  title?: string;
  priority?: string;
  /** staff */
  summary?: string[];
}

export interface SeenReminder {
  text: string;
  lang: string;
}

/** Start is the body of POST /api/v1/conversations. The browser makes the ticket (256 bits, base64url without padding, 43 characters) and sends it as bearer; a service may leave it out and gets one. */
export interface Start {
  /** the client's own id of this start, 1 to 128 visible ASCII characters */
  key: string;
  /** "" is the first site */
  site?: string;
  /** the door; "" is the site's own */
  flow?: string;
  /** BCP 47; "" is Accept-Language, then the site's */
  language?: string;
  /** signed by the clinic's server */
  identity?: string;
  /** the conversation that this one follows */
  previous?: string;
}

/** By is who did it, as readers know them. */
export interface By {
  role: Role;
  name?: string;
}

/** Started answers Start with 201. */
export interface Started {
  conversation: string;
  /** only when the caller sent none */
  ticket?: string;
  entries: Entry[];
}

/** HeadCall is the call of a head. */
export interface HeadCall {
  id: string;
  state: CallState;
  /** staff */
  how?: How;
  inside?: Role[];
  /** staff: how many in the room are not ours */
  strangers?: number;
  /** staff: nobody can say who is inside */
  unwatched?: boolean;
}

/** Head answers GET /api/v1/conversations/{id}: where a conversation stands and what the caller may do now. All that follows May is for staff, save Call. */
export interface Head {
  id: string;
  phase: Phase;
  /** the last that the caller may see */
  seq: number;
  /** left out in lists */
  may?: Do[];
  /** the open call, or the last one */
  call?: HeadCall;
  site?: string;
  department?: string;
  priority?: string;
  /** the first waiting time */
  since?: Time;
  /** login */
  doctor?: string;
  doctor_name?: string;
  /** the name, where it is known */
  patient?: string;
  /** 1958-03-07 */
  born?: string;
  language?: string;
  /** the first word of the patient that nobody has answered */
  owed?: Time;
  /** how many rungs of the wait have passed */
  rung?: number;
}

/** Heads answers GET /api/v1/conversations. */
export interface Heads {
  heads: Head[];
  /** give it as before= for the next page */
  next?: string;
}

/** Entries answers GET /api/v1/conversations/{id}/entries, ascending. Last is the last sequence that the caller may see, in this page or not. */
export interface Entries {
  entries: Entry[];
  last: number;
}

/** Command is the body of POST /api/v1/conversations/{id}/commands, and with a conversation the frame of the same name. A field that the command does not know is refused. */
export interface Command {
  /** the client's own id of this command, 1 to 128 visible ASCII characters */
  key: string;
  do: Do;
  /** send, note */
  text?: string;
  /** choose, skip */
  step?: string;
  /** choose */
  option?: string;
  /** choose */
  options?: string[];
  /** escalate; "" is what suits the doctor */
  how?: How;
  /** transfer: a department */
  to?: string;
  /** finish */
  outcome?: string;
  /** release, transfer */
  reason?: string;
}

/** Commanded answers a Command: what it recorded, as far as the caller may see it; the same again for the same key. */
export interface Commanded {
  seq: number;
  entries: Entry[];
}

/** Join is the body of the join calls; it may be left out. */
export interface Join {
  /** the call's frame said loginFail to the link before */
  failed?: boolean;
  /** of the call's page; "" is the conversation's */
  language?: string;
}

/** Deeplinks open the TrueConf app. They are opaque: set them by script. */
export interface Deeplinks {
  default: string;
  android: string;
}

/** Joined answers a join: a fresh guest link for the caller alone, or rung when the doctor comes by app and the app was rung again. */
export interface Joined {
  rung?: boolean;
  web_url?: string;
  deeplinks?: Deeplinks;
  expires_at?: Time;
}

/** SignIn is the body of POST /api/v1/session; the answer is 204 and the cookie. */
export interface SignIn {
  login: string;
  password: string;
}

/** Session answers GET /api/v1/session: who is signed in. */
export interface Session {
  login: string;
  name: string;
  role: Role;
  departments: string[];
  /** has a TrueConf ID, so may come by app */
  app: boolean;
}

/** Problem is the body of every refusal, application/problem+json (RFC 9457). */
export interface Problem {
  /** "about:blank" */
  type: string;
  title: string;
  status: number;
  /** stable; this is what programs look at */
  code: Code;
  detail?: string;
  /** for staff: what to do about it */
  cure?: string;
  /** seconds */
  retry_after?: number;
  /** the request's id, as the log has it */
  request?: string;
}

/** Department is one of the clinic's queues. */
export interface Department {
  id: string;
  /** by language */
  title: Record<string, string>;
}

/** Page stands in the HTML of /widget/, /join/ and /console/ as <script type="application/json" id="bedside">…</script>: what the page must know before its first call, and even if that call fails. */
export interface Page {
  site?: string;
  title: string;
  /** "" leaves it to the browser */
  language?: string;
  /** light, dark or "" (the browser's) */
  theme?: string;
  phone?: string;
  emergency?: string;
  /** of the clinic's pages that may embed the panel; exact */
  origins?: string[];
  /** origins whose frames are calls; exact */
  trueconf: string[];
  /** the join page's */
  call?: string;
  /** console: the preset way into a call */
  how?: How;
  /** console: where a patient can be sent */
  departments?: Department[];
}

/** HelloFrame signs in; it must come first, within 5 s. A patient sends the ticket; staff send none, the cookie of the upgrade request says who they are. */
export interface HelloFrame {
  type: 'hello';
  ticket?: string;
}

/** OpenFrame begins to follow a conversation after the last sequence the client has (0: from the start). Opening it again starts anew from there. */
export interface OpenFrame {
  type: 'open';
  conversation: string;
  after?: number;
}

/** UnopenFrame stops following. */
export interface UnopenFrame {
  type: 'unopen';
  conversation: string;
}

/** CommandFrame is a Command for one conversation; the answer is an AckFrame or a RefusedFrame with the same key. */
export interface CommandFrame {
  type: 'command';
  conversation: string;
  /** the client's own id of this command, 1 to 128 visible ASCII characters */
  key: string;
  do: Do;
  /** send, note */
  text?: string;
  /** choose, skip */
  step?: string;
  /** choose */
  option?: string;
  /** choose */
  options?: string[];
  /** escalate; "" is what suits the doctor */
  how?: How;
  /** transfer: a department */
  to?: string;
  /** finish */
  outcome?: string;
  /** release, transfer */
  reason?: string;
}

/** TypingFrame says that somebody is typing; nothing is kept. Going to the server it names the conversation alone. Shown for six seconds. */
export interface TypingFrame {
  type: 'typing';
  conversation: string;
  by?: By;
}

/** ReadFrame says how far the client has read; the other side learns it by a PresenceFrame, nothing is kept. */
export interface ReadFrame {
  type: 'read';
  conversation: string;
  seq: number;
}

/** BeatFrame goes both ways every 25 s; 60 s of silence closes the socket. */
export interface BeatFrame {
  type: 'beat';
}

/** WelcomeFrame answers a hello. */
export interface WelcomeFrame {
  type: 'welcome';
  role: Role;
  name?: string;
  /** a ticket's */
  conversation?: string;
  beat_seconds: number;
}

/** EntryFrame delivers one entry of an open conversation, in the order of its sequence, once. */
export type EntryFrame = Entry & { type: 'entry'; conversation: string };

/** CaughtUpFrame follows the entries that an OpenFrame asked for: from here on entries come as they happen. Last is the last one that the reader may see. */
export interface CaughtUpFrame {
  type: 'caught_up';
  conversation: string;
  last: number;
}

/** AckFrame says that a command is recorded, durably; Seq is the last entry that it left. The entries come as EntryFrames to all who follow, the sender too. */
export interface AckFrame {
  type: 'ack';
  conversation: string;
  key: string;
  seq: number;
}

/** RefusedFrame says that a command, or an open (then without key), was not done. */
export interface RefusedFrame {
  type: 'refused';
  conversation?: string;
  key?: string;
  code: Code;
  message: string;
  /** for staff: what to do about it */
  cure?: string;
  /** seconds */
  retry_after?: number;
}

/** GuestLinkFrame carries a fresh link for the receiver alone, with the call.ready entry Seq. Good for a minute: within 50 s the first press uses it, every other press mints anew. */
export interface GuestLinkFrame {
  type: 'guest_link';
  conversation: string;
  call: string;
  seq: number;
  web_url: string;
  deeplinks: Deeplinks;
  expires_at: Time;
}

/** HeadsFrame tells a console what its lists hold: at first all, then what has changed and what has left them. */
export interface HeadsFrame {
  type: 'heads';
  /** forget what was there before */
  all?: boolean;
  heads: Head[];
  /** conversation ids */
  gone?: string[];
}

/** PresenceFrame says whether the other side has the conversation open, and how far it has read. After a restart it is unknown until the first frame. */
export interface PresenceFrame {
  type: 'presence';
  conversation: string;
  by: By;
  here: boolean;
  read?: number;
}

/** The body of an entry by its kind. */
export interface Bodies {
  'answer.given': SeenAnswer;
  'answer.skipped': SeenAnswer;
  'bot.asked': Asked;
  'bot.said': Said;
  'call.ended': SeenCall;
  'call.failed': SeenCall;
  'call.interrupted': SeenCall;
  'call.joined': SeenCall;
  'call.left': SeenCall;
  'call.ready': SeenCall;
  'call.requested': SeenCall;
  'call.rung': SeenCall;
  'call.stranger': SeenCall;
  'call.unwatched': SeenCall;
  'call.watched': SeenCall;
  'call.withdrawn': SeenCall;
  'conversation.closed': SeenClosed;
  'conversation.reopened': Nothing;
  'conversation.resumed': Nothing;
  'conversation.started': SeenStarted;
  'doctor.assigned': SeenAssigned;
  'doctor.excused': Nothing;
  'doctor.finished': SeenFinished;
  'doctor.released': SeenReleased;
  'doctor.reminded': Nothing;
  'lead.alerted': Alerted;
  'message.sent': Message;
  'note.written': Message;
  'queue.joined': SeenQueued;
  'wait.reminded': SeenReminder;
}

/** One entry as its reader may see it. Where prev is not the last one had, there is a gap to fetch. */
export type EntryOf<K extends Kind> = { seq: number; prev: number; at: Time; kind: K; by: By; body: Bodies[K] };

export type Entry = { [K in Kind]: EntryOf<K> }[Kind];

export type ClientFrame = HelloFrame | OpenFrame | UnopenFrame | CommandFrame | TypingFrame | ReadFrame | BeatFrame;

export type ServerFrame = WelcomeFrame | EntryFrame | CaughtUpFrame | AckFrame | RefusedFrame | GuestLinkFrame | HeadsFrame | PresenceFrame | TypingFrame | BeatFrame;
