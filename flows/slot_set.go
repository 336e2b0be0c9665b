package flows

import "slices"

// slotSet is a set of slots by their index in the draft's order. Operations
// return new sets; a set may be shared.
type slotSet []uint64

// everything is the set that holds every slot; it is the neutral element of
// intersections.
func everything(n int) slotSet {
	s := make(slotSet, (n+63)/64)
	for i := range s {
		s[i] = ^uint64(0)
	}
	return s
}

func (s slotSet) has(i int) bool { return i>>6 < len(s) && s[i>>6]&(1<<(i&63)) != 0 }

// with returns the set and one slot more.
func (s slotSet) with(i int) slotSet {
	out := slices.Clone(s)
	for len(out) <= i>>6 {
		out = append(out, 0)
	}
	out[i>>6] |= 1 << (i & 63)
	return out
}

// and returns the slots that are in both.
func (s slotSet) and(t slotSet) slotSet {
	out := make(slotSet, min(len(s), len(t)))
	for i := range out {
		out[i] = s[i] & t[i]
	}
	return out
}

// or returns the slots that are in either.
func (s slotSet) or(t slotSet) slotSet {
	if len(s) < len(t) {
		s, t = t, s
	}
	out := slices.Clone(s)
	for i := range t {
		out[i] |= t[i]
	}
	return out
}

// without returns the slots of s that are not in t.
func (s slotSet) without(t slotSet) slotSet {
	out := slices.Clone(s)
	for i := range out {
		out[i] &^= t.word(i)
	}
	return out
}

func (s slotSet) equal(t slotSet) bool {
	for i := range max(len(s), len(t)) {
		if s.word(i) != t.word(i) {
			return false
		}
	}
	return true
}

func (s slotSet) word(i int) uint64 {
	if i < len(s) {
		return s[i]
	}
	return 0
}
