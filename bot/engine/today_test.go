package engine_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestAStartHandsOnWhatADoctorWhoIsGoneHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.consulting("anna", igor)
		kept := h.consulting("kept", vera)
		h.opts.Staff = func(context.Context) map[string]bot.Actor { return map[string]bot.Actor{vera.Login: vera} }
		h.e.Close()
		h.restart()
		stop := h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, bot.Waiting, h.state(a).Phase)
		require.Equal(t, bot.Consulting, h.state(kept).Phase)
		h.do(vera, a.Conversation, bot.DoClaim, bot.Args{})
	})
}

// Whoever starts, sweeps or counts reads every open conversation, and remembers none
// for it: ten thousand appointments cost nothing while they wait.
func TestGoingThroughAllRemembersNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t)
		stop := h.run()
		for n := range 3 {
			h.booked(fmt.Sprint("patient ", n), n)
		}
		synctest.Wait() // the rooms are scheduled
		stop()
		h.restart()
		require.Zero(t, h.e.Remembered())
		stop = h.run()
		defer stop()
		time.Sleep(11 * time.Minute) // two sweeps
		h.e.LookAgain()
		_, err := h.e.Standings(t.Context())
		require.NoError(t, err)
		synctest.Wait()
		require.Zero(t, h.e.Remembered())
	})
}
