package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"bedside/bot"
)

// work is what a doctor has.
type work struct {
	open   int
	inCall bool
}

// works remembers what doctors have, so that a thousand of them are not counted anew
// for every patient. What is remembered is dropped by each commit that changes it; of
// other nodes' commits only hints come, and they drop all. It may be old for the
// moment between a commit and its news: then a doctor is rung who has just become
// full, or not rung who has just become free and is found by the next look.
type works struct {
	mu   sync.Mutex
	all  map[string]work
	news uint64 // counts what was dropped: what was read before it is not kept
}

func newWorks() *works { return &works{all: map[string]work{}} }

func (w *works) get(login string) (known work, news uint64, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	known, ok = w.all[login]
	return known, w.news, ok
}

// put keeps what was read since news was taken.
func (w *works) put(login string, read work, news uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.news == news {
		w.all[login] = read
	}
}

func (w *works) drop(logins ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.news++
	for _, login := range logins {
		delete(w.all, login)
	}
}

func (w *works) dropAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.news++
	clear(w.all)
}

// heed hears of a commit of this process.
func (w *works) heed(was, next bot.State) {
	if was.Doctor != next.Doctor || was.Phase != next.Phase || was.Call.Open() != next.Call.Open() {
		w.drop(was.Doctor, next.Doctor)
	}
}

// workOf is what a doctor has, as remembered or as it stands in the store.
func (e *Engine) workOf(ctx context.Context, login string) (work, error) {
	known, news, ok := e.works.get(login)
	if ok {
		return known, nil
	}
	var read work
	for cursor := ""; ; {
		heads, next, err := e.store.List(ctx, bot.ListDoctor(login), cursor, listPage)
		if err != nil {
			return work{}, fmt.Errorf("engine: what a doctor has: %w", err)
		}
		read.open += len(heads)
		for _, h := range heads {
			var s bot.Summary
			if json.Unmarshal(h.Body, &s) == nil && s.Call != nil {
				read.inCall = true
			}
		}
		if next == "" {
			break
		}
		cursor = next
	}
	e.works.put(login, read, news)
	return read, nil
}
