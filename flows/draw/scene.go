package draw

import (
	"fmt"
	"strings"

	"bedside/flows"
)

// row is one line of a box.
type row struct {
	lead    string // what is done, and when or under which condition
	name    string // of what it is about
	text    string // what the patient reads
	verb    string // "" for a way of the step above
	tip     string // what is read when the row is pointed at
	marked  standing
	here    int
	stopped int
	leads   []string // the boxes to which an arrow leads from it
	red     bool     // what is dangerous: a red flag's way, the emergency
}

// card is one part as a box of rows.
type card struct {
	id    string
	doors []string
	rows  []row
	tip   string   // what is read when its name is pointed at
	own   standing // of the part itself
	kind  string   // part, fragment, ladder, silence, emergency
	width float64
}

func (c card) height() float64 { return headRoom + float64(len(c.rows))*rowHeight + padding/2 }

// scene is what stands in the picture before anything has its place.
type scene struct {
	cards  []card
	index  map[string]int
	arrows []arrow
	from   []int // of each arrow: the row from which it starts
}

func newScene(o flows.Outline, opts Options) scene {
	s := scene{index: map[string]int{}}
	lang := opts.Language
	if lang == "" && len(o.Languages) > 0 {
		lang = o.Languages[0]
	}
	found := marks(o, opts.Problems)
	for _, p := range o.Parts {
		s.index[p.ID] = len(s.cards)
		s.cards = append(s.cards, newCard(o, p, lang, found, opts.Traffic))
	}
	for _, c := range s.cards {
		for i, r := range c.rows {
			for _, to := range r.leads {
				if _, there := s.index[to]; there {
					s.arrows = append(s.arrows, arrow{From: c.id, To: to, Weight: weight(r)})
					s.from = append(s.from, i)
				}
			}
		}
	}
	return s
}

// weight keeps the ordinary way of a visit short and straight.
func weight(r row) int {
	if r.verb == "goto" {
		return 3
	}
	return 1
}

func newCard(o flows.Outline, p flows.OutlinePart, lang string, found map[flows.Place][]flows.Problem, traffic map[flows.Place]Traffic) card {
	own := found[flows.Place{Part: p.ID}]
	c := card{id: p.ID, kind: kindOf(p.ID), own: standingOf(own), tip: told([]string{p.ID}, own)}
	for _, d := range o.Doors {
		if d.Start == p.ID {
			c.doors = append(c.doors, d.Name)
		}
	}
	for _, step := range p.Steps {
		c.rows = append(c.rows, stepRows(step, lang, found[step.Place], traffic[step.Place])...)
	}
	most := width(p.ID)*1.15 + 2*padding
	for i := range c.rows {
		c.rows[i].fit(widest - 2*padding)
		most = max(most, c.rows[i].width()+2*padding+badge(c.rows[i]))
	}
	c.width = min(max(most, narrowest), widest+60)
	return c
}

// fit shortens a row to a width: first what the patient reads, then the rest.
func (r *row) fit(most float64) {
	r.lead = cut(r.lead, most)
	r.name = cut(r.name, most-width(r.lead))
	r.text = cut(r.text, most-width(r.lead)-width(r.name)-2*gap)
}

func (r row) width() float64 {
	w := r.indent()
	for _, words := range []string{r.lead, r.name, r.text} {
		if words != "" {
			w += width(words) + gap
		}
	}
	return w
}

// indent puts the ways of a step under it.
func (r row) indent() float64 {
	if r.verb == "" {
		return 14
	}
	return 0
}

// words are the row as one text, for pictures that are made of text alone.
func (r row) words() string {
	return strings.Join(strings.Fields(r.lead+" "+r.name+" "+r.text), " ")
}

// badge is the room for the numbers at the end of a row.
func badge(r row) float64 {
	if r.here+r.stopped == 0 {
		return 0
	}
	return width(numbers(r)) + padding
}

func numbers(r row) string {
	var out []string
	if r.here > 0 {
		out = append(out, fmt.Sprintf("● %d", r.here))
	}
	if r.stopped > 0 {
		out = append(out, fmt.Sprintf("✕ %d", r.stopped))
	}
	return strings.Join(out, "  ")
}

func kindOf(id string) string {
	kind, _, dotted := strings.Cut(id, ".")
	switch {
	case id == "emergency", id == "silence":
		return id
	case dotted:
		return kind
	}
	return "part"
}

// stepRows are a step's own row and one for each way that it may lead.
func stepRows(s flows.OutlineStep, lang string, problems []flows.Problem, t Traffic) []row {
	own := row{
		verb: s.Verb, lead: lead(s), name: about(s), text: s.Text.In(lang), tip: tip(s, lang, problems),
		marked: standingOf(problems), here: t.Here, stopped: t.Stopped,
	}
	rows := []row{}
	for _, w := range s.Ways {
		if w.Word == "" {
			own.leads = append(own.leads, w.To)
			continue
		}
		r := row{text: way(w, lang), red: w.To == "emergency"}
		if w.To != "" {
			r.leads = []string{w.To}
		}
		rows = append(rows, r)
	}
	return append([]row{own}, rows...)
}

func way(w flows.OutlineWay, lang string) string {
	word := w.Word
	if text := w.Text.In(lang); text != "" {
		word = "“" + text + "”"
	}
	if w.To == "resume" {
		return word + " ↩"
	}
	return word
}

// lead is what a step does, as a flow writes it. What is told needs no verb.
func lead(s flows.OutlineStep) string {
	words := s.Verb
	switch s.Verb {
	case "goto":
		words = "→ " + goal(s)
	case "rung":
		if words = s.After; goal(s) != "" {
			words += " → " + goal(s)
		}
	case "say":
		words = ""
	}
	return words
}

// about names what a step is about, and its condition.
func about(s flows.OutlineStep) string {
	if s.If == "" {
		return s.Name
	}
	return strings.TrimSpace(s.Name + "  if " + s.If)
}

func goal(s flows.OutlineStep) string {
	for _, w := range s.Ways {
		if w.Word == "" {
			return w.To
		}
	}
	return ""
}

func tip(s flows.OutlineStep, lang string, problems []flows.Problem) string {
	lines := []string{s.Place.String() + "  " + s.Verb + " " + s.Name}
	if s.If != "" {
		lines = append(lines, "if "+s.If)
	}
	if text := s.Text.In(lang); text != "" {
		lines = append(lines, text)
	}
	return told(lines, problems)
}

// told is a tip with its problems, a line each.
func told(lines []string, problems []flows.Problem) string {
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}
