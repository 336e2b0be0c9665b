package trueconf

import (
	"net/url"
	"strings"
)

// guestMark begins the login of a guest (API reference §6.3).
const guestMark = "*guest*"

func isGuestLogin(login string) bool { return strings.HasPrefix(unescaped(login), guestMark) }

// localID is the person's part of a login or user id: without the guest mark,
// the server's name, the device and percent-encoding.
func localID(id string) string {
	id = strings.TrimPrefix(unescaped(id), guestMark)
	if at := strings.IndexAny(id, "@#"); at >= 0 {
		id = id[:at]
	}
	return id
}

// unescaped undoes percent-encoding where it is one.
func unescaped(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		return plain
	}
	return id
}

// SameUser reports whether two TrueConf IDs are one user: "anna" and
// "anna@server" are (API reference §3), and letters' case does not count. The
// server's name is not compared, for a server has several.
func SameUser(a, b string) bool {
	if isGuestLogin(a) || isGuestLogin(b) {
		return false
	}
	a, b = localID(a), localID(b)
	return a != "" && strings.EqualFold(a, b)
}

// SameGuest reports whether two logins are one guest, with or without the mark
// *guest* and the server's name.
func SameGuest(a, b string) bool {
	a, b = localID(a), localID(b)
	return a != "" && a == b
}
