package bolt

import (
	"errors"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"
)

// schema is the version of the layout that doc.go describes.
const schema = 2

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
	bucketBlobs    = []byte("blobs")
	bucketLoose    = []byte("loose")
	bucketMeta     = []byte("meta")
	keySchema      = []byte("schema")
)

var errForeign = errors.New("a bbolt file, but not one of Bedside's")

// prepareFile lays out an empty file, brings one of an earlier version to this
// one, and writes nothing to a file that is fine.
func prepareFile(db *bbolt.DB) error {
	var version int
	err := db.View(func(tx *bbolt.Tx) (err error) {
		version, err = readSchema(tx)
		return err
	})
	if err != nil || version == schema {
		return err
	}
	return db.Update(layOut)
}

// readSchema is the version of the layout, 0 for an empty file.
func readSchema(tx *bbolt.Tx) (version int, err error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return 0, errForeign
		}
		return 0, nil
	}
	version, err = strconv.Atoi(string(meta.Get(keySchema)))
	switch {
	case err != nil:
		return 0, errForeign
	case version > schema:
		return 0, fmt.Errorf("written by a newer Bedside (layout %d, this one knows %d); run that version or restore an older backup", version, schema)
	}
	return version, nil
}

func layOut(tx *bbolt.Tx) error {
	for _, name := range [][]byte{
		bucketEntries, bucketHeads, bucketLists, bucketCounts, bucketWakes,
		bucketRecords, bucketOf, bucketExpiries, bucketBlobs, bucketLoose, bucketMeta,
	} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return tx.Bucket(bucketMeta).Put(keySchema, strconv.AppendInt(nil, schema, 10))
}
