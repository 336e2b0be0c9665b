package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"bedside/bot"
	"bedside/flows"
)

const (
	queueLook = 500            // so far down a queue a place is counted
	waitsKept = 20             // waits of a department that are remembered
	waitsNew  = 12 * time.Hour // older ones say nothing of today
	waitsMin  = 3              // fewer are no measure
)

// queue is a waiting patient's place among those of the department, and how long
// it probably takes still, by what others have waited. What is not known is zero.
func (e *Engine) queue(ctx context.Context, s bot.State) flows.Queue {
	place, cursor := 0, ""
	for place < queueLook {
		heads, next, err := e.store.List(ctx, bot.ListWaiting(s.Department), cursor, listPage)
		if err != nil {
			return flows.Queue{}
		}
		for _, h := range heads {
			place++
			if h.ID == s.ID {
				return flows.Queue{Position: place, Wait: e.waits.left(s, e.now())}
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return flows.Queue{}
}

// waits remember how long patients of a department have waited for their doctor.
// They begin anew with the process: until some have been taken nobody can say.
type waits struct {
	mu  sync.Mutex
	all map[string][]waited // by department, the last one last
}

type waited struct {
	took time.Duration
	at   time.Time
}

func newWaits() *waits { return &waits{all: map[string][]waited{}} }

// learn notes a wait that has ended with a doctor. Emergencies are no measure.
func (w *waits) learn(was, is bot.State) {
	if was.Phase != bot.Waiting || is.Phase != bot.Consulting || was.Emergency != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	all := append(w.all[was.Department], waited{is.At.Sub(was.WaitingSince), is.At})
	w.all[was.Department] = slices.Clone(all[max(0, len(all)-waitsKept):])
}

// left is what is left of the usual wait: half of those who came lately have waited
// no longer. Who waits longer than that already is told by the longest of them, and
// beyond it nobody can say.
func (w *waits) left(s bot.State, now time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	var took []time.Duration
	for _, x := range w.all[s.Department] {
		if now.Sub(x.at) < waitsNew {
			took = append(took, x.took)
		}
	}
	if len(took) < waitsMin {
		return 0
	}
	slices.Sort(took)
	so := now.Sub(s.WaitingSince)
	for _, usual := range []time.Duration{took[len(took)/2], took[len(took)-1]} {
		if usual > so {
			return max(usual-so, time.Minute)
		}
	}
	return 0
}
