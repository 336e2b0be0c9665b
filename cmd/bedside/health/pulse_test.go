package health

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf"
)

var (
	gone   = &trueconf.Error{Kind: trueconf.Unreachable}
	denied = &trueconf.Error{Kind: trueconf.Credentials}
)

// bed is a pulse of a server that a test stops and starts.
type bed struct {
	t     *testing.T
	pulse *Pulse
	mu    sync.Mutex
	err   error
	asked []time.Time
	told  []State
	began time.Time
}

func watched(t *testing.T, test func(*bed)) {
	synctest.Test(t, func(t *testing.T) {
		b := &bed{t: t, began: time.Now()}
		b.pulse = NewPulse(b.ping, b.hear, time.Now)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); b.pulse.Run(ctx) }()
		synctest.Wait()
		test(b)
		stop()
		<-ended
	})
}

func (b *bed) ping(context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, time.Now())
	return b.err
}

func (b *bed) hear(s State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, s)
}

// questions is how many were asked so far.
func (b *bed) questions() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.asked)
}

func (b *bed) tellings() []State {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.told)
}

func (b *bed) set(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
}

func (b *bed) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestOneFailureIsNoReasonToAlarmAnybody(t *testing.T) {
	watched(t, func(b *bed) {
		b.pass(10 * time.Second)
		b.set(gone)
		b.pass(11 * time.Second) // asked at 20 s
		require.True(t, b.pulse.State().Up)
		b.set(nil)
		b.pass(5 * time.Second)
		require.True(t, b.pulse.State().Up)
		require.Len(t, b.tellings(), 1, "how it began, and nothing else")
	})
}

func TestDownSinceTheFirstSignAndUpWithTheFirstAnswer(t *testing.T) {
	watched(t, func(b *bed) {
		b.set(gone)
		b.pass(23 * time.Second)
		require.False(t, b.pulse.State().Up)
		require.Equal(t, 20*time.Second, b.pulse.State().Since.Sub(b.began))
		says, cure := b.pulse.State().Words()
		require.Contains(t, says["ru"], "не отвечает")
		require.NotEmpty(t, cure["en"])

		before := b.questions()
		b.pass(10 * time.Minute)
		require.InDelta(t, 21, b.questions()-before, 2, "it backs off, and no further than half a minute")
		require.Len(t, b.tellings(), 2, "told once")

		b.set(denied)
		b.pass(31 * time.Second)
		require.Len(t, b.tellings(), 3, "another reason is told")
		require.Equal(t, 20*time.Second, b.tellings()[2].Since.Sub(b.began), "down since then")

		b.set(nil)
		b.pass(31 * time.Second)
		require.True(t, b.pulse.State().Up)
		require.Len(t, b.tellings(), 4)
	})
}

// A request that fails is looked into at once, and a flood of them is one question
// a second.
func TestARealRequestThatFailsIsLookedIntoAtOnce(t *testing.T) {
	watched(t, func(b *bed) {
		b.pass(5 * time.Second)
		b.set(gone)
		b.pulse.Noticed(gone)
		b.pass(3 * time.Second)
		require.False(t, b.pulse.State().Up, "5 s + at once + 2 s")

		b.set(nil)
		b.pulse.Noticed(nil)
		b.pass(time.Second)
		require.True(t, b.pulse.State().Up, "a request that succeeds, too")

		before := b.questions()
		for range 100 {
			b.pulse.Noticed(gone)
			b.pass(50 * time.Millisecond)
		}
		require.LessOrEqual(t, b.questions()-before, 6)
		require.True(t, b.pulse.State().Up, "whoever answers is up, whatever one request says")
	})
}

func TestWhatMeansThatThereIsNoVideo(t *testing.T) {
	for _, v := range []struct {
		err  error
		down bool
	}{
		{nil, false}, {gone, true}, {denied, true}, {context.Canceled, false}, {errors.New("no client"), true},
		{&trueconf.Error{Kind: trueconf.TLS}, true}, {&trueconf.Error{Kind: trueconf.Scope}, true},
		{&trueconf.Error{Kind: trueconf.Unexpected, Status: 502}, true}, {&trueconf.Error{Kind: trueconf.Unexpected, Status: 429}, false},
		{&trueconf.Error{Kind: trueconf.NotFound, Status: 404}, false}, {&trueconf.Error{Kind: trueconf.Refused, Status: 400}, false},
		{&trueconf.Error{Kind: trueconf.NoOwner}, false}, {&trueconf.Error{Kind: trueconf.Duplicate}, false},
	} {
		require.Equal(t, v.down, down(v.err), "%v", v.err)
	}
	for kind := range reasons {
		says, cure := State{Why: &trueconf.Error{Kind: kind}}.Words()
		for _, language := range []string{"en", "ru"} {
			require.NotEmpty(t, says[language])
			require.NotEmpty(t, cure[language])
		}
	}
}
