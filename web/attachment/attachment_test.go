package attachment_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/webp"

	"bedside/web/attachment"
)

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

// requireClean wants nothing left of what says where a picture was taken.
func requireClean(t *testing.T, b []byte) {
	t.Helper()
	for _, word := range placeWords {
		require.NotContains(t, string(b), word)
	}
	require.NotContains(t, strings.ToLower(string(b)), "xmpmeta")
}

func TestWhatSaysThePlaceIsTakenOut(t *testing.T) {
	for _, c := range []struct {
		name, kind    string
		in            []byte
		width, height int
		small         bool
	}{
		{"jpeg", attachment.JPEG, jpegWithAll(t, 90, 60, 6), 60, 90, true},
		{"jpeg upright", attachment.JPEG, jpegWithAll(t, 90, 60, 1), 90, 60, true},
		{"png", attachment.PNG, pngWithAll(t, 90, 60, 8), 60, 90, true},
		{"png upright", attachment.PNG, pngWithAll(t, 90, 60, 1), 90, 60, true},
		{"webp", attachment.WebP, webpWithAll(t, 3), 1, 1, true},
		{"heic", attachment.HEIC, heicWithAll(), 640, 480, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, string(c.in), gps)
			before := bytes.Clone(c.in)
			got, err := attachment.Inspect(c.in)
			require.NoError(t, err)
			require.Equal(t, before, c.in, "what was handed in is the caller's")
			require.Equal(t, c.kind, got.Type)
			require.Equal(t, [2]int{c.width, c.height}, [2]int{got.Width, got.Height})
			requireClean(t, got.Data)
			require.Equal(t, c.small, got.Small != nil)
			requireClean(t, got.Small)
			again, err := attachment.Inspect(got.Data)
			require.NoError(t, err)
			require.Equal(t, got, again, "what is clean stays as it is")
		})
	}
}

// Not a point of a picture changes, and it lies as it did.
func TestPicturesStayAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		in     []byte
		decode func([]byte) (image.Image, error)
	}{
		"jpeg": {jpegWithAll(t, 90, 60, 6), func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) }},
		"png":  {pngWithAll(t, 90, 60, 6), func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) }},
		"webp": {webpWithAll(t, 6), func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) }},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := attachment.Inspect(c.in)
			require.NoError(t, err)
			before, err := c.decode(c.in)
			require.NoError(t, err)
			after, err := c.decode(got.Data)
			require.NoError(t, err)
			require.Equal(t, before, after)
			require.Contains(t, string(got.Data), "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06", "the orientation, big-endian")
		})
	}
	got, err := attachment.Inspect(jpegWithAll(t, 90, 60, 1))
	require.NoError(t, err)
	require.NotContains(t, string(got.Data), "Exif")
	require.Contains(t, string(got.Data), "ICC_PROFILE\x00\x01\x01colours")
}

func TestHEICIsBlankedInPlace(t *testing.T) {
	in := heicWithAll()
	got, err := attachment.Inspect(in)
	require.NoError(t, err)
	require.Len(t, got.Data, len(in), "no place in it moves")
	require.Equal(t, bytes.Index(in, []byte(heicPixels)), bytes.Index(got.Data, []byte(heicPixels)))
}

// The small picture is upright whichever way the phone was held: what is at the
// top left of the picture as it lies is where the orientation says.
func TestSmallPicturesAreUpright(t *testing.T) {
	corner := func(b []byte, right, bottom bool) (red, green uint8) {
		img, err := jpeg.Decode(bytes.NewReader(b))
		require.NoError(t, err)
		x, y := 3, 3
		if right {
			x = img.Bounds().Dx() - 4
		}
		if bottom {
			y = img.Bounds().Dy() - 4
		}
		r, g, _, _ := img.At(x, y).RGBA()
		return uint8(r >> 8), uint8(g >> 8)
	}
	for orientation, origin := range map[int][2]bool{ // where the first point of the file is shown: right, bottom
		1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true},
	} {
		got, err := attachment.Inspect(jpegWithAll(t, 96, 64, orientation))
		require.NoError(t, err)
		red, green := corner(got.Small, origin[0], origin[1])
		require.Less(t, red, uint8(60), "orientation %d", orientation)
		require.Less(t, green, uint8(60), "orientation %d", orientation)
		red, green = corner(got.Small, !origin[0], !origin[1])
		require.Greater(t, red, uint8(190), "orientation %d", orientation)
		require.Greater(t, green, uint8(190), "orientation %d", orientation)
	}
	got, err := attachment.Inspect(plainJPEG(t, 1600, 1200))
	require.NoError(t, err)
	small, err := jpeg.DecodeConfig(bytes.NewReader(got.Small))
	require.NoError(t, err)
	require.Equal(t, [2]int{480, 360}, [2]int{small.Width, small.Height})
}

func TestRefused(t *testing.T) {
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)
	jpg, pic, heic := plainJPEG(t, 90, 60), plainPNG(t, 90, 60), heicWithAll()
	bad := func(b []byte, at int, with string) []byte {
		b = bytes.Clone(b)
		copy(b[at:], with)
		return b
	}
	for _, c := range []struct {
		name string
		in   []byte
		want error
	}{
		{"nothing", nil, attachment.ErrUnknown},
		{"text", []byte("Good day, this is a text."), attachment.ErrUnknown},
		{"svg", svg, attachment.ErrUnknown},
		{"svg with a declaration", append([]byte("<?xml version='1.0'?>"), svg...), attachment.ErrUnknown},
		{"html", []byte("<!DOCTYPE html><script>alert(1)</script>"), attachment.ErrUnknown},
		{"html before a picture", append([]byte("<html>"), jpg...), attachment.ErrUnknown},
		{"gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), attachment.ErrUnknown},
		{"zip", []byte("PK\x03\x04"), attachment.ErrUnknown},
		{"a program", []byte("\x7fELF\x02\x01\x01"), attachment.ErrUnknown},
		{"avif", box("ftyp", []byte("avif\x00\x00\x00\x00mif1avif")), attachment.ErrUnknown},
		{"mp4", box("ftyp", []byte("isom\x00\x00\x00\x00mp42")), attachment.ErrUnknown},

		{"jpeg cut short", jpg[:len(jpg)-20], attachment.ErrBroken},
		{"jpeg cut in its head", jpg[:40], attachment.ErrBroken},
		{"jpeg that only begins so", []byte("\xff\xd8\xff\xe0"), attachment.ErrBroken},
		{"jpeg without a picture", []byte("\xff\xd8\xff\xd9"), attachment.ErrBroken},
		{"jpeg whose scan ends early", append(bytes.Clone(jpg[:len(jpg)-300]), 0xFF, 0xD9), attachment.ErrBroken},
		{"png cut short", pic[:len(pic)-8], attachment.ErrBroken},
		{"png with a damaged chunk", bad(pic, 45, "\x00\x01\x02\x03"), attachment.ErrBroken},
		{"png of no size", append(append([]byte{}, pic[:8]...), pngChunk("IHDR", make([]byte, 13))...), attachment.ErrBroken},
		{"png without a picture", append(append([]byte{}, pic[:33]...), pngChunk("IEND", nil)...), attachment.ErrBroken},
		{"webp cut short", plainWebP(t)[:30], attachment.ErrBroken},
		{"webp of rubbish", bad(plainWebP(t), 20, "rubbish rubbish"), attachment.ErrBroken},
		{"heic cut short", heic[:len(heic)-40], attachment.ErrBroken},
		{"heic without a picture", box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), attachment.ErrBroken},
		{"heic whose picture lies in its head", bad(heic, bytes.Index(heic, []byte("iloc"))+8+2+2+6+2, "\x00\x00\x00\x10"), attachment.ErrBroken},
		{"pdf cut short", []byte(plainPDF[:len(plainPDF)-9]), attachment.ErrBroken},
		{"pdf that only begins so", []byte("%PDF-1.7\n"), attachment.ErrBroken},
		{"pdf that points behind itself", []byte(strings.Replace(plainPDF, "\n99\n", "\n99999\n", 1)), attachment.ErrBroken},

		{"jpeg and zip", append(bytes.Clone(jpg), "PK\x03\x04archive"...), attachment.ErrMixed},
		{"jpeg and html", append(bytes.Clone(jpg), "\n<HTML><script>"...), attachment.ErrMixed},
		{"png and pdf", append(bytes.Clone(pic), plainPDF...), attachment.ErrMixed},
		{"webp and svg", append(plainWebP(t), svg...), attachment.ErrMixed},
		{"pdf and html", []byte(strings.Replace(plainPDF, "\n1 0 obj", "\n<script >alert(1)</script>\n1 0 obj", 1)), attachment.ErrMixed},
		{"pdf and zip", []byte(plainPDF + "PK\x03\x04"), attachment.ErrMixed},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := attachment.Inspect(c.in)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// A file of two types in which the second hides where pictures keep words comes
// out as a picture alone.
func TestHiddenHTMLGoesWithTheWords(t *testing.T) {
	jpg := plainJPEG(t, 9, 9)
	in := append(append(bytes.Clone(jpg[:2]), segment(0xFE, []byte("<script>alert(1)</script>"))...), jpg[2:]...)
	got, err := attachment.Inspect(in)
	require.NoError(t, err)
	require.NotContains(t, string(got.Data), "script")
}

func TestPDFIsKeptAsItIs(t *testing.T) {
	got, err := attachment.Inspect([]byte(plainPDF))
	require.NoError(t, err)
	require.Equal(t, attachment.Attachment{Type: attachment.PDF, Data: []byte(plainPDF)}, got)
}

// A picture that is small as a file and enormous as a picture is not opened.
func TestBombs(t *testing.T) {
	bomb := func(w, h uint32) []byte {
		pic := plainPNG(t, 9, 9)
		header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
		header = append(header, 8, 2, 0, 0, 0)
		return append(append(append([]byte{}, pic[:8]...), pngChunk("IHDR", header)...), pic[33:]...)
	}
	_, err := attachment.Inspect(bomb(60_000, 60_000))
	require.ErrorIs(t, err, attachment.ErrHuge)
	_, err = attachment.Inspect(bomb(1<<30, 1<<30))
	require.ErrorIs(t, err, attachment.ErrHuge)
	got, err := attachment.Inspect(bomb(14_000, 14_000))
	require.NoError(t, err)
	require.Nil(t, got.Small, "kept, for a camera makes such pictures, but not opened here")

	jpg := plainJPEG(t, 9, 9)
	at := bytes.Index(jpg, []byte{0xFF, 0xC0})
	binary.BigEndian.PutUint16(jpg[at+5:], 65_000)
	binary.BigEndian.PutUint16(jpg[at+7:], 65_000)
	_, err = attachment.Inspect(jpg)
	require.ErrorIs(t, err, attachment.ErrHuge)
}

// An interlaced picture is held twice while it is opened, and counted so.
func TestInterlacedPicturesCountTwice(t *testing.T) {
	inside := func(interlaced byte) []byte { // 5000 by 5000 points of 16 bits, of which nothing follows
		pic := plainPNG(t, 9, 9)
		header := append(append(u32(5000), u32(5000)...), 16, 6, 0, 0, interlaced)
		return append(append(append([]byte{}, pic[:8]...), pngChunk("IHDR", header)...), pic[33:]...)
	}
	_, err := attachment.Inspect(inside(0))
	require.ErrorIs(t, err, attachment.ErrBroken, "it was opened")
	got, err := attachment.Inspect(inside(1))
	require.NoError(t, err)
	require.Nil(t, got.Small)
}

// progressive is a grey JPEG of 8 by 8 points with so many scans, each of which goes
// over the whole of it.
func progressive(scans int) []byte {
	out := []byte{0xFF, 0xD8}
	out = append(out, segment(0xDB, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))...)
	out = append(out, segment(0xC2, []byte{8, 0, 8, 0, 8, 1, 1, 0x11, 0})...)
	for _, class := range []byte{0x00, 0x10} { // the one code, of one bit, is zero or the block's end
		out = append(out, segment(0xC4, append(append([]byte{class, 1}, make([]byte, 15)...), 0))...)
	}
	for range scans {
		out = append(append(out, segment(0xDA, []byte{1, 1, 0, 1, 63, 0})...), 0x7F)
	}
	return append(out, 0xFF, 0xD9)
}

func TestAPictureOfManyScansIsNotOpened(t *testing.T) {
	got, err := attachment.Inspect(progressive(64))
	require.NoError(t, err)
	require.NotNil(t, got.Small)
	got, err = attachment.Inspect(progressive(65))
	require.NoError(t, err)
	require.Nil(t, got.Small, "kept, but not opened here")
	require.Equal(t, progressive(65), got.Data)
}

// Words hide in a second head too, and in what a head leaves free.
func TestAHEICHidesNoWords(t *testing.T) {
	in := heicWithAll()
	got, err := attachment.Inspect(append(in, box("meta", full(0, box("xml ", full(0, []byte(xmp)))))...))
	require.NoError(t, err)
	requireClean(t, got.Data)
	at := bytes.Index(in, []byte("xml "))
	copy(in[at:], "free")
	got, err = attachment.Inspect(in)
	require.NoError(t, err)
	requireClean(t, got.Data)
}

// What a HEIC lists is bounded: looking through it is work that nobody is owed.
func TestAHEICListsSoMuch(t *testing.T) {
	with := func(more int) []byte { return append(heicWithAll(), bytes.Repeat(box("mdat"), more)...) }
	_, err := attachment.Inspect(with(1000 - 4))
	require.NoError(t, err)
	_, err = attachment.Inspect(with(1000 - 3))
	require.ErrorIs(t, err, attachment.ErrBroken, "boxes")

	tiles := func(items, extents, places int) []byte { // all of them empty, at the front of mdat
		var iloc []byte
		for i := range items {
			iloc = append(iloc, bytes.Join([][]byte{u16(i + 1), u16(0), u16(extents), bytes.Repeat(u32(32), extents)}, nil)...)
		}
		infe := box("infe", full(2, u16(1), u16(0), []byte("hvc1\x00")))
		return bytes.Join([][]byte{
			box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), box("mdat"),
			box("meta", full(0, box("pitm", full(0, u16(1))), box("iinf", full(0, u16(1), infe)),
				bytes.Repeat(box("iloc", full(0, []byte{0x40, 0x00}, u16(items), iloc)), places),
				box("iprp", box("ipco", box("ispe", full(0, u32(64), u32(64))))))),
		}, nil)
	}
	for _, c := range [][3]int{{10_000, 1, 1}, {1, 10_000, 1}} {
		_, err := attachment.Inspect(tiles(c[0], c[1], c[2]))
		require.NoError(t, err)
	}
	for name, c := range map[string][3]int{"items": {10_001, 0, 1}, "extents": {1, 10_001, 1}, "places told twice": {1, 1, 2}} {
		_, err := attachment.Inspect(tiles(c[0], c[1], c[2]))
		require.ErrorIs(t, err, attachment.ErrBroken, name)
	}
}
