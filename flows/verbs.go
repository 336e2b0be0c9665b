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

// resumer is a verb that can lead to the part `emergency`, and says how the
// flow goes on behind a false alarm; behind any other the next step follows.
type resumer interface {
	resume(w *walk, at Place) move
}

// way is one direction in which a step leads.
type way struct {
	to    target   // the zero target: the next step
	fills string   // the slot that holds an answer on this way, or ""
	more  []string // further slots that surely do, and facts that are known from here on
	sure  bool     // the slot of fills surely does
	clear bool     // what the slot held before may be gone
	pause bool     // the flow has waited for a person before it goes this way

	promise bool // a promise has been made to the patient on this way
}

// use is a text that a step may show.
type use struct {
	phrase *phrase
	knows  []string // what is known besides when it is shown: factQueue and the like
}

// move says how the walk goes on; the zero move leads to the next step.
type move struct {
	stop   bool   // the turn is over
	part   string // jump to the beginning of this part
	resume bool   // go on with what was interrupted
	red    string // the jump is to the part `emergency`, for the answer in this slot
}

// verbKind is a row of the table of verbs.
type verbKind struct {
	name string
	keys []string // beside the verb itself and `if`
	read func(r *reader, f fields) verb
}

func verbKinds() []verbKind {
	return []verbKind{
		{"say", []string{"buttons"}, readSay},
		{"ask", []string{"again", "if_yes", "if_no", "then"}, readAsk},
		{"choose", []string{"options"}, readChoose},
		{"consent", []string{"refused"}, readConsent},
		{"set", nil, readSet},
		{"use", nil, readUse},
		{"goto", nil, readGoto},
		{"hand_over", []string{"tell", "ladder", "closed", "nobody", "priority", "summary"}, readHandOver},
		{"video", []string{"tell", "ladder", "closed", "nobody", "priority", "summary", "refused"}, readVideo},
		{"book", []string{"none"}, readBook},
		{"callback", []string{"within", "tell"}, readCallBack},
		{"end", []string{"rate"}, readEnd},
	}
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
		names = append(names, v.keys...)
	}
	return names
}

// opaque stands for a step that could not be understood. It may fill any slot
// and lead to any part that it mentions, so no later check raises a false
// alarm because of it.
type opaque struct{}

func (opaque) check(*checker, *step) {}
func (opaque) ways(*checker) []way   { return nil }
func (opaque) phrases(*draft) []use  { return nil }
func (opaque) do(*walk, Place) move  { return move{stop: true} }

// verbTable is the table of verbs with what is asked of it at every step.
type verbTable struct {
	kinds       []verbKind
	names, keys []string
}

func newVerbTable() verbTable { return verbTable{verbKinds(), verbNames(), stepKeys()} }

func (t verbTable) named(name string) (verbKind, bool) {
	for _, v := range t.kinds {
		if v.name == name {
			return v, true
		}
	}
	return verbKind{}, false
}
