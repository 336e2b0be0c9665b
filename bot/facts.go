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

	Doctors func() []DoctorNow // everybody who could be offered a patient, by login; nil: nobody is offered
	Knows   func() []string    // logins of the doctors who saw the same signed person before, the last first; nil: nobody
	Here    func() bool        // whether the patient's page is open; nil: nobody can say
	Left    func() Leave       // … and when it was closed; nil: nobody can say
	Pushes  func(string) bool  // whether a browser of a staff member can be woken, by login; nil: none can
	VideoUp func() bool        // whether TrueConf answered when it was last asked; nil: it did

	// Claimed are the keys under a prefix of a space that stand now, each with the
	// conversation that holds it; nil: none are.
	Claimed func(space, prefix string) map[string]string
	Queued  func() bool // whether some other call waits for a guest seat or a room; nil: none does

	Free     func(department string) []time.Time // what can be booked; nil: what the claims leave
	Queue    func() flows.Queue                  // of the patient, while waiting; nil: nobody can say
	Consents func() map[string]flows.Agreed      // what the same signed person agreed to before; nil: nothing
	Zone     *time.Location                      // the patient's; nil: not known

	Trace func(at flows.Place, way string) // flows.Facts.Trace, for a rehearsal; nil: nobody listens
}

// Leave is when a patient's page was closed.
type Leave struct {
	At    time.Time // zero: not since anybody looks
	Known bool      // false shortly after a start: browsers come back one after the other
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
	MaxCalls     int           // rooms of ours that may run at once; 0: as many as there are
	CallWarn     time.Duration // both are warned so long before the end of a call
	NoticeKinds  []Channel     // in which the clinic can send messages
	LeadKinds    []Channel     // in which the lead is reached, one for each address
	Numbers      []string      // sms go to numbers alone that begin like one of these; none: to all
	UsePhone     bool          // reminders go to the phone that the flow has asked for, where no other was left
	Recording    string        // the consent under which calls are recorded on the server; "": never
	Kept         flows.Text    // where recordings are kept, for the patient
	TextMax      int           // runes in one message
	FileMax      int64         // bytes of one file
	FilesMax     int           // files of one conversation
	FilesBytes   int64         // … and their bytes
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
		CallWarn:     5 * time.Minute,
		TextMax:      4000,
		FileMax:      20 << 20,
		FilesMax:     40,
		FilesBytes:   200 << 20,
	}
}
