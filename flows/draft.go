package flows

import (
	"slices"

	"bedside/flows/near"
)

// draft is what the files declare, before it has been checked as a whole.
// Things that could not be understood are left out or marked, and reported,
// so that checking the rest raises no false alarm.
type draft struct {
	languages   []string
	clinic      Clinic
	emergency   emergency
	hours       map[string]*namedHours
	holidays    map[string]*namedHours
	order       struct{ hours, holidays []string } // as in the files
	departments []Department
	doors       []door
	slots       map[string]*slot
	slotOrder   []*slot
	parts       map[string]*part
	partOrder   []*part
	fragments   map[string]*part // under their bare names
	fragOrder   []*part
	ladders     map[string]*ladder
	ladderOrder []*ladder
	silence     []*reminder
	silenceLast int // the line in which its last word begins
	consents    map[string]*consent
	documents   map[string]*File // those that came along, by path
	named       map[string]bool  // the documents that a consent names
	steps       int
	lost        bool // a step could not be read that may lead anywhere

	verbs   verbTable
	defined map[string]spot // "slot name", "part hello", "section clinic": where
}

type door struct {
	Door
	at spot // of the start
}

func newDraft() *draft {
	return &draft{
		verbs: newVerbTable(),
		slots: map[string]*slot{}, parts: map[string]*part{}, fragments: map[string]*part{}, ladders: map[string]*ladder{},
		consents: map[string]*consent{}, documents: map[string]*File{}, named: map[string]bool{}, defined: map[string]spot{},
		hours: map[string]*namedHours{}, holidays: map[string]*namedHours{},
	}
}

// firstLanguage is for cures that show how a text is written.
func (d *draft) firstLanguage() string {
	if len(d.languages) == 0 {
		return "en"
	}
	return d.languages[0]
}

func (d *draft) slotNames() []string {
	names := make([]string, len(d.slotOrder))
	for i, s := range d.slotOrder {
		names[i] = s.id
	}
	return names
}

func (d *draft) partNames() []string {
	names := make([]string, len(d.partOrder))
	for i, p := range d.partOrder {
		names[i] = p.id
	}
	return names
}

func (d *draft) departmentNames() []string {
	names := make([]string, len(d.departments))
	for i, dep := range d.departments {
		names[i] = dep.ID
	}
	return names
}

// partMeant is the part that a name means, also where it is misspelt; "" for
// none.
func (d *draft) partMeant(name string) string {
	if d.parts[name] != nil {
		return name
	}
	return near.Name(name, d.partNames())
}

// lists are the parts and the fragments: all that has steps.
func (d *draft) lists() []*part { return slices.Concat(d.partOrder, d.fragOrder) }

// The most that a flow may have, so that checking any file takes bounded time.
const (
	maxFiles = 100
	maxSteps = 2000
	maxSlots = 500
)

// part is a list of steps under a name.
type part struct {
	id    string
	at    spot
	last  int // the line in which its last word begins
	steps []*step
}

// step is one step: a verb and the condition under which it is done.
type step struct {
	at       spot
	verb     verb
	ifSource condition
	keys     []string // that stand in it, read or not
	mentions []string // names under keys that the language does not have: it may lead there
}
