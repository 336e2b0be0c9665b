package engine

import (
	"math"

	"bedside/store"
)

// listen hears what is committed, by this process and by others, until the
// store ends the watch.
func (e *Engine) listen(hints <-chan store.Hint) {
	for h := range hints {
		switch {
		case h.Seq == 0 && h.Rev == 0:
			e.erased(h.ID)
		case e.ours(h):
			e.hub.hear(h.ID, h.Seq)
		default:
			e.hub.wake(h.ID, h.Seq)
			e.heads.tell(h.ID)
			e.waker.wake()
			e.works.dropAll()
			e.offers.everybody()
		}
	}
}

// ours reports whether this process has told its own followers already, or is
// about to.
func (e *Engine) ours(h store.Hint) bool {
	if e.locks.writing(h.ID) >= h.Seq {
		return true
	}
	f, ok := e.cache.get(h.ID)
	return ok && f.state.Seq >= h.Seq
}

func (e *Engine) erased(id string) {
	e.cache.drop(id)
	e.works.dropAll()
	e.tickets.forget(id)
	e.watches.forget(id)
	e.hub.wake(id, math.MaxUint64)
	e.heads.tell(id)
}
