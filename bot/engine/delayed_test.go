package engine_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// A doctor lets a call go on over the next appointment: its patient reads so at the
// press, in words and once, however often the same press arrives.
func TestTheNextPatientIsToldAtThePress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t, func(o *engine.Options) {
			limits := o.Limits
			o.Limits = func() bot.Limits { l := limits(); l.GuestSeats = 4; return l }
		})
		var here scene
		here.set(inside(bot.Patient, bot.Doctor), nil)
		h.rooms.look = here.look
		stop := h.run()
		defer stop()
		a, first := h.booked("anna", 5)
		next, second := h.booked("bob", 5)
		require.Equal(t, first.End(), second.Start)
		time.Sleep(time.Until(first.Start.Add(time.Minute)))
		synctest.Wait()
		require.True(t, h.state(a).Call.Open())
		said := func() (out []string) {
			for _, e := range h.journal(next.Conversation) {
				if e.Kind == bot.BotSaid && strings.Contains(string(e.Body), "takes longer") {
					out = append(out, string(e.Body))
				}
				require.NotContains(t, e.Key, a.Conversation)
			}
			return out
		}
		press := bot.Command{
			Conversation: a.Conversation, Key: "once", Do: bot.DoExtend, Actor: vera, Args: bot.Args{Minutes: 20},
		}
		for range 2 {
			_, err := h.e.Do(t.Context(), press)
			require.NoError(t, err)
		}
		require.Len(t, said(), 1)
		require.NotContains(t, said()[0], "Anna")
		press.Key, press.Args.Minutes = "again", 5
		_, err := h.e.Do(t.Context(), press)
		require.NoError(t, err)
		require.Len(t, said(), 2, "another end is told as well")
	})
}
