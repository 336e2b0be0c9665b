// Package accept understands what people type: dates, numbers, phone
// numbers, addresses and the names of options. It is pure and total: any
// string gives an answer or a plain "no", and what it takes is normalised.
package accept

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Text removes what cannot be seen from an answer: control characters, edges
// of white space; inner lines stay. The result is in Unicode's form C.
func Text(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || r == '\ufeff' || r == unicode.ReplacementChar || isBidi(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(norm.NFC.String(s)) // what was removed may have stood between a letter and its accent
}

// isBidi says whether r turns the direction of text that follows, which in a
// name would also turn the line around it on the doctor's card.
func isBidi(r rune) bool {
	return (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069')
}

// Fold makes two spellings of one answer equal: case, ё and е, white space
// and punctuation do not matter.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(s, ""))) {
		switch {
		case r == '\'' || r == '’':
			continue
		case r == 'ё':
			r = 'е'
		case !isWordRune(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return strings.ReplaceAll(norm.NFKC.String(b.String()), "ё", "е") // letters and accents may have met
}

func isWordRune(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("$+<=>^`|~_", r)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.IsSymbol(r)
}

// figures turns digits of every script into 0–9 and odd signs into the plain
// ones. A block of decimal digits begins with its zero (Unicode §4.6).
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case r == '−' || r == '–' || r == '—' || r == '‑':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsDigit(r):
			return '0' + zeroOffset(r)
		default:
			return r
		}
	}, strings.ToValidUTF8(s, ""))
}

func zeroOffset(r rune) rune {
	for _, block := range unicode.Nd.R16 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return (r - rune(block.Lo)) % 10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return (r - rune(block.Lo)) % 10
		}
	}
	return 0
}
