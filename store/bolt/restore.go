package bolt

import (
	"archive/tar"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
)

// Restore makes a store at path, where there is none, of what Backup wrote, its
// blobs beside it. Whether the file in it is whole Verify says; blobs that were cut
// short are told here. What an error leaves behind is the caller's to remove.
func Restore(path string, r io.Reader) error {
	in := bufio.NewReaderSize(r, 1<<16)
	start, err := in.Peek(tarMarkAt + len(tarMark))
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if len(start) < tarMarkAt || !bytes.Equal(start[tarMarkAt:], []byte(tarMark)) {
		return errors.Join(writeSynced(path, in), syncFolder(filepath.Dir(path)))
	}
	if err := unpack(path, tar.NewReader(in)); err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// A tar says so behind its first name (POSIX.1-2001, ustar).
const (
	tarMarkAt = 257
	tarMark   = "ustar"
)

var packedName = regexp.MustCompile(`^` + packedBlobs + `/([0-9a-f]{32})/([0-9a-f]{32})$`)

func unpack(path string, in *tar.Reader) error {
	into := folderBeside(path)
	for first := true; ; first = false {
		h, err := in.Next()
		if errors.Is(err, io.EOF) && !first {
			return errors.New("it was cut off: its end is missing")
		}
		if err != nil {
			return err
		}
		name := packedName.FindStringSubmatch(h.Name)
		switch {
		case h.Typeflag != tar.TypeReg || first != (h.Name == packedStore):
			return errNotOurs
		case first:
			err = writeSynced(path, in)
		case h.Name == packedEnd:
			return ended(in)
		case name == nil:
			return errNotOurs
		default:
			of := filepath.Join(into.path, name[1])
			err = errors.Join(into.make(of), writeSynced(filepath.Join(of, name[2]), in), syncFolder(of))
		}
		if err != nil {
			return err
		}
	}
}

var errNotOurs = errors.New("it is an archive, but not one of Bedside's")

// ended wants nothing behind the end.
func ended(in *tar.Reader) error {
	_, err := in.Next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		err = errNotOurs
	}
	return err
}
