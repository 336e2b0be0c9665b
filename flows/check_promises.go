package flows

import (
	"regexp"
	"strings"
)

// promises reports ends that a patient can reach with no promise: no doctor
// has had them, nothing is booked, nobody calls back, and no words of the last
// part say a number to dial. The flow's own `silence` is exempt.
func (k *checker) promises(g *graph) {
	kept := k.kept(g)
	for i := range g.nodes {
		n := &g.nodes[i]
		end, ok := n.step.verb.(*endVerb)
		if !ok || end.text.dark || !kept[i].reached || kept[i].promised || kept[i].told || k.says(&end.text) {
			continue
		}
		k.fail(n.step.at, codeNoPromise, "a patient can come to this end with no promise: no doctor has had them, and no number is said",
			"say a number here, such as {clinic.phone}, or let the way lead over a `book`, a `callback` or a doctor")
	}
}

// keeping is what holds on every way to a step.
type keeping struct {
	reached  bool
	promised bool // a promise was made
	told     bool // the part has said a number to dial
}

// kept follows all ways until nothing changes; what holds on every way only
// shrinks, so it ends.
func (k *checker) kept(g *graph) []keeping {
	at := make([]keeping, len(g.nodes))
	var queue []int
	arrive := func(to int, s keeping) {
		old := at[to]
		if !old.reached {
			at[to] = s
		} else {
			at[to].promised, at[to].told = old.promised && s.promised, old.told && s.told
		}
		if at[to] != old {
			queue = append(queue, to)
		}
	}
	for _, to := range k.starts(g) {
		arrive(to, keeping{reached: true})
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		n := &g.nodes[i]
		for _, e := range n.edges {
			here := g.nodes[e.to].part == n.part
			arrive(e.to, keeping{
				reached:  true,
				promised: at[i].promised || e.promise || e.all,
				told:     here && (at[i].told || k.tells(n.step)),
			})
		}
	}
	return at
}

// starts are the first steps of all doors, and of the part `emergency`.
func (k *checker) starts(g *graph) (all []int) {
	for _, d := range k.d.doors {
		if to, ok := g.entry[k.d.partMeant(d.Start)]; ok {
			all = append(all, to)
		}
	}
	if to, ok := g.entry[emergencyPart]; ok {
		all = append(all, to)
	}
	return all
}

// tells says whether a step surely says a number to dial.
func (k *checker) tells(s *step) bool {
	if !s.ifSource.absent() {
		return false
	}
	switch v := s.verb.(type) {
	case *sayVerb:
		return k.says(&v.text) || len(v.buttons) > 0
	case *chooseVerb:
		return k.says(&v.text)
	}
	return false
}

// says says whether a text holds a number to dial in every language.
func (k *checker) says(p *phrase) bool {
	if p.absent() {
		return false
	}
	for lang := range p.text {
		if !p.numberIn(lang) {
			return false
		}
	}
	return len(p.text) > 0
}

func (p *phrase) numberIn(lang string) bool {
	for _, piece := range p.pieces[lang] {
		if piece.name == "clinic.phone" || piece.name == "emergency.phone" || dials(piece.literal) {
			return true
		}
	}
	return false
}

var (
	figures = regexp.MustCompile(`\+?\d[\d ().-]*\d`)
	year    = regexp.MustCompile(`^(19|20)\d\d$`)
)

// dials says whether words hold a number that a phone can dial: three figures
// or more that are no year, or one such as 03.
func dials(words string) bool {
	for _, found := range figures.FindAllString(words, -1) {
		count := 0
		for _, r := range found {
			if r >= '0' && r <= '9' {
				count++
			}
		}
		if count >= 3 && !year.MatchString(found) || count == 2 && strings.HasPrefix(found, "0") {
			return true
		}
	}
	return false
}
