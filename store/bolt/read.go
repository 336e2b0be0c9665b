package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"bedside/store"
)

// view reads from one moment of durable data. What read leaves behind counts
// only when view returns nil.
func (s *Store) view(ctx context.Context, read func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.failure.get(); err != nil {
		return err
	}
	var id int
	err := s.db.View(func(tx *bbolt.Tx) error {
		id = tx.ID()
		return read(tx)
	})
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return s.why(store.ErrClosed)
	}
	if waitErr := s.synced.wait(ctx, id); waitErr != nil {
		return waitErr
	}
	if reason := s.failure.get(); reason != nil {
		return reason
	}
	return err
}

// Entries is store.Store's.
func (s *Store) Entries(ctx context.Context, id string, after uint64, limit int) (page []store.Entry, err error) {
	if err := checkPage(id, limit); err != nil {
		return nil, err
	}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		prefix := named(nil, id)
		c := tx.Bucket(bucketEntries).Cursor()
		k, v := c.Seek(entryKey(id, after+1))
		for ; after+1 > after && len(page) < limit && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			page = append(page, decodeEntry(k, v))
		}
		return emptyBecause(tx, id, page)
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

// Before is store.Store's.
func (s *Store) Before(ctx context.Context, id string, before uint64, limit int) (page []store.Entry, err error) {
	if err := checkPage(id, limit); err != nil {
		return nil, err
	}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		last := before - 1 // 0 wraps to the end of the journal
		first := uint64(1)
		if end := headBytes(tx.Bucket(bucketHeads).Get([]byte(id))); end.present() {
			last = min(last, end.seq())
		}
		if uint64(limit) <= last {
			first = last - uint64(limit) + 1
		}
		prefix := named(nil, id)
		c := tx.Bucket(bucketEntries).Cursor()
		for k, v := c.Seek(entryKey(id, first)); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			e := decodeEntry(k, v)
			if e.Seq > last {
				break
			}
			page = append(page, e)
		}
		return emptyBecause(tx, id, page)
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

func checkPage(id string, limit int) error {
	if err := store.CheckName("conversation id", id); err != nil {
		return err
	}
	return store.CheckLimit(limit)
}

func decodeEntry(key, data []byte) store.Entry {
	return store.Entry{Seq: binary.BigEndian.Uint64(key[len(key)-8:]), Data: bytes.Clone(data)}
}

// emptyBecause tells an erased journal, which has no entries, from one that
// just has none on this page.
func emptyBecause(tx *bbolt.Tx, id string, page []store.Entry) error {
	if len(page) == 0 && headBytes(tx.Bucket(bucketHeads).Get([]byte(id))).erased() {
		return store.ErrErased
	}
	return nil
}

// Head is store.Store's.
func (s *Store) Head(ctx context.Context, id string) (head store.Head, err error) {
	if err := store.CheckName("conversation id", id); err != nil {
		return head, err
	}
	err = s.view(ctx, func(tx *bbolt.Tx) (err error) {
		head, err = headBytes(tx.Bucket(bucketHeads).Get([]byte(id))).decode(id)
		return err
	})
	return head, err
}

// Seqs is store.Store's.
func (s *Store) Seqs(ctx context.Context, ids []string) (map[string]uint64, error) {
	seqs := make(map[string]uint64, len(ids))
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		heads := tx.Bucket(bucketHeads)
		for _, id := range ids {
			if raw := headBytes(heads.Get([]byte(id))); raw.present() {
				seqs[id] = raw.seq()
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return seqs, nil
}

// Watch is store.Store's.
func (s *Store) Watch(ctx context.Context) (<-chan store.Hint, error) {
	if err := s.failure.get(); err != nil {
		return nil, err
	}
	return s.watchers.Watch(ctx)
}
