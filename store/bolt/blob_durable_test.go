package bolt

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// Where the disk did not confirm a folder, the next one who puts the blob does not
// say that it is there before the disk has.
func TestABlobIsSaidToBeThereWhenItIs(t *testing.T) {
	broken := errors.New("the disk")
	for _, at := range []func(*Store) string{
		func(s *Store) string { return filepath.Dir(s.path) },
		func(s *Store) string { return s.folder.path },
		func(s *Store) string { return s.folder.of("c") },
	} {
		s := openNew(t)
		s.folder.sync = func(folder string) error {
			if folder == at(s) {
				return broken
			}
			return syncFolder(folder)
		}
		for range 2 {
			require.ErrorIs(t, s.PutBlob(t.Context(), "c", "a", []byte("bytes")), broken)
		}
		s.folder.sync = syncFolder
		require.NoError(t, s.PutBlob(t.Context(), "c", "a", []byte("bytes")))
	}
}

// What cannot be cleared away is told in the log, and stands in the way of nobody:
// neither of what is put next, nor of others that can be cleared, nor of a start.
func TestWhatCannotBeCleared(t *testing.T) {
	var log bytes.Buffer
	path := filepath.Join(t.TempDir(), "bedside.db")
	open := func() *Store {
		s, err := Open(path, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		require.NoError(t, err)
		return s
	}
	s := open()
	for _, id := range []string{"a", "b", "c"} {
		require.NoError(t, s.PutBlob(t.Context(), "c", id, []byte(id)))
	}
	stuck := s.folder.file("c", "a") + ".stuck"
	require.NoError(t, os.MkdirAll(filepath.Join(stuck, "in it"), 0o700))
	now := s.now
	s.now = func() time.Time { return now().Add(2 * store.LooseFor) }
	require.NoError(t, s.PutBlob(t.Context(), "c", "d", []byte("d")))
	require.Contains(t, log.String(), "still on the disk")
	for _, id := range []string{"b", "c"} {
		require.NoFileExists(t, s.folder.file("c", id))
	}
	require.NoError(t, s.Close())

	log.Reset()
	s = open()
	require.Contains(t, log.String(), "still on the disk")
	require.NoError(t, s.Close())

	log.Reset()
	require.NoError(t, os.RemoveAll(stuck))
	s = open()
	require.Empty(t, log.String())
	require.NoDirExists(t, s.folder.of("c"))
	require.NoError(t, s.Close())
}
