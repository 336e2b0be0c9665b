package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

// TestTheSameKeyOnTwoNodes: neither knows what the other has recorded, and yet
// every command stands in the journal once and is answered alike by both.
func TestTheSameKeyOnTwoNodes(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	other, err := engine.New(h.opts)
	require.NoError(t, err)
	before := len(h.journal(a.Conversation))
	const commands, tries = 40, 4
	seqs := make([][tries]uint64, commands)
	var wg sync.WaitGroup
	for i := range commands {
		for try := range tries {
			node := []*engine.Engine{h.e, other}[rand.N(2)]
			wg.Go(func() {
				c := bot.Command{
					Conversation: a.Conversation, Key: fmt.Sprint("word", i), Do: bot.DoSend, Actor: []bot.Actor{a, vera}[i%2],
					Args: bot.Args{Text: fmt.Sprint("word ", i)},
				}
				for seqs[i][try] == 0 { // many conflicts in a row are answered as unavailable: the same key again
					if r, err := node.Do(context.Background(), c); err == nil {
						seqs[i][try] = r.Seq
					}
				}
			})
		}
	}
	wg.Wait()
	require.Equal(t, before+commands, len(h.journal(a.Conversation)))
	for _, s := range seqs {
		require.Equal(t, [tries]uint64{s[0], s[0], s[0], s[0]}, s)
	}
}

// TestAKeyOpensNothing: whoever knows conversation and key of somebody else's
// command is told what strangers are told.
func TestAKeyOpensNothing(t *testing.T) {
	h := newHouse(t)
	anna, boris := h.consulting("anna", vera), h.waiting("boris")
	c := bot.Command{Conversation: anna.Conversation, Key: "guessed", Do: bot.DoSend, Actor: anna, Args: bot.Args{Text: "It hurts."}}
	_, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)
	guest := anna
	guest.Call = "call_1" // a visit key's holder enters a call and reads nothing
	for name, a := range map[string]bot.Actor{"another patient": boris, "a guest": guest} {
		c.Actor = a
		got, err := h.e.Do(t.Context(), c)
		require.Error(t, err, name)
		require.Empty(t, got.Entries, name)
	}
	c.Actor = boris
	_, err = h.e.Do(t.Context(), c)
	requireCode(t, bot.Unknown, err)
}

// TestKeysOfAJournalWithoutActors: one that was begun before entries named whose
// key they carry recognises its commands too.
func TestKeysOfAJournalWithoutActors(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	c := bot.Command{Conversation: a.Conversation, Key: "once", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "It hurts."}}
	first, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)

	var batch store.Batch
	for _, e := range h.journal(a.Conversation) {
		e.Actor = ""
		batch.Entries = append(batch.Entries, store.Entry{Seq: e.Seq, Data: e.Encode()})
	}
	batch.Head, err = h.store.Head(t.Context(), a.Conversation)
	require.NoError(t, err)
	older := newHouse(t)
	require.NoError(t, older.store.Commit(t.Context(), batch))

	_, err = older.e.Do(t.Context(), bot.Command{
		Conversation: a.Conversation, Key: "new", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "And now?"},
	})
	if err != nil {
		requireCode(t, bot.Unavailable, err) // its flow is not pinned here; the key is looked for before
	}
	again, err := older.e.Do(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, first.Seq, again.Seq)
	require.Len(t, again.Entries, len(first.Entries))
}

// TestACommandOfManyEntriesIsAnsweredWhole: a press that left several is
// answered with all of them, from whichever state it is looked up.
func TestACommandOfManyEntriesIsAnsweredWhole(t *testing.T) {
	h := newHouse(t)
	a := h.start("anna")
	c := bot.Command{Conversation: a.Conversation, Key: "name", Do: bot.DoSend, Actor: a, Args: bot.Args{Text: "Anna"}}
	first, err := h.e.Do(t.Context(), c)
	require.NoError(t, err)
	require.Greater(t, len(first.Entries), 1)
	for _, step := range []func(){func() {}, h.restart, func() { h.do(vera, a.Conversation, bot.DoClaim, bot.Args{}) }, h.restart} {
		step()
		again, err := h.e.Do(t.Context(), c)
		require.NoError(t, err)
		require.Equal(t, first.Seq, again.Seq)
		require.Len(t, again.Entries, len(first.Entries))
	}
}
