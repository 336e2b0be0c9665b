package attachment_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

// Pictures that say too much, made by hand. Whatever says where a picture was taken
// holds one of these words.
var (
	placeWords = []string{"GPS-55.7558N", "xmp-37.6173E", "iptc-Tverskaya", "comment-home", "maker-serial-77", "film-of-the-room"}
	gps, xmp   = placeWords[0], placeWords[1]
)

// exifWith is an Exif TIFF, little-endian: orientation, and a directory of places
// whose value is the word.
func exifWith(orientation int, word string) []byte {
	le := binary.LittleEndian
	field := func(b []byte, tag, kind uint16, count, value uint32) []byte {
		b = le.AppendUint16(le.AppendUint16(b, tag), kind)
		return le.AppendUint32(le.AppendUint32(b, count), value)
	}
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	b = le.AppendUint16(b, 2)
	b = field(b, 0x0112, 3, 1, uint32(orientation))
	b = field(b, 0x8825, 4, 1, 38) // where the places are
	b = le.AppendUint32(b, 0)
	b = le.AppendUint16(b, 1)
	b = field(b, 0x001B, 2, uint32(len(word)), 56) // GPSProcessingMethod, at 56
	b = le.AppendUint32(b, 0)
	return append(b, word...)
}

// photo is a picture in which every corner differs.
func photo(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 90, 255})
		}
	}
	return img
}

func segment(marker byte, body []byte) []byte {
	b := append([]byte{0xFF, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(b, body...)
}

func plainJPEG(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, photo(w, h), nil))
	return b.Bytes()
}

// jpegWithAll is a JPEG with all that phones write into one.
func jpegWithAll(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	plain := plainJPEG(t, w, h)
	out := append([]byte{}, plain[:2]...)
	out = append(out, segment(0xE0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"))...)
	out = append(out, segment(0xE1, append([]byte("Exif\x00\x00"), exifWith(orientation, gps)...))...)
	out = append(out, segment(0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+xmp+"</x:xmpmeta>"))...)
	out = append(out, segment(0xED, []byte("Photoshop 3.0\x008BIM"+placeWords[2]))...)
	out = append(out, segment(0xE2, []byte("MPF\x00"+placeWords[4]))...)
	out = append(out, segment(0xE2, []byte("ICC_PROFILE\x00\x01\x01colours"))...)
	out = append(out, segment(0xEF, []byte(placeWords[4]))...)
	out = append(out, segment(0xFE, []byte(placeWords[3]))...)
	out = append(out, plain[2:]...)
	return append(out, []byte("\x00\x00\x00\x18ftypmp42"+placeWords[5])...) // a film behind the picture
}

func pngChunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc(b[4:]))
}

func plainPNG(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, photo(w, h)))
	return b.Bytes()
}

func pngWithAll(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	plain := plainPNG(t, w, h)
	header, rest := plain[:33], plain[33:]
	out := append([]byte{}, header...)
	out = append(out, pngChunk("tEXt", []byte("Comment\x00"+placeWords[3]))...)
	out = append(out, pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp))...)
	out = append(out, pngChunk("eXIf", exifWith(orientation, gps))...)
	out = append(out, pngChunk("prVt", []byte(placeWords[4]))...)
	out = append(out, pngChunk("gAMA", []byte{0, 0, 177, 143})...)
	out = append(out, rest...)
	return append(out, placeWords[5]...)
}

// tinyWebP is one point, lossy.
const tinyWebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func plainWebP(t testing.TB) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(tinyWebP)
	require.NoError(t, err)
	return b
}

func riffChunk(kind string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	b = append(b, body...)
	return append(b, make([]byte, len(body)%2)...)
}

func webpWithAll(t testing.TB, orientation int) []byte {
	t.Helper()
	body := riffChunk("VP8X", []byte{0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0}) // Exif and XMP; one point
	body = append(body, plainWebP(t)[12:]...)
	body = append(body, riffChunk("EXIF", exifWith(orientation, gps))...)
	body = append(body, riffChunk("XMP ", []byte(xmp))...)
	body = append(body, riffChunk("note", []byte(placeWords[3]))...)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(append(out, "WEBP"...), body...), placeWords[5]...)
}

func box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(b, kind...), body...)
}

func full(version byte, parts ...[]byte) []byte {
	return append([]byte{version, 0, 0, 0}, bytes.Join(parts, nil)...)
}

func u16(n int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func u32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

const heicPixels = "coded-picture-bytes"

// heicWithAll is a HEIC as a phone writes one: a coded picture, an item of Exif and
// one of XMP, something between them, and a film behind.
func heicWithAll() []byte {
	exif := append(u32(0), exifWith(1, gps)...)
	items := []struct {
		kind, name string
		data       []byte
	}{{"hvc1", "", []byte(heicPixels)}, {"Exif", "", exif}, {"mime", "application/rdf+xml\x00", []byte(xmp)}}
	build := func(base int) []byte {
		var infe, iloc, data []byte
		for i, item := range items {
			infe = append(infe, box("infe", full(2, u16(i+1), u16(0), []byte(item.kind), []byte("\x00"), []byte(item.name)))...)
			data = append(data, placeWords[4]...)
			iloc = append(iloc, bytes.Join([][]byte{u16(i + 1), u16(0), u16(0), u16(1), u32(base + len(data)), u32(len(item.data))}, nil)...)
			data = append(data, item.data...)
		}
		meta := box("meta", full(0,
			box("hdlr", full(0, u32(0), []byte("pict"), make([]byte, 13))),
			box("pitm", full(0, u16(1))),
			box("iloc", full(1, []byte{0x44, 0x00}, u16(len(items)), iloc)),
			box("iinf", full(0, u16(len(items)), infe)),
			box("xml ", full(0, []byte(xmp))),
			box("iprp", box("ipco", box("ispe", full(0, u32(640), u32(480))), box("udes", full(0, []byte(placeWords[3]+"\x00"))))),
		))
		head := append(box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), meta...)
		if base == 0 {
			return head
		}
		out := append(head, box("mdat", data)...)
		return append(out, box("mpvd", []byte(placeWords[5]))...)
	}
	return build(len(build(0)) + 8)
}

const plainPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
	"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n99\n%%EOF\n"
