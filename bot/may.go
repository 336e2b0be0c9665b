package bot

import "slices"

// rule says whether an actor may do a thing to a conversation.
type rule func(Actor, State) bool

// rights is the one table of who may do what. What is not in it is forbidden.
var rights = map[Role]map[Do]rule{
	Patient: {
		DoStart: holder, DoSend: holder, DoChoose: holder, DoSkip: holder, DoClose: holder, DoRead: holder,
		DoJoin: holderOrGuest,
	},
	Doctor: {
		DoRead: reader, DoClaim: claimant, DoNote: noter,
		DoSend: assigned, DoEscalate: assigned, DoNewRoom: assigned, DoHangUp: assigned, DoFinish: assigned,
		DoRelease: assigned, DoTransfer: assigned, DoClose: assigned, DoNothing: assigned, DoJoin: assigned,
	},
	System: {
		DoWake: always, DoMade: always, DoFailed: always, DoSeen: always, DoGone: always, DoStrange: always,
		DoUnwatched: always, DoWatched: always, DoBroken: always, DoRenew: always, DoRing: always, DoRemoved: always,
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
	return a.Role == Patient || a.Role == System || a.Role == Doctor && (a.Login == s.Doctor || s.Phase == Waiting)
}

func always(Actor, State) bool { return true }

// holder has the ticket: a visit key lets into its call and nothing else.
func holder(a Actor, s State) bool { return a.Call == "" && a.Conversation == s.ID }

func holderOrGuest(a Actor, s State) bool {
	if a.Call == "" {
		return holder(a, s)
	}
	return a.Conversation == s.ID && s.Call != nil && s.Call.ID == a.Call
}

func assigned(a Actor, s State) bool { return s.Phase == Consulting && s.Doctor == a.Login }

func claimant(a Actor, s State) bool {
	switch s.Phase {
	case Waiting:
		return a.Serves(s.Department)
	case Consulting:
		return a.Serves(s.Department) // answered with who has it
	case ClosedDown:
		return slices.Contains(s.HadBy, a.Login)
	}
	return false
}

func reader(a Actor, s State) bool {
	return s.Doctor == a.Login || slices.Contains(s.HadBy, a.Login) || s.Phase == Waiting && a.Serves(s.Department)
}

func noter(a Actor, s State) bool {
	return assigned(a, s) || s.Phase == Waiting && a.Serves(s.Department)
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
	case DoStart, DoRead:
		return false
	case DoClose:
		return open
	case DoChoose:
		return s.Phase == Intake && s.Asked != nil && len(s.Asked.Options) > 0
	case DoSkip:
		return s.Phase == Intake && s.Asked != nil && s.Asked.Optional
	case DoSend:
		return open || s.HadDoctor() || s.ClosedWhy == CloseSilence
	case DoClaim:
		return s.Phase != Consulting
	case DoHangUp, DoJoin:
		return s.Call.Open()
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
	case a.Role == Patient && a.Conversation != t.s.ID:
		return refuse(Unknown, "there is no such conversation")
	case a.Role == Doctor && do != DoClaim && slices.Contains(t.s.HadBy, a.Login) && t.s.Doctor != a.Login:
		return refuse(NotNow, "you do not have this conversation now")
	case a.Role.Staff() && !May(a, DoRead, t.s):
		return refuse(Unknown, "there is no such conversation")
	}
	return refuse(Forbidden, "that is not yours to do")
}
