package flows

import "errors"

type slot struct{ Slot }

func (s *slot) describe() Slot { return s.Slot }

type part struct{}

var errUnbuilt = errors.New("flows: the stepper comes with the next commit")

// Compile reads and checks the files, which are one namespace. The program is
// nil when any problem is an error; problems come sorted by place, all at once.
func Compile(files []File) (*Program, []Problem) { return nil, nil }

// Language returns the program's language that suits the wanted ones best
// (BCP 47 tags or Accept-Language values, most wanted first), else the first.
func (p *Program) Language(want ...string) string { return p.languages[0] }

// Begin starts the flow at a door ("" is the first).
func (p *Program) Begin(door string, m Memory, f Facts) (Turn, error) { return Turn{}, errUnbuilt }

// Answer takes the patient's answer to the open question. A *Refusal is the error for an answer that is not taken.
func (p *Program) Answer(m Memory, in Input, f Facts) (Turn, error) { return Turn{}, errUnbuilt }

// GoOn leads behind the hand-over at m.At, after a doctor has finished.
func (p *Program) GoOn(m Memory, f Facts) (Turn, error) { return Turn{}, errUnbuilt }

// Again asks the open question at m.At anew.
func (p *Program) Again(m Memory, f Facts) (Turn, error) { return Turn{}, errUnbuilt }

// CardLine is one answer on the doctor's card.
type CardLine struct{ Slot, Label, Text string }

// Card lists the answers for the doctor in the language lang: first the slots named in first, then the others in file order.
func (p *Program) Card(m Memory, f Facts, first []string, lang string) []CardLine { return nil }

// Shown renders the value of a slot in a language, for cards and texts.
func (v Value) Shown(s Slot, lang string) string { return "" }
