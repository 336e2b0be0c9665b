package attachment

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	smallSide    = 480       // points of the longer side: twice what a chat shows
	smallQuality = 78        // of JPEG
	decodeMost   = 256 << 20 // bytes that decoding a picture may take
)

// shrink makes a small picture, upright and on white; nil where the picture cannot
// be decoded here within bounds. A picture that ends too early is ErrBroken.
func shrink(kind string, f found) ([]byte, error) {
	if f.perPoint == 0 || int64(f.width)*int64(f.height)*int64(f.perPoint) > decodeMost {
		return nil, nil
	}
	decode := map[string]func(io.Reader) (image.Image, error){JPEG: jpeg.Decode, PNG: png.Decode, WebP: webp.Decode}[kind]
	if decode == nil {
		return nil, nil
	}
	whole, err := decode(bytes.NewReader(f.clean))
	if damaged(err) {
		return nil, ErrBroken
	}
	if err != nil { // of a kind that others may read
		return nil, nil
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(scaled(whole), f.orientation), &jpeg.Options{Quality: smallQuality}); err != nil {
		return nil, nil
	}
	return out.Bytes(), nil
}

// damaged tells bytes that are wrong from a kind of picture that is not read here.
func damaged(err error) bool {
	var inJPEG jpeg.FormatError
	var inPNG png.FormatError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.As(err, &inJPEG) || errors.As(err, &inPNG)
}

// scaled is the picture with its longer side cut down to smallSide.
func scaled(whole image.Image) *image.RGBA {
	w, h := whole.Bounds().Dx(), whole.Bounds().Dy()
	if long := max(w, h); long > smallSide {
		w, h = max(1, w*smallSide/long), max(1, h*smallSide/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	var by draw.Interpolator = draw.ApproxBiLinear
	switch whole.(type) {
	case *image.YCbCr, *image.NRGBA, *image.RGBA, *image.Gray: // those that are read quickly
		by = draw.BiLinear
	}
	by.Scale(out, out.Bounds(), whole, whole.Bounds(), draw.Over, nil)
	return out
}

// upright turns and mirrors as Exif's orientation says.
func upright(in *image.RGBA, orientation int) *image.RGBA {
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	if orientation <= 1 || orientation > 8 {
		return in
	}
	size := image.Rect(0, 0, w, h)
	if orientation > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			toX, toY := x, y
			switch orientation {
			case 2:
				toX = w - 1 - x
			case 3:
				toX, toY = w-1-x, h-1-y
			case 4:
				toY = h - 1 - y
			case 5:
				toX, toY = y, x
			case 6:
				toX, toY = h-1-y, x
			case 7:
				toX, toY = h-1-y, w-1-x
			case 8:
				toX, toY = y, w-1-x
			}
			out.SetRGBA(toX, toY, in.RGBAAt(x, y))
		}
	}
	return out
}
