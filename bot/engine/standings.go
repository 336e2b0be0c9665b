package engine

import (
	"cmp"
	"context"
	"slices"

	"bedside/bot"
	"bedside/flows"
)

// stopsShown is of how many conversations that patients have left the places are
// counted: the last ones, for those of long ago say nothing of today's flow.
const stopsShown = 1000

// Standing is where open conversations stand in one version of a flow.
type Standing struct {
	Version string      // content hash of the flow that they began with
	At      flows.Place // of the flow's own cursor, whatever runs above it
	Open    int
}

// Standings counts the open conversations by version and place. It reads each of
// them, so it is for somebody who has asked, not for a clock.
func (e *Engine) Standings(ctx context.Context) ([]Standing, error) {
	counts := map[place]int{}
	err := e.each(ctx, bot.ListOpen, func(f *folded) {
		counts[place{f.state.Version, f.state.Memory.Base().At}]++
	})
	if err != nil {
		return nil, e.unavailable("count what is open", err)
	}
	return sorted(counts), nil
}

// Stops counts by version and place where patients left the bot's questions, by a
// press or by silence, in the last conversations of which that is so; Open is
// their number.
func (e *Engine) Stops(ctx context.Context) ([]Standing, error) {
	counts := map[place]int{}
	for cursor, seen := "", 0; seen < stopsShown; {
		heads, next, err := e.store.List(ctx, bot.ListStopped, cursor, listPage)
		if err != nil {
			return nil, e.unavailable("count where patients stop", err)
		}
		for _, h := range heads {
			f, _, err := e.glance(ctx, h.ID)
			if err == nil {
				counts[place{f.state.Version, f.state.StoppedAt}]++
			}
		}
		if seen += len(heads); next == "" {
			break
		}
		cursor = next
	}
	return sorted(counts), nil
}

// place is one step of one version.
type place struct {
	version string
	at      flows.Place
}

func sorted(counts map[place]int) []Standing {
	out := make([]Standing, 0, len(counts))
	for p, n := range counts {
		out = append(out, Standing{Version: p.version, At: p.at, Open: n})
	}
	slices.SortFunc(out, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.At.Part, b.At.Part), cmp.Compare(a.At.Step, b.At.Step))
	})
	return out
}
