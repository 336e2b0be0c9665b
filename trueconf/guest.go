package trueconf

import (
	"log/slog"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxGuestName = 64 // runes
	// namelessGuest stands where nothing of a name is left.
	namelessGuest = "Guest"
)

var guestIDForm = regexp.MustCompile(`^[a-z0-9_]{1,100}$`)

// Guest is somebody without an account, for whom a link is minted. It prints
// masked, for it holds a name.
type Guest struct {
	id, name string
	chosen   bool // the id is ours
}

// GuestWithID is a guest whose id the caller chooses: a stable pseudonym of
// [a-z0-9_], at most 100 long, so that namesakes never collide and somebody
// who comes back is known (API reference §6.1). Another id makes JoinLink fail
// with Invalid. What a server does when one id joins twice is not documented.
func GuestWithID(id, name string) Guest {
	return Guest{id: id, name: cleanName(name), chosen: true}
}

// GuestNamed is a guest whose id the server makes; [JoinLink] tells it as
// GuestLogin.
func GuestNamed(name string) Guest { return Guest{name: cleanName(name)} }

// form is the value of the user parameter (API reference §6.1).
func (g Guest) form() string {
	if g.chosen {
		return "2$" + g.id + "*" + g.name
	}
	return "$" + firstText(g.name, namelessGuest)
}

func (g Guest) valid() bool { return !g.chosen || guestIDForm.MatchString(g.id) }

// secrets are what an error must not show: the name, its words, and the id.
func (g Guest) secrets() []string {
	secrets := []string{g.form(), g.id}
	if g.name != namelessGuest {
		secrets = append(append(secrets, g.name), strings.Fields(g.name)...)
	}
	return secrets
}

// String shows that there is a guest, not who.
func (g Guest) String() string { return "trueconf.Guest{" + hidden + "}" }

// GoString is String, so that %#v names nobody either.
func (g Guest) GoString() string { return g.String() }

// LogValue is String for slog.
func (g Guest) LogValue() slog.Value { return slog.StringValue(g.String()) }

// cleanName takes out what the grammar or a screen gives a meaning: *, $,
// control characters and marks that turn the direction of writing. White space
// becomes single blanks.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '*' || r == '$' || r == utf8.RuneError || turnsDirection(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if utf8.RuneCountInString(name) > maxGuestName {
		name = strings.TrimSpace(string([]rune(name)[:maxGuestName]))
	}
	if name == "" {
		return namelessGuest
	}
	return name
}

func turnsDirection(r rune) bool {
	return r == '\u200e' || r == '\u200f' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}
