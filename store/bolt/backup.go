package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// A backup passes through two files beside the data, readable by their owner
// alone: a copy of one moment, made as fast as the disk can, so that the pages
// it pins are soon free again; and that copy rewritten without free pages,
// which may still hold what has been erased.
const (
	backupCopy    = ".backup-copy"
	backupCompact = ".backup-compact"
	compactStep   = 16 << 20
)

// Backup is store.Store's. What it writes is a store file, and where there are
// blobs a tar of that and of them; Restore takes either. Two backups at once wait
// for each other.
func (s *Store) Backup(ctx context.Context, w io.Writer) (err error) {
	s.backups.Lock()
	defer s.backups.Unlock()
	defer func() { err = errors.Join(err, removeBackups(s.path)) }()
	if err := s.copyTo(ctx, s.path+backupCopy); err != nil {
		return err
	}
	if err := compact(s.path+backupCompact, s.path+backupCopy); err != nil {
		return fmt.Errorf("bolt: rewriting the backup beside %s: %w", s.path, err)
	}
	blobs, err := heldIn(s.path + backupCompact)
	if err != nil {
		return err
	}
	f, err := os.Open(s.path + backupCompact)
	if err != nil {
		return err
	}
	defer f.Close()
	if len(blobs) > 0 {
		return s.pack(ctx, w, f, blobs)
	}
	_, err = io.Copy(w, untilDone{ctx, f})
	return err
}

func (s *Store) copyTo(ctx context.Context, path string) error {
	return s.view(ctx, func(tx *bbolt.Tx) error {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		_, err = tx.WriteTo(cancellable{ctx, f})
		return errors.Join(err, f.Close())
	})
}

func compact(to, from string) (err error) {
	src, err := bbolt.Open(from, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	dst, err := bbolt.Open(to, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	return errors.Join(bbolt.Compact(dst, src, compactStep), dst.Close())
}

// removeBackups also clears what a killed process left behind.
func removeBackups(path string) error {
	var errs []error
	for _, suffix := range []string{backupCopy, backupCompact} {
		if err := os.Remove(path + suffix); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// cancellable writes until the context ends.
type cancellable struct {
	ctx context.Context
	w   io.Writer
}

func (c cancellable) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
