package engine

import (
	"context"
	"errors"

	"bedside/bot"
)

// LookAgain looks at every open conversation with the eyes of a configuration that
// has just changed. It returns at once; what it finds is decided by whoever runs.
func (e *Engine) LookAgain() { e.waker.lookAgain() }

// catchUp looks once, at the start and after a reload, at every open conversation with the eyes of
// today's configuration: a doctor who is no more among the staff and a department
// that the flow has no more would leave a patient to nobody, and no clock says so.
func (e *Engine) catchUp(ctx context.Context) {
	staff := e.o.Staff(ctx)
	var stranded []string
	err := e.each(ctx, bot.ListOpen, func(f *folded) {
		if bot.Stranded(f.state, staff, e.live(f.state.Site)) {
			stranded = append(stranded, f.state.ID)
		}
	})
	for _, id := range stranded {
		err = errors.Join(err, e.record(ctx, id, bot.DoWake, bot.Args{}))
	}
	if err != nil && ctx.Err() == nil {
		e.log.Error("engine: hand on what today's configuration leaves to nobody", "error", err)
	}
	if len(stranded) > 0 {
		e.log.Warn("engine: conversations of a doctor or department that is gone were handed on", "conversations", len(stranded))
	}
}
