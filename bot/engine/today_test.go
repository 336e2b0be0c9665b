package engine_test

import (
	"context"
	"testing"
	"testing/synctest"

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
