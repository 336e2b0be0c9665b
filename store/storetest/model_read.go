package storetest

import (
	"cmp"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"bedside/store"
)

// Entries is store.Store's.
func (m *Model) Entries(ctx context.Context, id string, after uint64, limit int) ([]store.Entry, error) {
	all, err := m.journal(ctx, id, limit)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e store.Entry) bool { return e.Seq <= after })
	return all[:min(limit, len(all))], nil
}

// Before is store.Store's.
func (m *Model) Before(ctx context.Context, id string, before uint64, limit int) ([]store.Entry, error) {
	all, err := m.journal(ctx, id, limit)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e store.Entry) bool { return before > 0 && e.Seq >= before })
	return all[max(0, len(all)-limit):], nil
}

// journal checks the arguments and copies all entries.
func (m *Model) journal(ctx context.Context, id string, limit int) (all []store.Entry, err error) {
	if err := cmp.Or(store.CheckName("conversation id", id), store.CheckLimit(limit)); err != nil {
		return nil, err
	}
	if err := m.lock(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	if m.data.Erased[id] {
		return nil, store.ErrErased
	}
	for _, e := range m.data.Journal[id] {
		all = append(all, cloneEntry(e))
	}
	return all, nil
}

// Head is store.Store's.
func (m *Model) Head(ctx context.Context, id string) (store.Head, error) {
	if err := store.CheckName("conversation id", id); err != nil {
		return store.Head{}, err
	}
	if err := m.lock(ctx); err != nil {
		return store.Head{}, err
	}
	defer m.mu.Unlock()
	head, found := m.data.Heads[id]
	switch {
	case m.data.Erased[id]:
		return store.Head{}, store.ErrErased
	case !found:
		return store.Head{}, store.ErrNotFound
	}
	return cloneHead(head), nil
}

// Seqs is store.Store's.
func (m *Model) Seqs(ctx context.Context, ids []string) (map[string]uint64, error) {
	if err := m.lock(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	seqs := map[string]uint64{}
	for _, id := range ids {
		if head, found := m.data.Heads[id]; found {
			seqs[id] = head.Seq
		}
	}
	return seqs, nil
}

// List is store.Store's.
func (m *Model) List(ctx context.Context, list, cursor string, limit int) (heads []store.Head, next string, err error) {
	var rank int64
	var id string
	if cursor != "" {
		if _, err := fmt.Sscanf(cursor, "%d/%q", &rank, &id); err != nil {
			return nil, "", store.ErrMalformed
		}
	}
	if err := cmp.Or(store.CheckName("list", list), store.CheckLimit(limit)); err != nil {
		return nil, "", err
	}
	if err := m.lock(ctx); err != nil {
		return nil, "", err
	}
	defer m.mu.Unlock()
	heads = m.headsWhere(
		func(h store.Head) bool {
			r, in := rankIn(h, list)
			return in && (cursor == "" || cmp.Or(cmp.Compare(r, rank), cmp.Compare(h.ID, id)) > 0)
		},
		func(a, b store.Head) int {
			ra, _ := rankIn(a, list)
			rb, _ := rankIn(b, list)
			return cmp.Compare(ra, rb)
		})
	if len(heads) > limit {
		heads = heads[:limit]
		rank, _ = rankIn(heads[limit-1], list)
		next = fmt.Sprintf("%d/%q", rank, heads[limit-1].ID)
	}
	return heads, next, nil
}

// Count is store.Store's.
func (m *Model) Count(ctx context.Context, list string) (int, error) {
	if err := store.CheckName("list", list); err != nil {
		return 0, err
	}
	if err := m.lock(ctx); err != nil {
		return 0, err
	}
	defer m.mu.Unlock()
	n := 0
	for _, h := range m.data.Heads {
		if _, in := rankIn(h, list); in {
			n++
		}
	}
	return n, nil
}

func rankIn(h store.Head, list string) (int64, bool) {
	for _, term := range h.Lists {
		if term.List == list {
			return term.Rank, true
		}
	}
	return 0, false
}

// Record is store.Store's.
func (m *Model) Record(ctx context.Context, space, key string) (store.Record, error) {
	if err := store.CheckName("space", space); err != nil {
		return store.Record{}, err
	}
	if err := m.lock(ctx); err != nil {
		return store.Record{}, err
	}
	defer m.mu.Unlock()
	r := m.live(space, key)
	if r.Rev == 0 {
		return store.Record{}, store.ErrNotFound
	}
	r.Value = slices.Clone(r.Value)
	return r, nil
}

// Records is store.Store's.
func (m *Model) Records(ctx context.Context, space, prefix, cursor string, limit int) (records []store.Record, next string, err error) {
	if err := cmp.Or(store.CheckName("space", space), store.CheckLimit(limit)); err != nil {
		return nil, "", err
	}
	if err := m.lock(ctx); err != nil {
		return nil, "", err
	}
	defer m.mu.Unlock()
	for at := range m.data.Records {
		if at.Space == space && strings.HasPrefix(at.Key, prefix) && (cursor == "" || at.Key > cursor) {
			if r := m.live(space, at.Key); r.Rev != 0 {
				r.Value = slices.Clone(r.Value)
				records = append(records, r)
			}
		}
	}
	slices.SortFunc(records, func(a, b store.Record) int { return cmp.Compare(a.Key, b.Key) })
	if len(records) > limit {
		records = records[:limit]
		next = records[limit-1].Key
	}
	return records, next, nil
}

// TakeDue is store.Store's.
func (m *Model) TakeDue(ctx context.Context, now time.Time, limit int, owner string, ttl time.Duration) ([]store.Head, error) {
	if err := store.CheckLimit(limit); err != nil {
		return nil, err
	}
	if err := m.lock(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	due := m.headsWhere(
		func(h store.Head) bool { return !h.Wake.IsZero() && !m.wake(h, now).After(now) },
		func(a, b store.Head) int { return a.Wake.Compare(b.Wake) })
	due = due[:min(limit, len(due))]
	for _, h := range due {
		m.leases[h.ID] = modelLease{owner: owner, until: now.Add(ttl)}
	}
	return due, nil
}

// wake is the moment from which on TakeDue would give this head.
func (m *Model) wake(h store.Head, now time.Time) time.Time {
	if l, leased := m.leases[h.ID]; leased && l.until.After(now) && l.until.After(h.Wake) {
		return l.until
	}
	return h.Wake
}

// Release is store.Store's.
func (m *Model) Release(ctx context.Context, id, owner string) error {
	if err := m.lock(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if m.leases[id].owner == owner {
		delete(m.leases, id)
	}
	return nil
}

// NextWake is store.Store's.
func (m *Model) NextWake(ctx context.Context) (next time.Time, err error) {
	if err := m.lock(ctx); err != nil {
		return next, err
	}
	defer m.mu.Unlock()
	for _, h := range m.data.Heads {
		if w := m.wake(h, m.Now()); !h.Wake.IsZero() && (next.IsZero() || w.Before(next)) {
			next = utc(w)
		}
	}
	return next, nil
}

// Backup is store.Store's; RestoreModel reads it.
func (m *Model) Backup(ctx context.Context, w io.Writer) error {
	if err := m.lock(ctx); err != nil {
		return err
	}
	var copied strings.Builder
	err := gob.NewEncoder(&copied).Encode(m.data)
	m.mu.Unlock()
	if err == nil {
		_, err = io.WriteString(w, copied.String())
	}
	return err
}

// RestoreModel makes a model from a backup of one.
func RestoreModel(r io.Reader) (*Model, error) {
	m := NewModel()
	if err := gob.NewDecoder(r).Decode(&m.data); err != nil {
		return nil, fmt.Errorf("storetest: reading a model's backup: %w", err)
	}
	return m, nil
}
