package attachment

import (
	"cmp"
	"slices"
	"sort"
)

// picture is what `meta` says.
type picture struct {
	b             []byte
	kinds         map[uint64]string // of the items
	places        map[uint64]place
	primary       uint64
	width, height int
	idat          box
	said          []box // boxes that say something about the picture
}

// place is where an item's bytes are: in the file, or in the box idat.
type place struct {
	inside  bool // in idat
	extents []stretch
}

func (p *picture) read(meta box) bool {
	all, ok := boxes(p.b, meta.body+4, meta.end, mostBoxes) // behind version and flags
	if !ok {
		return false
	}
	ok = true
	for _, x := range all {
		in := &cursor{b: p.b[:x.end], at: x.body}
		switch x.kind {
		case "pitm":
			p.primary = in.number(wide(in.number(4)>>24 > 0))
			ok = ok && !in.bad
		case "iinf":
			ok = ok && p.kinds == nil && p.readKinds(in, x.end)
		case "iloc":
			ok = ok && p.places == nil && p.readPlaces(in)
		case "iprp":
			ok = ok && p.readSize(x)
		case "idat":
			ok = ok && p.idat.kind == ""
			p.idat = x
		case "hdlr", "iref", "dinf", "grpl":
		default:
			p.said = append(p.said, x)
		}
	}
	return ok && p.width > 0 && shownItem(p.kinds[p.primary])
}

func wide(is bool) int {
	if is {
		return 4
	}
	return 2
}

// readKinds reads what each item is.
func (p *picture) readKinds(in *cursor, end int) bool {
	_ = in.number(wide(in.number(4)>>24 > 0)) // the count: the boxes tell
	if in.bad {
		return false
	}
	all, ok := boxes(p.b, in.at, end, mostItems)
	if !ok {
		return false
	}
	p.kinds = map[uint64]string{}
	for _, x := range all {
		one := &cursor{b: p.b[:x.end], at: x.body}
		version := one.number(4) >> 24
		if x.kind != "infe" || version < 2 {
			continue
		}
		id := one.number(wide(version > 2))
		one.number(2) // its protection
		if p.kinds[id] = one.text(4); one.bad {
			return false
		}
	}
	return true
}

// readPlaces reads where each item's bytes are.
func (p *picture) readPlaces(in *cursor) bool {
	version := in.number(4) >> 24
	sizes := in.number(2)
	offset, length, base, index := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	if version == 0 {
		index = 0
	}
	count, total := in.number(wide(version > 1)), 0
	if count > mostItems {
		return false
	}
	p.places = map[uint64]place{}
	for range count {
		id := in.number(wide(version > 1))
		var at place
		if version > 0 {
			method := in.number(2) & 15
			if at.inside = method == 1; method > 1 {
				return false
			}
		}
		elsewhere, from := in.number(2), in.number(base)
		extents := in.number(2)
		if total += int(extents); in.bad || elsewhere != 0 || total > mostExtents {
			return false
		}
		for range extents {
			in.number(index)
			start, size := from+in.number(offset), in.number(length)
			if in.bad || start > uint64(len(p.b)) || size > uint64(len(p.b)) {
				return false
			}
			at.extents = append(at.extents, stretch{int(start), int(start + size)})
		}
		p.places[id] = at
	}
	return !in.bad
}

// readSize reads what the picture measures: the largest of what its parts do.
func (p *picture) readSize(iprp box) bool {
	all, ok := boxes(p.b, iprp.body, iprp.end, mostBoxes)
	if !ok {
		return false
	}
	for _, x := range all {
		if x.kind != "ipco" {
			continue
		}
		properties, ok := boxes(p.b, x.body, x.end, mostItems)
		if !ok {
			return false
		}
		for _, one := range properties {
			in := &cursor{b: p.b[:one.end], at: one.body}
			switch one.kind {
			case "ispe":
				in.number(4)
				w, h := in.number(4), in.number(4)
				if in.bad || w > 1<<20 || h > 1<<20 {
					return false
				}
				if int(w)*int(h) > p.width*p.height {
					p.width, p.height = int(w), int(h)
				}
			case "udes": // a description in words
				p.blankWords(one)
			}
		}
	}
	return true
}

// blankWords clears the texts of a property, which must stay one.
func (p *picture) blankWords(x box) {
	if x.end-x.body > 4 {
		clear(p.b[x.body+4 : x.end])
	}
}

// kept are the bytes of the picture, in order and apart. All of them must lie in `mdat` or
// `idat`, or something is kept that says where the picture was taken.
func (p *picture) kept(top []box) ([]stretch, bool) {
	var all []stretch
	for id, at := range p.places {
		if !shownItem(p.kinds[id]) {
			continue
		}
		for _, e := range at.extents {
			if at.inside {
				e = stretch{p.idat.body + e.from, p.idat.body + e.to}
				if e.to > p.idat.end {
					return nil, false
				}
			} else if !inData(top, e) {
				return nil, false
			}
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return joined(all), len(all) > 0
}

// inData reports whether a stretch lies in one `mdat` of the file's boxes.
func inData(top []box, e stretch) bool {
	i := sort.Search(len(top), func(i int) bool { return top[i].end >= e.to })
	return i < len(top) && top[i].kind == "mdat" && top[i].body <= e.from
}

// joined makes one of stretches that meet; they come in order.
func joined(all []stretch) (apart []stretch) {
	for _, e := range all {
		if last := len(apart) - 1; last >= 0 && e.from <= apart[last].to {
			apart[last].to = max(apart[last].to, e.to)
			continue
		}
		apart = append(apart, e)
	}
	return apart
}
