package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Verify reads a store file from end to end and changes nothing in it. The error
// says what is wrong: it is no store, it was cut short, it was written by a newer
// Bedside, or a page of it cannot be read. The pages carry no checksums, so a
// changed letter in a message stays unseen.
func Verify(path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("store file %s: %w", path, err)
		}
	}()
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: boltOptions(0).Timeout})
	switch {
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("not a store, or damaged: %w", err)
	case err != nil:
		return err
	}
	return errors.Join(verify(db, info.Size()), db.Close())
}

func verify(db *bbolt.DB, size int64) error {
	return db.View(func(tx *bbolt.Tx) error {
		if err := whole(tx, size); err != nil {
			return err
		}
		return walk(tx)
	})
}

// whole wants a file to be as long as it says of itself: what reads the map of a
// shorter one meets a fault of the memory, which ends the process.
func whole(tx *bbolt.Tx, size int64) error {
	if size < tx.Size() {
		return fmt.Errorf("cut short: it has %d of %d bytes; restore it from a backup (bedside restore)", size, tx.Size())
	}
	return nil
}

// lookBefore looks at the length of a file that is about to be opened, for opening
// reads it already. Whatever else is wrong the opening says.
func lookBefore(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		return nil
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: boltOptions(0).Timeout})
	if err != nil {
		return nil
	}
	return errors.Join(db.View(func(tx *bbolt.Tx) error { return whole(tx, info.Size()) }), db.Close())
}

// walk touches every key and value. A damaged page is a panic of the engine, or
// a fault of the memory that the file is mapped to; here it is an error.
func walk(tx *bbolt.Tx) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("damaged: %v", fault)
		}
	}()
	version, err := readSchema(tx)
	if err != nil {
		return err
	}
	if version == 0 {
		return errors.New("an empty file, without a journal")
	}
	var sum byte // read every byte, or its page is not touched
	return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
		last := []byte(nil)
		return b.ForEach(func(k, v []byte) error {
			if last != nil && string(last) >= string(k) {
				return fmt.Errorf("damaged: the keys of %s are in no order", name)
			}
			last = k
			for _, c := range v {
				sum ^= c
			}
			return nil
		})
	})
}
