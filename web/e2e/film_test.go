//go:build browser

package e2e

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// figure is somebody drawn for a camera, as no picture of the documentation may
// show a real person.
type figure struct{ wall, hair, skin, coat, lips color.RGBA }

var (
	figureOfPatient = figure{
		wall: color.RGBA{0xf9, 0xe6, 0xcb, 0xff}, hair: color.RGBA{0x8f, 0x93, 0x97, 0xff}, skin: color.RGBA{0xfd, 0xcb, 0xa6, 0xff},
		coat: color.RGBA{0x5c, 0x7a, 0xa8, 0xff}, lips: color.RGBA{0x8a, 0x3e, 0x34, 0xff},
	}
	figureOfDoctor = figure{
		wall: color.RGBA{0xd4, 0xee, 0xee, 0xff}, hair: color.RGBA{0x2f, 0x20, 0x1a, 0xff}, skin: color.RGBA{0xf4, 0xbd, 0x96, 0xff},
		coat: color.RGBA{0xff, 0xff, 0xff, 0xff}, lips: color.RGBA{0x8a, 0x3e, 0x34, 0xff},
	}
)

// film gives a camera's film of a figure, for Chromium to show instead of its own
// test picture: frames of JPEG one after another, played round and round.
func film(t *testing.T, f figure) string {
	t.Helper()
	if os.Getenv("BEDSIDE_PICTURES") == "" {
		return "" // what nobody looks at needs no drawing
	}
	var frames bytes.Buffer
	for nod := range 4 {
		require.NoError(t, jpeg.Encode(&frames, f.draw(nod%2), &jpeg.Options{Quality: 92}))
	}
	path := filepath.Join(t.TempDir(), "film.mjpeg")
	require.NoError(t, os.WriteFile(path, frames.Bytes(), 0o600))
	return path
}

// draw paints the figure on 640×480, its head lower by nod.
func (f figure) draw(nod int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	oval := func(c color.RGBA, x, y, rx, ry int, within func(dx, dy int) bool) {
		for dy := -ry; dy <= ry; dy++ {
			for dx := -rx; dx <= rx; dx++ {
				if dx*dx*ry*ry+dy*dy*rx*rx <= rx*rx*ry*ry && within(dx, dy) {
					img.SetRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	whole := func(int, int) bool { return true }
	for y := range 480 {
		for x := range 640 {
			img.SetRGBA(x, y, f.wall)
		}
	}
	y := 200 + nod
	oval(f.hair, 320, y, 112, 122, whole)
	oval(f.coat, 320, 480, 210, 120, whole)
	oval(f.skin, 320, y+140, 38, 50, whole)
	oval(f.skin, 320, y+18, 92, 106, func(_, dy int) bool { return dy > -62 })
	dark := color.RGBA{0x20, 0x1a, 0x18, 0xff}
	oval(dark, 284, y+10, 9, 9, whole)
	oval(dark, 356, y+10, 9, 9, whole)
	oval(f.lips, 320, y+62, 34, 20, func(_, dy int) bool { return dy > 0 })
	return img
}

// beside writes two pictures as one, side by side, where pictures are wanted.
func beside(t *testing.T, name, left, right string) {
	t.Helper()
	folder := os.Getenv("BEDSIDE_PICTURES")
	var both [2]image.Image
	for i, one := range []string{left, right} {
		f, err := os.Open(filepath.Join(folder, one+".png"))
		if folder == "" || err != nil {
			return // not wanted, or of another language's walk
		}
		both[i], err = png.Decode(f)
		require.NoError(t, f.Close())
		require.NoError(t, err)
	}
	const gap = 16
	a, b := both[0].Bounds(), both[1].Bounds()
	sheet := image.NewRGBA(image.Rect(0, 0, a.Dx()+gap+b.Dx(), max(a.Dy(), b.Dy())))
	draw.Draw(sheet, a, both[0], image.Point{}, draw.Src)
	draw.Draw(sheet, b.Add(image.Pt(a.Dx()+gap, 0)), both[1], image.Point{}, draw.Src)
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, sheet))
	require.NoError(t, os.WriteFile(filepath.Join(folder, name+".png"), out.Bytes(), 0o600))
}
