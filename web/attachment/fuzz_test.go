package attachment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/web/attachment"
)

// FuzzInspect wants of any bytes an answer without a panic, of what is taken the
// same again when it comes again, and nothing of what says a place.
func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		jpegWithAll(f, 24, 16, 6), pngWithAll(f, 24, 16, 6), webpWithAll(f, 6), plainWebP(f), heicWithAll(), []byte(plainPDF),
		plainJPEG(f, 24, 16), plainPNG(f, 24, 16), []byte("<svg/>"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := attachment.Inspect(data)
		if err != nil {
			return
		}
		again, err := attachment.Inspect(got.Data)
		require.NoError(t, err)
		require.Equal(t, got.Type, again.Type)
		require.Equal(t, got.Data, again.Data)
	})
}
