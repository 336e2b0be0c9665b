package engine

import (
	"context"
	"slices"

	"golang.org/x/sync/semaphore"

	"bedside/bot"
	"bedside/store"
)

// claimTries bounds how often one command is decided anew over what others of
// another node take. Each try that fails is somebody else's success.
const claimTries = 64

// crowd lets commands that want what there is one of, a seat, a doctor's hour, pass
// without starving each other. All of them decide at once, as long as that goes
// well. Who has lost to another decides and commits alone in this process, and so
// loses to other nodes at most: of a hundred who want the same, the hundredth is
// served or told that it is taken, and never that something is broken.
type crowd struct{ places *semaphore.Weighted }

const crowdMost = 1 << 20

func newCrowd() *crowd { return &crowd{semaphore.NewWeighted(crowdMost)} }

// among waits until nobody is alone, alone until nobody is among. Whoever asks first
// comes first. The error is the context's.
func (c *crowd) among(ctx context.Context) (leave func(), err error) { return c.enter(ctx, 1) }

func (c *crowd) alone(ctx context.Context) (leave func(), err error) { return c.enter(ctx, crowdMost) }

func (c *crowd) enter(ctx context.Context, places int64) (leave func(), err error) {
	if err := c.places.Acquire(ctx, places); err != nil {
		return nil, err
	}
	return func() { c.places.Release(places) }, nil
}

// takes reports whether records take something of which there is one.
func takes(puts []store.Put) bool {
	return slices.ContainsFunc(puts, func(p store.Put) bool {
		return !p.Delete && slices.Contains([]string{bot.SpaceOffer, bot.SpaceAgenda, bot.SpaceSeat, bot.SpaceRoom}, p.Space)
	})
}
