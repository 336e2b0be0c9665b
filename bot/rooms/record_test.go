package rooms_test

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf"
)

// creating keeps the conference that it is asked for.
type creating struct {
	rooms.TrueConf
	asked trueconf.Conference
}

func (c *creating) Create(_ context.Context, asked trueconf.Conference) (trueconf.Conference, error) {
	c.asked = asked
	asked.State = trueconf.Running
	return asked, nil
}

// Recording is on, as a field and as a right, only in a room that is ordered so.
func TestARoomIsRecordedOnlyWhereItIsOrdered(t *testing.T) {
	for _, allowed := range []bool{true, false} {
		for _, ordered := range []bool{true, false} {
			rights := trueconf.CallRights()
			rights.Recording = allowed
			tc := &creating{}
			r, err := rooms.New(tc, rooms.Config{Key: bytes.Repeat([]byte{7}, 32), Installation: "test1234", ServiceAccount: "bedside", Rights: &rights})
			require.NoError(t, err)
			require.NoError(t, r.Make(t.Context(), rooms.Order{Room: bot.Room{Call: "call_1", Attempt: 1}, Conversation: "c_1", How: bot.ByPage, Record: ordered}))
			require.Equal(t, ordered, tc.asked.Recording)
			require.Equal(t, allowed && ordered, tc.asked.Rights.Guest.Recording)
			require.Equal(t, allowed && ordered, tc.asked.Rights.User.Recording)
		}
	}
	rights := trueconf.CallRights()
	require.False(t, rights.Recording)
}

// A room that was scheduled before the patient had agreed is made anew when the visit
// begins, and so is one that would record who has not.
func TestAScheduledRoomIsRecordedAsIsAgreedWhenTheVisitBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, agreed := range []bool{true, false} {
			h := newHouse(t)
			client, err := trueconf.New(trueconf.Config{
				URL: "http://trueconf.localhost", ClientID: "id", ClientSecret: "secret", Transport: inProcess{h.there},
			})
			require.NoError(t, err)
			o := byApp
			o.Record, o.Start, o.Length = !agreed, time.Now().Add(time.Hour), 30*time.Minute
			require.NoError(t, h.rooms.Schedule(t.Context(), o))
			o.Record, o.Start, o.Length = agreed, time.Time{}, 0
			for range 2 {
				require.NoError(t, h.rooms.Make(t.Context(), o))
				room, err := client.Conference(t.Context(), h.only().ID)
				require.NoError(t, err)
				require.Equal(t, agreed, room.Recording)
				require.True(t, room.IsRunning())
			}
		}
	})
}
