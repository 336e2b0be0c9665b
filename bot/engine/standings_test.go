package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// Where people stand and where they have left is counted by place; whom a doctor
// has had left nothing.
func TestWherePeopleStandAndStop(t *testing.T) {
	h := newHouse(t)
	asked := h.start("asked")
	left := h.start("left")
	h.do(left, left.Conversation, bot.DoClose, bot.Args{})
	waits := h.named("Waits")
	had := h.named("Had")
	h.do(igor, had.Conversation, bot.DoClaim, bot.Args{})
	h.do(igor, had.Conversation, bot.DoClose, bot.Args{})

	first, err := h.e.State(t.Context(), asked, asked.Conversation)
	require.NoError(t, err)
	queue, err := h.e.State(t.Context(), waits, waits.Conversation)
	require.NoError(t, err)
	open, err := h.e.Standings(t.Context())
	require.NoError(t, err)
	counted := map[flows.Place]int{}
	for _, s := range open {
		require.Equal(t, first.Version, s.Version)
		counted[s.At] = s.Open
	}
	require.Equal(t, map[flows.Place]int{first.Memory.At: 1, queue.Memory.At: 1}, counted)

	stops, err := h.e.Stops(t.Context())
	require.NoError(t, err)
	require.Len(t, stops, 1)
	require.Equal(t, first.Memory.At, stops[0].At)
	require.Equal(t, 1, stops[0].Open)
}
