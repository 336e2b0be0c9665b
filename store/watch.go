package store

import (
	"context"
	"sync"
)

// Watchers hands hints to everyone who watches. It is for engines that see all
// their commits themselves; the zero value is ready.
type Watchers struct {
	mu     sync.Mutex
	all    map[*watcher]struct{}
	closed chan struct{}
	ended  bool
	wait   sync.WaitGroup
}

// Watch is Store.Watch.
func (ws *Watchers) Watch(ctx context.Context) (<-chan Hint, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.ended {
		return nil, ErrClosed
	}
	if ws.all == nil {
		ws.all = map[*watcher]struct{}{}
		ws.closed = make(chan struct{})
	}
	w := &watcher{latest: map[string]Hint{}, news: make(chan struct{}, 1)}
	ws.all[w] = struct{}{}
	hints := make(chan Hint)
	ws.wait.Go(func() {
		defer close(hints)
		w.forward(ctx, ws.closed, hints)
		ws.leave(w)
	})
	return hints, nil
}

// Tell gives the hints to every watcher and waits for none.
func (ws *Watchers) Tell(hints ...Hint) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for w := range ws.all {
		w.add(hints)
	}
}

// Close ends all watches and returns when their channels are closed.
func (ws *Watchers) Close() {
	ws.mu.Lock()
	if !ws.ended && ws.closed != nil {
		close(ws.closed)
	}
	ws.ended = true
	ws.mu.Unlock()
	ws.wait.Wait()
}

func (ws *Watchers) leave(w *watcher) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.all, w)
}

// watcher holds what its reader has not fetched yet: the latest hint of each
// conversation, in the order in which they first became news. It is as large as
// the number of conversations written to while the reader slept.
type watcher struct {
	mu     sync.Mutex
	latest map[string]Hint
	order  []string
	news   chan struct{}
}

func (w *watcher) add(hints []Hint) {
	w.mu.Lock()
	for _, h := range hints {
		if _, waiting := w.latest[h.ID]; !waiting {
			w.order = append(w.order, h.ID)
		}
		w.latest[h.ID] = h
	}
	w.mu.Unlock()
	select {
	case w.news <- struct{}{}:
	default: // it has been woken already
	}
}

// take returns the oldest waiting hint.
func (w *watcher) take() (Hint, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.order) == 0 {
		w.order = nil
		return Hint{}, false
	}
	id := w.order[0]
	w.order = w.order[1:]
	h := w.latest[id]
	delete(w.latest, id)
	return h, true
}

func (w *watcher) forward(ctx context.Context, closed <-chan struct{}, to chan<- Hint) {
	for {
		h, ok := w.take()
		if !ok {
			select {
			case <-w.news:
				continue
			case <-ctx.Done():
				return
			case <-closed:
				return
			}
		}
		select {
		case to <- h:
		case <-ctx.Done():
			return
		case <-closed:
			return
		}
	}
}
