package engine_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
	"bedside/store/storetest"
)

func TestTheSameKeyIsRecordedOnce(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	c := bot.Command{Conversation: a.Conversation, Key: "once", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "It hurts."}}
	first, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)
	require.Len(t, first.Entries, 1)
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Still there?"})

	again, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, first.Seq, again.Seq)
	require.Equal(t, first.Entries[0].Encode(), again.Entries[0].Encode())

	h.restart()
	later, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, first.Entries[0].Encode(), later.Entries[0].Encode())

	t.Run("the doctor's same key is another one", func(t *testing.T) {
		c := c
		c.Actor = vera
		other, err := h.e.Do(t.Context(), c)
		require.NoError(t, err)
		require.NotEqual(t, first.Seq, other.Seq)
	})
}

func TestTheSameKeyAtOnce(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	c := bot.Command{Conversation: a.Conversation, Key: "once", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "It hurts."}}
	before := len(h.journal(a.Conversation))
	seqs := make([]uint64, 32)
	var wg sync.WaitGroup
	for i := range seqs {
		wg.Go(func() {
			r, err := h.e.Do(context.Background(), c)
			if err == nil {
				seqs[i] = r.Seq
			}
		})
	}
	wg.Wait()
	require.Len(t, h.journal(a.Conversation), before+1)
	for _, seq := range seqs {
		require.EqualValues(t, before+1, seq)
	}
}

func TestAKeyThatWasAnsweredBeforeARefusalWouldCome(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	claim := bot.Command{Conversation: a.Conversation, Key: "mine", Do: bot.DoClaim, Actor: vera}
	first, err := h.e.Do(t.Context(), claim)
	require.NoError(t, err)
	h.do(vera, a.Conversation, bot.DoRelease, bot.Args{})
	h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	again, err := h.e.Do(t.Context(), claim)
	require.NoError(t, err, "the command was done when it was given")
	require.Equal(t, first.Seq, again.Seq)
}

func TestTwoDoctorsClaimAtOnce(t *testing.T) {
	for range 20 {
		h := newHouse(t)
		a := h.waiting("anna")
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i, d := range []bot.Actor{vera, igor} {
			wg.Go(func() {
				_, errs[i] = h.e.Do(context.Background(), bot.Command{Conversation: a.Conversation, Key: "k", Do: bot.DoClaim, Actor: d})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			requireCode(t, bot.Taken, err)
		}
		require.Equal(t, 1, won)
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.DoctorAssigned))
	}
}

func TestTwoNodesClaimAtOnce(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	other, err := engine.New(h.opts)
	require.NoError(t, err)
	sub := other.Subscribe(a.Conversation)
	defer sub.Close()
	_, err = other.State(t.Context(), igor, a.Conversation) // the other node has it in mind
	require.NoError(t, err)
	h.do(vera, a.Conversation, bot.DoClaim, bot.Args{})
	_, err = other.Do(t.Context(), bot.Command{Conversation: a.Conversation, Key: "k", Do: bot.DoClaim, Actor: igor})
	requireCode(t, bot.Taken, err)
	<-sub.C // its followers hear of what stood in the way

	t.Run("a refusal from an old state is not believed", func(t *testing.T) {
		h.do(vera, a.Conversation, bot.DoRelease, bot.Args{})
		_, err = other.Do(t.Context(), bot.Command{Conversation: a.Conversation, Key: "k2", Do: bot.DoClaim, Actor: igor})
		require.NoError(t, err)
	})
}

// lossy is a store whose commits lose their answer, or themselves.
type lossy struct {
	store.Store
	lose atomic.Int32 // once: 1 the commit, 2 its answer, 3 its answer and the commit comes late
	late *store.Batch
}

func (l *lossy) Commit(ctx context.Context, b store.Batch) error {
	if l.late != nil {
		late := *l.late
		l.late = nil
		if err := l.Store.Commit(ctx, late); err != nil {
			return err
		}
	}
	switch l.lose.Swap(0) {
	case 3:
		l.late = &b
		return errors.New("the line is cut")
	case 1:
		return errors.New("the line is cut")
	case 2:
		if err := l.Store.Commit(ctx, b); err != nil {
			return err
		}
		return errors.New("the line is cut")
	}
	return l.Store.Commit(ctx, b)
}

func TestAnUnknownOutcomeIsSettled(t *testing.T) {
	for name, how := range map[string]int32{"commit lost": 1, "answer lost": 2, "commit late": 3} {
		t.Run(name, func(t *testing.T) {
			l := &lossy{Store: storetest.NewModel()}
			h := newHouse(t, func(o *engine.Options) { o.Store = l })
			a := h.consulting("anna", vera)
			before := len(h.journal(a.Conversation))
			l.lose.Store(how)
			r := h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
			require.EqualValues(t, before+1, r.Seq)
			require.Len(t, h.journal(a.Conversation), before+1)
			h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "More."})
			require.Len(t, h.journal(a.Conversation), before+2)
		})
	}
}

func TestACallerWhoLeavesTakesNothingBack(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	hold := &held{Store: h.store, gate: make(chan struct{}), came: make(chan struct{}, 8)}
	h.opts.Store = hold
	h.restart()
	ctx, leave := context.WithCancel(t.Context())
	c := bot.Command{Conversation: a.Conversation, Key: "left", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "Hello?"}}
	done := make(chan error, 2)
	go func() { _, err := h.e.Do(ctx, c); done <- err }()
	<-hold.came
	go func() { _, err := h.e.Do(context.Background(), c); done <- err }() // waits behind the first
	leave()
	close(hold.gate)
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	require.Equal(t, 1, strings.Count(journalText(h, a.Conversation), "Hello?"))
}

// held is a store whose commits wait for a gate.
type held struct {
	store.Store
	gate chan struct{}
	came chan struct{}
}

func (s *held) Commit(ctx context.Context, b store.Batch) error {
	s.came <- struct{}{}
	select {
	case <-s.gate:
		return s.Store.Commit(ctx, b)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func journalText(h *house, id string) string {
	var b strings.Builder
	for _, e := range h.journal(id) {
		b.Write(e.Encode())
	}
	return b.String()
}

func TestKeysAndStrangersAreRefused(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	for name, key := range map[string]string{
		"none": "", "too long": strings.Repeat("k", engine.MaxKey+1), "a blank": "a b", "a line": "a\nb", "not ASCII": "ключ", "a NUL": "\x00",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.e.Do(t.Context(), bot.Command{Conversation: a.Conversation, Key: key, Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "x"}})
			requireCode(t, bot.Malformed, err)
		})
	}
	_, err := h.try(bot.Actor{Role: bot.Patient, Conversation: "c_other"}, a.Conversation, bot.DoSend, bot.Args{Text: "x"})
	requireCode(t, bot.Unknown, err)
	_, err = h.try(a, "c_nothing", bot.DoSend, bot.Args{Text: "x"})
	requireCode(t, bot.Unknown, err)
	_, err = h.try(vera, "c_nothing", bot.DoClaim, bot.Args{})
	requireCode(t, bot.Unknown, err)
	_, err = h.try(mona, a.Conversation, bot.DoClaim, bot.Args{})
	requireCode(t, bot.Unknown, err)
	_, err = h.try(a, a.Conversation, bot.DoStart, bot.Args{})
	requireCode(t, bot.Malformed, err)
	_, err = h.try(a, a.Conversation, "fly", bot.Args{})
	requireCode(t, bot.Malformed, err)
}

func TestAStoreThatDoesNotAnswer(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	require.NoError(t, h.store.Close())
	_, err := h.try(a, a.Conversation, bot.DoSend, bot.Args{Text: "secret words"})
	r := requireCode(t, bot.Unavailable, err)
	require.NotZero(t, r.RetryAfter)
	require.NotContains(t, h.log.String(), "secret words")
	_, err = h.e.Entries(t.Context(), a, a.Conversation, engine.PageRequest{})
	requireCode(t, bot.Unavailable, err)
}

func TestASubscriptionNeverLosesTheLastEntry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.consulting("anna", vera)
		const messages = 200
		var wg sync.WaitGroup
		for range 8 {
			sub := h.e.Subscribe(a.Conversation)
			start := h.state(a).Seq
			wg.Go(func() {
				defer sub.Close()
				for at := start; at < start+messages; {
					<-sub.C
					next, err := drain(t, h, a, at)
					if err != nil {
						t.Errorf("entries: %v", err)
						return
					}
					at = next
				}
			})
		}
		for range messages {
			h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "word"})
		}
		wg.Wait() // a lost last entry would stand here for ever, which synctest reports
	})
}

// drain reads page after page up to the end that the last one names, as whoever
// is woken must: one wake-up may stand for more than a page.
func drain(t *testing.T, h *house, a bot.Actor, at uint64) (uint64, error) {
	for {
		page, err := h.e.Entries(t.Context(), a, a.Conversation, engine.PageRequest{After: at})
		if err != nil {
			return at, err
		}
		for _, e := range page.Entries {
			if e.Prev.All != at || e.Seq <= at {
				t.Errorf("a gap: %d after %d", e.Seq, at)
			}
			at = e.Seq
		}
		if at >= page.Last {
			return at, nil
		}
	}
}
