package trueconf

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden stands where a secret was.
const hidden = "[hidden]"

// Texts of a server may quote what no log may hold. Secrets that the call knows
// are hidden wherever they stand; the patterns hide what looks like one.
var secretForms = []struct {
	form *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?i)\b(access_token|token|password|client_secret|secret|login|templogin|call_id|user)=[^\s&"'<>]*`), "$1=" + hidden},
	{regexp.MustCompile(`(?i)\b(bearer|basic)\s+[^\s"'<>]+`), "$1 " + hidden},
	{regexp.MustCompile(`(?i)/(webrtc|webrtc-widget|c|conferences)/[^\s/?#"'<>]+`), "/$1/" + hidden},
	{regexp.MustCompile(`\\c\\[^\s@%"'<>]+`), `\c\` + hidden},
	{regexp.MustCompile(`\*guest\*[^\s&"'<>]*`), hidden},
	{regexp.MustCompile(`(?i)\b(conference|room)\s+(id\s+)?(['"“«])[^'"”»]*(['"”»])`), "$1 " + hidden},
}

// longWord may be an id or a token; it counts as one if it has a digit.
var longWord = regexp.MustCompile(`[0-9A-Za-z_$*-]{10,}`)

// maskText makes a foreign text fit for an error: one line, no known secret, nothing
// that looks like one, at most limit runes.
func maskText(text string, limit int, secrets ...string) string {
	text = oneLine(beginning(text))
	for _, form := range secretMatchers(secrets) {
		text = form.ReplaceAllLiteralString(text, hidden)
	}
	for _, p := range secretForms {
		text = p.form.ReplaceAllString(text, p.with)
	}
	text = longWord.ReplaceAllStringFunc(text, hideIfIDLike)
	if utf8.RuneCountInString(text) > limit {
		text = string([]rune(text)[:limit]) + "…"
	}
	return text
}

// beginning bounds the work that a long text makes. It ends at a blank, so that
// no secret is cut in two and thereby missed.
func beginning(text string) string {
	const enough = 8 << 10
	if len(text) <= enough {
		return text
	}
	at := strings.LastIndexAny(text[:enough], " \n\t")
	if at < 0 {
		return hidden
	}
	return text[:at]
}

func hideIfIDLike(word string) string {
	digits := strings.Count(word, "") - strings.Count(strings.Map(dropDigit, word), "")
	if len(word) >= 20 && digits > 0 || digits >= 10 {
		return hidden
	}
	return word
}

func dropDigit(r rune) rune {
	if unicode.IsDigit(r) {
		return -1
	}
	return r
}

func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	return strings.Join(strings.Fields(clean), " ")
}

// secretMatchers finds each secret as it is and percent-encoded, whatever the
// case. One that is short must stand as a word, or "1" would blot out every
// number.
func secretMatchers(secrets []string) []*regexp.Regexp {
	var spellings []string
	for _, s := range secrets {
		s = strings.ToValidUTF8(s, "�") // as oneLine does, and as a pattern must be
		spellings = append(spellings, s, url.PathEscape(s), url.QueryEscape(s))
	}
	spellings = slices.DeleteFunc(spellings, func(s string) bool { return strings.TrimSpace(s) == "" })
	// Longest first, so that a secret inside another one leaves no remainder.
	slices.SortFunc(spellings, func(a, b string) int { return len(b) - len(a) })
	var out []*regexp.Regexp
	for _, s := range slices.Compact(spellings) {
		out = append(out, regexp.MustCompile("(?i)"+wordBound(s)))
	}
	return out
}

func wordBound(s string) string {
	quoted := regexp.QuoteMeta(s)
	if utf8.RuneCountInString(s) >= 6 {
		return quoted
	}
	if isWordByte(s[0]) {
		quoted = `\b` + quoted
	}
	if isWordByte(s[len(s)-1]) {
		quoted += `\b`
	}
	return quoted
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

var codeForm = regexp.MustCompile(`^[A-Za-z0-9_.\-/]{1,64}$`)

// maskCode keeps a server's code word (reason, parameter, trace id) if it is
// one and holds no known secret.
func maskCode(code string, secrets ...string) string {
	if !codeForm.MatchString(code) {
		return ""
	}
	for _, form := range secretMatchers(secrets) {
		if form.MatchString(code) {
			return ""
		}
	}
	return code
}
