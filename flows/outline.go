package flows

// Outline is a flow as it is drawn: every part with its steps, and where each
// leads. It is made of what the files say, sound or not, so that a broken flow
// can be looked at too.
type Outline struct {
	Languages []string
	Doors     []Door
	Parts     []OutlinePart // in the order of the files: parts, fragments, ladders, silence
}

// OutlinePart is a list of steps: a part, a fragment, a ladder or the silence.
type OutlinePart struct {
	ID    string // as places name it: hello, fragment.contact, ladder.doctor, silence
	File  string
	Line  int // of its name
	Last  int // the line in which its last word begins
	Steps []OutlineStep
}

// OutlineStep is one step or rung.
type OutlineStep struct {
	Place Place
	File  string
	Line  int
	Verb  string // also rung
	Name  string // of what the verb is about: a slot, a department, a consent, a fragment
	Text  Text   // what the patient reads; nil where there is nothing to read
	If    string // its condition as it is written
	After string // of a rung: when it comes, as it is written
	Ways  []OutlineWay
	Waits bool // the flow stands still here until a person acts
}

// OutlineWay is one direction in which a step leads, besides to the next step.
type OutlineWay struct {
	Word string // why: an option's id, yes, no, closed, nobody, refused, none; "" for a goto
	Text Text   // of an option, what its button says
	To   string // a part's id, or resume
}

// OutlineOf reads what the files say, as far as it can be read. Any bytes may
// be given; without a part that can be read the outline is empty.
func OutlineOf(files []File) Outline {
	sources := canonical(files)
	rep := &report{}
	if !countable(sources, rep) {
		return Outline{}
	}
	d, _ := readFiles(sources, rep)
	return d.outline()
}

// Outline is the flow as it is drawn.
func (p *Program) Outline() Outline { return OutlineOf(p.sources) }

func (d *draft) outline() Outline {
	o := Outline{Languages: d.languages}
	for _, door := range d.doors {
		o.Doors = append(o.Doors, door.Door)
	}
	for _, p := range d.partOrder {
		o.Parts = append(o.Parts, d.outlinePart(p.id, p))
	}
	for _, p := range d.fragOrder {
		o.Parts = append(o.Parts, d.outlinePart(fragmentPrefix+p.id, p))
	}
	for _, l := range d.ladderOrder {
		p := l.steps()
		o.Parts = append(o.Parts, d.outlinePart(p.id, p))
	}
	if len(d.silence) > 0 {
		o.Parts = append(o.Parts, d.outlineSilence())
	}
	return o
}

func (d *draft) outlinePart(id string, from *part) OutlinePart {
	p := OutlinePart{ID: id, File: from.at.file, Line: from.at.line, Last: from.last}
	for i, s := range from.steps {
		out := OutlineStep{Place: Place{Part: id, Step: i + 1}, File: s.at.file, Line: s.at.line, If: s.ifSource.source}
		d.sketch(&out, s.verb)
		p.Steps = append(p.Steps, out)
	}
	return p
}

func (d *draft) outlineSilence() OutlinePart {
	at := d.defined["section "+silencePart]
	p := OutlinePart{ID: silencePart, File: at.file, Line: at.line, Last: d.silenceLast}
	for i, s := range d.silence {
		text := s.say.text
		if text == nil {
			text = s.end.text
		}
		p.Steps = append(p.Steps, OutlineStep{
			Place: Place{Part: p.ID, Step: i + 1}, File: s.at.file, Line: s.at.line, Verb: "rung", After: shortly(s.after), Text: text,
		})
	}
	return p
}
