package storetest

import (
	"context"
	"io"
	"time"

	"bedside/store"
)

// The calls below are those of store.Store, for as long as the process lives.

// Entries is store.Store's.
func (c *Crashed) Entries(ctx context.Context, id string, after uint64, limit int) (page []store.Entry, err error) {
	err = c.alive(func() (err error) {
		page, err = c.inner.Entries(ctx, id, after, limit)
		return err
	})
	return page, err
}

// Before is store.Store's.
func (c *Crashed) Before(ctx context.Context, id string, before uint64, limit int) (page []store.Entry, err error) {
	err = c.alive(func() (err error) {
		page, err = c.inner.Before(ctx, id, before, limit)
		return err
	})
	return page, err
}

// Head is store.Store's.
func (c *Crashed) Head(ctx context.Context, id string) (head store.Head, err error) {
	err = c.alive(func() (err error) {
		head, err = c.inner.Head(ctx, id)
		return err
	})
	return head, err
}

// Seqs is store.Store's.
func (c *Crashed) Seqs(ctx context.Context, ids []string) (seqs map[string]uint64, err error) {
	err = c.alive(func() (err error) {
		seqs, err = c.inner.Seqs(ctx, ids)
		return err
	})
	return seqs, err
}

// List is store.Store's.
func (c *Crashed) List(ctx context.Context, list, cursor string, limit int) (heads []store.Head, next string, err error) {
	err = c.alive(func() (err error) {
		heads, next, err = c.inner.List(ctx, list, cursor, limit)
		return err
	})
	return heads, next, err
}

// Count is store.Store's.
func (c *Crashed) Count(ctx context.Context, list string) (n int, err error) {
	err = c.alive(func() (err error) {
		n, err = c.inner.Count(ctx, list)
		return err
	})
	return n, err
}

// Record is store.Store's.
func (c *Crashed) Record(ctx context.Context, space, key string) (record store.Record, err error) {
	err = c.alive(func() (err error) {
		record, err = c.inner.Record(ctx, space, key)
		return err
	})
	return record, err
}

// Records is store.Store's.
func (c *Crashed) Records(ctx context.Context, space, prefix, cursor string, limit int) (records []store.Record, next string, err error) {
	err = c.alive(func() (err error) {
		records, next, err = c.inner.Records(ctx, space, prefix, cursor, limit)
		return err
	})
	return records, next, err
}

// Blob is store.Store's.
func (c *Crashed) Blob(ctx context.Context, of, id string) (data []byte, err error) {
	err = c.alive(func() (err error) {
		data, err = c.inner.Blob(ctx, of, id)
		return err
	})
	return data, err
}

// TakeDue is store.Store's.
func (c *Crashed) TakeDue(ctx context.Context, now time.Time, limit int, owner string, ttl time.Duration) (due []store.Head, err error) {
	err = c.alive(func() (err error) {
		due, err = c.inner.TakeDue(ctx, now, limit, owner, ttl)
		c.leases.Lock()
		defer c.leases.Unlock()
		for _, head := range due {
			c.held[modelKey{head.ID, owner}] = struct{}{}
		}
		return err
	})
	return due, err
}

// Release is store.Store's.
func (c *Crashed) Release(ctx context.Context, id, owner string) error {
	return c.alive(func() error {
		c.leases.Lock()
		delete(c.held, modelKey{id, owner})
		c.leases.Unlock()
		return c.inner.Release(ctx, id, owner)
	})
}

// NextWake is store.Store's.
func (c *Crashed) NextWake(ctx context.Context) (next time.Time, err error) {
	err = c.alive(func() (err error) {
		next, err = c.inner.NextWake(ctx)
		return err
	})
	return next, err
}

// Watch is store.Store's; it also ends with the process.
func (c *Crashed) Watch(ctx context.Context) (hints <-chan store.Hint, err error) {
	err = c.alive(func() (err error) {
		ctx, cancel := context.WithCancel(ctx)
		if hints, err = c.inner.Watch(ctx); err != nil {
			cancel()
			return err
		}
		go func() {
			defer cancel()
			select {
			case <-c.dead:
			case <-ctx.Done():
			}
		}()
		return nil
	})
	return hints, err
}

// Backup is store.Store's.
func (c *Crashed) Backup(ctx context.Context, w io.Writer) error {
	return c.alive(func() error { return c.inner.Backup(ctx, w) })
}

// Close is store.Store's; it ends the process, not inner.
func (c *Crashed) Close() error {
	c.Kill()
	return nil
}
