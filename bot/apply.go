package bot

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bedside/flows"
)

// Replay folds a whole journal.
func Replay(id string, entries []Entry) (State, error) {
	s := State{ID: id}
	for _, e := range entries {
		var err error
		if s, err = Apply(s, e); err != nil {
			return State{}, err
		}
	}
	return s, nil
}

// Apply folds one entry into the state. It trusts the entry: whether it was
// allowed was asked once, when it was decided. The error means bytes that no
// version of Bedside wrote, or an entry out of order.
func Apply(s State, e Entry) (State, error) {
	if e.Seq != s.Seq+1 {
		return s, fmt.Errorf("bot: entry %d follows %d", e.Seq, s.Seq)
	}
	fold, ok := folds[e.Kind]
	if !ok {
		return s, fmt.Errorf("bot: entry %d: no version knows the kind %q", e.Seq, e.Kind)
	}
	s.Seq, s.At = e.Seq, e.At
	switch e.Audience {
	case ForAll:
		s.LastAll, s.LastStaff = e.Seq, e.Seq
	case ForStaff:
		s.LastStaff = e.Seq
	}
	if e.By.Role == Patient {
		s.SpokeAt, s.Hushed = e.At, 0
	}
	s, err := fold(s, e)
	if err != nil {
		return s, fmt.Errorf("bot: entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	return s, nil
}

// silencePart is where the flow's reminders of a silent patient stand.
const silencePart = "silence"

type fold func(State, Entry) (State, error)

// with reads the body before it hands it to the fold of a kind.
func with[B any](f func(State, Entry, B) State) fold {
	return func(s State, e Entry) (State, error) {
		var b B
		if err := json.Unmarshal(e.Body, &b); err != nil {
			return s, err
		}
		return f(s, e, b), nil
	}
}

func asIs(s State, _ Entry) (State, error) { return s, nil }

// folds is the allow-list of kinds; a kind that is not in it was never written.
var folds = withFolds(promiseFolds(), map[Kind]fold{
	ConversationStarted:  with(foldStarted),
	ConversationClosed:   with(foldClosed),
	ConversationResumed:  with(foldResumed),
	ConversationReopened: with(foldReopened),
	DeviceAdded:          func(s State, _ Entry) (State, error) { s.Elsewhere = true; return s, nil },
	DevicesEnded:         func(s State, e Entry) (State, error) { s.Elsewhere, s.OnlySince = false, e.Seq; return s, nil },
	LanguageChosen:       with(foldLanguage),
	PageDescribed:        with(func(s State, _ Entry, b Described) State { s.Page = b.Attributes; return s }),
	MessageSent:          with(foldMessage),
	BotSaid:              with(foldSaid),
	BotAsked:             with(foldAsked),
	AnswerGiven:          with(foldAnswer),
	AnswerSkipped:        with(foldSkipped),
	NoteWritten:          asIs,
	FileWasSent:          with(foldFile),
	ConsentGiven:         with(foldConsented),
	AnswerTakenBack:      with(foldTakenBack),
	FlowMoved:            foldMoved,
	RatingGiven:          with(func(s State, _ Entry, b Rated) State { s.Rating = &b; return s }),
	QueueJoined:          with(foldQueued),
	VideoDeclined:        with(foldDeclined),
	WaitReminded:         with(foldReminded),
	WaitReached:          with(foldReached),
	LeadAlerted:          with(alerted),
	EmergencyRaised:      with(foldRaised),
	EmergencyOffered:     with(foldOffered),
	EmergencyEnded:       with(foldEmergencyOver),
	CallbackPromised:     with(foldPromised),
	CallbackDone:         func(s State, _ Entry) (State, error) { s.CallBack = nil; return s, nil },
	CallbackFailed:       func(s State, _ Entry) (State, error) { s.CallBack = nil; return s, nil },
	CallbackMissed:       func(s State, e Entry) (State, error) { return missed(s, e.At), nil },
	ConversationParked:   with(foldAside),
	DoctorAssigned:       with(foldAssigned),
	DoctorReminded:       func(s State, _ Entry) (State, error) { s.Reminded = true; return s, nil },
	DoctorExcused:        func(s State, _ Entry) (State, error) { return answered(s), nil },
	DoctorReleased:       with(foldReleased),
	DoctorFinished:       with(foldFinished),
	CallRequested:        with(foldRequested),
	CallReady:            with(foldReady),
	CallFailed:           with(foldFailed),
	CallWithdrawn:        with(foldWithdrawn),
	CallRung:             with(foldRung),
	CallJoined:           with(foldJoined),
	CallLeft:             with(foldLeft),
	CallAwaited:          with(foldAwaited),
	CallCrowded:          with(foldCrowded),
	CallStranger:         with(foldStranger),
	CallUnwatched:        with(func(s State, e Entry, b OfCall) State { return watched(s, e, b, true) }),
	CallWatched:          with(func(s State, e Entry, b OfCall) State { return watched(s, e, b, false) }),
	CallInterrupted:      with(foldInterrupted),
	CallEnded:            with(foldEnded),
	CallRemoved:          with(foldRemoved),
})

func foldStarted(s State, e Entry, b Started) State {
	s.Phase, s.Site, s.Door, s.Version = b.Phase, b.Site, b.Door, b.Version
	s.Language, s.Previous, s.Zone = b.Language, b.Previous, b.Zone
	s.Person, s.Vouched, s.Patient = b.Person, b.Patient, maps.Clone(b.Patient)
	s.StartedAt, s.SpokeAt, s.Silence = e.At, e.At, spans(b.Silence)
	s.Memory = flows.Memory{Language: b.Language}
	return s
}

func foldClosed(s State, e Entry, b Closed) State {
	if s.Phase == Intake && (b.Why == CloseSilence || b.Why == ClosePatient) {
		s.StoppedAt = s.Memory.Base().At
	}
	s.Phase, s.ClosedAt, s.ClosedWhy = b.Phase, e.At, b.Why
	s.Emergency, s.CallBack, s.Bookings, s.Purpose = nil, nil, nil, flows.ForChat
	s.Offer, s.Passed, s.VideoAsked, s.LedOn = nil, nil, time.Time{}, nil
	return standDown(ended(s, b.Step, b.Rate))
}

func foldResumed(s State, e Entry, b Resumed) State {
	s.Phase, s.ClosedAt, s.ClosedWhy, s.Asked = b.Phase, time.Time{}, "", nil
	return s
}

func foldReopened(s State, e Entry, b Resumed) State {
	s = foldResumed(s, e, b)
	return queue(s, e.At, b.Department)
}

func foldLanguage(s State, _ Entry, b Spoken) State {
	s.Language, s.Memory.Language = b.Language, b.Language
	return s
}

func foldMessage(s State, e Entry, _ Message) State {
	switch {
	case e.By.Role == Doctor:
		s.Rescued = nil
		return answered(s)
	case s.Phase == Parked:
		s.SaidParked = true
	case s.Phase == Consulting && s.OwedSince.IsZero():
		s.OwedSince, s.Reminded = e.At, false
	case s.Phase == Consulting && s.AskOwed:
		s.AskOwed = false // words too are owed from here on: a call answers no question
	case s.Phase == Consulting && s.Call != nil && s.Call.AloneOwed:
		var c *Call // words too are owed from here on: to come into the room answers no question
		s, c = s.change(s.Call.ID)
		c.AloneOwed = false
	}
	return s
}

func foldSaid(s State, _ Entry, b Said) State {
	at := place(b.Step)
	if at.Part == silencePart {
		s.Hushed = at.Step
	}
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.Said{At: place(b.Step), Text: b.Text})
	}
	return s
}

func foldAsked(s State, e Entry, b Asked) State {
	s.Asked, s.AskedAt = &b, e.At
	s.Memory = s.Memory.After(flows.Asked{At: place(b.Step), Slot: b.Slot, Text: b.Text, Type: b.Type, Optional: b.Optional})
	return s
}

func foldAnswer(s State, _ Entry, b Answer) State {
	s.Asked = nil
	if b.Value == nil {
		s.Memory = s.Memory.After(flows.Chosen{At: place(b.Step), Option: b.Option, Text: b.Text})
		return s
	}
	s.Memory = s.Memory.After(flows.Filled{At: place(b.Step), Slot: b.Slot, Value: *b.Value, Text: b.Text})
	name, ok := strings.CutPrefix(b.Fills, "patient.")
	if _, vouched := s.Vouched[name]; ok && !vouched {
		s.Patient = own(s.Patient)
		s.Patient[name] = b.Text
		if told, ok := b.Value.Text(); ok {
			s.Patient[name] = told
		}
	}
	return s
}

func foldSkipped(s State, _ Entry, b Answer) State {
	s.Asked = nil
	s.Memory = s.Memory.After(flows.Skipped{At: place(b.Step), Slot: b.Slot})
	return s
}

func foldQueued(s State, e Entry, b Queued) State {
	s.Phase, s.Priority, s.Summary = b.Phase, b.Priority, b.Summary
	if b.Step != "" || s.Memory.Above != flows.AboveEmergency {
		s.Asked = nil // what an emergency asks stands until it is answered or a doctor comes
	}
	s.QueuedBy, s.QueueStep, s.First = b.Event, b.Step, b.First
	s.Purpose, s.Declinable, s.Rungs = flows.Purpose(b.Purpose), b.Declinable, spans(b.Rungs)
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.HandedOver{At: place(b.Step), Department: b.Department, Summary: b.Summary})
	}
	return queue(s, e.At, b.Department)
}

func foldReminded(s State, _ Entry, b Reminded) State {
	s.Rung = b.Rung
	return passedOver(s)
}

func foldAssigned(s State, e Entry, b Assigned) State {
	s.Phase, s.Doctor, s.DoctorName, s.TrueConfID = b.Phase, b.Doctor, b.Name, b.TrueConfID
	s.Department, s.Asked, s.SaidParked = b.Department, nil, false
	s.Memory = s.Memory.After(flows.Dropped{}) // what a rung or an emergency asked is over
	s.Offer, s.Passed = nil, nil
	s.ClosedAt, s.ClosedWhy = time.Time{}, ""
	s.OwedSince, s.Reminded = e.At, false // the doctor's first word is owed
	if !slices.Contains(s.HadBy, b.Doctor) {
		s.HadBy = append(slices.Clone(s.HadBy), b.Doctor)
	}
	return s
}

func foldReleased(s State, e Entry, b Released) State {
	s.Phase = b.Phase
	doctor := s.Doctor
	return gaveBack(queue(standDown(s), e.At, b.Department), doctor, e.At, b.Why)
}

func foldFinished(s State, e Entry, b Finished) State {
	s.Phase, s.SpokeAt = b.Phase, e.At // the flow's silence counts from here
	s.WaitingSince, s.Purpose, s.Declinable, s.First = time.Time{}, flows.ForChat, false, false
	s.VideoAsked, s.LedOn = time.Time{}, nil
	if b.Words != "" || b.Next != nil {
		s.Concluded = &b
	}
	return standDown(s)
}

// queue puts the conversation into a department's queue with the rungs counted
// anew; the first waiting time stays as its rank.
func queue(s State, at time.Time, department string) State {
	s.Department, s.RungAt, s.Rung, s.Also, s.SaidParked = department, at, 0, nil, false
	s.Offer, s.Passed = nil, nil
	if s.WaitingSince.IsZero() {
		s.WaitingSince = at
	}
	return s
}

// standDown takes the doctor off.
func standDown(s State) State {
	s.Doctor, s.DoctorName, s.TrueConfID, s.Rescued = "", "", "", nil
	return answered(s)
}

// answered says that nothing is owed any more; what is owed next is owed for a
// reason of its own.
func answered(s State) State {
	s.OwedSince, s.Reminded, s.AskOwed = time.Time{}, false, false
	if s.Call != nil && s.Call.AloneOwed {
		s, c := s.change(s.Call.ID)
		c.AloneOwed = false
		return s
	}
	return s
}

// own is a copy of the map that the fold may write on; earlier states keep theirs.
func own[K comparable, V any](m map[K]V) map[K]V {
	if m = maps.Clone(m); m == nil {
		m = map[K]V{}
	}
	return m
}

// place reads a step that Decide wrote; an older spelling leaves the cursor at
// the start, where Again asks anew.
func place(step string) flows.Place {
	p, err := flows.ParsePlace(step)
	if err != nil {
		return flows.Place{}
	}
	return p
}
