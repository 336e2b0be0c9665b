package attachment

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/image/webp"
)

func isWebP(b []byte) bool {
	return len(b) >= 16 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP" && string(b[12:15]) == "VP8"
}

// Flags of VP8X (RFC 9649 §2.7).
const (
	webpXMP  = 0x04
	webpExif = 0x08
)

func readWebP(b []byte) (found, error) {
	end := int64(binary.LittleEndian.Uint32(b[4:])) + 8
	if end > int64(len(b)) || end < 20 {
		return found{}, ErrBroken
	}
	if foreign(b[end:]) {
		return found{}, ErrMixed
	}
	f := found{orientation: 1, perPoint: 6}
	body, ok := riffKept(b[12:end], map[string]bool{
		"VP8 ": true, "VP8L": true, "VP8X": true, "ANIM": true, "ANMF": true, "ALPH": true, "ICCP": true,
	}, func(exif []byte) { f.orientation = orientationOf(bytes.TrimPrefix(exif, exifMark)) })
	if !ok {
		return found{}, ErrBroken
	}
	extended := len(body) >= 18 && string(body[:4]) == "VP8X" && binary.LittleEndian.Uint32(body[4:]) == 10
	if extended {
		body[8] &^= webpXMP | webpExif
	}
	if extended && f.orientation > 1 {
		body[8] |= webpExif
		body = riffChunk(body, "EXIF", tiffOf(f.orientation))
	} else {
		f.orientation = 1
	}
	f.clean = append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4))...)
	f.clean = append(append(f.clean, "WEBP"...), body...)
	config, err := webp.DecodeConfig(bytes.NewReader(f.clean))
	if err != nil {
		return found{}, ErrBroken
	}
	f.width, f.height = config.Width, config.Height
	return f, nil
}

// riffKept are the chunks of a list that stay; of a frame of an animation again
// only those that stay. false is a list that is not whole.
func riffKept(b []byte, kept map[string]bool, exif func([]byte)) (out []byte, ok bool) {
	for len(b) > 0 {
		if len(b) < 8 {
			return nil, false
		}
		kind, size := string(b[:4]), int64(binary.LittleEndian.Uint32(b[4:]))
		whole := 8 + size + size&1
		if 8+size > int64(len(b)) {
			return nil, false
		}
		body := b[8 : 8+size]
		switch {
		case kind == "ANMF" && kept[kind]:
			if len(body) < 16 {
				return nil, false
			}
			inside, ok := riffKept(body[16:], map[string]bool{"VP8 ": true, "VP8L": true, "ALPH": true}, func([]byte) {})
			if !ok {
				return nil, false
			}
			out = riffChunk(out, kind, append(bytes.Clone(body[:16]), inside...))
		case kept[kind]:
			out = riffChunk(out, kind, body)
		case kind == "EXIF":
			exif(body)
		}
		b = b[min(whole, int64(len(b))):]
	}
	return out, true
}

func riffChunk(out []byte, kind string, body []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, kind...), uint32(len(body)))
	out = append(out, body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}
