package bolt

import (
	"errors"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"
)

// schema is the version of the layout that doc.go describes.
const schema = 1

// Names of the buckets and of the one key in meta; never written to.
var (
	bucketEntries  = []byte("entries")
	bucketHeads    = []byte("heads")
	bucketLists    = []byte("lists")
	bucketCounts   = []byte("counts")
	bucketWakes    = []byte("wakes")
	bucketRecords  = []byte("records")
	bucketOf       = []byte("of")
	bucketExpiries = []byte("expiries")
	bucketMeta     = []byte("meta")
	keySchema      = []byte("schema")
)

var errForeign = errors.New("a bbolt file, but not one of Bedside's")

// prepareFile lays out an empty file and looks at the version of any other; it
// writes nothing to a file that is fine.
func prepareFile(db *bbolt.DB) error {
	var found bool
	err := db.View(func(tx *bbolt.Tx) (err error) {
		found, err = readSchema(tx)
		return err
	})
	if err != nil || found {
		return err
	}
	return db.Update(layOut)
}

func readSchema(tx *bbolt.Tx) (found bool, err error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return false, errForeign
		}
		return false, nil
	}
	version, err := strconv.Atoi(string(meta.Get(keySchema)))
	switch {
	case err != nil:
		return false, errForeign
	case version > schema:
		return false, fmt.Errorf("written by a newer Bedside (layout %d, this one knows %d); run that version or restore an older backup", version, schema)
	}
	return true, nil
}

func layOut(tx *bbolt.Tx) error {
	for _, name := range [][]byte{
		bucketEntries, bucketHeads, bucketLists, bucketCounts, bucketWakes,
		bucketRecords, bucketOf, bucketExpiries, bucketMeta,
	} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	return tx.Bucket(bucketMeta).Put(keySchema, strconv.AppendInt(nil, schema, 10))
}
