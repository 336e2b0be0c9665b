package bolt_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"bedside/store"
	"bedside/store/bolt"
)

func TestOpenMakesAPrivateFile(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	info, err := os.Stat(f.path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	var seen os.FileMode
	require.NoError(t, s.Backup(t.Context(), writerFunc(func(p []byte) (int, error) {
		found, err := filepath.Glob(f.path + ".backup-*")
		require.NoError(t, err)
		require.NotEmpty(t, found)
		for _, path := range found {
			info, err := os.Stat(path)
			require.NoError(t, err)
			seen |= info.Mode().Perm()
		}
		return len(p), nil
	})))
	require.Equal(t, os.FileMode(0o600), seen)
	f.requireNoBackups(t)
}

type writerFunc func(p []byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

func (f file) requireNoBackups(t *testing.T) {
	t.Helper()
	left, err := filepath.Glob(f.path + ".backup-*")
	require.NoError(t, err)
	require.Empty(t, left)
}

// A process killed during a backup leaves copies of patients' words; the next
// one removes them.
func TestOpenClearsBrokenBackups(t *testing.T) {
	f := newFile(t)
	for _, name := range []string{".backup-copy", ".backup-compact"} {
		require.NoError(t, os.WriteFile(f.path+name, []byte("half"), 0o600))
	}
	f.open(t)
	f.requireNoBackups(t)
}

func TestOpenRefuses(t *testing.T) {
	bboltFile := func(bucket, value string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			db, err := bbolt.Open(path, 0o600, nil)
			require.NoError(t, err)
			require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucket([]byte(bucket))
				if err != nil {
					return err
				}
				return b.Put([]byte("schema"), []byte(value))
			}))
			require.NoError(t, db.Close())
		}
	}
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		says string
	}{
		"newer layout": {bboltFile("meta", "3"), "newer Bedside (layout 3"},
		"odd layout":   {bboltFile("meta", "two"), "not one of Bedside's"},
		"foreign":      {bboltFile("somebody", "1"), "not one of Bedside's"},
		"not a store": {func(t *testing.T, path string) {
			require.NoError(t, os.WriteFile(path, make([]byte, 64<<10), 0o600))
		}, "damaged"},
		"cut off": {func(t *testing.T, path string) {
			require.NoError(t, os.WriteFile(path, []byte("short"), 0o600))
		}, "damaged"},
		"a folder": {func(t *testing.T, path string) {
			require.NoError(t, os.Mkdir(path, 0o700))
		}, "directory"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFile(t)
			c.make(t, f.path)
			_, err := bolt.Open(f.path, bolt.Options{})
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, f.path)
			require.NotErrorIs(t, err, store.ErrLocked)
		})
	}
	t.Run("no such folder", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "none", "bedside.db")
		_, err := bolt.Open(path, bolt.Options{})
		require.ErrorIs(t, err, os.ErrNotExist)
		require.ErrorContains(t, err, path)
	})
}

func TestOpenLocked(t *testing.T) {
	f := newFile(t)
	first := f.open(t)
	_, err := bolt.Open(f.path, bolt.Options{})
	require.ErrorIs(t, err, store.ErrLocked)
	require.ErrorContains(t, err, f.path)

	opened := make(chan error, 1)
	go func() {
		second, err := bolt.Open(f.path, bolt.Options{Timeout: time.Minute})
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	require.NoError(t, first.Close())
	require.NoError(t, <-opened, "it waits as long as it was told")
}

// A file that was cut short, or has a damaged page, is refused in words: to read its map would be a fault of
// the memory, and the end of the process.
func TestAFileThatIsNotWholeIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s, err := bolt.Open(path, bolt.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, size := range []int{8 << 10, 12 << 10} {
		require.NoError(t, os.WriteFile(path, text[:size], 0o600))
		_, err = bolt.Open(path, bolt.Options{})
		require.ErrorContains(t, err, "cut short: it has")
	}
	refused := 0
	for page := range 8 {
		damaged := filepath.Join(t.TempDir(), "damaged.db") // the engine keeps hold of it
		broken := bytes.Clone(text)
		copy(broken[page*4096:], bytes.Repeat([]byte{0xa5}, 4096))
		require.NoError(t, os.WriteFile(damaged, broken, 0o600))
		s, err := bolt.Open(damaged, bolt.Options{})
		if err == nil { // nothing lay there, or not what opening reads
			require.NoError(t, s.Close())
			continue
		}
		require.ErrorContains(t, err, "damaged")
		require.ErrorContains(t, err, "restore it from a backup")
		refused++
	}
	require.NotZero(t, refused)
	require.NoError(t, os.WriteFile(path, text, 0o600))
	s, err = bolt.Open(path, bolt.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
}
