package flows

// verb is what a step does. Each verb of the language is one file: it reads
// itself, says what it names and where it leads, and does itself.
type verb interface {
	// check reports names that are nothing's.
	check(k *checker, s *step)
	// ways lists where the step may lead when it is done.
	ways(k *checker) []way
	// phrases lists the texts that it may show.
	phrases(d *draft) []use
	// do does the step at its place and says how to go on.
	do(w *walk, at Place) move
}

// answerer is a verb that asks: its step can be where Memory waits.
type answerer interface {
	verb
	// question asks, whatever is known.
	question(w *walk, at Place)
	// answer takes the patient's answer, or refuses it.
	answer(w *walk, at Place, in Input) (move, error)
}

// way is one direction in which a step leads.
type way struct {
	to    target // the zero target: the next step
	fills string // the slot that holds an answer on this way, or ""
	sure  bool   // it surely does
	clear bool   // what the slot held before may be gone
	pause bool   // the flow has waited for a person before it goes this way
}

// use is a text that a step may show.
type use struct {
	phrase     *phrase
	department bool // {department.title} has a meaning in it
}

// move says how the walk goes on; the zero move leads to the next step.
type move struct {
	stop bool   // the turn is over
	part string // jump to the beginning of this part
}

// verbKind is a row of the table of verbs.
type verbKind struct {
	name  string
	keys  []string // beside the verb itself and `if`
	later []string // keys that this version does not know
	read  func(r *reader, f fields) verb
}

func verbKinds() []verbKind {
	return []verbKind{
		{"say", nil, []string{"buttons"}, readSay},
		{"ask", []string{"again", "if_yes", "if_no", "then"}, nil, readAsk},
		{"choose", []string{"options"}, nil, readChoose},
		{"goto", nil, nil, readGoto},
		{"hand_over", []string{"tell", "summary"}, []string{"ladder", "closed", "nobody", "priority"}, readHandOver},
		{"end", nil, []string{"rate"}, readEnd},
	}
}

// laterVerbs are of the language and not built.
var laterVerbs = []string{"consent", "set", "use", "video", "book", "callback"}

// laterStepKeys are keys of the verbs that are not built.
var laterStepKeys = []string{"refused", "within", "none"}

func verbNamed(name string) (verbKind, bool) {
	for _, v := range verbKinds() {
		if v.name == name {
			return v, true
		}
	}
	return verbKind{}, false
}

func verbNames() (names []string) {
	for _, v := range verbKinds() {
		names = append(names, v.name)
	}
	return names
}

// stepKeys lists every key of every verb, to tell a misplaced key from an
// unknown one.
func stepKeys() (names []string) {
	for _, v := range verbKinds() {
		names = append(append(names, v.keys...), v.later...)
	}
	return append(names, laterStepKeys...)
}

// opaque stands for a step that could not be understood. It may fill any slot
// and lead to any part that it mentions, so no later check raises a false
// alarm because of it.
type opaque struct{}

func (opaque) check(*checker, *step) {}
func (opaque) ways(*checker) []way   { return nil }
func (opaque) phrases(*draft) []use  { return nil }
func (opaque) do(*walk, Place) move  { return move{stop: true} }
