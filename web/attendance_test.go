package web

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// told is what staff would be told, in order.
type told struct {
	a    *attendance
	mu   sync.Mutex
	said []string
}

func (o *told) all() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.said)
}

func attends(t *testing.T) (*attendance, *told) {
	out := &told{}
	a := newAttendance(time.Now, func(string) {
		here, known, left := out.a.of("c_1")
		out.mu.Lock()
		defer out.mu.Unlock()
		switch {
		case !known:
			out.said = append(out.said, "unknown")
		case here:
			out.said = append(out.said, "here")
		default:
			out.said = append(out.said, "away "+time.Since(left).String())
		}
	})
	out.a = a
	t.Cleanup(a.close)
	return a, out
}

func TestAPageIsClosedAfterAWhileAndNotInTheGapOfTwoPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, out := attends(t)
		for range 5 { // long polls with gaps, a reload, a lift
			a.came("c_1")
			time.Sleep(25 * time.Second)
			a.went("c_1")
			time.Sleep(9 * time.Second)
			here, known, _ := a.of("c_1")
			require.True(t, here && known)
		}
		synctest.Wait()
		require.Equal(t, []string{"here"}, out.all())
		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.Equal(t, []string{"here", "away 10s"}, out.all())

		time.Sleep(3 * time.Minute)
		_, _, left := a.of("c_1")
		require.Equal(t, 3*time.Minute+11*time.Second, time.Since(left))
		a.came("c_1")
		require.Equal(t, []string{"here", "away 10s", "here"}, out.all())
	})
}

func TestTwoTabsOfAPatientAreOnePage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, out := attends(t)
		a.came("c_1")
		a.came("c_1")
		a.went("c_1")
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, []string{"here"}, out.all())
		a.went("c_1")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, []string{"here", "away 10s"}, out.all())
	})
}

func TestAfterAStartNothingIsKnownForAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, out := attends(t)
		a.afterStart(func() { a.tell("c_1") })
		_, known, _ := a.of("c_1")
		require.False(t, known)
		time.Sleep(29 * time.Second)
		_, known, _ = a.of("c_1")
		require.False(t, known)
		require.Empty(t, out.all())
		time.Sleep(time.Second)
		synctest.Wait()
		here, known, left := a.of("c_1")
		require.True(t, known && !here && left.IsZero(), "closed, and nobody knows since when")
		require.Len(t, out.all(), 1)
	})
}

func TestPagesClosedLongAgoAreForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, _ := attends(t)
		a.came("c_1")
		a.went("c_1")
		time.Sleep(attendedFor + 2*time.Hour)
		a.came("c_2")
		a.went("c_2")
		require.Len(t, a.all, 1)
	})
}
