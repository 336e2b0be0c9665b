package texts

import (
	"bytes"
	"unicode/utf8"
)

const orderMark = "\ufeff" // the byte order mark with which some editors begin a file

// offset is the byte at a line and column, both counted from 1, columns in
// characters as the YAML reader counts them: a byte order mark is none of them.
func offset(data []byte, line, column int) int {
	at := 0
	if bytes.HasPrefix(data, []byte(orderMark)) {
		at = len(orderMark)
	}
	for range line - 1 {
		at = lineEnd(data, at)
		at += breakAt(data[at:])
	}
	for range column - 1 {
		_, size := utf8.DecodeRune(data[at:])
		at += size
	}
	return at
}

// lineEnd is where the line ends on which a byte stands, before its break.
func lineEnd(data []byte, at int) int {
	for at < len(data) && breakAt(data[at:]) == 0 {
		at++
	}
	return at
}

// breakAt is the length of the line break with which data begins, 0 where there is
// none. YAML has more of them than editors show: a lone carriage return, and the
// separators of Unicode.
func breakAt(data []byte) int {
	for _, b := range []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		if bytes.HasPrefix(data, []byte(b)) {
			return len(b)
		}
	}
	return 0
}

// lineBreak is the one that the file has already.
func lineBreak(data []byte) string {
	if bytes.Contains(data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
