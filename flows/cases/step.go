package cases

import "time"

// Step is one line of a talk: something that somebody does, or what must hold.
type Step struct {
	At  Spot
	Act Act
}

// Act is what a step does. The set is closed: the types of this file.
type Act interface{ act() }

// Answers fills slots, one after the other; each must be what is asked.
type Answers []Answer

// Answer is the answer to one slot's question.
type Answer struct {
	Slot  string
	Value Value
	At    Spot
}

// Pick presses an option of the open question, or picks a free time.
type Pick struct{ Option string }

// Typed is free text.
type Typed struct{ Text string }

// Skip passes over the slot's question.
type Skip struct{ Slot string }

// Decide answers a consent.
type Decide struct {
	Consent string
	Agree   bool
}

// Wait lets time pass. The clock of a case moves by nothing else.
type Wait struct{ For time.Duration }

// Deeds are what staff do, in the order of the file.
type Deeds []Deed

// Deed is what one doctor does: one of [DeedNames].
type Deed struct {
	Doctor string
	Does   string
	Text   string // what is written, or why it failed
	At     Spot
}

// Expect is what must hold, everything of it.
type Expect []Want

// Want is one thing that must hold: one of [ExpectNames].
type Want struct {
	Key   string
	Value Value
	At    Spot
}

// Back takes the last answer away.
type Back struct{}

// Rate says how the conversation was.
type Rate struct {
	Stars int
	Text  string
}

func (Answers) act() {}
func (Pick) act()    {}
func (Typed) act()   {}
func (Skip) act()    {}
func (Decide) act()  {}
func (Wait) act()    {}
func (Deeds) act()   {}
func (Expect) act()  {}
func (Back) act()    {}
func (Rate) act()    {}

// What staff do.
const (
	Takes    = "takes"
	Finishes = "finishes"
	Releases = "releases"
	Writes   = "writes"
	Done     = "done"   // the call-back was made
	Failed   = "failed" // … or could not be
)

// DeedNames lists what staff do.
func DeedNames() []string { return []string{Takes, Finishes, Releases, Writes, Done, Failed} }

// What can be expected.
const (
	Part      = "part"
	Phase     = "phase"
	Asking    = "asking"
	Said      = "said"
	Button    = "button"
	Alerted   = "alerted"
	OfferedTo = "offered_to"
	Priority  = "priority"
	Purpose   = "purpose"
	Promised  = "promised"
	Slot      = "slot"
	Rated     = "rate"
)

// ExpectNames lists what can be expected.
func ExpectNames() []string {
	return []string{Part, Phase, Asking, Said, Button, Alerted, OfferedTo, Priority, Purpose, Promised, Slot, Rated}
}
