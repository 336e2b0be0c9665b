package attachment

import (
	"bytes"
	"encoding/binary"
)

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	jpegStart, jpegEnd  = 0xD8, 0xD9
	jpegScan            = 0xDA
	jpegApp0, jpegApp1  = 0xE0, 0xE1
	jpegApp2, jpegApp14 = 0xE2, 0xEE
	jpegComment         = 0xFE
	jpegProgressive     = 0xC2
)

// mostScans is more than any program writes. A scan of a few bytes goes over the whole
// picture, so a picture of more is kept and not opened here.
const mostScans = 64

var exifMark = []byte("Exif\x00\x00")

func isJPEG(b []byte) bool { return len(b) > 3 && b[0] == 0xFF && b[1] == jpegStart && b[2] == 0xFF }

// jpegReader walks through the segments of a JPEG and writes those that stay.
type jpegReader struct {
	in, out []byte
	at      int
	found   found
	framed  bool
	scans   int
}

// readJPEG keeps the tables, the scans, the colour profile, and of JFIF and Adobe's
// segment what says how colours are meant.
func readJPEG(b []byte) (found, error) {
	r := &jpegReader{in: b, at: 2, out: make([]byte, 0, len(b)+64), found: found{orientation: 1}}
	for {
		marker, ok := r.marker()
		if !ok {
			return found{}, ErrBroken
		}
		if marker == jpegEnd {
			break
		}
		if err := r.segment(marker); err != nil {
			return found{}, err
		}
	}
	if !r.framed || r.scans == 0 {
		return found{}, ErrBroken
	}
	if foreign(b[r.at:]) {
		return found{}, ErrMixed
	}
	if r.scans > mostScans {
		r.found.perPoint = 0
	}
	r.found.clean = r.assemble()
	return r.found, nil
}

// marker reads the next one, with the fill bytes before it.
func (r *jpegReader) marker() (byte, bool) {
	if r.at >= len(r.in) || r.in[r.at] != 0xFF {
		return 0, false
	}
	for r.at < len(r.in) && r.in[r.at] == 0xFF {
		r.at++
	}
	if r.at >= len(r.in) {
		return 0, false
	}
	r.at++
	return r.in[r.at-1], true
}

func (r *jpegReader) segment(marker byte) error {
	if marker < 0xC0 || marker >= 0xD0 && marker <= jpegStart || marker == 0xC8 || r.at+2 > len(r.in) {
		return ErrBroken
	}
	size := int(binary.BigEndian.Uint16(r.in[r.at:]))
	if size < 2 || r.at+size > len(r.in) {
		return ErrBroken
	}
	body := r.in[r.at+2 : r.at+size]
	r.at += size
	switch {
	case marker == jpegApp1:
		if tiff, ok := bytes.CutPrefix(body, exifMark); ok && r.found.orientation == 1 {
			r.found.orientation = orientationOf(tiff)
		}
	case marker == jpegApp0:
		if len(body) >= 14 && bytes.HasPrefix(body, []byte("JFIF\x00")) {
			r.keep(marker, append(bytes.Clone(body[:12]), 0, 0)) // without its preview
		}
	case marker == jpegApp2:
		if bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")) {
			r.keep(marker, body)
		}
	case marker == jpegApp14:
		if len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")) {
			r.keep(marker, body[:12])
		}
	case marker > jpegApp0 && marker <= 0xEF, marker == jpegComment:
	case marker > 0xEF: // reserved
		return ErrBroken
	case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xCC:
		return r.frame(marker, body)
	case marker == jpegScan:
		return r.scan(body)
	default: // tables
		r.keep(marker, body)
	}
	return nil
}

// frame reads what the picture measures.
func (r *jpegReader) frame(marker byte, body []byte) error {
	if r.framed || len(body) < 6 || len(body) < 6+3*int(body[5]) {
		return ErrBroken
	}
	r.framed = true
	r.found.height, r.found.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	if r.found.width == 0 || r.found.height == 0 {
		return ErrBroken
	}
	components := max(int(body[5]), 1)
	r.found.perPoint = components
	if marker == jpegProgressive {
		r.found.perPoint = 5 * components // its coefficients are held until the last scan
	}
	r.keep(marker, body)
	return nil
}

// scan copies the coded picture up to the next marker; without one it was cut short.
func (r *jpegReader) scan(body []byte) error {
	if !r.framed {
		return ErrBroken
	}
	r.scans++
	r.keep(jpegScan, body)
	from := r.at
	for {
		i := bytes.IndexByte(r.in[r.at:], 0xFF)
		if i < 0 || r.at+i+1 >= len(r.in) {
			return ErrBroken
		}
		r.at += i
		if next := r.in[r.at+1]; next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7) {
			break
		}
		r.at++
		if r.in[r.at] != 0xFF {
			r.at++
		}
	}
	r.out = append(r.out, r.in[from:r.at]...)
	return nil
}

func (r *jpegReader) keep(marker byte, body []byte) {
	r.out = append(r.out, 0xFF, marker)
	r.out = binary.BigEndian.AppendUint16(r.out, uint16(len(body)+2))
	r.out = append(r.out, body...)
}

// assemble puts the start before what was kept, JFIF first where there is one, and
// how the picture lies.
func (r *jpegReader) assemble() []byte {
	out := append(make([]byte, 0, len(r.out)+64), 0xFF, jpegStart)
	rest := r.out
	if len(rest) > 4 && rest[1] == jpegApp0 {
		n := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		out, rest = append(out, rest[:n]...), rest[n:]
	}
	if r.found.orientation > 1 {
		body := append(bytes.Clone(exifMark), tiffOf(r.found.orientation)...)
		out = append(out, 0xFF, jpegApp1)
		out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
		out = append(out, body...)
	}
	out = append(out, rest...)
	return append(out, 0xFF, jpegEnd)
}
