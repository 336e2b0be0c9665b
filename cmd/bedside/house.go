package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bedside/cmd/bedside/config"
	"bedside/store"
)

// house is what a journal remembers of where it lives. Two machines that work
// on copies of one journal would remove each other's rooms, so a journal that
// finds itself elsewhere leaves TrueConf alone until it is adopted.
type house struct {
	Installation string `json:"installation"` // names our rooms at TrueConf
	Host         string `json:"host"`
	Folder       string `json:"folder"`

	// Key is the mark of the server key under which the journal was written. It
	// is empty in journals from before it was kept.
	Key string `json:"key,omitempty"`

	// Apart says that the journal has just become another installation: calls
	// that are open in it are the original's, and end here before anything else.
	Apart bool `json:"apart,omitempty"`

	Home bool `json:"-"` // it is where it was
}

// place is a machine and a folder on it.
type place struct{ host, folder string }

const (
	houseSpace = "house"
	houseKey   = "installation"
)

// placeOf is where a configuration runs. The configured host name wins, for
// containers change theirs.
func placeOf(c config.Config) place {
	host := c.Host
	if host == "" {
		host, _ = os.Hostname() // without a name the folder alone decides
	}
	folder, err := filepath.Abs(c.Data)
	if err != nil {
		folder = c.Data
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	return place{host: host, folder: folder}
}

// enterHouse reads where the journal lives; a new journal lives here, under this
// key. One that was written under another key is refused with errOtherKey.
func enterHouse(ctx context.Context, st store.Store, here place, key []byte) (house, error) {
	h, rev, err := readHouse(ctx, st)
	if errors.Is(err, store.ErrNotFound) {
		h = house{Installation: newInstallation(), Key: markOf(key)}
		return moveHouse(ctx, st, h, here, store.Absent)
	}
	if err != nil {
		return h, err
	}
	h.Home = h.Host == here.host && h.Folder == here.folder
	if h.Home && h.Key == "" {
		h.Key = markOf(key)
		return moveHouse(ctx, st, h, here, store.Rev(rev))
	}
	return h, h.fits(key)
}

// adopt makes here the journal's home. With a new installation its rooms are
// others than the original's, and the key may be another too.
func adopt(ctx context.Context, st store.Store, here place, key []byte, anew bool) (house, error) {
	h, rev, err := readHouse(ctx, st)
	if err != nil {
		return house{}, err
	}
	switch {
	case anew:
		h.Installation, h.Apart = newInstallation(), true
	default:
		if err := h.fits(key); err != nil {
			return house{}, err
		}
	}
	h.Key = markOf(key)
	return moveHouse(ctx, st, h, here, store.Rev(rev))
}

// errOtherKey says that journal and server key do not belong together.
var errOtherKey = errors.New("the server key (the file key in the data folder, or server_key) is not the one under which this journal was written: " +
	"put the copy of that key in its place. Where it is lost for good, `bedside adopt --new` takes this one: open calls end, and links that were sent are dead")

// fits wants the key under which the journal was written.
func (h house) fits(key []byte) error {
	if h.Key != "" && h.Key != markOf(key) {
		return wrongPlace{sentence: errOtherKey.Error(), cause: errOtherKey}
	}
	return nil
}

// markOf tells keys apart and says nothing of them.
func markOf(key []byte) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("the mark of a server key"))
	return hex.EncodeToString(m.Sum(nil)[:8])
}

func readHouse(ctx context.Context, st store.Store) (house, uint64, error) {
	r, err := st.Record(ctx, houseSpace, houseKey)
	if err != nil {
		return house{}, 0, err
	}
	var h house
	if err := json.Unmarshal(r.Value, &h); err != nil {
		return house{}, 0, fmt.Errorf("the journal's record of its home is damaged: %w", err)
	}
	return h, r.Rev, nil
}

func moveHouse(ctx context.Context, st store.Store, h house, here place, when store.Cond) (house, error) {
	h.Host, h.Folder, h.Home = here.host, here.folder, true
	value, err := json.Marshal(h)
	if err != nil {
		return house{}, err
	}
	put := store.Put{Space: houseSpace, Key: houseKey, Value: value, If: when}
	return h, st.Commit(ctx, store.Batch{Records: []store.Put{put}})
}

// newInstallation is a name that no other installation has.
func newInstallation() string { return strings.ToLower(rand.Text()[:12]) }
