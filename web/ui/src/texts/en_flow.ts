// English: what a flow asks, promises and raises, for patients.

export const ask = {
  done: "Done",
  agree: "I agree",
  refuse: "I do not agree",
  back: "Change the last answer",
  takenBack: "You change your last answer.",
  ratherType: "I would rather type",
  declined: "You would rather type. The doctor comes to this chat.",
  readAgain: "Read the document again",
  leastShort: "the least",
  mostShort: "the most",
  least: (n: number) => `${n}, the least`,
  most: (n: number) => `${n}, the most`,
  how: {
    several: "Choose all that apply, then press Done:",
    scale: (from: number, to: number) => `Press a number from ${from} to ${to}.`,
    consent: "Read the document below, then press one:",
    times: "Choose a time below, by your own clock, or none of these.",
  },
};

export const urgent = {
  title: "This may be an emergency",
  call: "Call",
  calling: "We are calling a doctor to this chat as well. If you can, stay here.",
  doctorSees: (name: string) => `${name} sees this. Do not wait for an answer if you are in danger.`,
  ended: "The emergency is over. We go on.",
  taken: "A doctor has come because of the emergency.",
};

export const promise = {
  call: "We will call you",
  booking: "You have an appointment",
  callBy: (when: string, phone: string) => `We call ${phone} by ${when}.`,
  writeBy: (when: string) => `A doctor writes to you here by ${when}.`,
  writeNext: "You may close this page and come back to it. If something changes before that, write here.",
  bookedFor: (when: string, title: string) => (title ? `${when}, ${title}.` : `${when}.`),
  callNext: "Keep the phone near you. If something changes before that, write here: a doctor is called again.",
  placeKept: "You also keep your place in the queue: a doctor may come here sooner.",
  bookingNext: "Come back to this chat at that time. If something changes before, write here.",
  worse: "If it gets worse, do not wait:",
  called: "The clinic has called.",
  notReached: "We could not reach you by phone. Write here, and a doctor is called again.",
  due: "It is time for your appointment. A doctor is called to this chat.",
  parked: "Write here at any time.",
  waitsCall: "We will call you",
  waitsBooking: "Your appointment is booked",
  parkedShort: "We come back to you",
};

export const rating = {
  title: "How was this conversation?",
  stars: ["Very bad", "Bad", "So-so", "Good", "Very good"],
  text: "A few words, if you like",
  thanks: "Thank you. It helps us to do better.",
  given: (words: string) => `Your rating: ${words}`,
};
