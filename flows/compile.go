package flows

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Compile reads and checks files, which together are one namespace, as the
// files of a folder are. Files that end in .md or .txt are the documents that
// the consents of the others name ([Documents]); the others are YAML. It returns every problem at once, sorted by file and
// line. The program is nil when any of them is an error; warnings alone do
// not stop it. Any bytes may be given.
func Compile(files []File) (*Program, []Problem) {
	sources := canonical(files)
	rep := &report{}
	if !countable(sources, rep) {
		return nil, rep.sorted()
	}
	d, whole := readFiles(sources, rep)
	if whole {
		check(d, rep, sources[0].Path)
		sources = slices.DeleteFunc(sources, func(f File) bool { return isDocument(f.Path) && !d.named[f.Path] })
	}
	if rep.broken() {
		return nil, rep.sorted()
	}
	p, err := d.program(sources)
	if err != nil {
		rep.fail(spot{file: sources[0].Path}, codeCondition, err.Error(), "write the condition in another way")
		return nil, rep.sorted()
	}
	return p, rep.sorted()
}

// canonical copies the files and sorts them by path.
func canonical(files []File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File{Path: f.Path, Data: slices.Clone(f.Data)}
	}
	slices.SortStableFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

func countable(files []File, rep *report) bool {
	if len(files) == 0 {
		rep.fail(spot{file: "."}, codeMissingKey, "there is no file", "write a flow in a file that ends in .yaml")
		return false
	}
	if len(files) > maxFiles {
		rep.fail(spot{file: files[maxFiles].Path}, codeTooMany, fmt.Sprintf("there are more than %d files", maxFiles), "join some of them")
		return false
	}
	return true
}

// hashOf is over the data alone, each with its length before it, so that two
// ways of cutting the same bytes into files differ.
func hashOf(files []File) string {
	h := sha256.New()
	for _, f := range files {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(f.Data))))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// program builds what the checks have passed.
func (d *draft) program(sources []File) (*Program, error) {
	p := &Program{
		hash: hashOf(sources), sources: sources,
		languages: d.languages, matcher: matcherFor(d.languages),
		clinic: d.clinic, emergency: &d.emergency, departments: d.departments,
		slots: d.slots, slotOrder: d.slotOrder, parts: d.parts,
		consents: d.consents, ladders: d.ladders, silence: d.silence, holidays: d.holidayLists(),
		fills: map[string]*slot{}, hours: d.weeks(),
	}
	for id, f := range d.fragments {
		p.parts[fragmentPrefix+id] = f
	}
	for id, l := range d.ladders {
		p.parts[ladderPrefix+id] = l.steps()
	}
	for _, door := range d.doors {
		p.doors = append(p.doors, door.Door)
	}
	for _, s := range d.slotOrder {
		if s.fills != "" {
			p.fills[s.fills] = s
		}
	}
	for _, part := range d.lists() {
		for _, s := range part.steps {
			if s.ifSource.absent() {
				continue
			}
			if err := s.ifSource.compile(d.slots); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}
