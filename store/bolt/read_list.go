package bolt

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// List is store.Store's.
func (s *Store) List(ctx context.Context, list, cursor string, limit int) (heads []store.Head, next string, err error) {
	from, err := pageStart("list", list, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		prefix, rows := named(nil, list), tx.Bucket(bucketHeads)
		var last []byte
		c := tx.Bucket(bucketLists).Cursor()
		for k, _ := seekAfter(c, prefix, from); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			if len(heads) == limit {
				next = encodeCursor(last)
				return nil
			}
			last = k[len(prefix):]
			id := last[8:]
			head, err := headBytes(rows.Get(id)).decode(string(id))
			if err != nil {
				return fmt.Errorf("bolt: list %q has a place without a head: %w", list, errDamaged)
			}
			heads = append(heads, head)
		}
		return nil
	})
	return heads, next, err
}

// Count is store.Store's.
func (s *Store) Count(ctx context.Context, list string) (n int, err error) {
	if err := store.CheckName("list", list); err != nil {
		return 0, err
	}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		n = int(counted(tx.Bucket(bucketCounts).Get([]byte(list))))
		return nil
	})
	return n, err
}

// Record is store.Store's.
func (s *Store) Record(ctx context.Context, space, key string) (record store.Record, err error) {
	if err := store.CheckName("space", space); err != nil {
		return record, err
	}
	now := s.now()
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		raw := recordBytes(tx.Bucket(bucketRecords).Get(recordKey(space, key))).live(now)
		if raw == nil {
			return store.ErrNotFound
		}
		record = raw.decode(space, key)
		return nil
	})
	return record, err
}

// Records is store.Store's.
func (s *Store) Records(ctx context.Context, space, prefix, cursor string, limit int) (records []store.Record, next string, err error) {
	from, err := pageStart("space", space, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	now := s.now()
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		within, whole := named(nil, space), recordKey(space, prefix)
		c := tx.Bucket(bucketRecords).Cursor()
		k, v := seekAfter(c, within, from)
		if bytes.Compare(k, whole) < 0 {
			k, v = c.Seek(whole)
		}
		for ; bytes.HasPrefix(k, whole); k, v = c.Next() {
			raw := recordBytes(v).live(now)
			switch {
			case raw == nil:
				continue
			case len(records) == limit:
				next = encodeCursor([]byte(records[limit-1].Key))
				return nil
			}
			records = append(records, raw.decode(space, string(k[len(within):])))
		}
		return nil
	})
	return records, next, err
}

// pageStart checks the arguments of a paged read and returns the key, without
// the name before it, behind which the page begins; nil is the beginning.
func pageStart(what, name, cursor string, limit int) ([]byte, error) {
	if err := store.CheckName(what, name); err != nil {
		return nil, err
	}
	if err := store.CheckLimit(limit); err != nil {
		return nil, err
	}
	from, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, fmt.Errorf("%w: a cursor that was never given", store.ErrMalformed)
	}
	return from, nil
}

func encodeCursor(key []byte) string { return base64.RawURLEncoding.EncodeToString(key) }

// seekAfter goes to the first key behind prefix+from, or to the first under
// prefix when from is empty.
func seekAfter(c *bbolt.Cursor, prefix, from []byte) (key, value []byte) {
	if len(from) == 0 {
		return c.Seek(prefix)
	}
	at := append(bytes.Clone(prefix), from...)
	key, value = c.Seek(at)
	if bytes.Equal(key, at) {
		key, value = c.Next()
	}
	return key, value
}
