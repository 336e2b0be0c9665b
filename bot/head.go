package bot

import (
	"encoding/json"
	"slices"
	"time"

	"bedside/flows"
)

// Row is what the head of a conversation says: the lists it stands in, and a
// summary for whoever shows those lists.
type Row struct {
	Lists []Listed
	Body  []byte // JSON of Summary
}

// Listed is a place in a list; lists ascend by rank.
type Listed struct {
	List string
	Rank int64
}

// Names of lists.
const (
	ListOpen  = "open"  // every conversation that is not closed
	ListCalls = "calls" // those with an open call: polled, and spared by the sweep
	ListRooms = "rooms" // those with rooms that are not confirmed removed

	ListStopped = "stopped" // those that patients left while the bot asked, the last first
)

// ListWaiting is a department's queue, by rank of the first waiting time.
func ListWaiting(department string) string { return "waiting/" + department }

// ListCallbacks are the call-backs that a department has promised, by deadline.
func ListCallbacks(department string) string { return "callbacks/" + department }

// ListDoctor is what a doctor has now.
func ListDoctor(login string) string { return "doctor/" + login }

// ListRung is for whom a doctor is rung.
func ListRung(login string) string { return "rung/" + login }

// ListHad is what a doctor has had and is closed, the last first.
func ListHad(login string) string { return "closed/" + login }

// ListPerson is every conversation of a signed person, the last begun first.
func ListPerson(person string) string { return "person/" + person }

// ListCall finds the conversation of a call.
func ListCall(call string) string { return "call/" + call }

// Summary is a conversation in a list.
type Summary struct {
	Phase      Phase        `json:"phase"`
	Site       string       `json:"site,omitempty"`
	Department string       `json:"department,omitempty"`
	Priority   string       `json:"priority,omitempty"`
	Since      time.Time    `json:"since,omitzero"` // waiting since
	Doctor     string       `json:"doctor,omitempty"`
	DoctorName string       `json:"doctor_name,omitempty"`
	Patient    string       `json:"patient,omitempty"` // name
	Born       string       `json:"born,omitempty"`    // 1958-03-07
	Signed     bool         `json:"signed,omitempty"`  // the clinic's site has said who it is
	Language   string       `json:"language,omitempty"`
	Owed       time.Time    `json:"owed,omitzero"` // the patient has waited for a word since
	Rung       int          `json:"rung,omitempty"`
	Call       *SummaryCall `json:"call,omitempty"`

	Offered  []string         `json:"offered,omitempty"`
	Purpose  string           `json:"purpose,omitempty"`
	CallBack *SummaryCallBack `json:"callback,omitempty"`

	Bookings []SummaryBooking `json:"bookings,omitempty"` // the earliest first
	Offer    *SummaryOffer    `json:"offer,omitempty"`
	Tasks    []SummaryTask    `json:"tasks,omitempty"`
	Asks     bool             `json:"asks_video,omitempty"` // the patient has asked for video
	Way      string           `json:"way,omitempty"`        // in which the patient's device can come: page, app, sound, phone
}

// SummaryCallBack is its open call-back.
type SummaryCallBack struct {
	By         time.Time `json:"by"`
	Phone      string    `json:"phone,omitempty"`
	Department string    `json:"department"`
	Missed     bool      `json:"missed,omitempty"`
}

// SummaryCall is its open call.
type SummaryCall struct {
	ID        string    `json:"id"`
	State     CallState `json:"state"`
	How       How       `json:"how"`
	Inside    []Role    `json:"inside,omitempty"`
	Strangers int       `json:"strangers,omitempty"`
	Unwatched bool      `json:"unwatched,omitempty"`
	Lacks     string    `json:"lacks,omitempty"` // seat or room: it waits for one
	Seats     int       `json:"seats,omitempty"` // guest seats that it holds
	Until     time.Time `json:"until,omitzero"`
}

// SummaryOf makes the summary of a state.
func SummaryOf(s State) Summary {
	out := Summary{
		Phase: s.Phase, Site: s.Site, Department: s.Department, Priority: string(s.Urgency()), Since: s.WaitingSince,
		Doctor: s.Doctor, DoctorName: s.DoctorName, Patient: s.Name(), Born: s.Patient["born"],
		Signed: s.Person != "", Language: s.Language, Owed: s.OwedSince, Rung: s.Rung,
		Offered: s.Offered(), Purpose: string(s.Purpose),
	}
	if c := s.CallBack; c != nil {
		out.CallBack = &SummaryCallBack{By: c.By, Phone: c.Phone, Department: c.Department, Missed: c.Missed > 0}
	}
	summarize(&out, s)
	if c := s.Call; c.Open() {
		sc := &SummaryCall{ID: c.ID, State: c.State, How: c.How, Strangers: len(c.Strangers), Unwatched: c.Unwatched,
			Lacks: c.Lacks, Seats: len(c.Seats), Until: c.Until}
		for _, r := range []Role{Patient, Doctor} {
			if c.Inside[r] {
				sc.Inside = append(sc.Inside, r)
			}
		}
		out.Call = sc
	}
	return out
}

// listsUsual has room for the lists of most heads.
const listsUsual = 16

// HeadOf composes the head of a state.
func HeadOf(s State) Row {
	body, err := json.Marshal(SummaryOf(s))
	if err != nil {
		panic("bot: a summary that cannot be written: " + err.Error()) // our own struct
	}
	lists := make([]Listed, 0, listsUsual)
	in := func(list string, at time.Time) { lists = append(lists, Listed{list, at.UnixMilli()}) }
	switch s.Phase {
	case Consulting:
		in(ListDoctor(s.Doctor), s.WaitingSince)
	case ClosedDown:
		for _, login := range s.HadBy {
			lists = append(lists, Listed{ListHad(login), -s.ClosedAt.UnixMilli()})
		}
		if s.stopped() {
			lists = append(lists, Listed{ListStopped, -s.ClosedAt.UnixMilli()})
		}
	}
	for _, department := range s.Offered() {
		lists = append(lists, Listed{ListWaiting(department), s.rank()})
	}
	if s.Phase != ClosedDown {
		in(ListOpen, s.StartedAt)
	}
	for _, l := range listed(s) {
		in(l.list, l.at)
	}
	if s.CallBack != nil {
		in(ListCallbacks(s.CallBack.Department), s.CallBack.By)
	}
	if s.Person != "" {
		lists = append(lists, Listed{ListPerson(s.Person), -s.StartedAt.UnixMilli()})
	}
	if s.Call.Open() {
		in(ListCalls, s.Call.RequestedAt)
	}
	if len(s.Rooms) > 0 {
		in(ListRooms, s.At)
	}
	for _, call := range s.calls() {
		in(ListCall(call), s.StartedAt)
	}
	for _, list := range foundIn(s) {
		lists = append(lists, Listed{list, -s.StartedAt.UnixMilli()}) // the last first
	}
	return Row{Lists: lists, Body: body}
}

// stopped says whether the patient left while the bot asked, by a press or by
// silence, so that nobody has had the conversation.
func (s State) stopped() bool {
	return s.StoppedAt != flows.Place{} && !s.HadDoctor()
}

// rank is the place among those who wait: emergencies before appointments that are
// due, those before urgent patients, those before all others; within each by
// the first waiting time.
func (s State) rank() int64 {
	const class = 1e13 // milliseconds: three centuries
	since, before := s.WaitingSince, int64(0)
	switch {
	case s.Emergency != nil:
		before = 3
		if since.IsZero() {
			since = s.Emergency.At
		}
	case s.First:
		before = 2
	case s.Urgency() == flows.Urgent:
		before = 1
	}
	return since.UnixMilli() - before*class
}

// calls are the calls by which the conversation can be found: the last one, so
// that its join link can say that it is over, and those with rooms left.
func (s State) calls() []string {
	var out []string
	if s.Call != nil {
		out = append(append(out, s.Call.ID), s.Call.Also...)
	}
	for r := range s.Rooms {
		out = append(out, r.Call)
	}
	for i := range s.Bookings {
		out = append(out, s.Bookings[i].ID)
	}
	out = append(out, s.LedOn...)
	slices.Sort(out)
	return slices.Compact(out)
}
