package attachment

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
)

const pngMark = "\x89PNG\r\n\x1a\n"

func isPNG(b []byte) bool { return strings.HasPrefix(string(b[:min(len(b), 8)]), pngMark) }

// pngKept are the chunks that stay: the picture, its colours, and the frames of an
// animation (PNG, third edition).
func pngKept(kind string) bool {
	switch kind {
	case "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "cICP", "mDCV", "cLLI",
		"acTL", "fcTL", "fdAT":
		return true
	}
	return false
}

func readPNG(b []byte) (found, error) {
	f := found{orientation: 1}
	out := append(make([]byte, 0, len(b)+64), pngMark...)
	data := false
	for at := len(pngMark); ; {
		if at+12 > len(b) {
			return found{}, ErrBroken
		}
		size := int64(binary.BigEndian.Uint32(b[at:]))
		if int64(at)+12+size > int64(len(b)) {
			return found{}, ErrBroken
		}
		end := at + 12 + int(size)
		kind, body := string(b[at+4:at+8]), b[at+8:end-4]
		if crc32.ChecksumIEEE(b[at+4:end-4]) != binary.BigEndian.Uint32(b[end-4:]) {
			return found{}, ErrBroken
		}
		if (kind == "IHDR") != (at == len(pngMark)) {
			return found{}, ErrBroken
		}
		switch {
		case kind == "IHDR":
			if !pngHeader(&f, body) {
				return found{}, ErrBroken
			}
		case kind == "IDAT" && !data:
			data = true
			if f.orientation > 1 {
				out = pngChunk(out, "eXIf", tiffOf(f.orientation))
			}
		case kind == "eXIf" && !data:
			f.orientation = orientationOf(body)
		}
		switch {
		case pngKept(kind):
			out = append(out, b[at:end]...)
		case kind[0]&0x20 == 0: // needed to read the picture, and nobody knows it
			return found{}, ErrBroken
		}
		at = end
		if kind == "IEND" {
			f.clean = out
			switch {
			case !data:
				return found{}, ErrBroken
			case foreign(b[at:]):
				return found{}, ErrMixed
			}
			return f, nil
		}
	}
}

// pngHeader reads what the picture measures.
func pngHeader(f *found, body []byte) bool {
	if len(body) != 13 {
		return false
	}
	width, height := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	if width == 0 || height == 0 || width > 1<<30 || height > 1<<30 {
		return false
	}
	each := 4
	if body[8] == 16 {
		each = 8
	}
	if body[12] != 0 { // interlaced: the passes are held beside the picture
		each *= 2
	}
	f.width, f.height, f.perPoint = int(width), int(height), each+1
	return true
}

func pngChunk(out []byte, kind string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	from := len(out)
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
}
