package flows

import (
	"time"

	"go.yaml.in/yaml/v3"
)

// ladder is a list of rungs: what happens while a patient waits, by the time
// that has passed.
type ladder struct {
	id    string
	at    spot
	last  int // the line in which its last word begins
	rungs []*rung
	lost  bool // something in it could not be read
}

// rung is one of them. It says, widens and alerts, and then asks, leads to a
// part or ends, or does none of these three.
type rung struct {
	at      spot
	after   time.Duration
	say     phrase
	also    []reference // departments
	alert   string
	choose  phrase
	options []option
	target  target
	end     phrase
}

var rungKeys = keys{"after", "say", "also", "alert", "choose", "options", "goto", "end"}

func (r *reader) ladder(key, value *yaml.Node) {
	l := &ladder{id: key.Value, at: r.at(key), last: lastLine(value)}
	r.draft.ladders[l.id] = l
	r.draft.ladderOrder = append(r.draft.ladderOrder, l)
	items := r.items(value, "the ladder `"+l.id+"`")
	if value.Kind == yaml.SequenceNode && len(items) == 0 {
		r.fail(l.at, codeMissingKey, "the ladder `"+l.id+"` has no rung", "give it one, as in - {after: 20m, goto: callback}")
	}
	before := time.Duration(0)
	for _, item := range items {
		l.lost = l.lost || lost(item) || item.Kind != yaml.MappingNode
		if s := r.rung(item); s != nil {
			before = r.later(item, s.after, before)
			l.rungs = append(l.rungs, s)
		}
	}
}

// later reports a time that does not come behind the one before.
func (r *reader) later(n *yaml.Node, after, before time.Duration) time.Duration {
	if after > 0 && after <= before {
		r.fail(r.at(n), codeBadValue, "this comes no later than the one before it", "put them in the order of their times, each later than the last")
	}
	return max(after, before)
}

// rung reads one rung; nil for what is none.
func (r *reader) rung(n *yaml.Node) *rung {
	f, ok := r.mapping(n, "a rung", rungKeys)
	if !ok {
		return nil
	}
	s := &rung{
		at:     r.at(n),
		after:  r.duration(r.need(f, "after", "a rung"), 0),
		say:    r.phrase(f.get("say"), "what the rung says"),
		also:   r.departments(f.get("also")),
		choose: r.phrase(f.get("choose"), "what the rung asks"),
		target: r.target(f.get("goto")),
		end:    r.phrase(f.get("end"), "the last word"),
	}
	if alert := f.get("alert"); alert != nil && r.id(alert, "whom the rung alerts") {
		s.alert = alert.Value
	}
	r.rungOptions(s, f)
	r.rungLeads(f)
	return s
}

func (r *reader) rungOptions(s *rung, f fields) {
	options := f.get("options")
	switch {
	case !s.choose.absent():
		s.options = r.options(r.need(f, "options", "a rung that asks"), chooseKeys)
	case options != nil:
		r.fail(r.at(f.keys["options"]), codeMisplaced, "a rung has `options` only beside `choose`", "add `choose:` with the question, or remove them")
	}
}

// rungLeads reports a rung that does nothing, or goes two ways at once.
func (r *reader) rungLeads(f fields) {
	first := ""
	for _, key := range f.order {
		if key != "choose" && key != "goto" && key != "end" {
			continue
		}
		if first != "" {
			r.fail(r.at(f.keys[key]), codeMisplaced, "a rung has one of `choose`, `goto` and `end`, and this has `"+first+"` already", "make it a rung of its own, with a later time")
		}
		first = key
	}
	if len(f.order) < 2 {
		r.fail(r.at(f.node), codeMissingKey, "this rung does nothing", "add `say`, `also`, `alert`, `choose`, `goto` or `end`")
	}
}

// departments reads one name, or a list of them.
func (r *reader) departments(n *yaml.Node) (all []reference) {
	if n == nil || n.Kind == 0 {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		if name, ok := r.name(item, "a department"); ok {
			all = append(all, reference{name, r.at(item)})
		}
	}
	return all
}

// leads says whether the rung asks or leads somewhere, and so needs a cursor
// of its own.
func (s *rung) leads() bool { return !s.choose.absent() || s.target.leads() || !s.end.absent() }

// times are when each rung comes, from the beginning of the wait.
func (l *ladder) times() (all []time.Duration) {
	for _, s := range l.rungs {
		all = append(all, s.after)
	}
	return all
}
