package flows

import (
	"slices"

	"bedside/flows/near"
)

// useVerb does the steps of a fragment and comes back. A step of a fragment
// that leads to a part leaves the fragment for good.
type useVerb struct{ fragment reference }

func readUse(r *reader, f fields) verb {
	n := f.get("use")
	name, ok := r.name(n, "a fragment")
	if !ok {
		return opaque{}
	}
	return &useVerb{fragment: reference{name, r.at(n)}}
}

func (v *useVerb) check(k *checker, _ *step) {
	if f := k.d.fragments[v.fragment.name]; f != nil {
		if k.d.usesItself(f) {
			k.fail(v.fragment.at, codeCycle, "the fragment `"+f.id+"` comes to use itself", "write its steps out, or make a part of it and `goto` there")
		}
		return
	}
	cure := near.Hint(v.fragment.name, sortedKeys(k.d.fragments))
	if cure == "" {
		cure = "add it to `fragments`"
	}
	k.fail(v.fragment.at, codeFragment, "there is no fragment `"+v.fragment.name+"`", cure)
}

// usesItself says whether a fragment leads back to itself.
func (d *draft) usesItself(f *part) bool {
	seen, open := map[*part]bool{}, []*part{f}
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		for _, s := range next.steps {
			inner := d.fragmentOf(s)
			switch {
			case inner == f:
				return true
			case inner != nil && !seen[inner]:
				seen[inner] = true
				open = append(open, inner)
			}
		}
	}
	return false
}

// fragmentOf is the fragment that a step uses; nil for none.
func (d *draft) fragmentOf(s *step) *part {
	if v, ok := s.verb.(*useVerb); ok {
		return d.fragments[v.fragment.name]
	}
	return nil
}

// ways leads to the next step: where paths are followed, those of the
// fragment stand there.
func (v *useVerb) ways(*checker) []way  { return []way{{}} }
func (v *useVerb) phrases(*draft) []use { return nil }

func (v *useVerb) do(w *walk, at Place) move {
	w.emit(Called{At: at, Back: Place{Part: at.Part, Step: at.Step + 1}})
	return move{part: fragmentPrefix + v.fragment.name}
}

// unfolding writes steps as they are done, each fragment in the place where it
// is used. left is how many steps may still be written.
type unfolding struct {
	d    *draft
	left int
}

// steps unfolds a list. hops says of each step how many behind it are those of
// its fragment: a `use` that is passed over passes over them.
func (u *unfolding) steps(list []*step, within []*part) (all []*step, hops []int) {
	for _, s := range list {
		all, hops = append(all, s), append(hops, 0)
		u.left--
		f := u.d.fragmentOf(s)
		if f == nil || slices.Contains(within, f) || u.left < 0 {
			continue
		}
		inner, innerHops := u.steps(f.steps, append(slices.Clone(within), f))
		hops[len(hops)-1] = len(inner)
		all, hops = append(all, inner...), append(hops, innerHops...)
	}
	return all, hops
}
