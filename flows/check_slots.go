package flows

import "bedside/flows/near"

// What is surely known, and what may be, at each step: computed over all ways
// from all doors at once, until nothing changes. Sure knowledge shrinks and
// possible knowledge grows, so it ends.

// standing is what holds whenever a step is reached.
type standing struct {
	known   slotSet // filled on every way
	maybe   slotSet // filled on some way
	reached bool
}

// reach follows every way from the doors: it reports parts that none leads
// to, and slots that are read where they may be empty.
func (k *checker) reach(g *graph) {
	k.asked = k.fillers(g)
	at := k.follow(g)
	k.unreachable(g, at)
	for i := range g.nodes {
		if at[i].reached {
			k.reads(&g.nodes[i], at[i])
		}
	}
	k.silent()
}

// fillers are the slots that something can fill at all.
func (k *checker) fillers(g *graph) slotSet {
	asked := k.vouched()
	for _, n := range g.nodes {
		for _, e := range n.edges {
			asked = asked.or(e.maybe)
		}
	}
	return asked
}

// vouched are the slots that a signed identity can have filled.
func (k *checker) vouched() slotSet {
	set := slotSet{}
	for i, s := range k.d.slotOrder {
		if s.fills != "" {
			set = set.with(i)
		}
	}
	return set
}

func (k *checker) follow(g *graph) []standing {
	at := make([]standing, len(g.nodes))
	queued := make([]bool, len(g.nodes))
	var queue []int
	arrive := func(to int, s standing) {
		if at[to].join(s) && !queued[to] {
			queued[to] = true
			queue = append(queue, to)
		}
	}
	for _, d := range k.d.doors {
		name := d.Start
		if k.d.parts[name] == nil {
			name = near.Name(name, k.d.partNames())
		}
		if to, ok := g.entry[name]; ok {
			arrive(to, standing{maybe: k.vouched()})
		}
	}
	if to, ok := g.entry[emergencyPart]; ok { // from everywhere, whatever is known there
		arrive(to, standing{maybe: k.asked})
	}
	for len(queue) > 0 {
		i := queue[0]
		queue, queued[i] = queue[1:], false
		for _, e := range g.nodes[i].edges {
			arrive(e.to, k.along(at[i], e))
		}
	}
	return at
}

func (k *checker) along(s standing, e edge) standing {
	if e.all {
		all := everything(len(k.index))
		return standing{known: all, maybe: all}
	}
	return standing{known: s.known.without(e.clear).or(e.known), maybe: s.maybe.or(e.maybe)}
}

// join takes in what holds on one more way, and says whether that changed
// anything.
func (s *standing) join(t standing) bool {
	if !s.reached {
		*s = standing{known: t.known, maybe: t.maybe, reached: true}
		return true
	}
	known, maybe := s.known.and(t.known), s.maybe.or(t.maybe)
	changed := !known.equal(s.known) || !maybe.equal(s.maybe)
	s.known, s.maybe = known, maybe
	return changed
}

// emergencyPart is reached without a jump: the language leads to it from
// everywhere.
const emergencyPart = "emergency"

// unreachable reports parts to which no step leads. What only such a part
// leads to is no problem of its own.
func (k *checker) unreachable(g *graph, at []standing) {
	if len(k.d.doors) == 0 || k.d.lost {
		return
	}
	lonely := map[*part]bool{}
	for _, p := range k.d.partOrder {
		if first, ok := g.entry[p.id]; ok && !at[first].reached && p.id != emergencyPart {
			lonely[p] = true
		}
	}
	led := map[*part]bool{}
	for i := range g.nodes {
		for _, e := range g.nodes[i].edges {
			if from, to := g.nodes[i].part, g.nodes[e.to].part; lonely[from] && from != to {
				led[to] = true
			}
		}
	}
	report := func(p *part) {
		k.warn(p.at, codeUnreachable, "no step leads to the part `"+p.id+"`", "lead to it with a `goto`, or remove it")
	}
	circle := true
	for _, p := range k.d.partOrder {
		if lonely[p] && !led[p] {
			report(p)
			circle = false
		}
	}
	for _, p := range k.d.partOrder {
		if circle && lonely[p] { // they lead to each other alone
			report(p)
			break
		}
	}
}

// reads reports slots that a step reads where they may be empty.
func (k *checker) reads(n *node, s standing) {
	if c := &n.step.ifSource; c.tree != nil {
		for _, r := range unguarded(c.tree, s.known, k.indexOf) {
			k.empty(c.spot(r.at), r.slot, s, "write `known("+k.d.slotOrder[r.slot].id+") and …`")
		}
	}
	for _, u := range n.step.verb.phrases(k.d) {
		known := s.known.or(n.cond.yes)
		for _, fact := range u.knows {
			if i, ok := k.index[fact]; ok {
				known = known.with(i)
			}
		}
		k.shows(u.phrase, standing{known: known, maybe: s.maybe}, func(id string) string { return "give the step `if: known(" + id + ")`" })
	}
}

// silent reports what the reminders show that may be empty: a patient can fall
// silent at any moment.
func (k *checker) silent() {
	for _, s := range k.d.silence {
		for _, p := range []*phrase{&s.say, &s.end} {
			k.shows(p, standing{maybe: k.asked}, func(string) string { return "leave it out, for a patient can fall silent at any moment" })
		}
	}
}

// shows reports the slots that a text shows and that may be empty, each once
// and not once for every language.
func (k *checker) shows(p *phrase, s standing, guard func(id string) string) {
	for _, ref := range p.refs {
		filled := k.filledBy(ref.name)
		i, fact := k.index[inserts[ref.name]]
		switch {
		case fact && !s.known.has(i):
			k.unknownFact(ref, inserts[ref.name])
		case fact || filled == nil || s.known.has(k.index[filled.id]):
			continue
		default:
			i = k.index[filled.id]
			k.empty(ref.at, i, s, guard(filled.id))
		}
		s.known = s.known.with(i)
	}
}

// empty reports one such slot, by the reason why it may be empty.
func (k *checker) empty(at spot, i int, s standing, guard string) {
	id := k.d.slotOrder[i].id
	switch {
	case !k.asked.has(i):
		k.fail(at, codeNeverFilled, "no step ever fills `"+id+"`", "add `ask: "+id+"` before it")
	case !s.maybe.has(i):
		k.fail(at, codeBeforeSet, "`"+id+"` is read here before any step can have filled it", "move `ask: "+id+"` before it")
	default:
		k.fail(at, codeMayBeEmpty, "`"+id+"` may be empty here", guard)
	}
}
