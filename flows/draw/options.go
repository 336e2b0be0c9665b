package draw

import "bedside/flows"

// Options say how a flow is drawn. The zero value is a light picture in the
// flow's first language.
type Options struct {
	Language string
	Dark     bool
	Problems []flows.Problem // are shown at their steps
	Traffic  map[flows.Place]Traffic
}

// Traffic is what happens at a step.
type Traffic struct {
	Here    int // conversations that stand there now
	Stopped int // conversations that ended there without having come further
}

// standing is how a step is marked.
type standing uint8

const (
	sound standing = iota
	warned
	broken
)

// marks finds the problems of each step: those from its line up to the line of
// the next step of the same file.
func marks(o flows.Outline, problems []flows.Problem) map[flows.Place][]flows.Problem {
	type start struct {
		line  int
		place flows.Place
	}
	starts := map[string][]start{}
	for _, p := range o.Parts {
		for _, s := range p.Steps {
			starts[s.File] = append(starts[s.File], start{s.Line, s.Place})
		}
	}
	found := map[flows.Place][]flows.Problem{}
	for _, problem := range problems {
		best := start{}
		for _, s := range starts[problem.File] {
			if s.line <= problem.Line && s.line >= best.line {
				best = s
			}
		}
		if best.line > 0 {
			found[best.place] = append(found[best.place], problem)
		}
	}
	return found
}

func standingOf(problems []flows.Problem) standing {
	s := sound
	for _, p := range problems {
		if !p.Warning {
			return broken
		}
		s = warned
	}
	return s
}
