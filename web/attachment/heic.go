package attachment

import (
	"bytes"
	"slices"
	"sort"
	"strings"
)

// A HEIC picture is a file of boxes (ISO/IEC 14496-12, 23008-12): `meta` lists the
// items, the picture's tiles and what is said about it, and `mdat` holds their
// bytes at places that `meta` names. Nothing can be taken out without writing all
// places anew, so what goes is blanked where it lies.

func isHEIC(b []byte) bool {
	if len(b) < 16 || string(b[4:8]) != "ftyp" {
		return false
	}
	box, ok := nextBox(b, 0)
	return ok && slices.ContainsFunc(brands(b[box.body:box.end]), func(brand string) bool {
		return slices.Contains([]string{"heic", "heix", "heim", "heis"}, brand)
	})
}

// brands are the major and the compatible ones.
func brands(ftyp []byte) []string {
	if len(ftyp) < 8 {
		return nil
	}
	out := []string{string(ftyp[:4])}
	for at := 8; at+4 <= len(ftyp); at += 4 {
		out = append(out, string(ftyp[at:at+4]))
	}
	return out
}

// box is where one lies in the file.
type box struct {
	kind             string
	start, body, end int
}

func nextBox(b []byte, at int) (box, bool) {
	in := cursor{b: b, at: at}
	size, kind := in.number(4), in.text(4)
	if size == 1 {
		size = in.number(8)
	}
	if size == 0 {
		size = uint64(len(b) - at)
	}
	if in.bad || size < uint64(in.at-at) || size > uint64(len(b)-at) {
		return box{}, false
	}
	return box{kind, at, in.at, at + int(size)}, true
}

// boxes are those that fill a stretch of the file; more than most are too many.
func boxes(b []byte, from, to, most int) (all []box, ok bool) {
	for from < to {
		one, ok := nextBox(b[:to], from)
		if !ok || len(all) >= most {
			return nil, false
		}
		all, from = append(all, one), one.end
	}
	return all, true
}

// A camera's picture has a dozen boxes in a row, and some hundred tiles; these bound
// what a file can make us hold and look through.
const (
	mostBoxes   = 1000
	mostItems   = 10_000 // and properties
	mostExtents = 10_000
)

// stretch is bytes of the file.
type stretch struct{ from, to int }

func readHEIC(in []byte) (found, error) {
	b := bytes.Clone(in)
	top, ok := boxes(b, 0, len(b), mostBoxes)
	if !ok {
		return found{}, ErrBroken
	}
	i := slices.IndexFunc(top, func(x box) bool { return x.kind == "meta" })
	if i < 0 {
		return found{}, ErrBroken
	}
	p := picture{b: b}
	if !p.read(top[i]) {
		return found{}, ErrBroken
	}
	kept, ok := p.kept(top)
	if !ok {
		return found{}, ErrBroken
	}
	for n, x := range top {
		switch {
		case n == 0, n == i: // the brands, and the one head that is read
		case x.kind == "mdat":
			blankAround(b, x.body, x.end, kept)
		default:
			free(b, x)
		}
	}
	for _, x := range p.said {
		free(b, x)
	}
	if p.idat.kind != "" {
		blankAround(b, p.idat.body, p.idat.end, kept)
	}
	return found{clean: b, width: p.width, height: p.height, orientation: 1}, nil
}

// free makes a box one that every reader passes over, with nothing in it.
func free(b []byte, x box) {
	copy(b[x.start+4:], "free")
	clear(b[x.body:x.end])
}

// blankAround clears a stretch save for what is kept, which is in order and apart.
func blankAround(b []byte, from, to int, kept []stretch) {
	first := sort.Search(len(kept), func(i int) bool { return kept[i].to > from })
	for _, k := range kept[first:] {
		if k.from >= to {
			break
		}
		clear(b[from:max(from, k.from)])
		from = max(from, k.to)
	}
	if from < to {
		clear(b[from:to])
	}
}

// shownItems are the types of items that are the picture; all others say something
// about it.
func shownItem(kind string) bool {
	switch kind {
	case "hvc1", "hev1", "grid", "iovl", "iden", "tmap":
		return true
	}
	return false
}

// cursor reads numbers one after the other; reading past the end is remembered.
type cursor struct {
	b   []byte
	at  int
	bad bool
}

func (c *cursor) number(size int) (n uint64) {
	if c.bad || size > 8 || c.at+size > len(c.b) {
		c.bad = true
		return 0
	}
	for _, d := range c.b[c.at : c.at+size] {
		n = n<<8 | uint64(d)
	}
	c.at += size
	return n
}

func (c *cursor) text(size int) string {
	if c.bad || c.at+size > len(c.b) {
		c.bad = true
		return ""
	}
	c.at += size
	return strings.Clone(string(c.b[c.at-size : c.at]))
}
