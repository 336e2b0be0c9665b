package storetest

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"bedside/store"
)

// Model is a store.Store in memory that does everything the slow, obvious way:
// maps, and a sort for each question. Right for reference and for tests, wrong
// for anything else.
type Model struct {
	// Now is its clock; set it before use. NewModel sets time.Now.
	Now func() time.Time

	mu       sync.Mutex
	closed   bool
	data     modelData
	leases   map[string]modelLease
	loose    map[modelKey][]byte // blobs that no batch has named
	watchers store.Watchers
}

// modelData is all that a backup holds; exported fields, for gob.
type modelData struct {
	Heads   map[string]store.Head
	Journal map[string][]store.Entry
	Erased  map[string]bool
	Records map[modelKey]store.Record
	Blobs   map[modelKey][]byte // by conversation and id
	Writes  uint64              // the revision that the last written record got
}

type modelKey struct{ Space, Key string }

type modelLease struct {
	owner string
	until time.Time
}

var _ store.Store = (*Model)(nil)

// NewModel returns an empty one.
func NewModel() *Model {
	m := &Model{Now: time.Now, data: newModelData()}
	m.Restart()
	return m
}

func newModelData() modelData {
	return modelData{
		Heads: map[string]store.Head{}, Journal: map[string][]store.Entry{},
		Erased: map[string]bool{}, Records: map[modelKey]store.Record{}, Blobs: map[modelKey][]byte{},
	}
}

// Restart is what the end of a process does to an engine that keeps its leases
// in memory: they are gone, and blobs that no batch has named; all else stays.
func (m *Model) Restart() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.leases, m.loose = map[string]modelLease{}, map[modelKey][]byte{}
}

// Commit is store.Store's.
func (m *Model) Commit(ctx context.Context, b store.Batch) error {
	if err := b.Check(); err != nil {
		return err
	}
	if err := m.lock(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if err := m.refuse(b); err != nil {
		return err
	}
	for _, p := range b.Records {
		m.putRecord(p)
	}
	if b.Head.ID != "" {
		m.putHead(b)
	}
	return nil
}

func (m *Model) refuse(b store.Batch) error {
	id, old := b.Head.ID, m.data.Heads[b.Head.ID]
	switch {
	case id == "":
	case m.data.Erased[id]:
		return store.ErrErased
	case len(b.Entries) > 0 && old.Seq != b.After:
		return store.JournalConflict()
	case len(b.Entries) == 0 && old.Rev != b.Head.Rev:
		return store.HeadConflict()
	case len(b.Entries) == 0 && old.Seq != b.Head.Seq:
		return store.SeqMoved(b.Head.Seq, old.Seq)
	}
	for _, p := range b.Records {
		if m.data.Erased[p.Of] {
			return store.ErrErased
		}
		if !p.If.Holds(m.live(p.Space, p.Key).Rev) {
			return store.RecordConflict(p)
		}
	}
	return m.refuseBlobs(b)
}

func (m *Model) putHead(b store.Batch) {
	id := b.Head.ID
	m.holdBlobs(b)
	for _, e := range b.Entries {
		m.data.Journal[id] = append(m.data.Journal[id], cloneEntry(e))
	}
	head := cloneHead(b.Head)
	head.Rev = m.data.Heads[id].Rev + 1
	m.data.Heads[id] = head
	m.watchers.Tell(store.Hint{ID: id, Seq: head.Seq, Rev: head.Rev})
}

func (m *Model) putRecord(p store.Put) {
	key := modelKey{p.Space, p.Key}
	if p.Delete {
		delete(m.data.Records, key)
		return
	}
	m.data.Writes++
	m.data.Records[key] = store.Record{
		Space: p.Space, Key: p.Key, Of: p.Of, Value: bytes.Clone(p.Value),
		Rev: m.data.Writes, Expires: utc(p.Expires),
	}
}

// live is the record, or an empty one if there is none or it has expired.
func (m *Model) live(space, key string) store.Record {
	r := m.data.Records[modelKey{space, key}]
	if !r.Expires.IsZero() && !m.Now().Before(r.Expires) {
		return store.Record{}
	}
	return r
}

// Erase is store.Store's.
func (m *Model) Erase(ctx context.Context, id string) error {
	if err := store.CheckName("conversation id", id); err != nil {
		return err
	}
	if err := m.lock(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	delete(m.data.Heads, id)
	delete(m.data.Journal, id)
	for key, r := range m.data.Records {
		if r.Of == id {
			delete(m.data.Records, key)
		}
	}
	m.eraseBlobs(id)
	m.data.Erased[id] = true
	m.watchers.Tell(store.Hint{ID: id})
	return nil
}

// Watch is store.Store's.
func (m *Model) Watch(ctx context.Context) (<-chan store.Hint, error) {
	return m.watchers.Watch(ctx)
}

// Close is store.Store's.
func (m *Model) Close() error {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.watchers.Close()
	return nil
}

// lock also says why a call may not go on; then nothing is locked.
func (m *Model) lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return store.ErrClosed
	}
	return nil
}

// headsWhere are copies of the heads that keep wants, in the given order.
func (m *Model) headsWhere(keep func(store.Head) bool, order func(a, b store.Head) int) []store.Head {
	var heads []store.Head
	for _, h := range m.data.Heads {
		if keep(h) {
			heads = append(heads, cloneHead(h))
		}
	}
	slices.SortFunc(heads, func(a, b store.Head) int {
		return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID))
	})
	return heads
}

func cloneHead(h store.Head) store.Head {
	h.Lists, h.Body, h.Wake = slices.Clone(h.Lists), bytes.Clone(h.Body), utc(h.Wake)
	return h
}

func cloneEntry(e store.Entry) store.Entry {
	e.Data = bytes.Clone(e.Data)
	return e
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.Round(0).UTC() // without the monotonic reading, which no disk keeps
}
