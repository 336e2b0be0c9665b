package engine

import (
	"context"
	"time"

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

// ZoneOf is the time zone of a name.
func (e *Engine) ZoneOf(name string) *time.Location { return e.zones.of(name) }

// ZonesKept is how many names of zones are remembered, and ZonesMost how many may be.
func (e *Engine) ZonesKept() int { return len(e.zones.all) }

const ZonesMost = zonesKept

// Allow counts a text message to an address.
func (e *Engine) Allow(ctx context.Context, conversation, address string) error {
	return e.allow(ctx, bot.State{ID: conversation}, bot.Notice{Channel: bot.BySMS}, address)
}
