package bolt

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// leases are who has been given which due conversation, and until when.
type leases struct {
	mu   sync.Mutex
	held map[string]lease
}

type lease struct {
	owner string
	until time.Time
}

// TakeDue is store.Store's.
func (s *Store) TakeDue(ctx context.Context, now time.Time, limit int, owner string, ttl time.Duration) (due []store.Head, err error) {
	if err := store.CheckLimit(limit); err != nil {
		return nil, err
	}
	s.leases.mu.Lock()
	defer s.leases.mu.Unlock()
	s.leases.forget(now)
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		heads := tx.Bucket(bucketHeads)
		return eachWake(tx, func(wake int64, id string) (more bool, err error) {
			if wake > now.UnixNano() || len(due) == limit {
				return false, nil
			}
			if _, leased := s.leases.held[id]; leased {
				return true, nil
			}
			head, err := headBytes(heads.Get([]byte(id))).decode(id)
			if err != nil {
				return false, fmt.Errorf("bolt: a wake without a head: %w", errDamaged)
			}
			due = append(due, head)
			return true, nil
		})
	})
	if err != nil {
		return nil, err
	}
	for _, head := range due {
		s.leases.take(head.ID, lease{owner: owner, until: now.Add(ttl)})
	}
	return due, nil
}

// Release is store.Store's.
func (s *Store) Release(ctx context.Context, id, owner string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.failure.get(); err != nil {
		return err
	}
	s.leases.mu.Lock()
	defer s.leases.mu.Unlock()
	if s.leases.held[id].owner == owner {
		delete(s.leases.held, id)
	}
	return nil
}

// NextWake is store.Store's.
func (s *Store) NextWake(ctx context.Context) (next time.Time, err error) {
	s.leases.mu.Lock()
	defer s.leases.mu.Unlock()
	s.leases.forget(s.now())
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		return eachWake(tx, func(wake int64, id string) (more bool, err error) {
			at := unstamp(wake)
			if !next.IsZero() && !at.Before(next) {
				return false, nil // everything from here on is later still
			}
			held, leased := s.leases.held[id]
			if leased && held.until.After(at) {
				at = held.until.UTC()
			}
			if next.IsZero() || at.Before(next) {
				next = at
			}
			return leased, nil
		})
	})
	return next, err
}

// eachWake goes through the wakes, earliest first, as long as visit wants more.
func eachWake(tx *bbolt.Tx, visit func(wake int64, id string) (more bool, err error)) error {
	c := tx.Bucket(bucketWakes).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		more, err := visit(int64(binary.BigEndian.Uint64(k)), string(k[8:]))
		if !more || err != nil {
			return err
		}
	}
	return nil
}

func (l *leases) take(id string, by lease) {
	if l.held == nil {
		l.held = map[string]lease{}
	}
	l.held[id] = by
}

// forget drops the leases that have ended.
func (l *leases) forget(now time.Time) {
	for id, held := range l.held {
		if !now.Before(held.until) {
			delete(l.held, id)
		}
	}
}
