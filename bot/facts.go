package bot

import (
	"time"

	"bedside/flows"
)

// Facts are all that Decide knows beside the state: the moment, fresh ids, the
// clinic's settings of today, and the compiled flow.
type Facts struct {
	Now     time.Time
	NewID   func() string  // a fresh random id, e.g. of a call
	Program *flows.Program // the version that the conversation began with; nil where it can be read no more
	Live    *flows.Program // today's clinic, departments and numbers
	Limits  Limits
	Staff   map[string]Actor // every enabled staff member by login
	OnDuty  func(department string) bool
}

// Limits are the clinic's times and counts. Defaults() gives the usual ones.
type Limits struct {
	WaitRung     time.Duration // built-in rung of every wait: the number is said, the console rings again
	ReplyWithin  time.Duration // consulting, where the department names none
	IntakeIdle   time.Duration // an intake with no word closes after it
	ResumeWithin time.Duration // how long a closed conversation may be taken up again
	CallLimit    time.Duration // the longest call
	CallEmpty    time.Duration // an empty call ends, after somebody was there
	CallUnused   time.Duration // … or before anybody was
	GiveUpAfter  time.Duration // a room that cannot be made is given up
	GuestSeats   int           // guest connections of the TrueConf Server
	TextMax      int           // runes in one message
}

// Defaults are the limits where the configuration is silent.
func Defaults() Limits {
	return Limits{
		WaitRung:     5 * time.Minute,
		ReplyWithin:  10 * time.Minute,
		IntakeIdle:   24 * time.Hour,
		ResumeWithin: 14 * 24 * time.Hour,
		CallLimit:    60 * time.Minute,
		CallEmpty:    10 * time.Minute,
		CallUnused:   30 * time.Minute,
		GiveUpAfter:  10 * time.Minute,
		GuestSeats:   1,
		TextMax:      4000,
	}
}
