// English for the page of a join link.

export const join = {
  title: "Your video call",
  lead: "Press Join when you are ready. You need a camera and a microphone.",
  dead: "This link is no longer good",
  deadMore: "The call may be over, or the clinic has sent a newer link. Please call the clinic.",
  noKey: "This link is not complete. Open it from the message in which you got it, or copy it whole.",
  over: "The call has ended",
  overMore: "To go on, or to choose a new time, write in the chat in which you got this link. You can also call the clinic.",
  invites: (who: string) => `${who} invites you to a video call.`,
  offline: "No connection",
  offlineMore: "Check the internet. We try again by ourselves; you can press Join as soon as it is back.",
  left: "You have left the call",
  leftMore: "You may join again while it goes on.",
  wait: "The room is not ready yet",
  waitMore: "We try again by ourselves. Please keep this page open.",
};
