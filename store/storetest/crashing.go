package storetest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// testCrashPoints runs one script, kills it in every write that it makes, both
// ways, starts it again on what is left and wants the same end each time.
func testCrashPoints(t *testing.T, s *subject) {
	const steps = 4
	counting := Crashing(s.Store, -1, LoseCommit)
	require.NoError(t, script(&subject{Store: counting, ctx: s.ctx}, steps))
	writes := counting.Commits()
	require.Equal(t, steps+1, writes)

	for _, how := range []How{LoseCommit, LoseAnswer} {
		for n := range writes {
			t.Run(fmt.Sprintf("%s in write %d", how, n+1), func(t *testing.T) {
				inner := s.open(t)
				dying := Crashing(inner, n, how)
				require.ErrorIs(t, script(&subject{Store: dying, ctx: s.ctx}, steps), ErrCrashed)
				<-dying.Dead()
				_, err := dying.Head(s.ctx, "c1")
				require.ErrorIs(t, err, ErrCrashed)

				reborn := &subject{Store: s.opts.Reopen(t, inner), ctx: s.ctx}
				written := n
				if how == LoseAnswer {
					written++
				}
				require.Len(t, journal(t, s.ctx, reborn, "c1"), min(written, steps))
				page, _, err := reborn.Records(s.ctx, "step", "", "", 100)
				require.NoError(t, err)
				require.Len(t, page, min(written, steps), "entries and records go together")

				require.NoError(t, script(reborn, steps))
				require.Len(t, journal(t, s.ctx, reborn, "c1"), steps)
				reborn.requireErased(t, "c0")
			})
		}
	}
}

// script appends step by step, each with its own record, so that a repeated run
// finds what it has done; then it erases another conversation.
func script(s *subject, steps int) error {
	head, err := s.Head(s.ctx, "c1")
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	for seq := head.Seq; seq < uint64(steps); seq++ {
		b := appends("c1", seq, 1)
		b.Records = []store.Put{{Space: "step", Key: fmt.Sprint(seq + 1), If: store.Absent}}
		if err := s.Commit(s.ctx, b); err != nil {
			return err
		}
	}
	return s.Erase(s.ctx, "c0")
}
