package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// How says what made a version.
type How string

const (
	AtStart    How = "start"    // the first start, or a site that had no flow yet
	ByCommand  How = "command"  // on the machine
	ByConsole  How = "console"  // an admin's press
	OnSave     How = "save"     // files were saved
	AtTime     How = "schedule" // its time had come
	RolledBack How = "rollback" // an older version again
)

// Version is one publication. Numbers count from 1 and leave none out.
type Version struct {
	Number int       `json:"number"`
	Hash   string    `json:"hash"`
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"` // a login, or a user of the machine
	How    How       `json:"how"`
	Note   string    `json:"note,omitempty"`
	Of     int       `json:"of,omitempty"` // of a rollback: the version whose sources these are
	Flows  []Flow    `json:"flows"`
}

// Flow is one flow of a version.
type Flow struct {
	Name    string `json:"name"`    // "" is everybody's, else the site's that has its own
	Hash    string `json:"hash"`    // of the program: what conversations are pinned to
	Sources string `json:"sources"` // the key under which all its files are kept
}

// Plan is a version whose time has not come. Its files are kept as they were.
type Plan struct {
	At    time.Time `json:"at"`
	Made  time.Time `json:"made"`
	By    string    `json:"by,omitempty"`
	Note  string    `json:"note,omitempty"`
	Flows []Flow    `json:"flows"`
}

// Short is a hash as people write it.
func Short(hash string) string { return fmt.Sprintf("%.12s", hash) }

// hashOf names a version: by its program where it has one flow.
func hashOf(all []Flow) string {
	if len(all) == 1 {
		return all[0].Hash
	}
	h := sha256.New()
	for _, f := range all {
		fmt.Fprintf(h, "%s\x00%s\x00", f.Name, f.Hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// same reports whether two lists name the same files.
func same(a, b []Flow) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Sources != b[i].Sources {
			return false
		}
	}
	return true
}

const maxNote = 300

// ErrNote says that a note cannot be kept.
var ErrNote = errors.New("the note")

// CheckNote wants a line that everybody can read.
func CheckNote(note string) error {
	switch {
	case !utf8.ValidString(note), strings.ContainsFunc(note, unicode.IsControl):
		return fmt.Errorf("%w holds characters that cannot be shown; write it as one line of text", ErrNote)
	case utf8.RuneCountInString(note) > maxNote:
		return fmt.Errorf("%w is longer than %d characters; say in it what has changed and why", ErrNote, maxNote)
	}
	return nil
}
