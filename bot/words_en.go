package bot

var english = words{
	notNow:        "That is not possible just now.",
	overtaken:     "That question is no longer open.",
	closedForGood: "This conversation is closed. Please begin a new one.",
	emptyText:     "There is nothing in the message.",
	tooLong:       "The message is too long. Please send it in parts.",
	noCall:        "There is no video call just now.",
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

	guest: "Patient",
	refusals: map[Code]string{
		NoCall:       "This call is over.",
		CallNotReady: "The room is being prepared. It opens in a moment.",
		RoomFull:     "Two people are in the call already.",
		NoGuestSeat:  "All video places are taken just now. Please try again shortly; the chat stays open.",
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
