package health

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/config"
	"bedside/trueconf"
)

// boarded runs a board over a clinic whose TrueConf is nowhere: what is asked and
// when is all that counts here.
func boarded(t *testing.T, calls func() int, test func(t *testing.T, b *Board, runs func() []bool)) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var all []bool // fresh or not
		runs := func() []bool {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(all)
		}
		clinic := func(fresh bool) check.Clinic {
			mu.Lock()
			all = append(all, fresh)
			mu.Unlock()
			u, _ := config.ParseURL("https://video.example")
			return check.Clinic{
				Config:   config.Config{TrueConf: config.TrueConf{URL: u, GuestSeats: 1}},
				Flows:    func() (string, error) { return "flow.yaml", nil },
				TrueConf: func() (*trueconf.Client, error) { return nil, errors.New("nowhere") },
				Dial:     nowhere,
			}
		}
		b := NewBoard(clinic, calls, time.Now)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); b.Run(ctx) }()
		test(t, b, runs)
		stop()
		<-ended
	})
}

func TestTheBoardLooksSoonAndThenEveryFiveMinutes(t *testing.T) {
	boarded(t, func() int { return 0 }, func(t *testing.T, b *Board, runs func() []bool) {
		lines, at, running := b.Last()
		require.Empty(t, lines)
		require.True(t, at.IsZero())
		require.False(t, running)
		time.Sleep(time.Minute)
		lines, at, _ = b.Last()
		require.Len(t, lines, len(check.All()))
		require.False(t, at.IsZero())
		require.Equal(t, []bool{false, false}, runs(), "and the slow ones beside them")
		time.Sleep(30 * time.Minute)
		require.Len(t, runs(), 8)
		later, _, _ := b.Last()
		for i, k := range check.All() {
			require.Equal(t, k.ID, later[i].Check)
			require.Equal(t, k.Every > 5*time.Minute, later[i].At.Equal(lines[i].At), "%s is asked every %s", k.ID, k.Every)
		}
	})
}

func TestWhoeverPressesGetsARunAtOnceAndNotTwice(t *testing.T) {
	boarded(t, func() int { return 0 }, func(t *testing.T, b *Board, runs func() []bool) {
		time.Sleep(2 * time.Minute)
		require.Zero(t, b.Again())
		require.Zero(t, b.Again(), "it is under way")
		_, _, running := b.Last()
		require.True(t, running)
		time.Sleep(5 * time.Second)
		require.Equal(t, []bool{false, false, true}, runs(), "with a token of its own")
		require.InDelta(t, 12, b.Again().Seconds(), 4, "not again so soon")
		time.Sleep(time.Minute)
		require.Zero(t, b.Again())
	})
}

func TestABoardThatNobodyRunsIsNeverUnderWay(t *testing.T) {
	b := NewBoard(nil, func() int { return 0 }, time.Now)
	require.Zero(t, b.Again())
	require.Zero(t, b.Again())
	_, _, running := b.Last()
	require.False(t, running)
}

func TestNoRoomIsMadeWhileACallIsOpen(t *testing.T) {
	var open atomic.Int64
	open.Store(1)
	boarded(t, func() int { return int(open.Load()) }, func(t *testing.T, b *Board, _ func() []bool) {
		time.Sleep(time.Minute)
		require.Zero(t, b.Again())
		time.Sleep(time.Minute)
		for _, l := range lastOf(b) {
			for _, k := range check.All() {
				require.False(t, k.ID == l.Check && k.Room, "%s stands on a room", k.ID)
			}
		}
		open.Store(0)
		time.Sleep(6 * time.Minute)
		require.Len(t, lastOf(b), len(check.All()), "as soon as none is open")
	})
}

func lastOf(b *Board) []check.Line {
	lines, _, _ := b.Last()
	return lines
}
