package bot

import "maps"

// views is the allow-list of what may be shown, kind by kind.
var views = withViews(promiseViews(), map[Kind]view{
	ConversationStarted: through(func(b Started, g glance) any {
		return SeenStarted{
			Language: b.Language, Site: forStaff(g, b.Site), Door: forStaff(g, b.Door), Previous: forStaff(g, b.Previous),
			Signed: forStaff(g, b.Person != ""), Patient: forStaff(g, b.Patient),
		}
	}),
	ConversationClosed:   through(func(b Closed, _ glance) any { return SeenClosed{Why: b.Why, Rate: b.Rate} }),
	ConversationParked:   through(func(b Aside, _ glance) any { return SeenParked{Why: b.Why, Rate: b.Rate} }),
	ConversationResumed:  nothing,
	ConversationReopened: nothing,

	DeviceAdded:    nothing,
	DevicesEnded:   nothing,
	LanguageChosen: whole[Spoken](),

	PageDescribed: whole[Described](),

	MessageSent: whole[Message](),
	NoteWritten: whole[Message](),
	FileWasSent: whole[FileSent](),
	BotSaid:     whole[Said](),
	BotAsked:    whole[Asked](),
	AnswerGiven: through(seenAnswer), AnswerSkipped: through(seenAnswer),
	AnswerTakenBack: through(func(b TakenBack, _ glance) any { return SeenTakenBack{Step: b.Step, Slot: b.Slot} }),
	ConsentGiven:    whole[Consented](),
	RatingGiven:     whole[Rated](),

	QueueJoined: through(func(b Queued, g glance) any {
		return SeenQueued{
			Department: b.Department, Title: b.Title, Priority: b.Priority, Summary: forStaff(g, b.Summary),
			Step: b.Step, Purpose: b.Purpose, Declinable: b.Declinable, Rungs: forStaff(g, b.Rungs), First: forStaff(g, b.First),
		}
	}),
	VideoDeclined: whole[Declined](),
	WaitReached:   through(func(b Reached, _ glance) any { return SeenRung{Rung: b.Rung, Also: b.Also, Alert: b.Alert} }),

	EmergencyRaised: through(func(b Raised, _ glance) any {
		return SeenEmergency{By: b.By, Phone: b.Phone, Department: b.Department, Title: b.Title, Priority: b.Priority, Card: b.Card}
	}),
	EmergencyOffered: whole[Offered](),
	EmergencyEnded:   through(func(b EmergencyOver, _ glance) any { return SeenEmergencyOver{Why: b.Why} }),
	CallbackPromised: through(func(b Promised, _ glance) any {
		return SeenCallback{Department: b.Department, Title: b.Title, By: b.By, Phone: b.Phone, PlaceKept: b.PlaceKept}
	}),
	CallbackDone: nothing,
	CallbackFailed: through(func(b CallbackFailure, g glance) any {
		return SeenCallbackFailure{Reason: forStaff(g, b.Reason), Text: g.words.callbackFailed}
	}),
	CallbackMissed: nothing,
	BookingMade: through(func(b Booked, g glance) any {
		return SeenBooking{
			Department: b.Department, Title: b.Title, Start: b.Start, Length: b.Length, Text: b.Text,
			Booking: b.Booking, Doctor: forStaff(g, b.Doctor), DoctorName: b.DoctorName, How: forStaff(g, b.How), Link: g.page(b.Booking),
		}
	}),

	WaitReminded: through(func(b Reminded, _ glance) any { return SeenReminder{Text: b.Text, Lang: b.Lang} }),
	LeadAlerted:  whole[Alerted](),
	DoctorAssigned: through(func(b Assigned, g glance) any {
		return SeenAssigned{
			Name: b.Name, Department: b.Department, Doctor: forStaff(g, b.Doctor), Why: forStaff(g, b.Why), Considered: forStaff(g, b.Considered),
		}
	}),
	DoctorReminded: nothing,
	DoctorExcused:  nothing,
	DoctorReleased: through(func(b Released, g glance) any {
		return SeenReleased{Why: b.Why, Department: b.Department, Reason: forStaff(g, b.Reason)}
	}),
	DoctorFinished: through(func(b Finished, g glance) any {
		return SeenFinished{Outcome: forStaff(g, b.Outcome), Words: b.Words, Next: b.Next}
	}),

	CallRequested: through(func(b Requested, g glance) any {
		text := g.words.callAsked
		if b.Lacks != "" {
			text = videoWordsIn(g.links.Language).seatless
		}
		return SeenCall{Call: b.Call, Attempt: b.Attempt, How: forStaff(g, b.How), Why: forStaff(g, b.Why), Text: text, Who: b.Ghost, Lacks: b.Lacks, Record: b.Record, Kept: b.Kept}
	}),
	CallReady:  through(seenReady),
	CallFailed: through(seenFailure),
	CallWithdrawn: through(func(b OfCall, g glance) any {
		text := g.words.callOff
		if b.Why == EndDeclined {
			text = videoWordsIn(g.links.Language).declined
		}
		return SeenCall{Call: b.Call, Text: text, Why: string(b.Why)}
	}),
	CallRung: through(seenPresence), CallAwaited: through(seenPresence), CallJoined: through(seenPresence), CallLeft: through(seenPresence),
	CallCrowded: through(func(b Crowded, _ glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, Who: b.Who, Why: string(b.Why), Cure: b.Cure}
	}),
	CallStranger: through(func(b Stranger, _ glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, Name: b.Name}
	}),
	CallUnwatched: through(seenOfCall), CallWatched: through(seenOfCall),
	CallInterrupted: through(func(b Interrupted, g glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, Why: forStaff(g, b.Why), Text: g.words.callBroken}
	}),
	CallEnded: through(func(b Ended, g glance) any {
		text := g.words.callEnded
		switch b.Why {
		case EndHungUp:
			text = g.words.callEndedHungUp
		case EndDeclined:
			text = videoWordsIn(g.links.Language).declined
		}
		return SeenCall{Call: b.Call, Why: string(b.Why), EndedBy: b.By, Text: text, Together: b.Together}
	}),
})

func seenAnswer(b Answer, g glance) any {
	return SeenAnswer{
		Step: b.Step, Slot: b.Slot, Option: b.Option, Value: b.Value, Text: b.Text, Label: forStaff(g, b.Label), Red: forStaff(g, b.Red),
	}
}

// seenReady renders the invitation: its text, the reader's own join link and the
// call that mints a guest link. The room itself is in none of them.
func seenReady(b OfCall, g glance) any {
	s := SeenCall{Call: b.Call, Attempt: b.Attempt, Text: g.words.callReady}
	s.Link = g.page(b.Call)
	if g.links.Join != nil {
		method, href := g.links.Join(b.Call)
		s.Join = &SeenJoin{Method: method, Href: href}
	}
	return s
}

func seenFailure(b CallFailure, g glance) any {
	s := SeenCall{
		Call: b.Call, Attempt: b.Attempt, Retrying: !b.RetryAt.IsZero(), Text: g.words.callFailed,
		Kind: forStaff(g, b.Kind), Detail: forStaff(g, b.Detail), Cure: forStaff(g, b.Cure),
	}
	if s.Retrying {
		s.Text = g.words.callTrying
	}
	return s
}

func seenPresence(b Presence, _ glance) any {
	return SeenCall{Call: b.Call, Attempt: b.Attempt, Who: b.Who}
}

func seenOfCall(b OfCall, _ glance) any { return SeenCall{Call: b.Call, Attempt: b.Attempt} }

// withViews are both, for a table of its own for each matter.
func withViews(more, all map[Kind]view) map[Kind]view {
	maps.Copy(all, more)
	return all
}

// page is the reader's own join link of a call, or "".
func (g glance) page(call string) string {
	if g.links.Page == nil || call == "" {
		return ""
	}
	return g.links.Page(call)
}
