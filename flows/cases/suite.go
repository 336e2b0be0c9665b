package cases

import (
	"fmt"
	"time"
)

// Suite is one file of conversations.
type Suite struct {
	File  string
	Of    []Name // the flow's files, from the folder of this one
	Cases []Case
}

// Case is one conversation. What it does not say itself it has from its suite.
type Case struct {
	Name     string
	At       Spot
	Now      Moment
	Language string // "" is the flow's first
	OnDuty   []Duty // in the order of the file
	Flow     string // the door; "" is the first
	Identity []Fact // what the clinic's site vouches for
	Free     []Moment
	FreeSaid bool // Free is all that can be booked; else the departments' own hours are
	Talk     []Step
}

// Duty is a doctor who has signed in, for some departments.
type Duty struct {
	Doctor      string
	Departments []Name
	At          Spot
}

// Fact is one thing of a signed identity: patient.name and the like.
type Fact struct {
	Name, Value string
	At          Spot
}

// Name is a word of the file that names something of the flow.
type Name struct {
	Text string
	At   Spot
}

// Spot is a place in a file.
type Spot struct {
	File         string
	Line, Column int
}

func (s Spot) String() string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// Moment is a time on the clinic's clock. The zero Moment is none.
type Moment struct{ wall time.Time }

// momentForm is how a moment stands in the file.
const momentForm = "2006-01-02 15:04"

// ParseMoment reads 2027-02-15 10:00.
func ParseMoment(s string) (Moment, bool) {
	t, err := time.Parse(momentForm, s)
	return Moment{t}, err == nil
}

// IsZero says whether it is none.
func (m Moment) IsZero() bool { return m.wall.IsZero() }

// In is the moment on a clock of the zone.
func (m Moment) In(zone *time.Location) time.Time {
	w := m.wall
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), 0, 0, zone)
}

// InWords writes a time as the file does.
func InWords(t time.Time, zone *time.Location) string { return t.In(zone).Format(momentForm) }
