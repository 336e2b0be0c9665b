package flows

// draft is what the files declare, before it has been checked as a whole.
// Things that could not be understood are left out or marked, and reported,
// so that checking the rest raises no false alarm.
type draft struct {
	languages   []string
	clinic      Clinic
	departments []Department
	doors       []door
	slots       map[string]*slot
	slotOrder   []*slot
	parts       map[string]*part
	partOrder   []*part
	steps       int

	defined map[string]spot // "slot name", "part hello", "section clinic": where
}

type door struct {
	Door
	at spot // of the start
}

func newDraft() *draft {
	return &draft{slots: map[string]*slot{}, parts: map[string]*part{}, defined: map[string]spot{}}
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

// The most that a flow may have, so that checking any file takes bounded time.
const (
	maxFiles = 100
	maxSteps = 5000
	maxSlots = 500
)

// part is a list of steps under a name.
type part struct {
	id    string
	at    spot
	steps []*step
}

// step is one step: a verb and the condition under which it is done.
type step struct {
	at       spot
	verb     verb
	ifSource condition
	mentions []string // names under keys that this version does not know: it may lead there
}
