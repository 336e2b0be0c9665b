package engine_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/store/storetest"
)

// An appointment from its making to its visit, with the process dying in each of
// its writes: its room stands, it is reminded of, held and begun once, and both
// come together.
func TestKillAfterEveryCommitOfAnAppointment(t *testing.T) {
	commits, died := bookOnce(t, -1, storetest.LoseCommit)
	require.False(t, died)
	require.GreaterOrEqual(t, commits, 8, "room, two reminders, held, looked at, due, ready, joined, kept")
	for n := range commits {
		for _, how := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
			t.Run(fmt.Sprintf("%d %v", n, how), func(t *testing.T) {
				_, died := bookOnce(t, n, how)
				require.True(t, died)
			})
		}
	}
}

func bookOnce(t *testing.T, n int, how storetest.How) (commits int, died bool) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t)
		a, b := h.booked("anna", 5)
		began := b.Start.Add(3 * time.Minute) // both come then
		h.rooms.look = func(context.Context, bot.Room) (rooms.Reading, error) {
			if time.Now().Before(began) {
				return inside(), nil
			}
			return inside(bot.Patient, bot.Doctor), nil
		}
		disk := h.store
		process := storetest.Crashing(disk, n, how)
		h.opts.Store = process
		h.restart()
		stop := h.run()
		for time.Now().Before(b.Start.Add(10 * time.Minute)) {
			time.Sleep(time.Minute)
			synctest.Wait()
			select {
			case <-process.Dead():
				died, commits = true, process.Commits()
				stop()
				process = storetest.Crashing(disk, -1, how)
				h.opts.Store = process
				h.restart()
				stop = h.run()
				synctest.Wait()
			default:
			}
		}
		stop()
		if !died {
			commits = process.Commits()
		}
		s := h.state(a)
		require.Empty(t, s.Bookings)
		require.Equal(t, bot.CallLive, s.Call.State)
		require.Equal(t, b.ID, s.Call.ID)
		kinds := h.kinds(a.Conversation)
		for kind, times := range map[bot.Kind]int{
			bot.BookingMade: 1, bot.BookingRoom: 2, bot.BookingReminded: 2, bot.BookingHeld: 1, bot.BookingDue: 1, bot.DoctorAssigned: 1,
			bot.CallRequested: 1, bot.BookingKept: 1, bot.BookingMissed: 0,
		} {
			require.Equal(t, times, count(kinds, kind), kind)
		}
		taken, _, err := disk.Records(t.Context(), bot.SpaceAgenda, "", "", 100)
		require.NoError(t, err)
		require.Len(t, taken, 6, "half an hour, while the visit goes on")
		h.opts.Store = disk
		h.restart()
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		live, _, err := disk.Records(t.Context(), bot.SpaceSeat, "", "", 100)
		require.NoError(t, err)
		require.Len(t, live, 1, "the call's one seat is all that is taken")
		taken, _, err = disk.Records(t.Context(), bot.SpaceAgenda, "", "", 100)
		require.NoError(t, err)
		require.Empty(t, taken)
	})
	return commits, died
}
