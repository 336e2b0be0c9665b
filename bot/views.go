package bot

// views is the allow-list of what may be shown, kind by kind.
var views = map[Kind]view{
	ConversationStarted: through(func(b Started, g glance) any {
		return SeenStarted{
			Language: b.Language, Site: forStaff(g, b.Site), Door: forStaff(g, b.Door), Previous: forStaff(g, b.Previous),
		}
	}),
	ConversationClosed:   through(func(b Closed, _ glance) any { return SeenClosed{Why: b.Why} }),
	ConversationResumed:  nothing,
	ConversationReopened: nothing,

	MessageSent: whole[Message](),
	NoteWritten: whole[Message](),
	BotSaid:     whole[Said](),
	BotAsked:    whole[Asked](),
	AnswerGiven: through(seenAnswer), AnswerSkipped: through(seenAnswer),

	QueueJoined: through(func(b Queued, g glance) any {
		return SeenQueued{
			Department: b.Department, Title: b.Title, Priority: b.Priority, Summary: forStaff(g, b.Summary),
		}
	}),
	WaitReminded: through(func(b Reminded, _ glance) any { return SeenReminder{Text: b.Text, Lang: b.Lang} }),
	LeadAlerted:  whole[Alerted](),
	DoctorAssigned: through(func(b Assigned, g glance) any {
		return SeenAssigned{Name: b.Name, Department: b.Department, Doctor: forStaff(g, b.Doctor)}
	}),
	DoctorReminded: nothing,
	DoctorExcused:  nothing,
	DoctorReleased: through(func(b Released, g glance) any {
		return SeenReleased{Why: b.Why, Department: b.Department, Reason: forStaff(g, b.Reason)}
	}),
	DoctorFinished: through(func(b Finished, g glance) any { return SeenFinished{Outcome: forStaff(g, b.Outcome)} }),

	CallRequested: through(func(b Requested, g glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, How: forStaff(g, b.How), Why: forStaff(g, b.Why), Text: g.words.callAsked}
	}),
	CallReady:  through(seenReady),
	CallFailed: through(seenFailure),
	CallWithdrawn: through(func(b OfCall, g glance) any {
		return SeenCall{Call: b.Call, Text: g.words.callOff}
	}),
	CallRung: through(seenPresence), CallJoined: through(seenPresence), CallLeft: through(seenPresence),
	CallStranger: through(func(b Stranger, _ glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, Name: b.Name}
	}),
	CallUnwatched: through(seenOfCall), CallWatched: through(seenOfCall),
	CallInterrupted: through(func(b Interrupted, g glance) any {
		return SeenCall{Call: b.Call, Attempt: b.Attempt, Why: forStaff(g, b.Why), Text: g.words.callBroken}
	}),
	CallEnded: through(func(b Ended, g glance) any {
		text := g.words.callEnded
		if b.Why == EndHungUp {
			text = g.words.callEndedHungUp
		}
		return SeenCall{Call: b.Call, Why: string(b.Why), EndedBy: b.By, Text: text}
	}),
}

func seenAnswer(b Answer, g glance) any {
	return SeenAnswer{
		Step: b.Step, Slot: b.Slot, Option: b.Option, Value: b.Value, Text: b.Text, Label: forStaff(g, b.Label),
	}
}

// seenReady renders the invitation: its text, the reader's own join link and the
// call that mints a guest link. The room itself is in none of them.
func seenReady(b OfCall, g glance) any {
	s := SeenCall{Call: b.Call, Attempt: b.Attempt, Text: g.words.callReady}
	if g.links.Page != nil {
		s.Link = g.links.Page(b.Call)
	}
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
