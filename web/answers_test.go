package web

import (
	"testing"

	"bedside/bot"

	"github.com/stretchr/testify/require"
)

func TestTheLastThatTheSenderSees(t *testing.T) {
	entries := []bot.Entry{
		{Seq: 7, Audience: bot.ForAll}, {Seq: 8, Audience: bot.ForStaff}, {Seq: 9, Audience: bot.ForSystem},
	}
	s := &Server{}
	for role, want := range map[bot.Role]uint64{bot.Patient: 7, bot.Doctor: 8, bot.Admin: 8, bot.Service: 7} {
		require.Equal(t, want, s.lastSeen(t.Context(), bot.Actor{Role: role}, "c", entries), role)
	}
}
