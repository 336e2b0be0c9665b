package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"bedside/flows"
)

// Sources are the files of one flow, as they were read in one go.
type Sources struct {
	Files []flows.File `json:"files"`           // what Compile needs
	Tests []flows.File `json:"tests,omitempty"` // the conversations that must hold with it
}

// key names the content, wherever the files stand.
func (s Sources) key() string {
	h := sha256.New()
	for _, files := range [][]flows.File{s.Files, s.Tests} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(files))))
		for _, f := range files {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(f.Data))))
			h.Write(f.Data)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Draft is what might become a version: all flows by name, read and tried.
type Draft struct {
	Sources  map[string]Sources
	Programs map[string]*flows.Program // whole only where Broken is false
	Problems []flows.Problem           // errors and warnings of all files
	Faults   []string                  // what is wrong beside them: files that cannot be read, tests that fail
}

// Broken reports whether the draft cannot be served.
func (d Draft) Broken() bool {
	return len(d.Faults) > 0 || slices.ContainsFunc(d.Problems, func(p flows.Problem) bool { return !p.Warning })
}

// Lines are everything that is wrong, one a line.
func (d Draft) Lines() []string {
	out := make([]string, 0, len(d.Problems)+len(d.Faults))
	for _, p := range d.Problems {
		out = append(out, p.String())
	}
	return append(out, d.Faults...)
}

// flows describes the draft's parts in a fixed order.
func (d Draft) flows() []Flow {
	var out []Flow
	for _, name := range slices.Sorted(maps.Keys(d.Sources)) {
		f := Flow{Name: name, Sources: d.Sources[name].key()}
		if p := d.Programs[name]; p != nil {
			f.Hash = p.Hash()
		}
		out = append(out, f)
	}
	return out
}

// Rehearse runs the tests of a program and says of each that does not hold, at its
// line, what went otherwise.
type Rehearse func(p *flows.Program, tests []flows.File) []flows.Problem

// try compiles sources and runs their tests.
func (d *Draft) try(name string, s Sources, rehearse Rehearse) {
	program, problems := flows.Compile(s.Files)
	d.Sources[name] = s
	d.Problems = append(d.Problems, problems...)
	if program == nil {
		return
	}
	d.Programs[name] = program
	if rehearse != nil && len(s.Tests) > 0 {
		d.Problems = append(d.Problems, rehearse(program, s.Tests)...)
	}
}

func newDraft() Draft {
	return Draft{Sources: map[string]Sources{}, Programs: map[string]*flows.Program{}}
}

// There names what stands at the paths without trying it, an error's words for what
// cannot be read. It is for Watch.
func (d *Desk) There(paths map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		s, err := d.o.Read(paths[name])
		if err != nil {
			h.Write([]byte(err.Error()))
		}
		h.Write([]byte(name + "\x00" + s.key()))
	}
	return hex.EncodeToString(h.Sum(nil))
}
