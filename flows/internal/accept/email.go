package accept

import (
	"net/mail"
	"strings"
	"unicode"
)

// Email reads one bare address with a dot in its domain, and writes the
// domain in small letters. RFC 5321 §4.5.3.1 bounds its length.
func Email(s string) (string, bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "mailto:")
	s = strings.Trim(s, "<>.,; ")
	if len(s) > 254 || strings.ContainsFunc(s, unicode.IsSpace) {
		return "", false
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s {
		return "", false
	}
	at := strings.LastIndexByte(s, '@')
	local, domain := s[:at], strings.ToLower(s[at+1:])
	if len(local) > 64 || !strings.Contains(strings.Trim(domain, "."), ".") || strings.HasPrefix(domain, "[") {
		return "", false
	}
	return local + "@" + domain, true
}
