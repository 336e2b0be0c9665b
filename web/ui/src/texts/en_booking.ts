// English: appointments, the check of the device, messages, and what stays of a
// visit, for patients. It comes with the second bundle.

import type { Channel } from "../wire";

/** The choices while the doctor is late, and what is said once one is made. */
type Late = "wait" | "other" | "phone" | "new_time";

export const times = {
  days: "Days",
  clock: (zone: string) => (zone ? `Times are by your own clock (${zone}).` : "Times are by your own clock."),
  pick: "Choose a day, then a time.",
  free: (n: number) => (n === 1 ? "1 time" : `${n} times`),
  parts: { morning: "Morning", afternoon: "Afternoon", evening: "Evening" },
  none: "None of these",
  nothing: "There is no free time just now.",
  loading: "Looking for free times …",
};

export const booked = {
  title: "Your appointment",
  proposed: "The doctor offers a time",
  who: (doctor: string, title: string) => [doctor, title].filter((t) => t !== "").join(" · "),
  minutes: (n: number) => `${n} min`,
  in: (span: string) => `in ${span}`,
  now: "It is time",
  span: {
    days: (n: number) => (n === 1 ? "1 day" : `${n} days`),
    hours: (n: number) => (n === 1 ? "1 hour" : `${n} hours`),
    minutes: (n: number) => (n === 1 ? "1 minute" : `${n} minutes`),
  },
  comes: "This page opens the visit by itself. You may also close it and come back.",
  details: "Change or cancel, calendar",
  less: "Show less",
  change: "Choose another time",
  cancel: "Cancel the appointment",
  cancelSure: (when: string) => `Cancel the appointment on ${when}? The doctor is told, and the time becomes free for somebody else.`,
  cancelYes: "Cancel it",
  cancelNo: "Keep it",
  calendar: "Add to your calendar",
  calendars: { google: "Google", outlook: "Outlook", office: "Outlook at work", ics: "Calendar file" },
  fetched: "The calendar file is on its way to your downloads.",
  accept: "Take this time",
  decline: "This does not suit me",
  until: (when: string) => `It is kept free for you until ${when}.`,
  moveTo: (when: string) => `Move the appointment to ${when}?`,
  moveYes: "Move it",
  moveNo: "Another time",
  open: "Open the visit",
  check: "Check your device now",
};

export const late = {
  title: "The doctor is late",
  told: "The doctor is not here yet and has been called again. Please stay: you have done everything right.",
  lead: "The doctor is not here yet. We have told the clinic. Please stay: you have done everything right.",
  ask: "We are sorry: the doctor has not come so far. What would you like?",
  choices: {
    wait: "Wait longer",
    other: "Another doctor now",
    phone: "Please call me",
    new_time: "Another time",
  } as Record<Late, string>,
  chosen: {
    wait: "You would like to wait longer.",
    other: "You would like another doctor now.",
    phone: "You would like to be called.",
    new_time: "You would like another time.",
  } as Record<string, string>,
};

export const events = {
  proposed: (when: string) => `The doctor offers you a time: ${when}.`,
  withdrawn: { declined: "You did not take the offered time.", by_doctor: "The doctor has taken the offered time back." } as Record<string, string>,
  late: "The doctor is late and has been called again.",
  lateLead: "The doctor is still not here. The clinic has been told.",
  kept: "The appointment has taken place.",
  missed: "The appointment did not take place. This was not your fault; we are coming back to you.",
  asked: "You have asked for a video call.",
  refused: (words: string) => (words ? `The doctor would rather not make a video call: ${words}` : "The doctor would rather not make a video call just now. You can go on in this chat."),
  checked: "You have checked your device.",
  contact: (where: string) => `We will write to ${where}.`,
  pushed: "We will tell this browser.",
  dropped: "We will not write to you there any more.",
  seated: "The line is free. The video room is being made.",
  near: (until: string) => `The video call ends at ${until}.`,
  extended: (until: string) => `The video call may go on until ${until}.`,
};

export const ask = {
  video: "Ask for a video call",
  asked: "You have asked for a video call. The doctor answers here.",
};

export const check = {
  title: "Check your device",
  lead: "A minute now saves a visit later. The browser will ask for camera and microphone: please press Allow. Nobody sees or hears you.",
  start: "Begin the check",
  again: "Check again",
  finish: "Finish",
  running: "Checking …",
  result: "The result has been sent to the doctor.",
  notSent: "The result could not be sent. You can go on all the same.",
  parts: { browser: "Browser", camera: "Camera", microphone: "Microphone", speaker: "Speaker", connection: "Connection" },
  browser: {
    ok: "This browser can make video calls.",
    old: "This browser is too old for video. Open this page in a current Chrome, Firefox, Edge or Safari, or use the TrueConf app.",
    in_app: (app: string) => `You are in the browser of ${app}, which often gives no camera. Open this page in your usual browser.`,
  },
  camera: {
    ok: "We see your picture. Can you see yourself too?",
    dark: "The picture is dark. Is the camera covered? Turn on a light, or take off the cover.",
    none: "No camera was found. Plug one in and check again, or come with sound only.",
    refused: "The browser does not let this page use the camera.",
    busy: "Another program is using the camera. Close it and check again.",
    unknown: "The camera has not been checked.",
    picture: "Your own picture",
  },
  microphone: {
    ok: "We hear you.",
    listening: "Please say something: “Hello, can you hear me?”",
    silent: "We do not hear you. Is the microphone switched off or muted? Speak louder, then check again.",
    none: "No microphone was found. Plug one in, or put on a headset, and check again.",
    refused: "The browser does not let this page use the microphone.",
    busy: "Another program is using the microphone. Close it and check again.",
    unknown: "The microphone has not been checked.",
    level: "How loud you are",
  },
  speaker: {
    ok: "You hear us.",
    ask: "Press to hear a sound.",
    play: "Play a sound",
    did: "Did you hear it?",
    yes: "Yes",
    no: "No",
    unheard: "Turn the sound up. Are headphones plugged in somewhere else? Then play it again.",
    unknown: "The speaker has not been checked.",
  },
  connection: {
    ok: "The connection is good.",
    slow: "The connection is slow. Go nearer to the router, or come with sound only.",
    lost: "The connection breaks off. Try another network, or mobile data.",
    unknown: "The connection has not been checked.",
  },
  ready: "You are ready for the video call.",
  almost: (parts: string) => `You can join. See to this first, as it says above: ${parts}.`,
  because: {
    wished: "You have chosen to leave your camera off.",
    camera_none: "No camera was found.",
    camera_refused: "The browser keeps the camera from this page.",
    camera_busy: "Another program was using the camera.",
    microphone_none: "No microphone was found.",
    microphone_refused: "The browser keeps the microphone from this page.",
    microphone_busy: "Another program was using the microphone.",
    connection_lost: "The connection broke off in the check.",
    browser_old: "This browser is too old for video.",
  } as Record<string, string>,
  so: {
    sound: "You join with sound only, without your picture.",
    app: "The TrueConf app is the better way for this device.",
    phone: "The telephone is the surer way. You can still join here.",
    silent: "You can join all the same, and write to the doctor in the chat.",
  },
  soundOnly: "Come with sound only",
  withCamera: "Come with camera after all",
  settings: "Afterwards press “Check again”.",
};

export const inApp = {
  title: "Open this page in your browser",
  lead: (app: string) => `You are in the browser of ${app}. A video visit often gets no camera there. Open this link in Chrome, Safari or your usual browser: the conversation goes on there.`,
  unnamed: "another app",
  stay: "Go on here all the same",
  once: (until: string) => `The link is yours alone. It can be used once, until ${until}.`,
};

export const contact = {
  open: "Write to me when the doctor is there",
  title: "We will write when the doctor is there",
  lead: "Leave a number or an address. We write that the doctor is there, and nothing about your health.",
  how: { sms: "Text message", email: "E-mail", push: "Message in this browser" } as Record<Channel, string>,
  label: { sms: "Mobile number", email: "E-mail address", push: "" } as Record<Channel, string>,
  save: "Write to me there",
  push: "Tell me in this browser",
  left: "We will write to:",
  thisBrowser: "this browser",
  remove: "Remove",
  removeFrom: (where: string) => `Remove ${where}`,
  wrong: { sms: "Please write the whole number, with the code of the country: +7 900 123-45-67.", email: "Please write the whole address, such as name@example.org.", push: "The browser does not allow messages from this page." } as Record<Channel, string>,
};

export const outcome = {
  title: "From your visit",
  by: (doctor: string, when: string) => (doctor ? `${doctor}, ${when}` : when),
  next: "What comes next",
  followUp: (when: string) => `Come again about ${when}.`,
  booking: "A next appointment has been made or offered. It stands above.",
  nothing: "No further visit is needed.",
  print: "Print",
  show: "Show",
  hide: "Hide",
};

export const early = {
  title: "Your visit begins soon",
  begins: "Your visit begins in",
  when: (when: string) => `Your visit: ${when}.`,
  keep: "Keep this page open: it opens the visit by itself.",
  spoken: { 5: "Your visit begins in 5 minutes.", 1: "Your visit begins in 1 minute.", 0: "It is time. The visit opens as soon as the room is ready." } as Record<number, string>,
  opening: "It is time. The room is being opened …",
  after: "This visit is over",
  afterMore: "If you still need the doctor, write in the chat in which you booked, or choose a new time there.",
  comes: {
    wait: "The doctor is still called.",
    other: "You are the first in the queue: a doctor calls you here.",
    phone: "The clinic calls you, at the number that you have given.",
    new_time: "Call the clinic, or choose one in the chat in which you booked. Until then the visit stays open.",
  } as Record<string, string>,
  again: "Another doctor is being called",
  againMore: (doctor: string) =>
    doctor === ""
      ? "You are the first in the queue. Keep this page open: it opens the visit by itself when a doctor calls."
      : `${doctor} has taken your visit. Keep this page open: it opens the call by itself.`,
  chat: "Go to the chat",
};

export const failed = {
  slot_taken: "Somebody was a moment faster. Please choose another time.",
  invalid: "That does not fit. Please look at it once more.",
  not_now: "That is not possible just now.",
  never_fits: "That is not possible here.",
  offline: "No connection. Please try again.",
  too_many: "That was very fast. Please try again in a moment.",
  other: "That did not work. Please try again, or call us.",
} as Record<string, string>;

export const general = {
  retry: "Try again",
  close: "Close",
  back: "Back",
};
