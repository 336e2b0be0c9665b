package bolt

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// PutBlob is store.Store's. The journal's file says that a blob may lie in the
// folder before it does, so that whatever becomes of this process somebody knows
// what to clear away.
func (s *Store) PutBlob(ctx context.Context, of, id string, data []byte) error {
	if err := store.CheckBlob(of, id, len(data)); err != nil {
		return err
	}
	loose := &blobJob{do: loosenBlobs, of: of, ids: []string{id}}
	if err := s.submit(ctx, &job{blobs: loose}); err != nil {
		return err
	}
	if err := s.placeBlob(ctx, of, id, data); err != nil {
		return err
	}
	s.notCleared(s.clearLoose(ctx, s.now().Add(-store.LooseFor)))
	return nil
}

// placeBlob writes a blob beside its place first, so that what lies in the place
// is whole.
func (s *Store) placeBlob(ctx context.Context, of, id string, data []byte) error {
	folder, path := s.folder.of(of), s.folder.file(of, id)
	if err := s.folder.make(folder); err != nil {
		return fmt.Errorf("bolt: the folder of a blob: %w", err)
	}
	beside := path + "." + rand.Text()
	defer os.Remove(beside) // where it was not given its place
	if err := writeSynced(beside, bytes.NewReader(data)); err != nil {
		return s.blobFailed(ctx, of, err)
	}
	s.folder.mu.Lock()
	defer s.folder.mu.Unlock()
	if err := s.alive(ctx, of); err != nil { // an erasing that comes later clears the place
		return err
	}
	if _, err := os.Stat(path); err != nil {
		if err := os.Rename(beside, path); err != nil {
			return s.blobFailed(ctx, of, err)
		}
	}
	return s.folder.sync(folder) // whoever gave it its place may not have come to it
}

// blobFailed prefers to say that the conversation was erased meanwhile.
func (s *Store) blobFailed(ctx context.Context, of string, cause error) error {
	if err := s.alive(ctx, of); err != nil {
		return err
	}
	return fmt.Errorf("bolt: writing a blob: %w", cause)
}

// alive is store.ErrErased for a conversation that has been erased.
func (s *Store) alive(ctx context.Context, of string) error {
	return s.view(ctx, func(tx *bbolt.Tx) error {
		if headBytes(tx.Bucket(bucketHeads).Get([]byte(of))).erased() {
			return store.ErrErased
		}
		return nil
	})
}

// Blob is store.Store's.
func (s *Store) Blob(ctx context.Context, of, id string) ([]byte, error) {
	if err := store.CheckBlob(of, id, 0); err != nil {
		return nil, err
	}
	held := false
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		if headBytes(tx.Bucket(bucketHeads).Get([]byte(of))).erased() {
			return store.ErrErased
		}
		held = tx.Bucket(bucketBlobs).Get(blobKey(of, id)) != nil
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, store.ErrNotFound
	}
	data, err := os.ReadFile(s.folder.file(of, id))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := s.alive(ctx, of); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: the file of a blob is not in %s", store.ErrNotFound, s.folder.path)
	case err != nil:
		return nil, fmt.Errorf("bolt: reading a blob: %w", err)
	}
	return data, nil
}
