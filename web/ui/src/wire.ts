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

export type BookingState = 'proposed' | 'booked' | 'due';

export type CallState = 'requested' | 'ready' | 'joined' | 'interrupted' | 'failed' | 'ended' | 'withdrawn';

export type Channel = 'sms' | 'email' | 'push';

export type ChosenBy = 'least_busy' | 'longest_idle' | 'round_robin' | 'same_doctor' | 'claim' | 'booking' | 'transfer';

export type CloseWhy = 'end' | 'patient' | 'doctor' | 'silence' | 'settled';

export type Code = 'malformed' | 'unauthorized' | 'forbidden' | 'unknown' | 'taken' | 'overtaken' | 'not_now' | 'closed' | 'no_call' | 'ended' | 'not_ready' | 'room_full' | 'no_guest_seat' | 'elsewhere' | 'ghost' | 'never_fits' | 'invalid' | 'gone' | 'too_large' | 'file_type' | 'file_broken' | 'files_full' | 'too_many' | 'identity_expired' | 'identity_refused' | 'unavailable' | 'too_early' | 'slot_taken' | 'open_conversations';

export type Do = 'send' | 'choose' | 'skip' | 'speak' | 'describe' | 'close' | 'claim' | 'escalate' | 'new_room' | 'hang_up' | 'finish' | 'release' | 'transfer' | 'note' | 'attach' | 'nothing_owed' | 'join' | 'ring_again' | 'read_entries' | 'elsewhere' | 'only_here' | 'back' | 'rate' | 'callback_done' | 'callback_failed' | 'end_emergency' | 'decline' | 'propose' | 'accept_time' | 'decline_time' | 'move' | 'cancel' | 'reassign' | 'kept' | 'no_show' | 'late' | 'ask_video' | 'refuse_video' | 'decline_call' | 'devices' | 'extend' | 'leave_contact' | 'drop_contact' | 'task_done';

export type DutyState = 'on' | 'busy' | 'away';

export type EmergencyWhy = 'resumed' | 'taken' | 'admin';

export type EndWhy = 'hung_up' | 'empty' | 'limit' | 'replaced' | 'over' | 'failed' | 'declined';

export type How = 'app' | 'page';

export type NotThey = 'not_here' | 'away' | 'busy' | 'full' | 'in_call' | 'offered' | 'declined' | 'missed' | 'later';

export type NoticeWhy = 'doctor_here' | 'answer' | 'booked' | 'reminder' | 'moved' | 'cancelled' | 'late' | 'lead';

export type OfferWhy = 'declined' | 'missed' | 'gone' | 'withdrawn';

export type ParkWhy = 'callback' | 'booking' | 'emergency';

export type Phase = 'intake' | 'waiting' | 'consulting' | 'parked' | 'closed';

export type Role = 'patient' | 'doctor' | 'admin' | 'auditor' | 'service' | 'bot' | 'system';

export type TaskKind = 'tell' | 'booking' | 'reach';

export type Kind = 'answer.given' | 'answer.skipped' | 'answer.taken_back' | 'booking.cancelled' | 'booking.chosen' | 'booking.due' | 'booking.held' | 'booking.kept' | 'booking.late' | 'booking.made' | 'booking.missed' | 'booking.moved' | 'booking.proposed' | 'booking.reassigned' | 'booking.reminded' | 'booking.room' | 'booking.withdrawn' | 'bot.asked' | 'bot.said' | 'call.awaited' | 'call.crowded' | 'call.ended' | 'call.extended' | 'call.failed' | 'call.interrupted' | 'call.joined' | 'call.left' | 'call.limit_near' | 'call.ready' | 'call.requested' | 'call.rung' | 'call.seated' | 'call.stranger' | 'call.unwatched' | 'call.watched' | 'call.withdrawn' | 'callback.done' | 'callback.failed' | 'callback.missed' | 'callback.promised' | 'consent.given' | 'contact.dropped' | 'contact.left' | 'conversation.closed' | 'conversation.parked' | 'conversation.reopened' | 'conversation.resumed' | 'conversation.started' | 'device.added' | 'devices.checked' | 'devices.ended' | 'doctor.assigned' | 'doctor.excused' | 'doctor.finished' | 'doctor.released' | 'doctor.reminded' | 'emergency.ended' | 'emergency.offered' | 'emergency.raised' | 'file.sent' | 'language.chosen' | 'lead.alerted' | 'message.sent' | 'note.written' | 'notice.failed' | 'notice.sent' | 'notice.wished' | 'offer.ended' | 'offer.made' | 'offer.rung' | 'page.described' | 'queue.joined' | 'rating.given' | 'task.done' | 'task.raised' | 'video.asked' | 'video.declined' | 'video.refused' | 'wait.reached' | 'wait.reminded';

export interface SeenAnswer {
  step: string;
  slot?: string;
  option?: string;
  value?: Value;
  text?: string;
  /** staff */
  label?: Record<string, string>;
  /** staff: stands first on the card */
  red_flag?: boolean;
}

export interface SeenTakenBack {
  step: string;
  slot?: string;
}

export interface SeenOfBooking {
  booking: string;
  why?: string;
  stage?: number;
  option?: string;
  which?: string;
  /** missed */
  by?: Role;
  reason?: string;
  /** plain words, for the patient */
  text?: string;
}

export interface SeenBooking {
  department: string;
  title?: string;
  start: Time;
  /** seconds */
  length: number;
  /** the time as the patient has read it */
  text: string;
  booking?: string;
  /** staff: the login */
  doctor?: string;
  doctor_name?: string;
  /** staff */
  how?: How;
  /** the reader's own join link, the same whatever becomes of the booking */
  link?: string;
}

export interface SeenMoved {
  booking: string;
  start?: Time;
  length?: number;
  text?: string;
  /** staff */
  doctor?: string;
  doctor_name?: string;
}

export interface SeenProposal {
  booking: string;
  department: string;
  title?: string;
  /** staff: the login */
  doctor?: string;
  doctor_name?: string;
  /** staff */
  how?: How;
  start: Time;
  length: number;
  text: string;
  until: Time;
  words?: string;
}

export interface Option {
  id: string;
  text: string;
}

export interface Paper {
  id: string;
  title: string;
  document: string;
  version: string;
  sha256: string;
}

export interface Asked {
  step: string;
  slot?: string;
  text: string;
  /** text number date phone email choice choices yes_no files consent times */
  type: string;
  /** scale: a button for each number */
  show?: string;
  /** of a consent agree and refuse, of times RFC 3339 and none */
  options?: Option[];
  optional?: boolean;
  min?: number;
  max?: number;
  before?: string;
  after?: string;
  /** of files: photo, pdf */
  kinds?: string[];
  /** … so many at most */
  count?: number;
  /** … bytes of each at most */
  size?: number;
  consent?: Paper;
  /** the patient may go back to the question before */
  back?: boolean;
  lang: string;
}

export interface Dial {
  call: string;
  text: string;
}

export interface Said {
  step?: string;
  text: string;
  /** each calls a number */
  buttons?: Dial[];
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
  /** seat or room: it goes on when one is free */
  lacks?: string;
  /** it is recorded, as the patient has agreed */
  record?: boolean;
  /** … and where that is kept */
  kept?: string;
  /** ended: seconds that both were there */
  together?: number;
}

export interface Extended {
  call: string;
  until: Time;
  /** staff: the conversation whose appointment begins late for it */
  late?: string;
}

export interface LimitNear {
  call: string;
  /** when it ends */
  at: Time;
  /** staff: the conversation whose appointment has to wait if it goes on */
  next?: string;
  /** staff: … and when that begins */
  next_at?: Time;
}

/** Nothing is the body of an entry whose kind says everything. */
export interface Nothing {
}

export interface SeenCallbackFailure {
  /** staff */
  reason?: string;
  /** plain words, for the patient */
  text: string;
}

export interface SeenCallback {
  department: string;
  title?: string;
  by: Time;
  /** none: the patient is reached in the chat */
  phone?: string;
  /** the place in the queue stays */
  place_kept?: boolean;
}

export interface Consented {
  step: string;
  consent: string;
  version: string;
  /** of the document */
  sha256: string;
  agreed: boolean;
  /** from an earlier conversation: nobody was asked */
  known?: boolean;
  /** … when it was given there */
  given?: Time;
  /** the button that was pressed */
  text?: string;
}

export interface OfContact {
  channel: Channel;
}

export interface SeenContact {
  channel: Channel;
  address?: string;
}

export interface SeenClosed {
  why: CloseWhy;
  /** the patient is asked to rate */
  rate?: boolean;
}

export interface SeenParked {
  why: ParkWhy;
  rate?: boolean;
}

export interface SeenStarted {
  language: string;
  site?: string;
  door?: string;
  previous?: string;
  /** staff: the clinic's site has said who it is */
  signed?: boolean;
  /** staff: what it said: name, born, phone */
  patient?: Record<string, string>;
}

/** Devices is what the patient's browser found; for the doctor's card. */
export interface Devices {
  /** ok, dark, none, refused, busy, unknown */
  camera: string;
  /** ok, silent, none, refused, busy, unknown */
  microphone: string;
  /** ok, unheard, unknown */
  speaker: string;
  /** ok, slow, lost, unknown */
  connection: string;
  /** ok, old, in_app */
  browser: string;
  /** page, app, sound, phone: what suits it */
  way: string;
  /** milliseconds */
  rtt?: number;
  /** whose browser it is in */
  in_app?: string;
}

/** Considered is one doctor who was thought of, and why it was not they. */
export interface Considered {
  doctor: string;
  /** "" is the one who was taken */
  not?: NotThey;
  open?: number;
}

export interface SeenAssigned {
  name: string;
  department: string;
  /** staff: the login */
  doctor?: string;
  /** staff */
  why?: ChosenBy;
  /** staff */
  considered?: Considered[];
}

/** Next is the step after a visit. */
export interface Next {
  /** none, text, follow_up, booking */
  kind: string;
  text?: string;
  /** follow_up: about when; booking: the time to be proposed, or that of the booking */
  at?: Time;
  /** that stands, or is proposed; finish without one proposes the time of at */
  booking?: string;
}

export interface SeenFinished {
  /** staff */
  outcome?: string;
  /** they stay pinned in the chat */
  words?: string;
  next?: Next;
}

export interface SeenReleased {
  why: string;
  department?: string;
  /** staff */
  reason?: string;
}

export interface SeenEmergencyOver {
  why: EmergencyWhy;
}

export interface Offered {
  department: string;
}

export interface SeenEmergency {
  /** word, red_flag, flow */
  by: string;
  phone: string;
  department: string;
  title?: string;
  priority: string;
  /** show the number as a card: a doctor has the conversation, no part follows */
  card?: boolean;
}

/** FileSent is a file that a patient or doctor has sent. Its bytes are in the store, under File, before an entry says so. */
export interface FileSent {
  file: string;
  /** as the sender's device calls it; nobody vouches for it */
  name: string;
  /** found out from the content: image/jpeg … */
  type: string;
  size: number;
  /** of a picture, in points */
  width?: number;
  height?: number;
  /** a small picture of it can be had */
  thumbnail?: boolean;
  /** the question that asked for it */
  step?: string;
}

export interface Spoken {
  language: string;
}

export interface Alerted {
  /** the lead, as the clinic names it */
  who: string;
  why: string;
}

export interface Message {
  text: string;
}

export interface SeenNotice {
  notice: string;
  why?: NoticeWhy;
  channel?: Channel;
  booking?: string;
  to?: string;
  failure?: string;
  detail?: string;
  retrying?: boolean;
}

/** EndedOffer says why an offer came to nothing; staff only. */
export interface EndedOffer {
  doctor: string;
  why: OfferWhy;
  /** the doctor's word to colleagues */
  reason?: string;
}

/** MadeOffer rings one doctor until a moment; staff only. */
export interface MadeOffer {
  /** login */
  doctor: string;
  name: string;
  trueconf_id?: string;
  /** whose doctor is rung */
  department: string;
  until: Time;
  why: ChosenBy;
  considered?: Considered[];
  call?: string;
  seats?: number[];
  room?: number;
}

/** RungOffer is the attempt to ring an app, which is made at most once. */
export interface RungOffer {
  doctor: string;
}

export interface Described {
  attributes: Record<string, string>;
}

export interface SeenQueued {
  department: string;
  title?: string;
  priority?: string;
  /** staff */
  summary?: string[];
  /** of the hand-over; skip declines a video by it */
  step?: string;
  /** video */
  purpose?: string;
  /** the patient may rather type */
  declinable?: boolean;
  /** staff: seconds of the wait at which its ladder's rungs come */
  rungs?: number[];
  /** staff: an appointment that is due */
  first?: boolean;
}

export interface Rated {
  stars: number;
  text?: string;
}

export interface OfTask {
  task: string;
  reason?: string;
}

/** Task is for somebody of the clinic to do by hand. */
export interface Task {
  /** its id */
  task: string;
  kind: TaskKind;
  booking?: string;
  notice?: string;
  detail?: string;
  /** tell: what */
  why?: NoticeWhy;
  channel?: Channel;
}

export interface AskedVideo {
  text?: string;
}

export interface Declined {
  step: string;
  text?: string;
}

export interface RefusedVideo {
  /** the doctor's word to the patient */
  text?: string;
}

export interface SeenRung {
  rung: number;
  also?: string[];
  alert?: string;
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
  /** the patient's time zone, as in Europe/Moscow; moments are told in it */
  zone?: string;
  /** signed by the clinic's server, see Identify */
  identity?: string;
  /** the conversation that this one follows; of the same person, else it is dropped */
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

/** Identify is the body of POST /api/v1/identity: who is that, as the clinic's server has signed it? A token is a JWT (RFC 7519) signed by HS256 with the site's identity_key, with the claims sub and exp, and name, birthdate (1958-03-07) and phone_number where the clinic knows them. */
export interface Identify {
  /** "" is the first site */
  site?: string;
  identity: string;
}

/** Identified answers Identify. A browser keeps what belongs to this person under the shelf's name, apart from everybody else's. */
export interface Identified {
  shelf: string;
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
  /** staff: seat or room, for which it waits */
  lacks?: string;
  /** staff: guest seats that it holds */
  seats?: number;
  /** when it ends, where that is not the usual limit */
  until?: Time;
}

/** HeadCallBack is the promise to call that is open. */
export interface HeadCallBack {
  by: Time;
  /** none: reach the patient in the chat */
  phone?: string;
  department: string;
  /** the time has passed */
  missed?: boolean;
}

/** HeadBooking is an appointment of a head, the earliest first. */
export interface HeadBooking {
  /** of the booking and of its call */
  id: string;
  state: BookingState;
  start: Time;
  /** seconds */
  length: number;
  department: string;
  /** staff: login */
  doctor?: string;
  doctor_name?: string;
  /** staff */
  how?: How;
  /** how far it has come with a doctor who is not there */
  late?: number;
}

/** HeadOffer is who is rung for the patient. */
export interface HeadOffer {
  /** login */
  doctor: string;
  name: string;
  department: string;
  until: Time;
}

/** HeadTask is something for somebody of the clinic to do by hand. */
export interface HeadTask {
  task: string;
  kind: TaskKind;
  at: Time;
  booking?: string;
  detail?: string;
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
  /** the clinic's site has said who it is */
  signed?: boolean;
  language?: string;
  /** the first word of the patient that nobody has answered */
  owed?: Time;
  /** when the patient goes back to the queue, unless answered */
  reply_by?: Time;
  /** how many rungs of the wait have passed */
  rung?: number;
  /** the departments whose doctors may take it, in the order in which they are rung */
  offered?: string[];
  /** of the wait: video */
  purpose?: string;
  callback?: HeadCallBack;
  bookings?: HeadBooking[];
  offer?: HeadOffer;
  tasks?: HeadTask[];
  /** the patient has asked for video */
  asks_video?: boolean;
  /** in which the patient's device can come: page, app, sound, phone */
  way?: string;
}

/** Heads answers GET /api/v1/conversations. */
export interface Heads {
  heads: Head[];
  /** give it as before= for the next page */
  next?: string;
}

/** Find is the body of POST /api/v1/conversations/find: the name travels in a body and so stands in no log. Each word begins a word of the patient's name; case, accents, ё and е make no difference. */
export interface Find {
  /** at most 200 bytes */
  words: string;
  /** rows; 0 and more than 100 are 100 */
  limit?: number;
}

/** Found answers Find: those of one's own first, the last first. */
export interface Found {
  heads: Head[];
  /** there are more than these */
  more?: boolean;
}

/** Entries answers GET /api/v1/conversations/{id}/entries, ascending. Last is the last sequence that the caller may see, in this page or not. */
export interface Entries {
  entries: Entry[];
  last: number;
}

/** Subscription is a browser's, as its Push API gives it (RFC 8291). */
export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** Command is the body of POST /api/v1/conversations/{id}/commands, and with a conversation the frame of the same name. A field that the command does not know is refused. */
export interface Command {
  /** the client's own id of this command, 1 to 128 visible ASCII characters */
  key: string;
  do: Do;
  /** send, note, rate */
  text?: string;
  /** choose, skip: the question's; skip with that of queue.joined declines its video */
  step?: string;
  /** choose; agree or refuse for a consent, a time as it was offered or none for a booking */
  option?: string;
  /** choose several; for files the ids of those that were sent */
  options?: string[];
  /** rate: 1 to 5 */
  stars?: number;
  /** escalate; "" is what suits the doctor */
  how?: How;
  /** transfer: a department, or doctor/<login> */
  to?: string;
  /** finish */
  outcome?: string;
  /** release, transfer, callback_failed */
  reason?: string;
  /** speak: BCP 47; the nearest that the flow has is taken */
  language?: string;
  /** describe: at most 20, names of 40 and values of 200 characters */
  attributes?: Record<string, string>;
  /** accept_time, decline_time, move, cancel, reassign, kept, no_show, late */
  booking?: string;
  /** propose, move */
  start?: Time;
  /** propose: 0 is the department's length; extend */
  minutes?: number;
  /** propose: "" is that of the conversation */
  department?: string;
  /** finish: for the patient */
  words?: string;
  /** finish */
  next?: Next;
  /** devices */
  devices?: Devices;
  /** leave_contact, drop_contact */
  channel?: Channel;
  /** leave_contact: a number or a mail address */
  address?: string;
  /** leave_contact */
  push?: Subscription;
  /** task_done */
  task?: string;
}

/** Commanded answers a Command: what it recorded, as far as the caller may see it; the same again for the same key. */
export interface Commanded {
  seq: number;
  entries: Entry[];
}

/** Elsewhere answers POST /api/v1/conversations/{id}/elsewhere: a link by which the patient goes on in another browser, once, until it expires. Its secret stands in the fragment. */
export interface Elsewhere {
  link: string;
  expires_at: Time;
  /** the link as a QR code, row by row: 1 is dark, 0 is light */
  qr: string[];
}

/** GoOn is the body of POST /api/v1/elsewhere; the bearer is the ticket that the new browser made for itself. */
export interface GoOn {
  /** of the link's fragment */
  secret: string;
}

/** WentOn answers GoOn: the conversation in which the ticket counts from here on. */
export interface WentOn {
  conversation: string;
}

/** Join is the body of the join calls; it may be left out. */
export interface Join {
  /** the call's frame said loginFail to the link before */
  failed?: boolean;
  /** of the call's page; "" is the conversation's */
  language?: string;
  /** tells apart browsers that came by one visit key, 1 to 64 characters */
  device?: string;
  /** after elsewhere: the call moves to this device */
  move?: boolean;
  /** nobody has pressed: refused as elsewhere where another device has come already */
  itself?: boolean;
}

/** Deeplinks open the TrueConf app. They are opaque: set them by script. */
export interface Deeplinks {
  default: string;
  android: string;
}

/** App says where the TrueConf app for a platform is had. */
export interface App {
  /** ios, android, windows, macos, linux, or what the server calls it */
  platform: string;
  /** https: a store's page, or a download */
  url: string;
}

/** Joined answers a join: a fresh guest link for the caller alone, or rung when the doctor comes by app and the app was rung again. */
export interface Joined {
  rung?: boolean;
  web_url?: string;
  deeplinks?: Deeplinks;
  expires_at?: Time;
  /** where the TrueConf app is had, where the server says so */
  apps?: App[];
}

/** BookedCall is the appointment behind a call, until both have met in it: booked before it has begun, due from then on. */
export interface BookedCall {
  state: BookingState;
  start: Time;
  length: number;
  /** its title */
  department: string;
  /** by Bedside's clock: the page counts by it */
  now: Time;
  late?: number;
  /** late: what the patient wants to do about it */
  chosen?: string;
  /** late, cancel, move: what the page may offer */
  may: Do[];
}

/** CallNow answers GET /api/v1/calls/{call}: how the call stands for somebody who may enter it. */
export interface CallNow {
  state: CallState;
  /** who of the two is in the room */
  inside: Role[];
  /** false: nobody can say who is inside */
  seen: boolean;
  /** the name */
  doctor?: string;
  /** seat or room: it goes on by itself when one is free */
  lacks?: string;
  /** when the call ends */
  until?: Time;
  /** the clinic has missed the appointment: a doctor is called, and the same link leads into that call */
  again?: boolean;
  /** the appointment, until both have met in its call */
  booked?: BookedCall;
  /** that it belongs to, for staff */
  conversation?: string;
}

/** Checked is the body of POST /api/v1/calls/{call}/devices: what the browser of somebody found who came by a visit key. */
export interface Checked {
  /** the client's own id of it, 1 to 128 visible ASCII characters */
  key: string;
  devices: Devices;
}

/** LateChoice is the body of POST /api/v1/calls/{call}/late: what somebody wants to do who came by a visit key and whose doctor is late. */
export interface LateChoice {
  /** the client's own id of it, 1 to 128 visible ASCII characters */
  key: string;
  /** wait, other, phone or new_time */
  option: string;
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

/** DoctorApp answers GET /api/v1/session/app: whether the caller's own TrueConf app can be rung, as TrueConf says or has said up to 20 s ago. */
export interface DoctorApp {
  /** online, busy, offline, nobody (TrueConf has no such user) or unknown */
  state: string;
}

/** Video says whether calls can be made now. */
export interface Video {
  up: boolean;
  since?: Time;
  /** staff: why not, by language */
  says?: Record<string, string>;
  /** admins and the lead: what to do about it */
  cure?: Record<string, string>;
}

/** HealthCheck is what came of one check. */
export interface HealthCheck {
  /** its id */
  check: string;
  /** ok, warning, failed or skipped */
  verdict: string;
  /** by language */
  title: Record<string, string>;
  says: Record<string, string>;
  /** what to do */
  cure?: Record<string, string>;
  /** what a program said of it */
  detail?: string;
  at: Time;
}

/** Health answers GET and POST /api/v1/health: what the checks of the installation found last. Doctors get the video alone, and no list of checks. */
export interface Health {
  video: Video;
  /** the end of the last run */
  at?: Time;
  /** one is under way */
  running?: boolean;
  checks?: HealthCheck[];
}

/** FlowVersion is one publication. */
export interface FlowVersion {
  /** from 1 */
  number: number;
  hash: string;
  at: Time;
  /** a login, or a user of the machine */
  by?: string;
  /** start, command, console, save, schedule or rollback */
  how: string;
  note?: string;
  /** of a rollback: the version whose files these are */
  of?: number;
}

/** FlowPlan is a version that waits for its time. */
export interface FlowPlan {
  at: Time;
  by?: string;
  note?: string;
}

/** FlowProblem is one thing that is wrong in the files; without a file it is what the tests or the configuration say. */
export interface FlowProblem {
  file?: string;
  line?: number;
  column?: number;
  warning?: boolean;
  code?: string;
  what: string;
  cure?: string;
}

/** FlowFiles is what stands in the files beside what is served. */
export interface FlowFiles {
  /** clean, changed or broken */
  state: string;
  at?: Time;
  /** errors and warnings */
  problems: FlowProblem[];
}

/** FlowOpen counts the open conversations that began with one version. */
export interface FlowOpen {
  /** 0: it was served before versions were counted */
  number?: number;
  hash: string;
  open: number;
}

/** Flows answers GET /api/v1/flows, and POST …/publish and …/rollback with what holds after them: which version of the flow is served, what stands in the files, and with which versions conversations go on. */
export interface Flows {
  served: FlowVersion;
  /** the last ones, the newest first */
  history: FlowVersion[];
  /** a version that waits for its time */
  planned?: FlowPlan;
  /** by_command or on_save */
  publish: string;
  files: FlowFiles;
  /** versions with open conversations, the newest first */
  open: FlowOpen[];
}

/** PublishFlow is the body of POST /api/v1/flows/publish. */
export interface PublishFlow {
  /** what has changed and why */
  note?: string;
}

/** RollBackFlow is the body of POST /api/v1/flows/rollback. */
export interface RollBackFlow {
  /** a version's number */
  to: number;
  note?: string;
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
  /** the title by language, where there are several */
  titles?: Record<string, string>;
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
  /** panel: in which somebody who has left the page can be written to */
  notify?: Channel[];
  /** panel: false where no flow leads to video */
  video?: boolean;
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
  /** send, note, rate */
  text?: string;
  /** choose, skip: the question's; skip with that of queue.joined declines its video */
  step?: string;
  /** choose; agree or refuse for a consent, a time as it was offered or none for a booking */
  option?: string;
  /** choose several; for files the ids of those that were sent */
  options?: string[];
  /** rate: 1 to 5 */
  stars?: number;
  /** escalate; "" is what suits the doctor */
  how?: How;
  /** transfer: a department, or doctor/<login> */
  to?: string;
  /** finish */
  outcome?: string;
  /** release, transfer, callback_failed */
  reason?: string;
  /** speak: BCP 47; the nearest that the flow has is taken */
  language?: string;
  /** describe: at most 20, names of 40 and values of 200 characters */
  attributes?: Record<string, string>;
  /** accept_time, decline_time, move, cancel, reassign, kept, no_show, late */
  booking?: string;
  /** propose, move */
  start?: Time;
  /** propose: 0 is the department's length; extend */
  minutes?: number;
  /** propose: "" is that of the conversation */
  department?: string;
  /** finish: for the patient */
  words?: string;
  /** finish */
  next?: Next;
  /** devices */
  devices?: Devices;
  /** leave_contact, drop_contact */
  channel?: Channel;
  /** leave_contact: a number or a mail address */
  address?: string;
  /** leave_contact */
  push?: Subscription;
  /** task_done */
  task?: string;
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
  /** by Bedside's clock: waits are counted by it */
  at: Time;
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
  /** where the TrueConf app is had, where the server says so */
  apps?: App[];
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

/** PresenceFrame says whether somebody has the conversation open, and how far they have read: the doctor to the patient, the patient and colleagues to staff. A patient is here by socket or long poll, and away after ten seconds without either; for 30 s after a restart nothing is said of whoever has not come back. Staff are also told of patients in their lists whom they have not open. */
export interface PresenceFrame {
  type: 'presence';
  conversation: string;
  by: By;
  /** staff: which colleague */
  login?: string;
  here: boolean;
  /** staff: for how many seconds the patient's page has been closed, where it is known */
  away?: number;
  read?: number;
}

/** VideoFrame says that there is video again, or none. It follows a welcome too: always for staff, for patients where there is none. */
export interface VideoFrame {
  type: 'video';
  up: boolean;
  since?: Time;
  /** staff: why not, by language */
  says?: Record<string, string>;
  /** admins and the lead: what to do about it */
  cure?: Record<string, string>;
}

/** DutyFrame tells a console where its doctor stands, at sign-in and when it changes. */
export interface DutyFrame {
  type: 'duty';
  state: DutyState;
  since?: Time;
  /** away, because two offers were missed in a row */
  missed?: boolean;
  /** conversations that they have */
  open?: number;
  /** … and are offered at once */
  most?: number;
}

/** Duty answers GET and PUT /api/v1/duty: where the caller stands. PUT wants state alone. */
export interface Duty {
  state: DutyState;
  since?: Time;
  /** away, because two offers were missed in a row */
  missed?: boolean;
  /** conversations that they have */
  open?: number;
  /** … and are offered at once */
  most?: number;
}

/** SetDuty is the body of PUT /api/v1/duty. */
export interface SetDuty {
  state: DutyState;
}

/** SignOutRefused answers DELETE /api/v1/session with 409 where the caller still has conversations: each needs a next step. DELETE /api/v1/session?keep=yes signs out all the same; they are released as those of somebody who is gone. */
export interface SignOutRefused {
  /** open_conversations */
  code: Code;
  heads: Head[];
}

/** BoardDepartment is one queue. */
export interface BoardDepartment {
  id: string;
  waiting: number;
  /** since when the first of them waits */
  oldest?: Time;
  on_duty: number;
  /** by its hours */
  open: boolean;
}

/** BoardPromise is something that the clinic owes by a moment. */
export interface BoardPromise {
  conversation: string;
  /** reply, callback, booking, offer, wait */
  kind: string;
  by: Time;
  department?: string;
  doctor?: string;
  patient?: string;
  broken?: boolean;
}

/** BoardDoctor is a doctor as they stand now. */
export interface BoardDoctor {
  login: string;
  name: string;
  departments: string[];
  here: boolean;
  duty: DutyState;
  missed?: boolean;
  open: number;
  most: number;
  in_call?: boolean;
  /** the conversation for which they are rung */
  ringing?: string;
  /** their next appointment */
  next?: Time;
}

/** BoardSeats are the guest connections and rooms of the TrueConf Server. */
export interface BoardSeats {
  used: number;
  /** for appointments about to begin */
  held: number;
  seats: number;
  rooms: number;
  max_calls?: number;
  /** calls that wait for one */
  waiting: number;
}

/** BoardMore is how many there are that the board does not show: of each part it has the first 200. */
export interface BoardMore {
  waits: number;
  promises: number;
  tasks: number;
}

/** Board answers GET /api/v1/board, for admins and the doctors of the departments. */
export interface Board {
  at: Time;
  departments: BoardDepartment[];
  /** who waits, in the order of the queue */
  waits: Head[];
  /** what is due next, the earliest first */
  promises: BoardPromise[];
  doctors: BoardDoctor[];
  seats: BoardSeats;
  /** with something to be done by hand */
  tasks: Head[];
  /** beyond those */
  more: BoardMore;
}

/** DayFree are the free times of one day. */
export interface DayFree {
  /** 2026-12-31 in the zone */
  day: string;
  starts: Time[];
}

/** Times answers GET /api/v1/conversations/{id}/times: when a visit can be booked. */
export interface Times {
  /** in which days are counted */
  zone: string;
  length: number;
  days: DayFree[];
}

/** ListedBooking is one of them, with its conversation. */
export interface ListedBooking {
  conversation: string;
  patient?: string;
  born?: string;
  /** of the booking and of its call */
  id: string;
  state: BookingState;
  start: Time;
  /** seconds */
  length: number;
  department: string;
  /** staff: login */
  doctor?: string;
  doctor_name?: string;
  /** staff */
  how?: How;
  /** how far it has come with a doctor who is not there */
  late?: number;
}

/** Bookings answers GET /api/v1/bookings: appointments by their start. */
export interface Bookings {
  bookings: ListedBooking[];
  /** there are more: ask again with it as from */
  next?: string;
}

/** Calendar answers GET /api/v1/bookings/{booking}/calendar: ways to put a visit into the caller's calendar. */
export interface Calendar {
  google: string;
  /** personal accounts */
  outlook: string;
  /** accounts of work */
  office: string;
  /** …/calendar.ics, with the same credential */
  ics: string;
  /** doctors: the server's own links, where they are switched on */
  trueconf?: string[];
}

/** PushKey answers GET /api/v1/push: the server's public key for web push (RFC 8292). */
export interface PushKey {
  public_key: string;
}

/** StaffPush is the body of POST /api/v1/push: a staff member's browser wants to be woken. */
export interface StaffPush {
  push: Subscription;
}

/** The body of an entry by its kind. */
export interface Bodies {
  'answer.given': SeenAnswer;
  'answer.skipped': SeenAnswer;
  'answer.taken_back': SeenTakenBack;
  'booking.cancelled': SeenOfBooking;
  'booking.chosen': SeenOfBooking;
  'booking.due': SeenOfBooking;
  'booking.held': SeenOfBooking;
  'booking.kept': SeenOfBooking;
  'booking.late': SeenOfBooking;
  'booking.made': SeenBooking;
  'booking.missed': SeenOfBooking;
  'booking.moved': SeenMoved;
  'booking.proposed': SeenProposal;
  'booking.reassigned': SeenMoved;
  'booking.reminded': SeenOfBooking;
  'booking.room': SeenOfBooking;
  'booking.withdrawn': SeenOfBooking;
  'bot.asked': Asked;
  'bot.said': Said;
  'call.awaited': SeenCall;
  'call.crowded': SeenCall;
  'call.ended': SeenCall;
  'call.extended': Extended;
  'call.failed': SeenCall;
  'call.interrupted': SeenCall;
  'call.joined': SeenCall;
  'call.left': SeenCall;
  'call.limit_near': LimitNear;
  'call.ready': SeenCall;
  'call.requested': SeenCall;
  'call.rung': SeenCall;
  'call.seated': SeenCall;
  'call.stranger': SeenCall;
  'call.unwatched': SeenCall;
  'call.watched': SeenCall;
  'call.withdrawn': SeenCall;
  'callback.done': Nothing;
  'callback.failed': SeenCallbackFailure;
  'callback.missed': Nothing;
  'callback.promised': SeenCallback;
  'consent.given': Consented;
  'contact.dropped': OfContact;
  'contact.left': SeenContact;
  'conversation.closed': SeenClosed;
  'conversation.parked': SeenParked;
  'conversation.reopened': Nothing;
  'conversation.resumed': Nothing;
  'conversation.started': SeenStarted;
  'device.added': Nothing;
  'devices.checked': Devices;
  'devices.ended': Nothing;
  'doctor.assigned': SeenAssigned;
  'doctor.excused': Nothing;
  'doctor.finished': SeenFinished;
  'doctor.released': SeenReleased;
  'doctor.reminded': Nothing;
  'emergency.ended': SeenEmergencyOver;
  'emergency.offered': Offered;
  'emergency.raised': SeenEmergency;
  'file.sent': FileSent;
  'language.chosen': Spoken;
  'lead.alerted': Alerted;
  'message.sent': Message;
  'note.written': Message;
  'notice.failed': SeenNotice;
  'notice.sent': SeenNotice;
  'notice.wished': SeenNotice;
  'offer.ended': EndedOffer;
  'offer.made': MadeOffer;
  'offer.rung': RungOffer;
  'page.described': Described;
  'queue.joined': SeenQueued;
  'rating.given': Rated;
  'task.done': OfTask;
  'task.raised': Task;
  'video.asked': AskedVideo;
  'video.declined': Declined;
  'video.refused': RefusedVideo;
  'wait.reached': SeenRung;
  'wait.reminded': SeenReminder;
}

/** One entry as its reader may see it. Where prev is not the last one had, there is a gap to fetch. */
export type EntryOf<K extends Kind> = { seq: number; prev: number; at: Time; kind: K; by: By; body: Bodies[K] };

export type Entry = { [K in Kind]: EntryOf<K> }[Kind];

export type ClientFrame = HelloFrame | OpenFrame | UnopenFrame | CommandFrame | TypingFrame | ReadFrame | BeatFrame;

export type ServerFrame = WelcomeFrame | EntryFrame | CaughtUpFrame | AckFrame | RefusedFrame | GuestLinkFrame | HeadsFrame | PresenceFrame | VideoFrame | DutyFrame | TypingFrame | BeatFrame;
