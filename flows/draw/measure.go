package draw

import "strings"

// Widths are estimated from the shapes of letters, for nobody knows with which
// font a picture will be shown: those of common sans-serif fonts at their widest.
const (
	size      = 12.0 // of the letters, in pixels
	rowHeight = 20.0
	headRoom  = 28.0
	padding   = 10.0
	gap       = 7.0 // between the words of a row
	narrowest = 150.0
	widest    = 340.0
)

// width is about how many pixels a text takes.
func width(text string) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
			w += 0.38
		case strings.ContainsRune("mwMWшщжюфыЩШЖЮФЫМ—…→", r):
			w += 0.95
		case r >= 0x2E80:
			w += 1.05
		case r >= 'A' && r <= 'Z' || r >= 'А' && r <= 'Я':
			w += 0.74
		default:
			w += 0.62
		}
	}
	return w * size
}

// cut shortens a text to a width, with … at its end.
func cut(text string, most float64) string {
	text = strings.Join(strings.Fields(text), " ")
	if width(text) <= most {
		return text
	}
	if most < 4*size {
		return "" // a letter or two say nothing
	}
	w, end := width("…"), 0
	for i, r := range text {
		if w += width(string(r)); w > most {
			break
		}
		end = i + len(string(r))
	}
	return strings.TrimRight(text[:end], " ,.;:") + "…"
}
