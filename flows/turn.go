package flows

import "time"

// Facts are what a step may know besides the memory.
type Facts struct {
	Now     time.Time         // the moment of the step
	Live    *Program          // whose clinic, departments and emergency number count today; nil: the program's own
	Patient map[string]string // what a signed identity vouches for, by name without "patient.": name, born (1958-03-07), phone, email

	OnDuty func(department string) bool        // somebody is signed in; nil: somebody always is
	Free   func(department string) []time.Time // what can be booked, in order; nil: nothing
	// VideoDown says that no call can be made just now: a wait by video leads to
	// `nobody`, or where the step names none a doctor comes into the chat instead.
	VideoDown bool
	Queue     Queue             // of a patient who waits
	Consents  map[string]Agreed // what the same person agreed to before, by id
	Zone      *time.Location    // the patient's, where it is known; nil: the clinic's

	// Trace is told each place to which the conversation comes, and the way that
	// it takes there: one of its Ground's, or another word that is to be ignored.
	// Nil: nobody listens. It changes nothing.
	Trace func(at Place, way string)
}

// Queue is a patient's place among those who wait. The zero Queue is unknown.
type Queue struct {
	Position int           // from 1
	Wait     time.Duration // how long it probably takes; 0: nobody can say
}

// Agreed is a consent that a person gave in an earlier conversation.
type Agreed struct {
	Version string
	At      time.Time
}

// Turn is what one call made happen: the events in order, then where the flow
// stands and for what it waits. Folding the events into the memory that the
// call was given leads to the same place.
type Turn struct {
	Events []Event
	At     Place
	Waits  Wait
}

// Input is what a patient answered. Exactly one of Option, Options, Text, Files and
// Skip is used; Step, where it is given, names the question that is meant
// ([Place.String] of its place), so that a late answer is not taken for
// another question's.
type Input struct {
	Step    string
	Option  string   // an option's id; yes or no for a yes_no
	Options []string // several ids, for questions that take them
	Text    string   // typed freely
	Skip    bool     // passes over an optional question
	Files   []Attached
}

// Attached is a file that the patient has sent for a question of type files.
// What it is was found out from its content.
type Attached struct {
	ID   string
	Kind string // photo, pdf
	Size int64  // bytes
}
