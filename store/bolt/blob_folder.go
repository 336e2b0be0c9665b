package bolt

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// folderSuffix makes the name of the folder for blobs from the journal's.
const folderSuffix = ".blobs"

// BlobFolder is where a store at path keeps its blobs: beside the file, for values
// of many megabytes would make every copy of it slow and its free pages never
// come back. It is there once there has been a blob.
func BlobFolder(path string) string { return path + folderSuffix }

// folder is that folder: a folder for each conversation in it, readable by their
// owner alone. Names are hashes, for an id may be no name of a file.
type folder struct {
	path string
	sync func(folder string) error // syncFolder, save where a test breaks the disk
	mu   sync.Mutex                // held while something gets its place or goes
}

func folderBeside(path string) folder { return folder{path: BlobFolder(path), sync: syncFolder} }

func (f *folder) of(conversation string) string { return filepath.Join(f.path, hashed(conversation)) }

func (f *folder) file(conversation, id string) string {
	return filepath.Join(f.of(conversation), hashed(id))
}

func hashed(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// make makes a conversation's folder, durably.
func (f *folder) make(of string) error {
	if err := f.makeSynced(f.path); err != nil {
		return err
	}
	return f.makeSynced(of)
}

// makeSynced syncs a folder that is there too: who made it may not have come to it.
func (f *folder) makeSynced(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.sync(filepath.Dir(path))
}

// remove takes all blobs of a conversation off the disk.
func (f *folder) remove(conversation string) error {
	of := f.of(conversation)
	if _, err := os.Lstat(of); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.RemoveAll(of); err != nil {
		return err
	}
	return f.sync(f.path)
}

// removeFile takes one blob off the disk, with what was begun of it, and the
// folder that it leaves empty.
func (f *folder) removeFile(conversation, id string) error {
	of, name := f.of(conversation), hashed(id)
	there, err := os.ReadDir(of)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	left := len(there)
	for _, e := range there {
		if e.Name() != name && !strings.HasPrefix(e.Name(), name+".") {
			continue
		}
		if err := os.Remove(filepath.Join(of, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		left--
	}
	if err := f.sync(of); err != nil || left > 0 {
		return err
	}
	return f.remove(conversation)
}

// writeSynced makes a new file, for its owner alone, on the disk.
func writeSynced(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}
