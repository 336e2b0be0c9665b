package engine

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"bedside/bot"
	"bedside/bot/rooms"
)

// AppState says whether a doctor's own TrueConf app can be rung.
type AppState = rooms.AppState

const (
	appKept = 20 * time.Second // an answer serves everybody so long
	appTime = 5 * time.Second  // TrueConf's for one
)

// apps remember what TrueConf said of the doctors' apps, so that a morning full
// of consoles asks once for each doctor.
type apps struct {
	mu    sync.Mutex
	known map[string]knownApp
	asks  singleflight.Group
}

type knownApp struct {
	state AppState
	at    time.Time
}

func newApps() *apps { return &apps{known: map[string]knownApp{}} }

// DoctorApp reads whether the staff member's TrueConf app is there. It is
// AppUnknown for whoever has none, in a restored backup, and where TrueConf does
// not say: the state is a courtesy, no call depends on it.
func (e *Engine) DoctorApp(ctx context.Context, a bot.Actor) AppState {
	if a.TrueConfID == "" || !e.o.Effects {
		return rooms.AppUnknown
	}
	if state, ok := e.apps.fresh(a.TrueConfID, e.now()); ok {
		return state
	}
	asked := e.apps.asks.DoChan(a.TrueConfID, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), appTime)
		defer cancel()
		state, err := e.o.Rooms.App(ctx, a.TrueConfID)
		if err != nil {
			e.log.Debug("engine: look for a doctor's app", "login", a.Login, "error", err)
		}
		e.apps.keep(a.TrueConfID, knownApp{state, e.now()})
		return state, nil
	})
	select {
	case r := <-asked:
		return r.Val.(AppState)
	case <-ctx.Done():
		return rooms.AppUnknown
	}
}

// appBusy reports whether the doctor's app was in a call when it was last asked, where
// the clinic has that count. Nobody waits for TrueConf here: an answer that is old is
// asked for anew beside, and until it comes the last one holds for a while.
func (e *Engine) appBusy(ctx context.Context, a bot.Actor) bool {
	if !e.o.AppPresence || a.TrueConfID == "" || !e.o.Effects {
		return false
	}
	now := e.now()
	if _, fresh := e.apps.fresh(a.TrueConfID, now); !fresh {
		asking, over := context.WithCancel(ctx)
		over()
		e.DoctorApp(asking, a) // the question goes on, nobody listens
	}
	return e.apps.lately(a.TrueConfID, now) == rooms.AppBusy
}

func (s *apps) fresh(user string, now time.Time) (AppState, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.known[user]
	return k.state, ok && now.Sub(k.at) < appKept
}

// lately is the last answer, as long as it says anything of now.
func (s *apps) lately(user string, now time.Time) AppState {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.known[user]; ok && now.Sub(k.at) < 3*appKept {
		return k.state
	}
	return rooms.AppUnknown
}

// keep holds one answer a doctor; there are no more of them than staff.
func (s *apps) keep(user string, k knownApp) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[user] = k
}
