package publish

import (
	"context"
	"slices"
)

// Undone are the flows of a draft that were served until somebody went back to an
// older version, by name, with that going back. It holds for as long as the flow is
// served as it was left then, whatever has become of the other flows since.
func (d *Desk) Undone(ctx context.Context, draft Draft) (map[string]Version, error) {
	all, err := d.History(ctx, searched)
	out := map[string]Version{}
	for _, f := range draft.flows() {
		if by, ok := undoneBy(all, f); ok {
			out[f.Name] = by
		}
	}
	return out, err
}

// undoneBy looks through versions, the newest first, for the one that went back
// behind a flow's files.
func undoneBy(all []Version, f Flow) (Version, bool) {
	has := func(v Version, sources string) bool {
		return slices.ContainsFunc(v.Flows, func(g Flow) bool { return g.Name == f.Name && g.Sources == sources })
	}
	served := ""
	if len(all) > 0 {
		for _, g := range all[0].Flows {
			if g.Name == f.Name {
				served = g.Sources
			}
		}
	}
	if served == "" || served == f.Sources {
		return Version{}, false
	}
	for i, v := range all {
		if !has(v, served) {
			break
		}
		if v.How != RolledBack {
			continue
		}
		for _, older := range all[i+1:] {
			if older.Number > v.Of && has(older, f.Sources) {
				return v, true
			}
		}
	}
	return Version{}, false
}
