package badluck_test

import (
	"bytes"
	"context"
	"sync"
	"testing"

	"bedside/bot"
	"bedside/store"
)

// witness is the disk: it looks at every commit that has reached it and holds it
// to what is promised of any. What it finds fails the test and names the entry.
type witness struct {
	store.Store
	t       *testing.T
	learned func(bot.Room) // told of every room that the journal asks for

	mu     sync.Mutex
	states map[string]bot.State
	raw    bytes.Buffer
}

func newWitness(t *testing.T, learned func(bot.Room)) *witness {
	return &witness{t: t, learned: learned, states: map[string]bot.State{}}
}

// turnTo looks at another disk, of which nothing is known; nobody may use the old
// one any more.
func (w *witness) turnTo(disk store.Store) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Store = disk
	clear(w.states)
}

func (w *witness) Commit(ctx context.Context, b store.Batch) error {
	err := w.Store.Commit(ctx, b)
	if b.Head.ID != "" {
		w.look(b.Head.ID)
	}
	return err
}

// look folds what is new in a journal and compares it with its head.
func (w *witness) look(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ctx := context.Background()
	head, err := w.Store.Head(ctx, id)
	if err != nil {
		return // refused at its first commit
	}
	s := w.states[id]
	s.ID = id
	fresh, err := w.Store.Entries(ctx, id, s.Seq, 1000)
	if err != nil {
		w.t.Errorf("read the journal: %v", err)
		return
	}
	heard := heard{}
	for _, e := range fresh {
		if e.Seq > head.Seq {
			break
		}
		s = w.fold(s, e, &heard)
	}
	w.states[id] = s
	w.promise(s, head, heard)
}

func (w *witness) fold(s bot.State, raw store.Entry, h *heard) bot.State {
	w.raw.Write(raw.Data)
	w.raw.WriteByte('\n')
	e, err := bot.DecodeEntry(raw.Data)
	if err != nil {
		w.t.Errorf("entry %d: %v", raw.Seq, err)
	}
	if e.Seq != raw.Seq || e.At.Before(s.At) {
		w.t.Errorf("entry %d (%s) says %d and %s, behind %s", raw.Seq, e.Kind, e.Seq, e.At, s.At)
	}
	next, err := bot.Apply(s, e) // refuses a gap
	if err != nil {
		w.t.Errorf("entry %d: %v", raw.Seq, err)
		return s
	}
	h.hear(e)
	for room := range next.Rooms {
		if !s.Rooms[room] {
			w.learned(room)
		}
	}
	return next
}

// heard is what became of a patient's word in the same commit.
type heard struct{ word, alerted bool }

func (h *heard) hear(e bot.Entry) {
	switch {
	case e.By.Role == bot.Patient && (e.Kind == bot.MessageSent || e.Kind == bot.AnswerGiven || e.Kind == bot.AnswerSkipped):
		h.word, h.alerted = true, false
	case e.Kind == bot.LeadAlerted:
		h.alerted = true
	}
}

// promise holds a head to the words of its journal: whoever waits has a moment at
// which something happens.
func (w *witness) promise(s bot.State, head store.Head, h heard) {
	var why string
	switch c := s.Call; {
	case h.word && !h.alerted && s.Phase != bot.ClosedDown: // an answer may be the last
		why = "a patient has spoken and nobody is alerted"
	case c.Open():
		why = "a call is " + string(c.State)
	case len(s.Rooms) > 0:
		why = "a room is not confirmed gone"
	case s.Phase == bot.Intake, s.Phase == bot.Waiting:
		why = "the phase is " + string(s.Phase)
	case s.Phase == bot.Consulting && !s.OwedSince.IsZero():
		why = "the patient is owed a word"
	default:
		return
	}
	if head.Wake.IsZero() {
		w.t.Errorf("entry %d: %s, and the head has no wake", s.Seq, why)
	}
}

// journalHas reports whether the journal answers for the room.
func (w *witness) journalHas(room bot.Room) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.states {
		if s.Rooms[room] {
			return true
		}
	}
	return false
}

func (w *witness) everyEntry() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.raw.Bytes())
}
