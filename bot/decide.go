package bot

import (
	"encoding/json"
	"errors"
	"time"

	"bedside/flows"
)

// Decider holds the three state machines. It is safe for concurrent use.
type Decider struct {
	conversation *machine
	call         *machine
	booking      *machine
}

// NewDecider builds the tables once; one Decider serves all conversations.
func NewDecider() *Decider {
	return &Decider{
		conversation: newMachine(conversationTable()), call: newMachine(callTable()), booking: newMachine(bookingTable()),
	}
}

// Decision is what a command comes to: the entries to record, stamped and in
// order, and the state that the journal folds to once they stand in it. Without
// entries there is nothing to do: the wish is fulfilled already, or the engine's
// news is old.
type Decision struct {
	Entries []Entry
	State   State
}

// Decide answers a command with a decision or a *Refusal. It changes none of its
// arguments.
func (d *Decider) Decide(s State, c Command, f Facts) (Decision, error) {
	t := &turn{decider: d, s: s, c: c, f: f}
	if err := t.allowed(); err != nil {
		return Decision{}, err
	}
	do, ok := deeds[c.Do]
	if !ok {
		return Decision{}, refuse(Malformed, "there is no such command")
	}
	if err := do(t); err != nil {
		return Decision{}, t.asRefusal(err)
	}
	t.settleOffer()
	t.spread()
	if t.broken != nil {
		return Decision{}, t.broken
	}
	return Decision{Entries: t.out, State: t.s}, nil
}

// deeds is every command that changes a conversation.
var deeds = map[Do]func(*turn) error{
	DoStart: (*turn).start, DoSend: (*turn).send, DoChoose: (*turn).choose, DoAttach: (*turn).attach, DoSkip: (*turn).skip,
	DoSpeak: (*turn).speak, DoDescribe: (*turn).describe, DoElsewhere: (*turn).addDevice, DoOnlyHere: (*turn).endDevices,
	DoClose: (*turn).close, DoClaim: (*turn).claim, DoFinish: (*turn).finish, DoRelease: (*turn).release,
	DoTransfer: (*turn).transfer, DoNote: (*turn).note, DoNothing: (*turn).excuse,
	DoEscalate: (*turn).escalate, DoNewRoom: (*turn).newRoom, DoHangUp: (*turn).hangUp,
	DoBack: (*turn).goBack, DoRate: (*turn).rate,
	DoCallbackDone: (*turn).callbackDone, DoCallbackFailed: (*turn).callbackFailed, DoEndEmergency: (*turn).endEmergency,
	DoOffer: (*turn).offer, DoDecline: (*turn).decline, DoOfferGone: (*turn).offerGone, DoRingOffer: (*turn).ringOffer, DoAnswered: (*turn).answeredInApp, DoLeave: (*turn).leave,
	DoPropose: (*turn).propose, DoAcceptTime: (*turn).acceptTime, DoDeclineTime: (*turn).declineTime, DoMove: (*turn).moveBooking,
	DoCancel: (*turn).cancelBooking, DoReassign: (*turn).reassign, DoKept: (*turn).kept, DoNoShow: (*turn).noShow, DoLate: (*turn).late,
	DoRoomBooked: (*turn).roomBooked, DoBegin: (*turn).openEarly,
	DoAskVideo: (*turn).askVideo, DoDeclineCall: (*turn).declineCall, DoRefuseVideo: (*turn).refuseVideo, DoDevices: (*turn).checked, DoExtend: (*turn).extend, DoSeat: (*turn).seat, DoDelayed: (*turn).delayed,
	DoContact: (*turn).leaveContact, DoDropContact: (*turn).dropContact, DoTaskDone: (*turn).taskDone,
	DoNoticeTried: (*turn).noticeTried, DoNoticeSent: (*turn).noticeSent, DoNoticeFailed: (*turn).noticeFailed,
	DoWake: (*turn).wake,
	DoMade: (*turn).made, DoFailed: (*turn).failed, DoSeen: (*turn).seen, DoGone: (*turn).gone,
	DoStrange: (*turn).strange, DoUnwatched: (*turn).unwatched, DoWatched: (*turn).watchedAgain,
	DoBroken: (*turn).broke, DoRenew: (*turn).renew, DoRing: (*turn).ring, DoRingAgain: (*turn).ringAgain, DoCrowded: (*turn).crowded, DoRemoved: (*turn).removed,
}

// turn is one decision under way: the state as it will be, and what has been
// decided so far. Each entry is folded at once, so that what follows decides on
// what the journal will say.
type turn struct {
	decider *Decider
	s       State
	c       Command
	f       Facts
	out     []Entry
	broken  error

	free    *openings               // what can be booked, once it was asked for
	agreed  map[string]flows.Agreed // likewise what was agreed to before
	parting string                  // what is said should the conversation close with this; "": the usual words
}

// add stamps an entry and folds it.
func (t *turn) add(k Kind, to Audience, by By, body any) {
	if t.broken != nil {
		return
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.broken = err
		return
	}
	at := t.f.Now.UTC()
	if at.Before(t.s.At) {
		at = t.s.At // time never runs backwards in a journal
	}
	e := Entry{
		V: Format, Seq: t.s.Seq + 1, At: at, Kind: k, By: by, Key: t.c.Key,
		Audience: to, Prev: Prev{All: t.s.LastAll, Staff: t.s.LastStaff}, Body: b,
	}
	if len(t.out) == 0 && t.c.Key != "" {
		e.Actor = t.c.Actor.Key()
	}
	next, err := Apply(t.s, e)
	if err != nil {
		t.broken = err
		return
	}
	t.s, t.out = next, append(t.out, e)
}

func (t *turn) mine(k Kind, to Audience, body any) { t.add(k, to, t.c.Actor.By(), body) }
func (t *turn) bot(k Kind, body any)               { t.add(k, ForAll, By{Role: Bot}, body) }
func (t *turn) system(k Kind, to Audience, body any) {
	t.add(k, to, By{Role: System}, body)
}

// move asks the conversation's machine.
func (t *turn) move(e Event) (Phase, error) {
	to, err := t.decider.conversation.next(string(t.s.Phase), e)
	if err != nil {
		return "", t.notNow()
	}
	return Phase(to), nil
}

// moveCall asks the call's machine; where it says no, the news is stale.
func (t *turn) moveCall(e Event) bool {
	if t.s.Call == nil {
		return false
	}
	_, err := t.decider.call.next(string(t.s.Call.State), e)
	return err == nil
}

func (t *turn) words() words { return wordsIn(t.s.Language) }

func (t *turn) notNow() *Refusal {
	if t.s.Phase == ClosedDown {
		return refuse(ClosedCode, t.words().closedForGood)
	}
	return refuse(NotNow, t.words().notNow)
}

// asRefusal turns the flow's refusals into ours.
func (t *turn) asRefusal(err error) error {
	var r *flows.Refusal
	if !errors.As(err, &r) {
		return err
	}
	code := Overtaken
	if r.Code == flows.Invalid {
		code = Invalid
	}
	return refuse(code, r.Message)
}

func (t *turn) flowFacts() flows.Facts {
	f := flows.Facts{
		Now: t.f.Now, Live: t.f.Live, Patient: t.s.Patient,
		OnDuty: t.f.OnDuty, Free: t.freeTimes, Consents: t.consents(), Zone: t.f.Zone, Trace: t.f.Trace,
		VideoDown: !t.videoUp(),
	}
	if t.f.Queue != nil && t.s.Phase == Waiting {
		f.Queue = t.f.Queue()
	}
	return f
}

// consents are what the same signed person agreed to before.
func (t *turn) consents() map[string]flows.Agreed {
	if t.agreed == nil && t.f.Consents != nil {
		t.agreed = t.f.Consents()
	}
	return t.agreed
}

// live is the program whose facts of today count.
func (t *turn) live() *flows.Program {
	if t.f.Live != nil {
		return t.f.Live
	}
	return t.f.Program
}

// replyWithin is how long a doctor may leave a patient without an answer.
func replyWithin(department string, l Limits, live *flows.Program) time.Duration {
	if live != nil {
		if d, ok := live.Department(department); ok && d.ReplyWithin > 0 {
			return d.ReplyWithin
		}
	}
	return l.ReplyWithin
}
