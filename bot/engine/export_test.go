package engine

import (
	"context"

	"bedside/bot"
	"bedside/flows"
)

// QueueOf is the place and the wait that the flow is told of.
func (e *Engine) QueueOf(s bot.State) flows.Queue { return e.queue(context.Background(), s) }

// Remembered is how many conversations are kept folded.
func (e *Engine) Remembered() int {
	e.cache.mu.Lock()
	defer e.cache.mu.Unlock()
	return e.cache.order.Len()
}

// System is a command of the engine's own.
func (e *Engine) System(ctx context.Context, id string, do bot.Do) (Result, error) {
	return e.system(ctx, id, do, bot.Args{})
}
