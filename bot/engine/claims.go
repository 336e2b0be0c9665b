package engine

import (
	"context"
	"fmt"

	"bedside/bot"
	"bedside/store"
)

// claimed are the claims of a space that stand under a prefix, each with the
// conversation that holds it.
func (e *Engine) claimed(ctx context.Context, space, prefix string) (map[string]string, error) {
	out := map[string]string{}
	for cursor := ""; ; {
		records, next, err := e.store.Records(ctx, space, prefix, cursor, claimsPage)
		if err != nil {
			return nil, fmt.Errorf("engine: what is claimed: %w", err)
		}
		for _, r := range records {
			out[r.Key] = string(r.Value)
		}
		if next == "" {
			return out, nil
		}
		cursor = next
	}
}

const claimsPage = 1000

// claims are the records by which a commit takes and lets go of what there is one
// of. What is taken by somebody else meanwhile is a conflict: decide again.
func claims(was, next bot.State) []store.Put {
	had, has := claimSet(was), claimSet(next)
	var puts []store.Put
	for key, c := range has {
		if _, ok := had[key]; !ok {
			puts = append(puts, store.Put{
				Space: c.Space, Key: c.Key, Of: next.ID, Value: []byte(next.ID), If: store.Absent, Expires: c.Until,
			})
		}
	}
	for key, c := range had {
		if _, ok := has[key]; !ok {
			puts = append(puts, store.Put{Space: c.Space, Key: c.Key, Of: next.ID, Delete: true})
		}
	}
	return puts
}

type claimKey struct{ space, key string }

func claimSet(s bot.State) map[claimKey]bot.Claim {
	all := bot.Claims(s)
	if len(all) == 0 {
		return nil
	}
	out := make(map[claimKey]bot.Claim, len(all))
	for _, c := range all {
		out[claimKey{c.Space, c.Key}] = c
	}
	return out
}
