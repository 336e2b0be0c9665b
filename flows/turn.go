package flows

import "time"

// Facts are what a step may know besides the memory.
type Facts struct {
	Now     time.Time         // the moment of the step
	Live    *Program          // whose clinic, departments and emergency number count today; nil: the program's own
	Patient map[string]string // what a signed identity vouches for, by name without "patient.": name, born (1958-03-07), phone, email
}

// Turn is what one call made happen: the events in order, then where the flow
// stands and for what it waits. Folding the events into the memory that the
// call was given leads to the same place.
type Turn struct {
	Events []Event
	At     Place
	Waits  Wait
}

// Input is what a patient answered. Exactly one of Option, Options, Text and
// Skip is used; Step, where it is given, names the question that is meant
// ([Place.String] of its place), so that a late answer is not taken for
// another question's.
type Input struct {
	Step    string
	Option  string   // an option's id; yes or no for a yes_no
	Options []string // several ids, for questions that take them
	Text    string   // typed freely
	Skip    bool     // passes over an optional question
}
