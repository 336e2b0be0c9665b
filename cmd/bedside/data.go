package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/store/bolt"
)

// journalFile is the store's file in the data folder.
const journalFile = "journal.db"

// data is an opened data folder.
type data struct {
	store store.Store
	key   []byte
}

// openData opens the data folder, and makes it on the first start. A second
// process on the same folder is refused at once.
func openData(c config.Config) (data, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return data{}, fmt.Errorf("data folder: %w", err)
	}
	key, err := c.Key()
	if err != nil {
		return data{}, fmt.Errorf("server key: %w", err)
	}
	st, err := bolt.Open(filepath.Join(c.Data, journalFile), bolt.Options{})
	if errors.Is(err, store.ErrLocked) {
		return data{}, fmt.Errorf("another Bedside is running on %s: %w", c.Data, err)
	}
	return data{store: st, key: key}, err
}
