package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/store/bolt"
)

// journalFile is the store's file in the data folder, keyFile the server key's.
const (
	journalFile = "journal.db"
	keyFile     = "key"
)

// data is an opened data folder.
type data struct {
	store store.Store
	key   []byte
}

// openData opens the data folder, and makes it on the first start. A second
// process on the same folder is refused at once, and a journal without its key.
func openData(c config.Config, log *slog.Logger) (data, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return data{}, wrongPlace{sentence: "the data folder " + c.Data + " cannot be made: " + config.Reason(err) + "; make it and give it to this user, or change data"}
	}
	path := filepath.Join(c.Data, journalFile)
	if err := errors.Join(rightClock(path, time.Now()), rightOwner(path)); err != nil {
		return data{}, err
	}
	keyOf := config.Config.Key
	if _, err := os.Stat(path); err == nil {
		keyOf = existingKey
	}
	key, err := keyOf(c)
	if err != nil {
		said, _ := inWords(err)
		return data{}, wrongPlace{sentence: "server key: " + said, cause: err}
	}
	st, err := bolt.Open(path, bolt.Options{Log: log})
	switch {
	case errors.Is(err, store.ErrLocked):
		return data{}, wrongPlace{sentence: "another Bedside" + holder(c.Data) + " works on " + c.Data + "; stop it first, or give this one a data folder of its own", cause: err}
	case err != nil:
		said, _ := inWords(err)
		return data{}, wrongPlace{sentence: said, cause: err}
	}
	return data{store: st, key: key}, nil
}

// rightClock refuses to write with a clock that is plainly wrong: deadlines would
// fire at once or never, and a journal that was written in the future stands still.
func rightClock(journal string, now time.Time) error {
	if now.Year() < firstYear {
		return wrongPlace{sentence: "the clock of this machine says " + now.Format(time.DateTime) + "; set it (timedatectl), and start again"}
	}
	info, err := os.Stat(journal)
	if err == nil && info.ModTime().Sub(now) > fastClock {
		return wrongPlace{sentence: fmt.Sprintf("the clock of this machine says %s, but the journal was written at %s; set the clock (timedatectl). Where the clock is right and was wrong then: touch %s",
			now.Format(time.DateTime), info.ModTime().Format(time.DateTime), journal)}
	}
	return nil
}

const (
	firstYear = 2026          // no Bedside is older
	fastClock = 3 * time.Hour // more than any change of zone or daylight that is set wrongly and mended
)

// errNoKey says that a journal's key is not there.
var errNoKey = errors.New("is not there, and without it this journal is of no use: put the copy of it in its place. " +
	"Where it is lost for good, `bedside adopt --new` makes another: open calls end, and links that were sent are dead")

// existingKey is the server key, where there is one: a journal that has begun is
// never given a new one in passing.
func existingKey(c config.Config) ([]byte, error) {
	path := filepath.Join(c.Data, keyFile)
	if _, err := os.Stat(path); c.ServerKey.IsZero() && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s %w", path, errNoKey)
	}
	return c.Key()
}
