package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/store/bolt"
)

type backupCommand struct {
	configFlag
	Out string `arg:"" help:"The file to write; it must not exist."`
}

// Help is printed under the usage.
func (backupCommand) Help() string {
	return `The running server writes the copy without stopping; where none runs, the file is
opened. The server key (DATA/key) is not in it and is needed beside it: keep a
copy of that in another place. A copy that is opened on another machine or in
another folder leaves TrueConf alone until bedside adopt.

Example:
  sudo -u bedside bedside backup -c /etc/bedside/config.yaml friday.db`
}

// Run writes the copy whole or not at all.
func (c backupCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(c.Out); err == nil {
		return wrongUse{fmt.Errorf("%s exists; name a new file", c.Out)}
	}
	if err := writeWhole(c.Out, func(w io.Writer) error { return copyJournal(ctx, conf, w) }); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	fmt.Fprintln(s.err, "Written. It is of use only together with the server key.")
	return nil
}

func copyJournal(ctx context.Context, conf config.Config, w io.Writer) error {
	body, err := askRunning(ctx, conf.Data, "GET", controlBackup, nil)
	if errors.Is(err, errNobody) {
		return withStore(conf, func(st store.Store) error { return st.Backup(ctx, w) })
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(w, body)
	return errors.Join(err, body.Close())
}

// withStore opens the journal of a data folder on which no server runs.
func withStore(conf config.Config, do func(store.Store) error) error {
	path := filepath.Join(conf.Data, journalFile)
	if _, err := os.Stat(path); err != nil { // opening would make an empty one
		return wrongPlace{sentence: "there is no journal in " + conf.Data + " (" + config.Reason(err) + "); look at data in the configuration"}
	}
	st, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(st), st.Close())
}

// writeWhole writes a file that only its owner reads, under another name first,
// and gives it its name when it is on the disk. It overwrites nothing.
func writeWhole(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".bedside-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(write(tmp), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}
