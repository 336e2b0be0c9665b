package flows

import "bedside/flows/near"

// checker looks at the whole of what the files declare.
type checker struct {
	*report
	d     *draft
	index map[string]int    // slots by id, and facts that become known on the way: their bit in a slotSet
	asked slotSet           // the slots that some step or fact can fill
	meant map[string]string // misspelt parts, as they were meant
}

// check runs every check. first is the file to which a missing section is
// charged.
func check(d *draft, rep *report, first string) {
	k := &checker{report: rep, d: d, index: map[string]int{}, meant: map[string]string{}}
	for i, s := range d.slotOrder {
		k.index[s.id] = i
	}
	for i, fact := range wayFacts {
		k.index[fact] = len(d.slotOrder) + i
	}
	k.sections(first)
	if d.steps > maxSteps || len(d.partOrder) > maxSteps || len(d.slotOrder) > maxSlots {
		return // it is reported, and the rest would take long
	}
	for _, door := range d.doors {
		k.part(target{part: door.Start, at: door.at})
	}
	k.eachStep(func(s *step) {
		k.ifs(s)
		s.verb.check(k, s)
		for _, w := range s.verb.ways(k) {
			k.part(w.to)
		}
		for _, u := range s.verb.phrases(d) {
			k.inserts(u)
		}
	})
	k.ladders()
	k.resumes()
	k.promising()
	k.emergencyKept()
	k.neverOpen()
	k.unused()
	k.texts()
	k.paths()
}

func (k *checker) eachStep(look func(s *step)) {
	for _, p := range k.d.lists() {
		for _, s := range p.steps {
			look(s)
		}
	}
}

// sections reports what no flow can do without.
func (k *checker) sections(first string) {
	for _, name := range []string{"bedside", "languages", "clinic"} {
		if _, there := k.d.defined["section "+name]; !there {
			k.missing(first, name)
		}
	}
	if _, there := k.d.defined["section emergency"]; !there {
		k.warn(spot{file: first}, codeMissingKey, "there is no `emergency` in any file, so patients are told no number for danger", "add `emergency: {phone: \"112\"}`")
	}
	if len(k.d.doors) == 0 {
		k.missing(first, "flows")
	}
	if len(k.d.parts) == 0 {
		k.missing(first, "parts")
	}
}

// noParts says whether the whole section is missing, which is one problem: then
// nothing leads anywhere, and nothing is used.
func (k *checker) noParts() bool { return len(k.d.parts) == 0 && !k.definedAny("part ") }

func (k *checker) missing(file, name string) {
	if k.broken() && (name == "flows" || name == "parts") && k.definedAny(name[:len(name)-1]+" ") {
		return // it is there, and its members have been reported
	}
	example := map[string]string{
		"bedside":   "bedside: 1",
		"languages": "languages: [en]",
		"clinic":    "clinic: {name: {en: …}, phone: \"…\", zone: Europe/Moscow}",
		"flows":     "flows: {visit: {start: hello, title: {en: …}}}",
		"parts":     "parts: {hello: [{say: {en: …}}]}",
	}[name]
	k.fail(spot{file: file}, codeMissingKey, "there is no `"+name+"` in any file", "add `"+example+"`")
}

func (k *checker) definedAny(prefix string) bool {
	for name := range k.d.defined {
		if len(name) > len(prefix) && name[:len(prefix)] == prefix {
			return true
		}
	}
	return false
}

// part reports a jump to a part that there is not.
func (k *checker) part(t target) {
	if t.part == "" || k.d.parts[t.part] != nil || k.full() || k.noParts() {
		return
	}
	cure := ""
	if meant := k.meantPart(t.part); meant != "" {
		cure = near.Hint(t.part, []string{meant})
	}
	if cure == "" {
		cure = "add it to `parts`"
	}
	k.fail(t.at, codePart, "there is no part `"+t.part+"`", cure)
}

// slot finds a slot, or reports that there is none.
func (k *checker) slot(ref reference) *slot {
	if s, ok := k.d.slots[ref.name]; ok {
		return s
	}
	if k.full() {
		return nil
	}
	cure := near.Hint(ref.name, k.d.slotNames())
	if cure == "" {
		cure = "add it to `slots`"
	}
	k.fail(ref.at, codeSlot, "there is no slot `"+ref.name+"`", cure)
	return nil
}

// department reports a hand-over to a department that there is not.
func (k *checker) department(ref reference) {
	if ref.name == "" || k.full() || contains(k.d.departmentNames(), ref.name) {
		return
	}
	cure := near.Hint(ref.name, k.d.departmentNames())
	if cure == "" {
		cure = "add it to `departments`"
	}
	k.fail(ref.at, codeDepartment, "there is no department `"+ref.name+"`", cure)
}

// ifs parses and types a step's condition.
func (k *checker) ifs(s *step) {
	c := &s.ifSource
	if c.absent() || c.dark || k.full() {
		return
	}
	if at, what := c.parse(); what != "" {
		k.fail(at, codeCondition, what, conditionShape)
		return
	}
	conditionChecker{report: k.report, d: k.d, c: c}.truth(c.tree)
}
