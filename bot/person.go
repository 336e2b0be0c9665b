package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A signed person is somebody for whom a clinic's server has vouched, by a
// subject of its own. The subject stands nowhere: the journal keeps a keyed hash
// of it, by which all conversations of one person are found, and which tells
// nobody without the server key who it is.

// PersonID is how a signed person of a site is kept.
func PersonID(key []byte, site, subject string) string {
	return keyed(key, "person", site, subject)
}

// PersonShelf names the place in a browser where what belongs to a signed person
// is kept. It tells nothing of the PersonID.
func PersonShelf(key []byte, site, subject string) string {
	return keyed(key, "shelf", site, subject)
}

func keyed(key []byte, purpose, site, subject string) string {
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "bedside %s\x00%s\x00%s", purpose, site, subject)
	return hex.EncodeToString(m.Sum(nil))[:32]
}

// MayFollow reports whether a conversation that begins may name an earlier one
// as the one that it follows: both of one signed person, or both unsigned, on one
// site. Unsigned never merges with signed.
func MayFollow(earlier State, begins Started) bool {
	return earlier.Started() && earlier.Site == begins.Site && earlier.Person == begins.Person
}
