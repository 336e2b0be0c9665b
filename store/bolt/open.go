package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"bedside/store"
)

// Options are the few things that may differ; the zero value is right for a
// server.
type Options struct {
	// Now is the clock by which records expire and NextWake reckons leases;
	// nil is time.Now.
	Now func() time.Time
	// Timeout is how long Open waits for another process to let go of the file;
	// zero is not at all.
	Timeout time.Duration
}

// Store is an open file. Its methods are those of store.Store.
type Store struct {
	db       *bbolt.DB
	path     string
	now      func() time.Time
	commit   func(*bbolt.Tx) error // (*bbolt.Tx).Commit, save where a test breaks the disk
	queue    queue
	leases   leases
	watchers store.Watchers
	failure  failure
	synced   synced
	backups  sync.Mutex

	committer sync.WaitGroup
	closing   sync.Once
	closeErr  error
}

var _ store.Store = (*Store)(nil)

// Open opens the file at path, or makes it, readable by its owner alone. It
// takes the same time whatever the file holds. Errors: store.ErrLocked when
// another process has it; else what is wrong with the file and its path.
func Open(path string, opts Options) (*Store, error) {
	db, err := openFile(path, opts.Timeout)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, path: path, now: opts.Now, commit: (*bbolt.Tx).Commit}
	if err := s.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("store file %s: %w", path, err), db.Close())
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.queue.init()
	s.committer.Go(s.run)
	return s, nil
}

// begin lays the file out where it is new, and makes durable what a killed
// process may have left to the system's memory, before anybody reads it.
func (s *Store) begin() error {
	if err := prepareFile(s.db); err != nil {
		return err
	}
	if err := errors.Join(s.db.Sync(), removeBackups(s.path)); err != nil {
		return err
	}
	return s.db.View(func(tx *bbolt.Tx) error {
		s.synced.id = tx.ID()
		return nil
	})
}

// Close is store.Store's.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.queue.close()
		s.committer.Wait()
		s.failure.set(store.ErrClosed)
		s.watchers.Close()
		s.closeErr = s.db.Close()
	})
	return s.closeErr
}

func openFile(path string, timeout time.Duration) (*bbolt.DB, error) {
	_, statErr := os.Stat(path)
	db, err := bbolt.Open(path, 0o600, boltOptions(timeout))
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("%w: another process has %s open; stop it first, or ask it for what you need", store.ErrLocked, path)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return nil, fmt.Errorf("store file %s: not a store, or damaged; restore it from a backup: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("store file %s: %w", path, err)
	}
	if errors.Is(statErr, os.ErrNotExist) {
		if err := syncFolder(filepath.Dir(path)); err != nil {
			return nil, errors.Join(fmt.Errorf("store file %s: its folder: %w", path, err), db.Close())
		}
	}
	return db, nil
}

func boltOptions(timeout time.Duration) *bbolt.Options {
	o := &bbolt.Options{
		Timeout:      max(timeout, time.Millisecond), // zero would wait for ever
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
	}
	// A transaction that outgrows the map waits for every reader. Address space
	// is free where there are 64 bits of it, but Windows would make the file as
	// large as the map.
	if strconv.IntSize == 64 && runtime.GOOS != "windows" {
		o.InitialMmapSize = 1 << 30
	}
	return o
}

// syncFolder makes the new file's name as durable as its contents.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" { // it cannot sync a folder, and need not
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
