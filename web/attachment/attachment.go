// Package attachment says what the bytes of a file really are, and takes out of a
// picture what says where and by whom it was taken.
//
// Contract:
//
//   - The type comes from the content alone, never from a name or from what the
//     sender says: JPEG, PNG, WebP, HEIC and PDF, each from its first byte on and
//     whole to its last. All else is ErrUnknown, ErrBroken, ErrMixed or ErrHuge.
//   - A picture's pixels are not touched. What stays of everything around them is
//     an allow-list: what is needed to show the picture as it was. Exif, XMP, IPTC,
//     comments, embedded previews, films and whatever follows the picture's end are
//     gone; the orientation is kept, for without it the picture lies on its side.
//   - Whatever the bytes, the work is linear in their number, and a picture is
//     decoded only where that takes a bounded amount of memory and of passes over it.
//
// There is no well-kept library in plain Go that does this for these formats, so
// their containers are read here; pixels are the standard library's and
// golang.org/x/image's to read.
package attachment

import (
	"bytes"
	"errors"
)

// What may be wrong with a file.
var (
	ErrUnknown = errors.New("attachment: of no type that is taken")
	ErrBroken  = errors.New("attachment: damaged or cut short")
	ErrMixed   = errors.New("attachment: something else is hidden in it")
	ErrHuge    = errors.New("attachment: a picture of more points than anybody can open")
)

// Types of attachments.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
	HEIC = "image/heic"
	PDF  = "application/pdf"
)

// Attachment is a file whose content is known.
type Attachment struct {
	Type          string
	Data          []byte // to be kept: without what was taken out
	Width, Height int    // of a picture, as it is shown; 0 where they are not known
	Small         []byte // a small JPEG of it; nil where there is none
}

// mostPoints is more than any camera's picture has.
const mostPoints = 300_000_000

// found is what the reader of a format says.
type found struct {
	clean         []byte
	width, height int
	orientation   int // 1 to 8 as in Exif
	perPoint      int // bytes that decoding takes for each point; 0: it cannot be decoded here
}

// Inspect reads a file. Its errors are those above.
func Inspect(data []byte) (Attachment, error) {
	for _, format := range []struct {
		kind  string
		is    func([]byte) bool
		check func([]byte) (found, error)
	}{
		{JPEG, isJPEG, readJPEG}, {PNG, isPNG, readPNG}, {WebP, isWebP, readWebP}, {HEIC, isHEIC, readHEIC}, {PDF, isPDF, readPDF},
	} {
		if !format.is(data) {
			continue
		}
		f, err := format.check(data)
		if err != nil {
			return Attachment{}, err
		}
		if f.width < 0 || f.height < 0 || int64(f.width)*int64(f.height) > mostPoints {
			return Attachment{}, ErrHuge
		}
		a := Attachment{Type: format.kind, Data: f.clean, Width: f.width, Height: f.height}
		if f.orientation > 4 {
			a.Width, a.Height = f.height, f.width
		}
		a.Small, err = shrink(format.kind, f)
		return a, err
	}
	return Attachment{}, ErrUnknown
}

// foreign reports whether what follows a file's end is another file that a
// program might open instead.
func foreign(rest []byte) bool {
	rest = bytes.ToLower(bytes.TrimLeft(rest[:min(len(rest), 1024)], " \t\r\n\x00\xef\xbb\xbf"))
	for _, mark := range []string{"pk\x03\x04", "%pdf-", "<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "rar!", "7z\xbc\xaf", "#!/", "\x7felf"} {
		if bytes.HasPrefix(rest, []byte(mark)) {
			return true
		}
	}
	return false
}
