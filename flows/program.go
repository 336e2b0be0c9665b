package flows

import (
	"slices"
	"time"

	"golang.org/x/text/language"

	"bedside/flows/internal/opening"
)

// File is one source of a flow: YAML, or a document that a consent names. Path
// is used in problems and decides the canonical order; Data is the file's
// bytes, which the package never changes.
type File struct {
	Path string
	Data []byte
}

// Program is a checked flow, ready to be stepped. It is immutable and safe
// for concurrent use; one program serves any number of conversations.
type Program struct {
	hash      string
	sources   []File
	languages []string
	matcher   language.Matcher

	clinic      Clinic
	emergency   *emergency
	departments []Department
	hours       map[string]*opening.Hours
	doors       []Door
	slots       map[string]*slot
	slotOrder   []*slot
	fills       map[string]*slot // by the fact about the patient
	parts       map[string]*part // fragments and ladders too, under the names of their places
	consents    map[string]*consent
	ladders     map[string]*ladder
	silence     []*reminder
	holidays    []holidayList
}

// Clinic is who runs the conversation: facts of today, read from Facts.Live.
type Clinic struct {
	Name      Text
	Phone     string         // as written, to be shown and dialled
	Zone      *time.Location // the clinic's own time
	Alert     string         // the lead: who is woken when a promise is about to break; may be empty
	Emergency string         // the emergency number
}

// Department is a group of doctors that a hand-over can name.
type Department struct {
	ID           string
	Title        Text
	Offer        Offer
	SameDoctor   bool          // who saw this patient before is rung first, if on duty
	AnswerWithin time.Duration // rings one doctor so long
	ReplyWithin  time.Duration // taken but silent so long: offered again; 0: the flow does not say
	Booking      Booking

	hours     *opening.Hours
	hoursName reference
}

// Offer is the order in which a department's doctors are rung.
type Offer string

const (
	LeastBusy   Offer = "least_busy" // the usual one
	LongestIdle Offer = "longest_idle"
	RoundRobin  Offer = "round_robin"
)

// Booking is what can be booked of a department. The zero Booking is nothing.
type Booking struct {
	Length time.Duration // of one appointment
	From   time.Duration // the notice that is needed
	Until  time.Duration // how far ahead
}

// Door is one way in which a conversation may begin.
type Door struct {
	Name  string
	Start string // the part with which it begins
	Title Text
}

// Slot describes one remembered answer.
type Slot struct {
	ID       string
	Type     string // text, number, date, phone, email, choice, choices, yes_no or files
	Label    Text   // what the doctor's card says
	Fills    string // "patient.name" and the like, or empty
	Optional bool
	Options  []SlotOption // of a choice and of choices, in file order

	kind slotType
}

// SlotOption is one answer of a choice or of choices.
type SlotOption struct {
	ID   string
	Text Text
}

// Hash is the hex SHA-256 of the sources' data in canonical order (by path).
// It pins a conversation's version; the paths themselves do not count, so a
// folder that moves keeps its hash.
func (p *Program) Hash() string { return p.hash }

// Sources returns what [Compile] needs to build the program again, in
// canonical order. The caller may keep and change the copy.
func (p *Program) Sources() []File {
	out := make([]File, len(p.sources))
	for i, f := range p.sources {
		out[i] = File{Path: f.Path, Data: slices.Clone(f.Data)}
	}
	return out
}

// Languages returns the languages of every text, the usual one first.
func (p *Program) Languages() []string { return slices.Clone(p.languages) }

// Clinic returns the clinic's facts.
func (p *Program) Clinic() Clinic { return p.clinic }

// HasConsent reports whether the flow has a consent of this id.
func (p *Program) HasConsent(id string) bool { return p.consents[id] != nil }

// Departments returns the departments in the order of the file.
func (p *Program) Departments() []Department { return slices.Clone(p.departments) }

// Department returns the department with this id.
func (p *Program) Department(id string) (Department, bool) {
	i := slices.IndexFunc(p.departments, func(d Department) bool { return d.ID == id })
	if i < 0 {
		return Department{}, false
	}
	return p.departments[i], true
}

// Door returns the named door; "" names the first, which is the usual one.
func (p *Program) Door(name string) (Door, bool) {
	for _, d := range p.doors {
		if name == "" || d.Name == name {
			return d, true
		}
	}
	return Door{}, false
}

// Doors returns the doors in the order of the file.
func (p *Program) Doors() []Door { return slices.Clone(p.doors) }

// Slot returns the slot with this id.
func (p *Program) Slot(id string) (Slot, bool) {
	s, ok := p.slots[id]
	if !ok {
		return Slot{}, false
	}
	return s.describe(), true
}
