package bolt

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// Names in a backup with blobs: the store file first, then each blob under the
// name that it has in the folder, and last an empty one, for an archive that was cut
// between two files looks whole.
const (
	packedStore = "store"
	packedBlobs = "blobs"
	packedEnd   = "end"
)

// heldBlob is one that the copied file knows.
type heldBlob struct{ of, id string }

// heldIn lists the blobs that a store file knows.
func heldIn(file string) (all []heldBlob, err error) {
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketBlobs).ForEach(func(k, _ []byte) error {
			of, id, _ := bytes.Cut(k, []byte{0})
			all = append(all, heldBlob{string(of), string(id)})
			return nil
		})
	})
	return all, errors.Join(err, db.Close())
}

// pack writes the copied file and the blobs. Their bytes never change, so it is
// enough that the file is of one moment.
func (s *Store) pack(ctx context.Context, w io.Writer, file *os.File, blobs []heldBlob) error {
	for _, b := range blobs { // what is lost is told before anything is written
		if _, err := os.Stat(s.folder.file(b.of, b.id)); errors.Is(err, fs.ErrNotExist) {
			if err := s.onlyErased(ctx, b); err != nil {
				return err
			}
		}
	}
	out := tar.NewWriter(w)
	if err := packOne(ctx, out, packedStore, file); err != nil {
		return err
	}
	for _, b := range blobs {
		if err := s.packBlob(ctx, out, b); err != nil {
			return fmt.Errorf("bolt: a blob for the backup: %w", err)
		}
	}
	err := out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: packedEnd, Mode: 0o600, Format: tar.FormatPAX})
	return errors.Join(err, out.Close())
}

// onlyErased is an error for a blob that is missing, save where its conversation has
// been erased meanwhile: a backup that leaves out anything else is not whole.
func (s *Store) onlyErased(ctx context.Context, b heldBlob) error {
	err := s.alive(ctx, b.of)
	switch {
	case errors.Is(err, store.ErrErased):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%s is not there, though its conversation is; put it back from an earlier copy, or an empty file where there is none", s.folder.file(b.of, b.id))
}

// packBlob leaves out what has been erased meanwhile.
func (s *Store) packBlob(ctx context.Context, out *tar.Writer, b heldBlob) error {
	f, err := os.Open(s.folder.file(b.of, b.id))
	if errors.Is(err, fs.ErrNotExist) {
		return s.onlyErased(ctx, b)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return packOne(ctx, out, path.Join(packedBlobs, hashed(b.of), hashed(b.id)), f)
}

func packOne(ctx context.Context, out *tar.Writer, name string, file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	err = out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: info.Size(), Mode: 0o600, Format: tar.FormatPAX})
	if err != nil {
		return err
	}
	if err == nil {
		_, err = io.Copy(out, untilDone{ctx, file})
	}
	return err
}
