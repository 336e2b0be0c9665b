package yamltree

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// firstInvalid is the place of the first byte that is not UTF-8.
func firstInvalid(data []byte) (line, column, offset int) {
	line, column = 1, 1
	for offset < len(data) {
		r, size := utf8.DecodeRune(data[offset:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		offset += size
	}
	return line, column, offset
}

// foreign names the first byte that is not UTF-8, and the encoding that it
// probably is: editors on Windows write Russian as windows-1251.
func foreign(data []byte) Problem {
	line, column, offset := firstInvalid(data)
	what := fmt.Sprintf("the byte 0x%02X is not UTF-8", data[offset])
	if word, ok := windows1251(data[offset:]); ok {
		return Problem{line, column, NotUTF8, what + "; the file looks like windows-1251 («" + word + "»)", "save it as UTF-8: your editor or iconv turns it from windows-1251 to UTF-8"}
	}
	return Problem{line, column, NotUTF8, what, "save the file as UTF-8 in your editor"}
}

// windows1251 reads the first word in that encoding, and says whether the
// file looks like it: in Russian most letters are small, and there they are
// the bytes from 0xE0 on.
func windows1251(data []byte) (word string, likely bool) {
	high, small := 0, 0
	for _, b := range data {
		if b >= 0x80 {
			high++
		}
		if b >= 0xe0 || b == 0xb8 {
			small++
		}
	}
	end := bytes.IndexFunc(data, func(r rune) bool { return r < 0x80 })
	if end < 0 {
		end = len(data)
	}
	var b strings.Builder
	for _, c := range data[:min(end, 20)] {
		switch {
		case c >= 0xc0:
			b.WriteRune(rune(c) - 0xc0 + 'А')
		case c == 0xa8:
			b.WriteRune('Ё')
		case c == 0xb8:
			b.WriteRune('ё')
		}
	}
	return b.String(), b.Len() > 2 && small*2 > high
}
