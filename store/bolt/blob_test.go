package bolt_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"bedside/store"
	"bedside/store/bolt"
)

// onDisk is what lies in the folder for blobs: how many files, and their bytes.
func (f file) onDisk(t *testing.T) (files int, text string) {
	t.Helper()
	err := filepath.WalkDir(bolt.BlobFolder(f.path), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files, text = files+1, text+string(b)
		return err
	})
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return files, text
}

func withBlob(id string, after uint64, blobs ...string) store.Batch {
	return store.Batch{
		Head: store.Head{ID: id, Seq: after + 1}, After: after,
		Entries: []store.Entry{{Seq: after + 1, Data: []byte("an entry")}}, Blobs: blobs,
	}
}

func TestBlobsAreTheOwnersAlone(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	require.NoError(t, s.PutBlob(t.Context(), "c", "a", []byte("bytes")))
	modes := map[fs.FileMode]int{}
	require.NoError(t, filepath.WalkDir(bolt.BlobFolder(f.path), func(_ string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		modes[info.Mode()]++
		return err
	}))
	require.Equal(t, map[fs.FileMode]int{fs.ModeDir | 0o700: 2, 0o600: 1}, modes)
}

// Erased bytes are off the disk when Erase returns, and of the folder nothing is
// left that says a conversation had any.
func TestErasedBlobsLeaveTheDisk(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for _, id := range []string{"a", "loose"} {
		require.NoError(t, s.PutBlob(t.Context(), "c", id, []byte("secret bytes")))
	}
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "a")))
	files, _ := f.onDisk(t)
	require.Equal(t, 2, files)
	require.NoError(t, s.Erase(t.Context(), "c"))
	left, err := os.ReadDir(bolt.BlobFolder(f.path))
	require.NoError(t, err)
	require.Empty(t, left)
}

// An erasing that a crash cut off after its commit is finished by the next start.
func TestErasingIsFinishedByTheNextStart(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	require.NoError(t, s.PutBlob(t.Context(), "c", "a", []byte("secret bytes")))
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "a")))
	folder := bolt.BlobFolder(f.path)
	require.NoError(t, os.Rename(folder, folder+".away")) // nothing to remove yet
	require.NoError(t, s.Erase(t.Context(), "c"))
	require.NoError(t, s.Close())
	require.NoError(t, os.Rename(folder+".away", folder))
	doom(t, f.path, "c", "a")
	s = f.open(t)
	files, _ := f.onDisk(t)
	require.Zero(t, files)
	require.NoError(t, s.Close())
}

// doom leaves the file as a process leaves it that dies between the two halves of
// an erasing.
func doom(t *testing.T, path, of, id string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("loose")).Put([]byte(of+"\x00"+id), make([]byte, 8))
	}))
	require.NoError(t, db.Close())
}

// filesForEver puts a blob for each entry and says the sequence when its commit has
// been acknowledged.
func filesForEver(s store.Store, id string) {
	ctx := context.Background()
	head, err := s.Head(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		fmt.Println("failed", err)
		return
	}
	for seq := head.Seq + 1; ; seq++ {
		blob := fmt.Sprint(id, "/", seq)
		err := s.PutBlob(ctx, id, blob, []byte(blob))
		if err == nil {
			err = s.Commit(ctx, withBlob(id, seq-1, blob))
		}
		if err != nil {
			fmt.Println("failed", err)
			return
		}
		fmt.Println(id, seq)
	}
}

// A process that is killed at any moment, between a blob and its entry too, loses
// no file of which an entry speaks and leaves no bytes of which none does.
func TestKilledWithFiles(t *testing.T) {
	f := newFile(t)
	acked := map[string]uint64{}
	for round := range 3 {
		runUntilKilled(t, "files", f.path, time.Duration(30+rand.IntN(150))*time.Millisecond, acked)
		s, total := f.open(t), 0
		for c := range chats {
			id := fmt.Sprint("chat", c)
			all, err := s.Entries(t.Context(), id, 0, 1<<30)
			require.NoError(t, err)
			require.GreaterOrEqual(t, uint64(len(all)), acked[id])
			for _, e := range all {
				blob := fmt.Sprint(id, "/", e.Seq)
				data, err := s.Blob(t.Context(), id, blob)
				require.NoError(t, err)
				require.Equal(t, blob, string(data))
			}
			total += len(all)
		}
		require.Positive(t, total, "round %d", round)
		files, _ := f.onDisk(t)
		require.Equal(t, total, files)
		require.NoError(t, s.Close())
	}
}

// What nobody named goes after an hour with whatever is put next, and at once
// when its process has ended.
func TestBlobsThatNobodyNamedGo(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	put := func(id string) { require.NoError(t, s.PutBlob(t.Context(), "c", id, []byte(id))) }
	put("named")
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "named")))
	put("early")
	put("kept alive")
	f.clock.Pass(store.LooseFor / 2)
	put("late")
	put("kept alive")
	f.clock.Pass(store.LooseFor/2 + time.Second)
	put("latest")
	_, text := f.onDisk(t)
	for _, id := range []string{"named", "kept alive", "late", "latest"} {
		require.Contains(t, text, id)
	}
	require.NotContains(t, text, "early")
	require.ErrorIs(t, s.Commit(t.Context(), withBlob("c", 1, "early")), store.ErrConflict)
	put("early")
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 1, "early")))

	require.NoError(t, s.Close())
	s = f.open(t)
	files, text := f.onDisk(t)
	require.Equal(t, 2, files, "%s", text)
	got, err := s.Blob(t.Context(), "c", "early")
	require.NoError(t, err)
	require.Equal(t, "early", string(got))
}

// A file of before there were blobs opens, and has them from then on.
func TestAFileOfTheLayoutBefore(t *testing.T) {
	f := newFile(t)
	require.NoError(t, f.open(t).Close())
	db, err := bbolt.Open(f.path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
		for _, name := range []string{"blobs", "loose"} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("1"))
	}))
	require.NoError(t, db.Close())
	require.NoError(t, bolt.Verify(f.path))
	s := f.open(t)
	require.NoError(t, s.PutBlob(t.Context(), "c", "a", []byte("bytes")))
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "a")))
}

// A blob whose file is gone is told as missing, and never a crash.
func TestABlobThatIsLost(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	require.NoError(t, s.PutBlob(t.Context(), "c", "a", []byte("bytes")))
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "a")))
	require.NoError(t, os.RemoveAll(bolt.BlobFolder(f.path)))
	_, err := s.Blob(t.Context(), "c", "a")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorContains(t, err, bolt.BlobFolder(f.path))
	err = s.Backup(t.Context(), io.Discard)
	require.ErrorContains(t, err, "is not there, though its conversation is")
	require.ErrorContains(t, err, bolt.BlobFolder(f.path))
	require.NoError(t, s.Erase(t.Context(), "c"))
	require.NoError(t, s.Backup(t.Context(), io.Discard))
}

// erasing erases a conversation with the first bytes that are written.
type erasing struct {
	io.Writer
	erase func()
}

func (e *erasing) Write(b []byte) (int, error) {
	if e.erase != nil {
		e.erase()
	}
	e.erase = nil
	return e.Writer.Write(b)
}

// What is erased while a backup is written is left out of it, and it is whole.
func TestABackupWhileErasing(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for _, id := range []string{"c", "d"} {
		require.NoError(t, s.PutBlob(t.Context(), id, "a", []byte("bytes of "+id)))
		require.NoError(t, s.Commit(t.Context(), withBlob(id, 0, "a")))
	}
	var backup bytes.Buffer
	require.NoError(t, s.Backup(t.Context(), &erasing{&backup, func() { require.NoError(t, s.Erase(t.Context(), "c")) }}))
	restored := file{path: filepath.Join(t.TempDir(), "restored.db"), clock: f.clock}
	require.NoError(t, bolt.Restore(restored.path, &backup))
	files, text := restored.onDisk(t)
	require.Equal(t, 1, files)
	require.Equal(t, "bytes of d", text)
}

// A backup that was cut short, or an archive of somebody else's, is refused; no
// name in it leads out of the folder.
func TestRestoreRefuses(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	require.NoError(t, s.PutBlob(t.Context(), "c", "a", bytes.Repeat([]byte("bytes"), 1000)))
	require.NoError(t, s.Commit(t.Context(), withBlob("c", 0, "a")))
	var whole bytes.Buffer
	require.NoError(t, s.Backup(t.Context(), &whole))
	restore := func(b []byte) (string, error) {
		path := filepath.Join(t.TempDir(), "restored.db")
		return path, bolt.Restore(path, bytes.NewReader(b))
	}
	path, err := restore(whole.Bytes())
	require.NoError(t, err)
	require.NoError(t, bolt.Verify(path))
	for _, size := range []int{600, 5000, whole.Len() - 4000, whole.Len() - 1600} {
		_, err := restore(whole.Bytes()[:size])
		require.Error(t, err, "%d of %d bytes", size, whole.Len())
	}
	end := whole.Len() - 2*512 - 512 // before the two empty blocks, and the last name
	for _, size := range []int{end, end - 5120 - 512} {
		_, err := restore(whole.Bytes()[:size])
		require.ErrorContains(t, err, "cut off", "between two files, where it looks whole")
	}
	for _, names := range [][]string{
		{"other"}, {"end"}, {"store", "end", "end"}, {"store", "../escaped"}, {"store", "blobs/../../escaped"}, {"store", "store"}, {"blobs/" + fmt.Sprintf("%032d/%032d", 1, 2)},
	} {
		var b bytes.Buffer
		out := tar.NewWriter(&b)
		for _, name := range names {
			require.NoError(t, out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600}))
		}
		require.NoError(t, out.Close())
		path, err := restore(b.Bytes())
		require.ErrorContains(t, err, "not one of Bedside's", "%v", names)
		require.NoFileExists(t, filepath.Join(filepath.Dir(path), "escaped"))
	}
}
