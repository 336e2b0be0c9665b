package bot

import "time"

var english = words{
	notNow:        "That is not possible just now.",
	overtaken:     "That question is no longer open.",
	closedForGood: "This conversation is closed. Please begin a new one.",
	emptyText:     "There is nothing in the message.",
	tooLong:       "The message is too long. Please send it in parts.",
	noCall:        "There is no video call just now.",
	rungJustNow:   "The other side was rung just now. Please give it a moment.",
	silence:       "We have closed this chat. Write, and it goes on.",
	released:      "We are calling a doctor for you again. You keep your place.",
	passedOn:      "We are passing your chat straight to a doctor.",
	noVideo:       "The video call could not be made. The doctor stays with you in this chat.",

	callAsked:       "The doctor invites you to a video call. The room is being made.",
	callReady:       "Your video call is ready.",
	callTrying:      "The video room does not answer yet. We are trying again.",
	callFailed:      "The video call could not be made. The doctor stays with you in this chat.",
	callBroken:      "The video call was interrupted. We are bringing it back.",
	callEndedHungUp: "The video call has ended.",
	callEnded:       "The video call has ended.",
	callOff:         "The video call was called off.",

	callbackFailed: "We tried to call you and could not reach you. You are in the queue, and a doctor will answer here.",
	callbackMissed: "We have not managed to call you in time. You are in the queue, and a doctor will answer here.",
	bookingDue:     "It is time for your appointment. A doctor is being called.",
	settled: func(phone string) string {
		text := "We have called you back, and this chat is closed."
		if phone != "" {
			text += " If anything is left open, begin a new chat or call the clinic: " + phone + "."
		}
		return text
	},
	danger: func(emergency string) string {
		return "This may be dangerous. Call " + emergency + " now. We are calling a doctor as well."
	},
	opens: func(at time.Time, phone string) string {
		text := "The department is closed just now. It opens on " + at.Format("2 Jan 2006 15:04") + "; you keep your place."
		if phone != "" {
			text += " You can also call the clinic: " + phone + "."
		}
		return text
	},
	dial: func(number string) string { return "Call " + number },

	guest: "Patient",
	refusals: map[Code]string{
		NoCall:       "This call is over.",
		CallOver:     "The video call has ended.",
		CallNotReady: "The room is being prepared. It opens in a moment.",
		RoomFull:     "Two people are in the call already.",
		NoGuestSeat:  "All video places are taken just now. Please try again shortly; the chat stays open.",
		Elsewhere:    "You are in the call already, on another device or in another window.",
		Ghost:        "You are still in the call in another tab or from before. Your place falls free in a moment.",
		NeverFits:    "The video server lets nobody in by browser. Please go on in the chat.",
		Unavailable:  "The video server does not answer. Please press again; the chat stays open.",
	},

	wait: func(phone, emergency string) string {
		text := "The doctors are still busy. You keep your place."
		if phone != "" {
			text += " You can also call the clinic: " + phone + "."
		}
		if emergency != "" {
			text += " If it gets worse, do not wait: call " + emergency + "."
		}
		return text
	},
}
