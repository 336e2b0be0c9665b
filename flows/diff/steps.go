package diff

import (
	"fmt"
	"slices"
)

// verbs are the words that say what a step does.
var verbs = []string{"say", "ask", "choose", "consent", "set", "use", "goto", "hand_over", "video", "book", "callback", "end"}

// step is one step with its number and its name, like `ask: born`.
type step struct {
	*tree
	number int
	name   string
}

func stepsOf(t *tree) []step {
	var out []step
	for i, s := range t.list {
		out = append(out, step{s, i + 1, stepName(s)})
	}
	return out
}

func stepName(s *tree) string {
	for _, v := range verbs {
		if f := s.get(v); f != nil {
			if f.fields == nil && !f.isList && len(f.scalar) < 30 {
				return v + ": " + f.scalar
			}
			return v
		}
	}
	return "a step"
}

// steps compares the steps of a part: what is the same in both stays where it is,
// what does the same is compared, the rest is new or gone.
func (c *comparison) steps(what string, was, is *tree) []string {
	if !was.isList || !is.isList {
		return differ(what, was, is)
	}
	a, b := stepsOf(was), stepsOf(is)
	keptA, keptB := common(a, b)
	var out []string
	old := unpaired(a, keptA)
	for _, s := range unpaired(b, keptB) {
		place := fmt.Sprintf("%s, step %d (%s)", what, s.number, s.name)
		switch i := counterpart(old, s); {
		case i < 0:
			out = append(out, place+" is new")
		case same(old[i].tree, s.tree):
			out = append(out, place+moved(old[i].number, s.number))
			old = slices.Delete(old, i, i+1)
		default:
			out = append(out, changed(place, old[i].tree, s.tree)...)
			old = slices.Delete(old, i, i+1)
		}
	}
	for _, s := range old {
		out = append(out, fmt.Sprintf("%s, its step %d (%s) is gone", what, s.number, s.name))
	}
	return out
}

func moved(was, is int) string {
	if was == is {
		return " has moved among the others"
	}
	return fmt.Sprintf(" has moved: it was step %d", was)
}

// changed compares two steps of one kind field by field.
func changed(place string, was, is *tree) []string {
	var out []string
	for _, k := range union(was, is) {
		a, b := was.get(k), is.get(k)
		what := under(place+":", k)
		if slices.Contains(verbs, k) && a != nil && b != nil && a.fields != nil && b.fields != nil {
			what = place + ":" + " text"
		}
		out = append(out, differ(what, a, b)...)
	}
	return out
}

// counterpart finds the old step that has become this one: the very same, one of
// the same name, or one of the same verb.
func counterpart(old []step, s step) int {
	for _, like := range []func(step) bool{
		func(o step) bool { return same(o.tree, s.tree) },
		func(o step) bool { return o.name == s.name },
		func(o step) bool { return verb(o.tree) == verb(s.tree) },
	} {
		if i := slices.IndexFunc(old, like); i >= 0 {
			return i
		}
	}
	return -1
}

func verb(s *tree) string {
	for _, v := range verbs {
		if s.get(v) != nil {
			return v
		}
	}
	return ""
}

func unpaired(all []step, kept map[int]bool) []step {
	return slices.DeleteFunc(slices.Clone(all), func(s step) bool { return kept[s.number] })
}

// common is the longest row of steps that stand in both, by their numbers.
func common(a, b []step) (inA, inB map[int]bool) {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); same(a[i].tree, b[j].tree) {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	inA, inB = map[int]bool{}, map[int]bool{}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case same(a[i].tree, b[j].tree):
			inA[a[i].number], inB[b[j].number] = true, true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}

// rungs compares the rungs of a ladder, or of the silence, by their times; a rung
// that only comes at another time has moved.
func rungs(what string, was, is *tree) []string {
	if was == nil || is == nil || !was.isList || !is.isList {
		return differ(what, was, is)
	}
	a, b := timed(was), timed(is)
	var out, gone []string
	for _, t := range a.keys {
		if b.get(t) == nil {
			gone = append(gone, t)
		}
	}
	for _, t := range b.keys {
		rung := what + ", the rung after " + t
		if a.get(t) != nil {
			out = append(out, differ(rung+":", a.get(t), b.get(t))...)
			continue
		}
		i := slices.IndexFunc(gone, func(old string) bool { return same(a.get(old), b.get(t)) })
		if i < 0 {
			out = append(out, rung+" is new")
			continue
		}
		out = append(out, rung+" came after "+gone[i])
		gone = slices.Delete(gone, i, i+1)
	}
	for _, t := range gone {
		out = append(out, what+", the rung after "+t+" is gone")
	}
	return out
}

func timed(t *tree) *tree {
	out := &tree{fields: map[string]*tree{}}
	for _, rung := range t.list {
		rest := &tree{fields: map[string]*tree{}}
		for _, k := range rung.keys {
			if k != "after" {
				rest.set(k, rung.fields[k])
			}
		}
		out.set(rung.text("after"), rest)
	}
	return out
}
