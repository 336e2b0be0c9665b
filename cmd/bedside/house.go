package main

import (
	"context"
	"crypto/rand"
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

// enterHouse reads where the journal lives; a new journal lives here.
func enterHouse(ctx context.Context, st store.Store, here place) (house, error) {
	h, _, err := readHouse(ctx, st)
	if errors.Is(err, store.ErrNotFound) {
		h = house{Installation: newInstallation()}
		return moveHouse(ctx, st, h, here, store.Absent)
	}
	h.Home = h.Host == here.host && h.Folder == here.folder
	return h, err
}

// adopt makes here the journal's home. With a new installation its rooms are
// others than the original's.
func adopt(ctx context.Context, st store.Store, here place, anew bool) (house, error) {
	h, rev, err := readHouse(ctx, st)
	if err != nil {
		return house{}, err
	}
	if anew {
		h.Installation, h.Apart = newInstallation(), true
	}
	return moveHouse(ctx, st, h, here, store.Rev(rev))
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
