package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"bedside/store"
)

// The spaces of the store. Sources are kept under their content, so versions that
// share a flow share its files; a version is never changed nor removed.
const (
	spaceVersion = "flow.version" // by number, the last one first
	spaceSources = "flow.sources"
	spacePlan    = "flow.plan"
	keyPlan      = "next"
)

// versionKey sorts the last version first.
func versionKey(number int) string { return fmt.Sprintf("%010d", math.MaxInt32-number) }

// last is the version that was published last; its Number is 0 where none was.
func last(ctx context.Context, st store.Store) (Version, error) {
	all, err := History(ctx, st, 1)
	if err != nil || len(all) == 0 {
		return Version{}, err
	}
	return all[0], nil
}

// History are the last versions, the newest first.
func History(ctx context.Context, st store.Store, limit int) ([]Version, error) {
	records, _, err := st.Records(ctx, spaceVersion, "", "", limit)
	if err != nil {
		return nil, err
	}
	out := make([]Version, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &out[i]); err != nil {
			return nil, fmt.Errorf("the record of a published version (%s/%s) is damaged: %w", r.Space, r.Key, err)
		}
	}
	return out, nil
}

// ErrNoVersion says that there is no such version.
var ErrNoVersion = errors.New("there is no such version")

const searched = 1000 // versions that a hash is looked for in

// find is a version by its number or the beginning of its hash. A word of digits
// alone is a number first.
func find(ctx context.Context, st store.Store, word string) (Version, error) {
	if n, err := strconv.Atoi(strings.TrimPrefix(word, "#")); err == nil && n > 0 && n < math.MaxInt32 {
		r, err := st.Record(ctx, spaceVersion, versionKey(n))
		var v Version
		switch {
		case err == nil:
			return v, json.Unmarshal(r.Value, &v)
		case !errors.Is(err, store.ErrNotFound):
			return v, err
		}
	}
	all, err := History(ctx, st, searched)
	if err != nil {
		return Version{}, err
	}
	for _, v := range all {
		if len(word) >= leastHash && strings.HasPrefix(v.Hash, strings.ToLower(word)) {
			return v, nil
		}
	}
	return Version{}, fmt.Errorf("%w: %s", ErrNoVersion, word)
}

const leastHash = 6 // characters; fewer are too easily another's

// sourcesOf are the files of a version's flows, by name.
func sourcesOf(ctx context.Context, st store.Store, all []Flow) (map[string]Sources, error) {
	out := map[string]Sources{}
	for _, f := range all {
		r, err := st.Record(ctx, spaceSources, f.Sources)
		if err != nil {
			return nil, fmt.Errorf("the files of a published flow (%s/%s): %w", spaceSources, f.Sources, err)
		}
		var s Sources
		if err := json.Unmarshal(r.Value, &s); err != nil {
			return nil, fmt.Errorf("the files of a published flow (%s/%s) are damaged: %w", spaceSources, f.Sources, err)
		}
		out[f.Name] = s
	}
	return out, nil
}

// putSources keeps the files of a draft.
func putSources(d Draft) ([]store.Put, error) {
	var out []store.Put
	seen := map[string]bool{}
	for _, f := range d.flows() {
		if seen[f.Sources] {
			continue
		}
		seen[f.Sources] = true
		value, err := json.Marshal(d.Sources[f.Name])
		if err != nil {
			return nil, err
		}
		if len(value) > store.MaxData {
			return nil, errors.New("the files of the flow are larger than 16 MB together, documents included, which no flow is")
		}
		out = append(out, store.Put{Space: spaceSources, Key: f.Sources, Value: value})
	}
	return out, nil
}

// plan is what is planned, nil where nothing is.
func plan(ctx context.Context, st store.Store) (*Plan, error) {
	r, err := st.Record(ctx, spacePlan, keyPlan)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p Plan
	if err := json.Unmarshal(r.Value, &p); err != nil {
		return nil, fmt.Errorf("the record of a planned version is damaged: %w", err)
	}
	return &p, nil
}
