package rooms_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf"
)

// stateless is a server whose answer about a room never says that it runs.
type stateless struct {
	rooms.TrueConf
	here []trueconf.Participant
}

func (s stateless) Conference(context.Context, string) (trueconf.Conference, error) {
	return trueconf.Conference{State: "unknown", Owner: "doctor1"}, nil
}

func (s stateless) Participants(context.Context, string) ([]trueconf.Participant, error) {
	return s.here, nil
}

func TestARoomWithOurPeopleRunsWhateverItsStateSays(t *testing.T) {
	for name, c := range map[string]struct {
		here    []trueconf.Participant
		running bool
	}{
		"the doctor is inside": {[]trueconf.Participant{{ID: "doctor1"}}, true},
		"a stranger is":        {[]trueconf.Participant{{ID: "somebody", Name: "Somebody"}}, false},
		"nobody is":            {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rooms.New(stateless{here: c.here}, rooms.Config{
				Key: make([]byte, 32), Installation: "alpha", ServiceAccount: "bedside", GuestSeats: 2,
			})
			require.NoError(t, err)
			seen, err := r.Look(t.Context(), first, "c_1")
			require.NoError(t, err)
			require.True(t, seen.Known)
			require.Equal(t, c.running, seen.Running)
			require.Equal(t, c.running, seen.Has(bot.Doctor))
			require.Equal(t, c.running, seen.Listed)
			require.Empty(t, seen.Strangers)
		})
	}
}
