package bolt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
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
	// Log is told what stands in nobody's way; nil is nobody.
	Log *slog.Logger
}

// Store is an open file. Its methods are those of store.Store.
type Store struct {
	db       *bbolt.DB
	path     string
	now      func() time.Time
	log      *slog.Logger
	commit   func(*bbolt.Tx) error // (*bbolt.Tx).Commit, save where a test breaks the disk
	queue    queue
	leases   leases
	watchers store.Watchers
	failure  failure
	synced   synced
	folder   folder
	backups  sync.Mutex

	committer sync.WaitGroup
	closing   sync.Once
	closeErr  error
}

var _ store.Store = (*Store)(nil)

// Open opens the file at path, or makes it, readable by its owner alone. It
// takes the same time whatever the file holds. Errors: store.ErrLocked when
// another process has it; else what is wrong with the file and its path. After a
// file that is damaged the process holds its lock, and should end.
func Open(path string, opts Options) (s *Store, err error) {
	// The engine panics over a damaged page, and reading its map may be a fault.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			s, err = nil, fmt.Errorf("store file %s: damaged (%v); restore it from a backup (bedside restore)", path, fault)
		}
	}()
	db, err := openFile(path, opts.Timeout)
	if err != nil {
		return nil, err
	}
	s = &Store{db: db, path: path, now: opts.Now, commit: (*bbolt.Tx).Commit, folder: folderBeside(path), log: opts.Log}
	if err := s.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("store file %s: %w", path, err), db.Close())
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.queue.init()
	s.committer.Go(s.run)
	err = s.clearLoose(context.Background(), farFuture) // whoever put them has ended
	if failed := s.failure.get(); failed != nil {
		return nil, errors.Join(fmt.Errorf("store file %s: %w", path, failed), s.Close())
	}
	s.notCleared(err)
	return s, nil
}

// farFuture is later than every moment at which something was put.
var farFuture = time.Date(2261, 1, 1, 0, 0, 0, 0, time.UTC)

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
	if err := lookBefore(path); err != nil {
		return nil, fmt.Errorf("store file %s: %w", path, err)
	}
	_, statErr := os.Stat(path)
	db, err := bbolt.Open(path, 0o600, boltOptions(timeout))
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("%w: another process has %s open; stop it first, or ask it for what you need", store.ErrLocked, path)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return nil, fmt.Errorf("store file %s: %w: not a store, or damaged; restore it from a backup (bedside restore)", path, err)
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
