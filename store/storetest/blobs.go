package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// naming is a batch that appends one entry and names blobs.
func naming(id string, after uint64, blobs ...string) store.Batch {
	b := appends(id, after, 1)
	b.Blobs = blobs
	return b
}

func (s *subject) put(t *testing.T, of, id, data string) {
	t.Helper()
	require.NoError(t, s.PutBlob(s.ctx, of, id, []byte(data)))
}

func (s *subject) blob(t *testing.T, of, id, want string) {
	t.Helper()
	got, err := s.Blob(s.ctx, of, id)
	require.NoError(t, err)
	require.Equal(t, want, string(got))
}

func (s *subject) noBlob(t *testing.T, of, id string) {
	t.Helper()
	_, err := s.Blob(s.ctx, of, id)
	require.ErrorIs(t, err, store.ErrNotFound)
}

func testBlobs(t *testing.T, s *subject) {
	odd := "../\xff/" + strings.Repeat("n", 200) // a name is no path
	for _, of := range []string{"c1", odd} {
		s.refused(t, "blob a", naming(of, 0, "a"))
		_, err := s.Head(s.ctx, of)
		require.ErrorIs(t, err, store.ErrNotFound, "nothing of the batch was written")
		s.put(t, of, "a", "bytes of a")
		s.noBlob(t, of, "a")
		s.put(t, of, odd, "")
		s.put(t, of, "a", "other bytes") // the first stay
		s.commit(t, naming(of, 0, "a", odd))
		s.blob(t, of, "a", "bytes of a")
		s.blob(t, of, odd, "")
		s.put(t, of, "a", "other bytes")
		s.commit(t, naming(of, 1, "a"))
		s.blob(t, of, "a", "bytes of a")
		s.noBlob(t, of, "b")
	}
	s.noBlob(t, "c2", "a")
	s.refused(t, "blob a", naming("c2", 0, "a")) // another's

	s.put(t, "c1", "late", "late")
	s.refused(t, "journal", naming("c1", 0, "late"))
	s.noBlob(t, "c1", "late")

	own := []byte("mine")
	require.NoError(t, s.PutBlob(s.ctx, "c1", "own", own))
	own[0] = '!'
	s.commit(t, naming("c1", 2, "own"))
	got, err := s.Blob(s.ctx, "c1", "own")
	require.NoError(t, err)
	got[0] = '!'
	s.blob(t, "c1", "own", "mine")

	large := bytes.Repeat([]byte("large "), store.MaxBlob/6)
	require.NoError(t, s.PutBlob(s.ctx, "c1", "large", large))
	s.commit(t, naming("c1", 3, "large"))
	got, err = s.Blob(s.ctx, "c1", "large")
	require.NoError(t, err)
	require.True(t, bytes.Equal(large, got))

	for name, err := range map[string]error{
		"no id":           s.PutBlob(s.ctx, "c1", "", nil),
		"no conversation": s.PutBlob(s.ctx, "", "a", nil),
		"too large":       s.PutBlob(s.ctx, "c1", "huge", make([]byte, store.MaxBlob+1)),
		"no head":         s.Commit(s.ctx, store.Batch{Blobs: []string{"a"}, Records: []store.Put{{Space: "s", Key: "k"}}}),
		"a bad name":      s.Commit(s.ctx, naming("c1", 4, "")),
	} {
		require.ErrorIs(t, err, store.ErrMalformed, name)
	}
	s.Store = s.opts.Reopen(t, s.Store)
	s.blob(t, "c1", "a", "bytes of a")
	s.refused(t, "blob late", naming("c1", 4, "late")) // nobody had named it
}

func testBlobsErased(t *testing.T, s *subject) {
	for _, of := range []string{"c1", "c10"} {
		s.put(t, of, "a", "bytes of "+of)
		s.put(t, of, "loose", "loose")
		s.commit(t, naming(of, 0, "a"))
	}
	require.NoError(t, s.Erase(s.ctx, "c1"))
	_, err := s.Blob(s.ctx, "c1", "a")
	require.ErrorIs(t, err, store.ErrErased)
	require.ErrorIs(t, s.PutBlob(s.ctx, "c1", "a", nil), store.ErrErased)
	s.blob(t, "c10", "a", "bytes of c10")
	s.commit(t, naming("c10", 1, "loose"))
	require.NoError(t, s.Erase(s.ctx, "c1"))
	s.requireErased(t, "c1")
}

// However many put and erase at once, whoever was told that a batch is written
// finds its blob, or the tombstone.
func testBlobsAtOnce(t *testing.T, s *subject) {
	const writers, each = 8, 5
	done := make(chan error, writers)
	for w := range writers {
		of := fmt.Sprint("c", w%4)
		go func() {
			for i := range each {
				id := fmt.Sprint(w, "/", i)
				err := s.PutBlob(s.ctx, of, id, []byte(id))
				if err == nil {
					err = s.Commit(s.ctx, naming(fmt.Sprint("of ", w), uint64(i)))
				}
				if w == 3 && i == 2 {
					err = errors.Join(err, s.Erase(s.ctx, "c3"))
				}
				if err != nil && !errors.Is(err, store.ErrErased) {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range writers {
		require.NoError(t, <-done)
	}
	for w := range writers {
		if w%4 == 3 {
			require.ErrorIs(t, s.Commit(s.ctx, naming("c3", 0, "3/0")), store.ErrErased)
			continue
		}
		of := fmt.Sprint("c", w%4)
		for i := range each {
			id := fmt.Sprint(w, "/", i)
			s.commit(t, naming(of, uint64(w/4*each+i), id))
			s.blob(t, of, id, id)
		}
	}
}

func testBlobsInBackup(t *testing.T, s *subject) {
	s.put(t, "c1", "a", "bytes of a")
	s.put(t, "c1", "loose", "nobody's")
	s.put(t, "c2", "a", "erased#blob")
	s.commit(t, naming("c1", 0, "a"), naming("c2", 0, "a"))
	require.NoError(t, s.Erase(s.ctx, "c2"))
	var copied bytes.Buffer
	require.NoError(t, s.Backup(s.ctx, &copied))
	require.NotContains(t, copied.String(), "erased#")
	s.put(t, "c1", "b", "afterwards")
	s.commit(t, naming("c1", 1, "b"))

	restored := &subject{Store: s.opts.Restore(t, copied.Bytes()), opts: s.opts, ctx: s.ctx}
	restored.blob(t, "c1", "a", "bytes of a")
	restored.noBlob(t, "c1", "b")
	restored.refused(t, "blob loose", naming("c1", 1, "loose"))
	restored.requireErased(t, "c2")
	require.NoError(t, restored.Erase(s.ctx, "c1"))
	s.blob(t, "c1", "a", "bytes of a")
}

// A process that dies between a blob and the batch that names it, or in either,
// loses nothing that was said and leaves nothing twice: who had no answer puts and
// commits again.
func testBlobCrashPoints(t *testing.T, s *subject) {
	const files = 2
	script := func(s *subject) error {
		head, err := s.Head(s.ctx, "c1")
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		for i := head.Seq; i < files; i++ {
			id := fmt.Sprint("file ", i)
			if err := s.PutBlob(s.ctx, "c1", id, []byte(id)); err != nil {
				return err
			}
			if err := s.Commit(s.ctx, naming("c1", i, id)); err != nil {
				return err
			}
		}
		return s.Erase(s.ctx, "c0")
	}
	counting := Crashing(s.Store, -1, LoseCommit)
	require.NoError(t, script(&subject{Store: counting, ctx: s.ctx}))
	require.Equal(t, 2*files+1, counting.Commits())
	for _, how := range []How{LoseCommit, LoseAnswer} {
		for n := range counting.Commits() {
			t.Run(fmt.Sprintf("%s in write %d", how, n+1), func(t *testing.T) {
				inner := s.open(t)
				require.NoError(t, inner.PutBlob(s.ctx, "c0", "b", []byte("b")))
				require.NoError(t, inner.Commit(s.ctx, naming("c0", 0, "b")))
				require.ErrorIs(t, script(&subject{Store: Crashing(inner, n, how), ctx: s.ctx}), ErrCrashed)
				reborn := &subject{Store: s.opts.Reopen(t, inner), ctx: s.ctx}
				written := journal(t, s.ctx, reborn, "c1")
				for i := range written {
					reborn.blob(t, "c1", fmt.Sprint("file ", i), fmt.Sprint("file ", i))
				}
				reborn.noBlob(t, "c1", fmt.Sprint("file ", len(written)))
				require.NoError(t, script(reborn))
				require.Len(t, journal(t, s.ctx, reborn, "c1"), files)
				for i := range files {
					reborn.blob(t, "c1", fmt.Sprint("file ", i), fmt.Sprint("file ", i))
				}
				reborn.requireErased(t, "c0")
			})
		}
	}
}
