package rooms_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf"
)

// The first of January 2027, 12:00 in Moscow, half an hour: 1798794000 and 1800.
func TestTheRoomOfAnAppointmentIsScheduled(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		o := byApp
		o.Start, o.Length = time.Date(2027, 1, 1, 12, 0, 0, 0, moscow), 30*time.Minute
		require.NoError(t, h.rooms.Schedule(t.Context(), o))
		client, err := trueconf.New(trueconf.Config{
			URL: "http://trueconf.localhost", ClientID: "id", ClientSecret: "secret", Transport: inProcess{h.there},
		})
		require.NoError(t, err)
		room, err := client.Conference(t.Context(), h.only().ID)
		require.NoError(t, err)
		require.EqualValues(t, 1798794000, room.Schedule.StartTime.Unix())
		require.Equal(t, 1800*time.Second, room.Schedule.Duration)
		require.Equal(t, trueconf.Once, room.Schedule.Kind)
		require.NoError(t, h.rooms.Schedule(t.Context(), o), "again: it is there")
		h.only()

		look, err := h.rooms.Look(t.Context(), first, "c_1")
		require.NoError(t, err)
		require.True(t, look.Known)
		require.False(t, look.Running, "its time has not come")
		require.NoError(t, h.rooms.Make(t.Context(), byApp), "the visit begins: the same room is run")
		look, err = h.rooms.Look(t.Context(), first, "c_1")
		require.NoError(t, err)
		require.True(t, look.Running)
		require.Len(t, h.there.Rooms(), 1)
	})
}

// Two installations never take each other's rooms, scheduled ones neither.
func TestAScheduledRoomOfAnotherOwnerIsNotTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		o := byApp
		o.Start, o.Length = time.Now().Add(time.Hour), time.Hour
		require.NoError(t, h.rooms.Schedule(t.Context(), o))
		o.How = bot.ByPage
		require.Error(t, h.rooms.Schedule(t.Context(), o))
	})
}
