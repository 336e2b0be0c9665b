package engine_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

func putRecord(t testing.TB, h *house, space, key, value string) {
	t.Helper()
	require.NoError(t, h.store.Commit(t.Context(), store.Batch{Records: []store.Put{{Space: space, Key: key, Value: []byte(value)}}}))
}

func TestPagesShowWhatTheReaderMaySee(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	for i := range 120 {
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: fmt.Sprint("word ", i)})
		if i%3 == 0 {
			h.do(vera, a.Conversation, bot.DoNote, bot.Args{Text: "for staff alone"})
		}
	}
	for _, fresh := range []bool{false, true} {
		if fresh {
			h.restart()
		}
		for _, reader := range []bot.Actor{a, vera} {
			for _, limit := range []int{1, 7, 100, 0, 100000} {
				t.Run(fmt.Sprint(fresh, reader.Role, limit), func(t *testing.T) {
					want := visible(h.journal(a.Conversation), reader.Role)
					require.Equal(t, want, forward(t, h, reader, a.Conversation, limit))
					require.Equal(t, want, backward(t, h, reader, a.Conversation, limit))
				})
			}
		}
	}
}

func visible(journal []bot.Entry, r bot.Role) []uint64 {
	var out []uint64
	for _, e := range journal {
		if e.Visible(r) {
			out = append(out, e.Seq)
		}
	}
	return out
}

func forward(t *testing.T, h *house, a bot.Actor, id string, limit int) (out []uint64) {
	for after := uint64(0); ; {
		page, err := h.e.Entries(t.Context(), a, id, engine.PageRequest{After: after, Limit: limit})
		require.NoError(t, err)
		for _, e := range page.Entries {
			out = append(out, e.Seq)
			after = e.Seq
		}
		if after == page.Last {
			return out
		}
		require.NotEmpty(t, page.Entries)
	}
}

func backward(t *testing.T, h *house, a bot.Actor, id string, limit int) (out []uint64) {
	for before := uint64(math.MaxUint64); ; {
		page, err := h.e.Entries(t.Context(), a, id, engine.PageRequest{Before: before, Limit: limit})
		require.NoError(t, err)
		if len(page.Entries) == 0 {
			return out
		}
		var seqs []uint64
		for _, e := range page.Entries {
			seqs = append(seqs, e.Seq)
		}
		out = append(seqs, out...)
		before = seqs[0]
	}
}

func TestAReadByAnOutsiderIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.consulting("anna", vera)
		h.do(vera, a.Conversation, bot.DoRelease, bot.Args{})
		h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
		reads := func() int {
			all, _, err := h.store.Records(t.Context(), "audit", "", "", 1000)
			require.NoError(t, err)
			return len(all)
		}
		read := func(d bot.Actor) error {
			_, err := h.e.Entries(t.Context(), d, a.Conversation, engine.PageRequest{})
			return err
		}
		before := reads()
		require.NoError(t, read(igor))
		require.NoError(t, read(a))
		require.Equal(t, before, reads(), "parties read freely")
		require.NoError(t, read(vera)) // has had it
		require.NoError(t, read(vera))
		require.Equal(t, before+1, reads())
		time.Sleep(11 * time.Minute)
		require.NoError(t, read(vera))
		require.Equal(t, before+2, reads())
		requireCode(t, bot.Unknown, read(mona))
		requireCode(t, bot.Unknown, read(bot.Actor{Role: bot.Patient, Conversation: "c_x"}))
		requireCode(t, bot.Unknown, read(bot.Actor{Role: bot.Patient, Conversation: a.Conversation, Call: "x"}))
	})
}

func TestAReadThatCannotBeRecordedDoesNotHappen(t *testing.T) {
	l := &lossy{}
	h := newHouse(t, func(o *engine.Options) { l.Store = o.Store; o.Store = l })
	a := h.consulting("anna", vera)
	h.do(vera, a.Conversation, bot.DoRelease, bot.Args{})
	h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	l.lose.Store(1)
	_, err := h.e.Entries(t.Context(), vera, a.Conversation, engine.PageRequest{})
	requireCode(t, bot.Unavailable, err)
}

func TestListsAreTheirReaders(t *testing.T) {
	h := newHouse(t)
	for i := range 5 {
		h.waiting(fmt.Sprint("waits ", i))
	}
	mine := h.consulting("anna", vera)
	rows := func(a bot.Actor, list string, limit int) []engine.HeadRow {
		var out []engine.HeadRow
		for cursor := ""; ; {
			page, next, err := h.e.Heads(t.Context(), a, list, cursor, limit)
			require.NoError(t, err)
			out = append(out, page...)
			if next == "" {
				return out
			}
			cursor = next
		}
	}
	for _, limit := range []int{1, 2, 5, 6, 100, 0} {
		all := rows(vera, "", limit)
		require.Len(t, all, 6, limit)
		require.Equal(t, mine.Conversation, all[0].ID)
		require.Equal(t, bot.Consulting, all[0].Phase)
		require.Equal(t, "Anna", all[0].Patient)
		require.Len(t, rows(igor, "", limit), 5)
		require.Empty(t, rows(mona, "", limit))
	}
	require.Len(t, rows(vera, "waiting/gp", 2), 5)
	require.Len(t, rows(bot.Actor{Role: bot.Admin, Login: "boss"}, "open", 4), 6)

	for _, c := range []struct {
		a    bot.Actor
		list string
	}{
		{vera, "waiting/kids"}, {vera, "doctor/doctor_2"}, {vera, "open"}, {vera, "call/x"}, {mona, "waiting/gp"},
		{vera, "closed/doctor_2"}, {bot.Actor{Role: bot.Auditor}, ""}, {bot.Actor{Role: bot.Auditor}, "open"}, {mine, ""}, {mine, "open"}, {bot.Actor{}, ""},
	} {
		_, _, err := h.e.Heads(t.Context(), c.a, c.list, "", 10)
		requireCode(t, bot.Forbidden, err)
	}
	for _, cursor := range []string{"x", "9:", "-1:", ":", "0"} {
		_, _, err := h.e.Heads(t.Context(), vera, "", cursor, 10)
		requireCode(t, bot.Malformed, err)
	}
}

func TestConsolesHearOfHeads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		sub := h.e.SubscribeHeads()
		defer sub.Close()
		a := h.waiting("anna")
		<-sub.C
		require.Equal(t, []string{a.Conversation}, sub.Changed())
		require.Empty(t, sub.Changed())
		h.do(vera, a.Conversation, bot.DoClaim, bot.Args{})
		b := h.waiting("boris")
		<-sub.C
		require.ElementsMatch(t, []string{a.Conversation, b.Conversation}, sub.Changed())
		h.e.Close()
		_, open := <-sub.C
		require.False(t, open)
	})
}

func TestClosedHubs(t *testing.T) {
	h := newHouse(t)
	a := h.start("anna")
	s := h.e.Subscribe(a.Conversation)
	h.e.Close()
	_, open := <-s.C
	require.False(t, open)
	s.Close()
	late, heads := h.e.Subscribe(a.Conversation), h.e.SubscribeHeads()
	_, open = <-late.C
	require.False(t, open)
	_, open = <-heads.C
	require.False(t, open)
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"}) // wakes nobody and does not fall over
}

func TestHintsOfAnotherNodeWakeFollowers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.consulting("anna", vera)
		stop := h.run()
		defer stop()
		synctest.Wait()
		sub := h.e.Subscribe(a.Conversation)
		defer sub.Close()
		heads := h.e.SubscribeHeads()
		defer heads.Close()
		other, err := engine.New(h.opts)
		require.NoError(t, err)
		_, err = other.Do(context.Background(), bot.Command{Conversation: a.Conversation, Key: "there", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "x"}})
		require.NoError(t, err)
		<-sub.C
		<-heads.C
		page, err := h.e.Entries(t.Context(), vera, a.Conversation, engine.PageRequest{})
		require.NoError(t, err)
		require.Equal(t, bot.MessageSent, page.Entries[len(page.Entries)-1].Kind)

		require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
		<-sub.C
		_, err = h.e.Entries(t.Context(), vera, a.Conversation, engine.PageRequest{})
		requireCode(t, bot.Unknown, err)
	})
}

// A follower reads from memory what this process commits, and never stops short
// of what it has heard of from another node.
func TestFollowersReadOnThroughBothNodes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.consulting("anna", vera)
		stop := h.run()
		defer stop()
		synctest.Wait()
		other, err := engine.New(h.opts)
		require.NoError(t, err)
		woken := make(chan struct{}, 100)
		sub := h.e.SubscribeFunc(a.Conversation, func() { woken <- struct{}{} })
		defer sub.Close()
		page, err := sub.Entries(t.Context(), a, engine.PageRequest{})
		require.NoError(t, err)
		after := page.Last

		for i, node := range []*engine.Engine{h.e, other, other, h.e, other} {
			text := fmt.Sprint("word", i)
			_, err := node.Do(t.Context(), bot.Command{Conversation: a.Conversation, Key: text, Do: bot.DoSend, Actor: a, Args: bot.Args{Text: text}})
			require.NoError(t, err)
			<-woken
			page, err := sub.Entries(t.Context(), a, engine.PageRequest{After: after})
			require.NoError(t, err)
			require.Len(t, page.Entries, 1)
			require.Contains(t, string(page.Entries[0].Body), text)
			after = page.Last
		}
		_, err = sub.Entries(t.Context(), bot.Actor{Role: bot.Patient, Conversation: "another"}, engine.PageRequest{})
		requireCode(t, bot.Unknown, err)

		require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
		<-woken
		_, err = sub.Entries(t.Context(), a, engine.PageRequest{})
		requireCode(t, bot.Unknown, err)
		require.False(t, sub.Ended())
		h.e.Close()
		require.True(t, sub.Ended())
	})
}
