package bolt_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/store"
	"bedside/store/bolt"
	"bedside/store/storetest"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		os.Exit(beChild(role, os.Getenv(childFile)))
	}
	goleak.VerifyTestMain(m)
}

// file is one store file that a test opens, perhaps again and again.
type file struct {
	path  string
	clock *storetest.Clock
}

func newFile(t testing.TB) file {
	return file{path: filepath.Join(t.TempDir(), "bedside.db"), clock: storetest.NewClock()}
}

// open opens the file until the test ends or somebody closes it.
func (f file) open(t testing.TB) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(f.path, bolt.Options{Now: f.clock.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestStore(t *testing.T) {
	open, opts := engine(func(*bolt.Store) {})
	storetest.Run(t, open, opts)
}

func TestStoreRandomly(t *testing.T) {
	open, opts := engine((*bolt.Store).Unsynced)
	storetest.RunRandom(t, open, opts)
}

// engine is what the suite wants to know of this one; tune is asked for every
// store that it opens.
func engine(tune func(*bolt.Store)) (func(testing.TB) store.Store, storetest.Options) {
	clock := storetest.NewClock()
	paths := map[store.Store]string{}
	open := func(t testing.TB, path string) store.Store {
		s := file{path, clock}.open(t)
		tune(s)
		paths[s] = path
		return s
	}
	fresh := func(t testing.TB) store.Store { return open(t, newFile(t).path) }
	return fresh, storetest.Options{
		Clock: clock,
		Reopen: func(t testing.TB, s store.Store) store.Store {
			require.NoError(t, s.Close())
			return open(t, paths[s])
		},
		Restore: func(t testing.TB, backup []byte) store.Store {
			path := newFile(t).path
			require.NoError(t, bolt.Restore(path, bytes.NewReader(backup)))
			return open(t, path)
		},
	}
}
