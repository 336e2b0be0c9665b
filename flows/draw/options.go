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

// marks finds the problems of each step: those of its part from its line up to
// that of the next. Those of the part itself are at step 0. What stands in no
// part, as a slot, is in no picture.
func marks(o flows.Outline, problems []flows.Problem) map[flows.Place][]flows.Problem {
	found := map[flows.Place][]flows.Problem{}
	for _, problem := range problems {
		for _, p := range o.Parts {
			if p.File != problem.File || problem.Line < p.Line || problem.Line > p.Last {
				continue
			}
			at := flows.Place{Part: p.ID}
			for _, s := range p.Steps {
				if s.Line <= problem.Line {
					at = s.Place
				}
			}
			found[at] = append(found[at], problem)
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
