package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
)

// eraseBlobs takes the bytes of an erased conversation off the disk, and then
// what reminds of them out of the journal's file.
func (s *Store) eraseBlobs(ctx context.Context, of string) error {
	s.folder.mu.Lock()
	defer s.folder.mu.Unlock()
	if err := s.folder.remove(of); err != nil {
		return fmt.Errorf("bolt: removing the blobs of an erased conversation: %w", err)
	}
	var ids []string
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		for _, key := range keysUnder(tx.Bucket(bucketLoose), named(nil, of)) {
			ids = append(ids, string(key[len(of)+1:]))
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return s.submit(ctx, &job{blobs: &blobJob{do: forgetBlobs, of: of, ids: ids}})
}

// clearLoose removes the blobs that were put before a moment and that no batch
// has named, and those whose erasing nobody has finished.
func (s *Store) clearLoose(ctx context.Context, before time.Time) error {
	var old []*blobJob
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketLoose).ForEach(func(k, v []byte) error {
			of, id, _ := bytes.Cut(k, []byte{0})
			if !looseBytes(v).since(stamp(before)) {
				old = append(old, &blobJob{do: doomBlobs, of: string(of), ids: []string{string(id)}, before: stamp(before)})
			}
			return nil
		})
	})
	for _, doom := range old {
		if ctx.Err() == nil && s.failure.get() == nil {
			err = errors.Join(err, s.clearBlob(ctx, doom))
		}
	}
	return err
}

// notCleared tells of what could not be cleared away. It is nobody's fault who put a
// blob or started the server meanwhile, and who clears next goes on with it.
func (s *Store) notCleared(err error) {
	if err != nil && !errors.Is(err, context.Canceled) && s.failure.get() == nil {
		s.log.Error("store: blobs that nobody has named are still on the disk", "folder", s.folder.path, "error", err)
	}
}

// clearBlob lets no batch name the blob any more, then takes it off the disk, and
// then forgets it: whatever comes between, the next one who clears goes on here.
func (s *Store) clearBlob(ctx context.Context, doom *blobJob) error {
	s.folder.mu.Lock()
	defer s.folder.mu.Unlock()
	if err := s.submit(ctx, &job{blobs: doom}); err != nil || !doom.did {
		return err
	}
	if err := s.folder.removeFile(doom.of, doom.ids[0]); err != nil {
		return fmt.Errorf("bolt: clearing a blob that nobody named: %w", err)
	}
	return s.submit(ctx, &job{blobs: &blobJob{do: forgetBlobs, of: doom.of, ids: doom.ids}})
}
