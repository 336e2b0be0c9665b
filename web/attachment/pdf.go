package attachment

import (
	"bytes"
	"regexp"
	"strconv"
)

func isPDF(b []byte) bool {
	return bytes.HasPrefix(b, []byte("%PDF-1.")) || bytes.HasPrefix(b, []byte("%PDF-2."))
}

var (
	pdfEnd   = []byte("%%EOF")
	pdfXref  = regexp.MustCompile(`startxref\s+([0-9]{1,10})\s+%%EOF`)
	pdfHides = regexp.MustCompile(`(?i)<(html|script|svg|!doctype|iframe|body)[\s>]`)
)

// How far from the start and the end a PDF's marks may be (ISO 32000-1, annex H).
const pdfEdge = 1024

// readPDF wants the beginning and the end that every reader looks for. What is
// written between them is for the reader of whoever opens it, apart from our pages.
func readPDF(b []byte) (found, error) {
	if pdfHides.Match(b[:min(len(b), pdfEdge)]) {
		return found{}, ErrMixed
	}
	at := bytes.LastIndex(b, pdfEnd)
	if at < 0 {
		return found{}, ErrBroken
	}
	end := at + len(pdfEnd)
	if foreign(b[end:]) {
		return found{}, ErrMixed
	}
	start := pdfXref.FindSubmatch(b[max(0, end-pdfEdge):end])
	if start == nil {
		return found{}, ErrBroken
	}
	if offset, err := strconv.ParseInt(string(start[1]), 10, 64); err != nil || offset >= int64(end) {
		return found{}, ErrBroken
	}
	return found{clean: append(bytes.Clone(b[:end]), '\n'), orientation: 1}, nil
}
