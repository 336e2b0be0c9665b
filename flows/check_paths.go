package flows

import "bedside/flows/near"

// graph is every step of a draft as a node, with the ways between them.
type graph struct {
	nodes []node
	entry map[string]int // the first node of each part that has one
}

type node struct {
	step  *step
	part  *part
	edges []edge
	hops  int  // so many nodes behind it are those of the fragment that it uses
	out   bool // a way leads past the last step of the part
	cond  outcome
}

// edge is one way to another node.
type edge struct {
	to    int
	known slotSet // slots that are surely filled on it
	maybe slotSet // slots that may be
	clear slotSet // slots that may have been emptied
	all   bool    // anything may have been filled
	pause bool
	at    spot

	promise bool // a promise has been made to the patient
}

// paths runs the checks that follow the ways between steps.
func (k *checker) paths() {
	g := k.graph()
	k.ends(g)
	k.circles(g)
	k.reach(g)
	k.waits(g)
	k.promises(g)
}

func (k *checker) graph() *graph {
	g := &graph{entry: map[string]int{}}
	unfold := &unfolding{d: k.d, left: 2 * maxSteps}
	for _, p := range k.d.partOrder {
		if len(p.steps) > 0 {
			g.entry[p.id] = len(g.nodes)
		}
		steps, hops := unfold.steps(p.steps, nil)
		for i, s := range steps {
			g.nodes = append(g.nodes, node{step: s, part: p, hops: hops[i]})
		}
	}
	if unfold.left < 0 {
		k.fail(k.d.fragOrder[0].at, codeTooMany, "with every fragment in its place there are too many steps", "use fragments in fewer places")
	}
	for i := range g.nodes {
		k.edges(g, i)
	}
	return g
}

// edges fills in the ways from one node.
func (k *checker) edges(g *graph, i int) {
	n := &g.nodes[i]
	var skip slotSet
	switch c := &n.step.ifSource; {
	case c.tree != nil:
		n.cond = outcomeOf(c.tree, k.indexOf)
		skip = n.cond.no
	case !c.absent(): // not understood: it may guard anything
		n.cond.yes = everything(len(k.index))
	}
	if !n.step.ifSource.absent() {
		k.link(g, i, edge{known: skip}, target{}, n.hops)
	}
	for _, w := range n.step.verb.ways(k) {
		e := edge{known: n.cond.yes, pause: w.pause, promise: w.promise, at: w.to.at}
		if s, ok := k.index[w.fills]; ok {
			e.maybe = slotSet{}.with(s)
			if w.sure {
				e.known = e.known.with(s)
			}
			if w.clear {
				e.known, e.clear = e.known.without(slotSet{}.with(s)), e.maybe
			}
		}
		for _, id := range w.more {
			if s, ok := k.index[id]; ok {
				e.known, e.maybe = e.known.with(s), e.maybe.with(s)
			}
		}
		k.link(g, i, e, w.to, 0)
	}
	if _, dark := n.step.verb.(opaque); dark {
		if i+1 < len(g.nodes) && g.nodes[i+1].part == n.part {
			n.edges = append(n.edges, edge{to: i + 1, all: true, pause: true})
		}
	}
	for _, name := range n.step.mentions {
		if to, ok := g.entry[name]; ok {
			n.edges = append(n.edges, edge{to: to, all: true, pause: true})
		}
	}
}

// link adds an edge to a part, or to the next step, past so many. A misspelt part counts as
// the one that was probably meant, so that one slip is one problem.
func (k *checker) link(g *graph, i int, e edge, to target, past int) {
	n := &g.nodes[i]
	if to.dark || to.resume {
		return
	}
	if to.part != "" {
		name := to.part
		if k.d.parts[name] == nil {
			name = k.meantPart(name)
			e.pause = true // a circle that was not written is no problem
		}
		if entry, ok := g.entry[name]; ok {
			e.to = entry
			n.edges = append(n.edges, e)
		}
		return
	}
	if next := i + 1 + past; next < len(g.nodes) && g.nodes[next].part == n.part {
		e.to = next
		n.edges = append(n.edges, e)
		return
	}
	n.out = true
}

// meantPart is the part that a misspelt name means; "" for none. In a flow of
// noise it guesses no more.
func (k *checker) meantPart(name string) string {
	meant, known := k.meant[name]
	if !known && len(k.meant) < maxProblems {
		meant = near.Name(name, k.d.partNames())
		k.meant[name] = meant
	}
	return meant
}

func (k *checker) indexOf(id string) (int, bool) {
	i, ok := k.index[id]
	return i, ok
}

// ends reports parts that run out, and steps that none before them leads to.
func (k *checker) ends(g *graph) {
	for _, p := range k.d.partOrder {
		first, ok := g.entry[p.id]
		if !ok {
			k.fail(p.at, codeRunsOut, "the part `"+p.id+"` has no step", "give it one, or remove it")
			continue
		}
		k.end(g, p, first)
	}
}

func (k *checker) end(g *graph, p *part, first int) {
	behind := first
	for behind < len(g.nodes) && g.nodes[behind].part == p {
		behind++
	}
	reached := make([]bool, behind-first)
	reached[0] = true
	for i := first; i < behind; i++ {
		n := &g.nodes[i]
		if !reached[i-first] {
			k.warn(n.step.at, codeSkippedSteps, "no way leads to this step: the one before it always leads away", "remove it, or give the one before an `if`")
			return
		}
		for _, e := range n.edges {
			if e.to > i && e.to < behind {
				reached[e.to-first] = true
			}
		}
		if n.out {
			k.runsOut(n)
		}
	}
}

func (k *checker) runsOut(n *node) {
	what := "the part `" + n.part.id + "` comes to its end here and nothing follows"
	cure := "put a `goto`, a `hand_over` or an `end` behind it"
	if _, ok := n.step.verb.(*handOverVerb); ok {
		what = "when the doctor has finished nothing follows in `" + n.part.id + "`"
		cure = "put an `end` or a `goto` behind the hand_over"
	}
	k.fail(n.step.at, codeRunsOut, what, cure)
}

// circles reports ways that come back to a step without having waited for the
// patient. An `ask` passes over what it has asked, so it does not count.
func (k *checker) circles(g *graph) {
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(g.nodes))
	var visit func(i int)
	visit = func(i int) {
		state[i] = open
		for _, e := range g.nodes[i].edges {
			switch {
			case e.pause:
			case state[e.to] == unseen:
				visit(e.to)
			case state[e.to] == open:
				at := e.at
				if at.line == 0 {
					at = g.nodes[i].step.at
				}
				k.fail(at, codeCycle, "this leads back to the part `"+g.nodes[e.to].part.id+"` without waiting for the patient",
					"put a `choose`, or an `ask` with `again: true`, on the way")
			}
		}
		state[i] = done
	}
	for i := range g.nodes {
		if state[i] == unseen {
			visit(i)
		}
	}
}
