package bolt_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"bedside/store"
	"bedside/store/bolt"
)

// A backup that is whole is sound; one that was cut short, in which a page was
// lost, or that is something else, is told, and never a crash.
func TestVerify(t *testing.T) {
	s := newFile(t).open(t)
	for i := range 50 {
		require.NoError(t, s.Commit(t.Context(), store.Batch{
			Head:    store.Head{ID: fmt.Sprint("c", i), Seq: 1, Body: []byte("head")},
			Entries: []store.Entry{{Seq: 1, Data: bytes.Repeat([]byte("text "), 400)}},
		}))
	}
	var backup bytes.Buffer
	require.NoError(t, s.Backup(t.Context(), &backup))
	whole := backup.Bytes()
	verify := func(data []byte) error {
		path := filepath.Join(t.TempDir(), "backup.db")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		err := bolt.Verify(path)
		after, readErr := os.ReadFile(path)
		require.NoError(t, readErr)
		require.True(t, bytes.Equal(data, after), "nothing is changed")
		return err
	}
	require.NoError(t, verify(whole))
	for _, size := range []int{0, 1, 4096, 3 * 4096, len(whole) / 2} {
		require.Error(t, verify(whole[:size]), "%d bytes of %d", size, len(whole))
	}
	require.ErrorContains(t, verify(whole[:len(whole)/2]), "cut short")
	require.ErrorContains(t, verify([]byte("a text that is no store at all")), "not a store")

	told := 0
	for at := 2 * 4096; at < len(whole); at += 4096 {
		damaged := bytes.Clone(whole)
		clear(damaged[at : at+4096])
		if verify(damaged) != nil {
			told++
		}
	}
	require.Greater(t, told, len(whole)/4096/4, "lost pages are found, save for those that only continue a long value")
}

func TestVerifyOfAForeignFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	require.ErrorContains(t, bolt.Verify(path), "without a journal")
	require.ErrorIs(t, bolt.Verify(path+"-nowhere"), os.ErrNotExist)
}
