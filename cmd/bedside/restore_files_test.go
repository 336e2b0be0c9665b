package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/bolt"
)

// A backup carries the files that were sent, and a restore puts them beside the
// journal, for their owner alone.
func TestABackupCarriesFiles(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	stopDemo(t, startDemo(t, first))
	journal := filepath.Join(first, "data", journalFile)
	st, err := bolt.Open(journal, bolt.Options{})
	require.NoError(t, err)
	require.NoError(t, st.PutBlob(t.Context(), "c", "photo", []byte("bytes of a photo")))
	require.NoError(t, st.Commit(t.Context(), store.Batch{Head: store.Head{ID: "c"}, Blobs: []string{"photo"}}))
	require.NoError(t, st.Close())

	backup := filepath.Join(t.TempDir(), "friday.db")
	code, said := command(t, "backup", "-c", configFor(t, first), backup)
	require.Zero(t, code, said)
	whole, err := os.ReadFile(backup)
	require.NoError(t, err)
	short := filepath.Join(t.TempDir(), "short.db")
	require.NoError(t, os.WriteFile(short, whole[:len(whole)-1600], 0o600))
	key := filepath.Join(first, "data", "key")
	code, said = command(t, "restore", "-c", configFor(t, second), "--key", key, short)
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "nothing was changed")
	require.Contains(t, said, "is no whole backup")
	require.NoDirExists(t, filepath.Join(second, "data"))

	code, said = command(t, "restore", "-c", configFor(t, second), "--key", key, backup)
	require.Zero(t, code, said)
	folder := filepath.Join(second, "data")
	require.Equal(t, []string{journalFile, bolt.BlobFolder(journalFile), keyFile}, names(t, folder))
	require.NoError(t, filepath.WalkDir(filepath.Join(folder, bolt.BlobFolder(journalFile)), func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))
	st, err = bolt.Open(filepath.Join(folder, journalFile), bolt.Options{})
	require.NoError(t, err)
	data, err := st.Blob(t.Context(), "c", "photo")
	require.NoError(t, err)
	require.Equal(t, "bytes of a photo", string(data))
	require.NoError(t, st.Close())

	require.NoError(t, os.RemoveAll(filepath.Join(folder, bolt.BlobFolder(journalFile))))
	startDemo(t, second)
	code, said = command(t, "backup", "-c", configFor(t, second), filepath.Join(t.TempDir(), "monday.db"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, said, "is not there, though its conversation is")
}

// A restore that comes too late takes its own files back, and leaves those of the
// server that has begun meanwhile.
func TestARestoreLeavesOthersFiles(t *testing.T) {
	folder := func(t *testing.T, journal, file string) string {
		path := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(path, journalFile), []byte(journal), 0o600))
		if file != "" {
			require.NoError(t, os.Mkdir(filepath.Join(path, bolt.BlobFolder(journalFile)), 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(path, bolt.BlobFolder(journalFile), file), nil, 0o600))
		}
		return path
	}
	for name, c := range map[string]struct{ there, restored string }{
		"files there alone":    {"live", ""},
		"files there and here": {"live", "restored"},
		"files here alone":     {"", "restored"},
		"no files on any side": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			live, work := folder(t, "live", c.there), folder(t, "restored", c.restored)
			require.Error(t, putInPlace(live, work))
			if blobs := filepath.Join(live, bolt.BlobFolder(journalFile)); c.there == "" {
				require.NoDirExists(t, blobs)
			} else {
				require.Equal(t, []string{c.there}, names(t, blobs))
			}
			got, err := os.ReadFile(filepath.Join(live, journalFile))
			require.NoError(t, err)
			require.Equal(t, "live", string(got))
		})
	}
}
