package bot

import "slices"

// rule says whether an actor may do a thing to a conversation.
type rule func(Actor, State) bool

// rights is the one table of who may do what. What is not in it is forbidden.
var rights = map[Role]map[Do]rule{
	Patient: {
		DoStart: holder, DoSend: holder, DoChoose: holder, DoSkip: holder, DoClose: holder, DoRead: holder,
		DoSpeak: holder, DoAttach: holder, DoDescribe: holder, DoElsewhere: holder, DoOnlyHere: holder,
		DoJoin: holderOrGuest, DoRingAgain: holderOrGuest,
		DoBack: holder, DoRate: holder,
		DoAcceptTime: holder, DoDeclineTime: holder, DoMove: holder, DoCancel: holder, DoLate: holderOrGuest,
		DoBegin: holderOrGuest, DoAskVideo: holder, DoDeclineCall: holder, DoDevices: holderOrGuest, DoContact: holder, DoDropContact: holder,
	},
	Doctor: {
		DoRead: reader, DoClaim: claimant, DoNote: noter,
		DoSend: assigned, DoAttach: assigned, DoEscalate: assigned, DoNewRoom: assigned, DoHangUp: assigned, DoFinish: assigned,
		DoRelease: assigned, DoTransfer: assigned, DoClose: assigned, DoNothing: assigned, DoJoin: assigned,
		DoRingAgain:    assigned,
		DoCallbackDone: caller, DoCallbackFailed: caller,
		DoDecline: rung, DoRefuseVideo: assigned, DoExtend: assigned,
		DoPropose: assigned, DoMove: booked, DoCancel: booked, DoReassign: booked, DoKept: booked, DoNoShow: booked, DoTaskDone: tasked,
		DoBegin: host,
	},
	Admin: {
		DoMove: always, DoCancel: always, DoReassign: always, DoTaskDone: always,
		DoCallbackDone: always, DoCallbackFailed: always, DoEndEmergency: always,
	},
	System: {
		DoWake: always, DoMade: always, DoFailed: always, DoSeen: always, DoGone: always, DoStrange: always,
		DoUnwatched: always, DoWatched: always, DoBroken: always, DoRenew: always, DoRing: always, DoRemoved: always,
		DoCrowded: always, DoOffer: always, DoOfferGone: always, DoRingOffer: always, DoAnswered: always, DoLeave: always, DoSeat: always, DoDelayed: always, DoRoomBooked: always,
		DoNoticeTried: always, DoNoticeSent: always, DoNoticeFailed: always,
	},
}

// May reports whether the actor may do it to the conversation as it stands.
func May(a Actor, do Do, s State) bool {
	r, ok := rights[a.Role][do]
	return ok && r(a, s)
}

// Party reports whether a read by the actor needs no record: the two people of
// the conversation, and those to whom it is offered.
func Party(a Actor, s State) bool {
	return a.Role == Patient || a.Role == System || a.Role == Doctor && (a.Login == s.Doctor || s.Phase == Waiting || s.openTo(a))
}

func always(Actor, State) bool { return true }

// holder has the ticket: a visit key lets into its call and nothing else.
func holder(a Actor, s State) bool { return a.Call == "" && a.Conversation == s.ID }

func holderOrGuest(a Actor, s State) bool {
	if a.Call == "" {
		return holder(a, s)
	}
	return a.Conversation == s.ID && (s.Call.Named(a.Call) || s.BookingOf(a.Call) != nil || s.LeadsOn(a.Call))
}

func assigned(a Actor, s State) bool { return s.Phase == Consulting && s.Doctor == a.Login }

func claimant(a Actor, s State) bool {
	switch s.Phase {
	case Intake, Waiting, Parked:
		return s.openTo(a) || rung(a, s)
	case Consulting:
		return a.Serves(s.Department) || s.openTo(a) // answered with who has it, unless an emergency is offered
	case ClosedDown:
		return slices.Contains(s.HadBy, a.Login)
	}
	return false
}

func reader(a Actor, s State) bool {
	return s.Doctor == a.Login || slices.Contains(s.HadBy, a.Login) || s.openTo(a) || s.caller(a) || rung(a, s) || booked(a, s) || tasked(a, s)
}

// caller is a doctor of the department that has promised to call.
func caller(a Actor, s State) bool { return s.caller(a) }

func (s State) caller(a Actor) bool { return s.CallBack != nil && a.Serves(s.CallBack.Department) }

// rung is the doctor who is rung for the patient just now.
func rung(a Actor, s State) bool { return s.Offer != nil && s.Offer.Doctor == a.Login }

// booked is a doctor with whom an appointment is, who has the conversation, or
// whose department has promised it.
func booked(a Actor, s State) bool {
	return assigned(a, s) || slices.ContainsFunc(s.Bookings, func(b Booking) bool { return b.Doctor == a.Login || a.Serves(b.Department) })
}

// host is the doctor with whom an appointment is.
func host(a Actor, s State) bool {
	return slices.ContainsFunc(s.Bookings, func(b Booking) bool { return b.Doctor == a.Login })
}

func tasked(a Actor, s State) bool {
	return len(s.Tasks) > 0 && (booked(a, s) || a.Serves(s.Department))
}

func noter(a Actor, s State) bool {
	return assigned(a, s) || s.openTo(a)
}

// MayDo lists what the actor may sensibly do now, for the head that clients show.
func MayDo(a Actor, s State) []Do {
	var out []Do
	for do := range rights[a.Role] {
		if May(a, do, s) && sensible(do, a, s) {
			out = append(out, do)
		}
	}
	slices.Sort(out)
	return out
}

// sensible leaves out what would be refused or do nothing.
func sensible(do Do, a Actor, s State) bool {
	open := s.Phase != ClosedDown
	switch do {
	case DoStart, DoRead, DoDescribe, DoBegin:
		return false
	case DoClose:
		return open
	case DoChoose:
		return s.asking() && len(s.Asked.Options) > 0
	case DoAttach:
		return s.Phase == Consulting || a.Role == Patient && s.asking() && s.fileAsked()
	case DoSkip:
		return s.asking() && s.Asked.Optional || s.Phase == Waiting && s.Declinable
	case DoBack:
		return s.asking() && s.Asked.Back
	case DoRate:
		return s.RateAsked && s.Rating == nil
	case DoCallbackDone, DoCallbackFailed:
		return s.CallBack != nil
	case DoAcceptTime, DoDeclineTime:
		return slices.ContainsFunc(s.Bookings, func(b Booking) bool { return b.State == Proposed })
	case DoMove, DoCancel, DoReassign:
		return s.NextBooking() != nil
	case DoKept, DoNoShow, DoLate:
		return slices.ContainsFunc(s.Bookings, func(b Booking) bool { return b.State == DueNow })
	case DoAskVideo:
		return s.Phase == Consulting && !s.Call.Open() && s.VideoAsked.IsZero()
	case DoDeclineCall:
		return s.Call.Open() && !s.Call.Inside[Patient]
	case DoRefuseVideo:
		return !s.VideoAsked.IsZero()
	case DoExtend:
		return s.Call.Open()
	case DoContact:
		return open
	case DoDropContact:
		return len(s.Contacts) > 0
	case DoDevices:
		return false
	case DoEndEmergency:
		return s.Emergency != nil
	case DoSend:
		return open || s.HadDoctor() || s.ClosedWhy == CloseSilence
	case DoOnlyHere:
		return s.Elsewhere
	case DoClaim:
		return s.Phase != Consulting || s.Doctor != a.Login && s.openTo(a)
	case DoHangUp, DoJoin:
		return s.Call.Open()
	case DoRingAgain:
		return s.Call.Stands() && !s.Call.Inside[a.Role.Other()]
	case DoNewRoom:
		return s.Call.Open() && s.Call.State != CallAsked && s.Call.State != CallDown
	case DoNothing:
		return !s.OwedSince.IsZero()
	}
	return true
}

// allowed asks the table before anything is decided. A stranger learns nothing,
// not even that the conversation exists.
func (t *turn) allowed() error {
	a, do := t.c.Actor, t.c.Do
	if May(a, do, t.s) {
		return nil
	}
	if _, known := deeds[do]; !known {
		return refuse(Malformed, "there is no such command")
	}
	switch {
	case do == DoDecline && a.Role == Doctor && reader(a, t.s):
		return refuse(NotNow, "you are not rung for this patient any more")
	case a.Role == Patient && a.Conversation != t.s.ID:
		return refuse(Unknown, "there is no such conversation")
	case a.Role == Doctor && do != DoClaim && slices.Contains(t.s.HadBy, a.Login) && t.s.Doctor != a.Login:
		return refuse(NotNow, "you do not have this conversation now")
	case a.Role.Staff() && !May(a, DoRead, t.s):
		return refuse(Unknown, "there is no such conversation")
	}
	return refuse(Forbidden, "that is not yours to do")
}
