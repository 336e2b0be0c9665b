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
		s.SpokeAt = e.At
	}
	s, err := fold(s, e)
	if err != nil {
		return s, fmt.Errorf("bot: entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	return s, nil
}

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
var folds = map[Kind]fold{
	ConversationStarted:  with(foldStarted),
	ConversationClosed:   with(foldClosed),
	ConversationResumed:  with(foldResumed),
	ConversationReopened: with(foldReopened),
	MessageSent:          with(foldMessage),
	BotSaid:              with(foldSaid),
	BotAsked:             with(foldAsked),
	AnswerGiven:          with(foldAnswer),
	AnswerSkipped:        with(foldSkipped),
	NoteWritten:          asIs,
	QueueJoined:          with(foldQueued),
	WaitReminded:         with(foldReminded),
	LeadAlerted:          asIs,
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
	CallStranger:         with(foldStranger),
	CallUnwatched:        with(func(s State, _ Entry, b OfCall) State { return watched(s, b, true) }),
	CallWatched:          with(func(s State, _ Entry, b OfCall) State { return watched(s, b, false) }),
	CallInterrupted:      with(foldInterrupted),
	CallEnded:            with(foldEnded),
	CallRemoved:          with(foldRemoved),
}

func foldStarted(s State, e Entry, b Started) State {
	s.Phase, s.Site, s.Door, s.Version = b.Phase, b.Site, b.Door, b.Version
	s.Language, s.Previous, s.Patient = b.Language, b.Previous, maps.Clone(b.Patient)
	s.StartedAt, s.SpokeAt = e.At, e.At
	s.Memory = flows.Memory{Language: b.Language}
	return s
}

func foldClosed(s State, e Entry, b Closed) State {
	s.Phase, s.ClosedAt, s.ClosedWhy = b.Phase, e.At, b.Why
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.Ended{At: place(b.Step)})
		s.EndedFlow = true
	}
	s.Asked = nil
	return standDown(s)
}

func foldResumed(s State, e Entry, b Resumed) State {
	s.Phase, s.ClosedAt, s.ClosedWhy, s.Asked = b.Phase, time.Time{}, "", nil
	return s
}

func foldReopened(s State, e Entry, b Resumed) State {
	s = foldResumed(s, e, b)
	return queue(s, e.At, b.Department)
}

func foldMessage(s State, e Entry, _ Message) State {
	switch {
	case e.By.Role == Doctor:
		return answered(s)
	case s.Phase == Consulting && s.OwedSince.IsZero():
		s.OwedSince, s.Reminded = e.At, false
	}
	return s
}

func foldSaid(s State, _ Entry, b Said) State {
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.Said{At: place(b.Step), Text: b.Text})
	}
	return s
}

func foldAsked(s State, _ Entry, b Asked) State {
	s.Asked = &b
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
	if name, ok := strings.CutPrefix(b.Fills, "patient."); ok {
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
	s.Phase, s.Priority, s.Summary, s.Asked = b.Phase, b.Priority, b.Summary, nil
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.HandedOver{At: place(b.Step), Department: b.Department, Summary: b.Summary})
	}
	return queue(s, e.At, b.Department)
}

func foldReminded(s State, _ Entry, b Reminded) State {
	s.Rung = b.Rung
	return s
}

func foldAssigned(s State, e Entry, b Assigned) State {
	s.Phase, s.Doctor, s.DoctorName, s.TrueConfID = b.Phase, b.Doctor, b.Name, b.TrueConfID
	s.Department, s.Asked = b.Department, nil
	s.ClosedAt, s.ClosedWhy = time.Time{}, ""
	s.OwedSince, s.Reminded = e.At, false // the doctor's first word is owed
	if !slices.Contains(s.HadBy, b.Doctor) {
		s.HadBy = append(slices.Clone(s.HadBy), b.Doctor)
	}
	return s
}

func foldReleased(s State, e Entry, b Released) State {
	s.Phase = b.Phase
	return queue(standDown(s), e.At, b.Department)
}

func foldFinished(s State, e Entry, b Finished) State {
	s.Phase, s.SpokeAt = b.Phase, e.At // the flow's silence counts from here
	s.WaitingSince = time.Time{}
	return standDown(s)
}

// queue puts the conversation into a department's queue with the rungs counted
// anew; the first waiting time stays as its rank.
func queue(s State, at time.Time, department string) State {
	s.Department, s.RungAt, s.Rung = department, at, 0
	if s.WaitingSince.IsZero() {
		s.WaitingSince = at
	}
	return s
}

// standDown takes the doctor off.
func standDown(s State) State {
	s.Doctor, s.DoctorName, s.TrueConfID = "", "", ""
	return answered(s)
}

func answered(s State) State {
	s.OwedSince, s.Reminded = time.Time{}, false
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
