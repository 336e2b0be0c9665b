package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/store/bolt"
)

type restoreCommand struct {
	configFlag
	Key string `placeholder:"FILE" help:"The copy of the server key, where it is neither in the data folder nor in the configuration."`
	In  string `arg:"" name:"file" help:"The file that bedside backup wrote."`
}

// Help is printed under the usage.
func (restoreCommand) Help() string {
	return `Puts a backup into the data folder of a configuration, whole or not at all. The
backup is read from end to end first, and must belong to the server key. The data
folder must be empty, save for the key: what is in it is never overwritten.

Elsewhere than where it was written, the journal leaves TrueConf alone until
bedside adopt says whether the original is gone.

Examples:
  bedside restore -c /etc/bedside/config.yaml --key bedside.key friday.db
  sudo -u bedside bedside restore -c /etc/bedside/config.yaml friday.db`
}

// Run restores and says what comes next.
func (c restoreCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	if err := emptyData(ctx, conf); err != nil {
		return wrongPlace{sentence: "restore: " + err.Error(), cause: err}
	}
	made := os.Mkdir(conf.Data, 0o700) == nil // a folder that is there keeps its owner
	home, err := c.restore(ctx, conf)
	if err != nil {
		if made {
			_ = os.Remove(conf.Data)
		}
		said, _ := inWords(err)
		return wrongPlace{sentence: "restore: nothing was changed: " + said, cause: err}
	}
	start := "start the server; where the system runs it, bedside service install -c " + c.Config + " gives it the folder too."
	fmt.Fprintf(s.out, "Restored to %s.\n", conf.Data)
	if here := placeOf(conf); home.Host == here.host && home.Folder == here.folder {
		fmt.Fprintf(s.out, "It was written here. Next: %s\n", start)
		return nil
	}
	fmt.Fprintf(s.out, `It was written on %s in %s, and leaves TrueConf alone until it is adopted. Next:
  bedside adopt -c %s         if that one is gone for good
  bedside adopt --new -c %s   if that one goes on: calls that are open end in this copy
and %s
`, home.Host, home.Folder, c.Config, c.Config, start)
	return nil
}

// aside begins the name of the folder in which a restore works.
const aside = ".restore-"

// emptyData wants a data folder that is not there, or holds the key alone, and on
// which no server runs.
func emptyData(ctx context.Context, conf config.Config) error {
	if body, err := askRunning(ctx, conf.Data, "GET", controlReady, nil); !errors.Is(err, errNobody) {
		if err == nil {
			_ = body.Close()
		}
		return fmt.Errorf("a server is running on %s; stop it, and move the folder away if this backup is to take its place", conf.Data)
	}
	entries, err := os.ReadDir(conf.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == keyFile || e.Name() == socketFile || strings.HasPrefix(e.Name(), aside)
	})
	if len(entries) > 0 {
		return fmt.Errorf("%s holds %s already; move it away first, for nothing is overwritten", conf.Data, entries[0].Name())
	}
	return nil
}

// restore proves the backup in a folder aside, with the key that it will have,
// and then gives both their names, the journal last.
func (c restoreCommand) restore(ctx context.Context, conf config.Config) (house, error) {
	work, err := os.MkdirTemp(conf.Data, aside)
	if err != nil {
		return house{}, err
	}
	defer os.RemoveAll(work)
	journal := filepath.Join(work, journalFile)
	if err := unpackBackup(journal, c.In); err != nil {
		return house{}, err
	}
	if err := bolt.Verify(journal); err != nil {
		return house{}, fmt.Errorf("%s is no whole backup: %w", c.In, err)
	}
	home, err := homeOf(ctx, journal)
	if err != nil {
		return house{}, fmt.Errorf("%s: %w", c.In, err)
	}
	key, err := c.key(conf, work)
	if err != nil {
		return house{}, err
	}
	if err := home.fits(key); err != nil {
		return house{}, err
	}
	return home, putInPlace(conf.Data, work)
}

// unpackBackup makes the journal of a backup, and the folder of its files.
func unpackBackup(journal, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := bolt.Restore(journal, in); err != nil {
		return fmt.Errorf("%s is no whole backup: %w", from, err)
	}
	return nil
}

// key is the server key, of whichever place; one that a file names is copied.
func (c restoreCommand) key(conf config.Config, work string) ([]byte, error) {
	if c.Key == "" {
		key, err := existingKey(conf)
		if errors.Is(err, errNoKey) {
			err = fmt.Errorf("%s is not there, and without it this journal is of no use; name the copy of the server key with --key", filepath.Join(conf.Data, keyFile))
		}
		return key, err
	}
	if !conf.ServerKey.IsZero() {
		return nil, errors.New("the configuration has a server_key; leave --key out")
	}
	if err := copyWhole(filepath.Join(work, keyFile), c.Key); err != nil {
		return nil, err
	}
	given := conf
	given.Data = work
	key, err := given.Key()
	if err != nil {
		return nil, fmt.Errorf("%s is no server key, which has 64 hexadecimal digits; name the copy of the file key with --key", c.Key)
	}
	if there, err := existingKey(conf); err == nil && markOf(there) != markOf(key) {
		return nil, fmt.Errorf("%s and %s are two keys; keep the one that belongs to the backup", c.Key, filepath.Join(conf.Data, keyFile))
	}
	return key, nil
}

// homeOf reads where a journal was at home. A store without that is none that
// Bedside has served from.
func homeOf(ctx context.Context, path string) (home house, err error) {
	st, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return house{}, err
	}
	home, _, err = readHouse(ctx, st)
	if errors.Is(err, store.ErrNotFound) {
		err = errors.New("it is a store, but no journal of a Bedside")
	}
	return home, errors.Join(err, st.Close())
}

// copyWhole copies a file for its owner alone, onto the disk.
func copyWhole(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// putInPlace names the files; they belong to whom the folder belongs to, for a
// restore is often root's and the server somebody else's. The folder of blobs is taken
// back where the journal does not follow, for without it it is nobody's; one that lay
// there already belongs to a server that has begun meanwhile.
func putInPlace(folder, work string) (err error) {
	blobs, moved := bolt.BlobFolder(journalFile), false
	defer func() {
		if err != nil && moved {
			_ = os.Rename(filepath.Join(folder, blobs), filepath.Join(work, blobs))
		}
	}()
	for _, name := range []string{keyFile, blobs, journalFile} {
		from, to := filepath.Join(work, name), filepath.Join(folder, name)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := allOwnedAs(folder, from); err != nil {
			return err
		}
		if err := giveName(from, to); err != nil {
			return err
		}
		moved = moved || name == blobs
	}
	return nil
}

// allOwnedAs gives a file, or a folder and all in it, to the owner of a folder.
func allOwnedAs(folder, path string) error {
	return filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, ownedAs(folder, path))
	})
}

// giveName gives a file its name and takes nobody's place: a server may have begun
// a journal, and a key for it, while the backup was read, and what it acknowledged
// since would be lost. Where the very key lies there already, it stays.
func giveName(from, to string) error {
	if info, err := os.Stat(from); err == nil && info.IsDir() {
		return os.Rename(from, to) // refused where one lies there that is not empty
	}
	err := os.Link(from, to)
	if errors.Is(err, fs.ErrExist) && filepath.Base(to) == keyFile && alike(from, to) {
		return nil
	}
	if _, there := os.Lstat(to); err != nil && errors.Is(there, fs.ErrNotExist) {
		return os.Rename(from, to) // a file system without links
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s has come meanwhile; stop the server first, and move the folder away", to)
	}
	return err
}

func alike(a, b string) bool {
	one, err := os.ReadFile(a)
	other, also := os.ReadFile(b)
	return err == nil && also == nil && bytes.Equal(one, other)
}
