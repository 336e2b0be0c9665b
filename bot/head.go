package bot

import (
	"encoding/json"
	"slices"
	"time"
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
)

// ListWaiting is a department's queue, by rank of the first waiting time.
func ListWaiting(department string) string { return "waiting/" + department }

// ListDoctor is what a doctor has now.
func ListDoctor(login string) string { return "doctor/" + login }

// ListHad is what a doctor has had and is closed, the last first.
func ListHad(login string) string { return "closed/" + login }

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
	Language   string       `json:"language,omitempty"`
	Owed       time.Time    `json:"owed,omitzero"` // the patient has waited for a word since
	Rung       int          `json:"rung,omitempty"`
	Call       *SummaryCall `json:"call,omitempty"`
}

// SummaryCall is its open call.
type SummaryCall struct {
	ID        string    `json:"id"`
	State     CallState `json:"state"`
	How       How       `json:"how"`
	Inside    []Role    `json:"inside,omitempty"`
	Strangers int       `json:"strangers,omitempty"`
	Unwatched bool      `json:"unwatched,omitempty"`
}

// SummaryOf makes the summary of a state.
func SummaryOf(s State) Summary {
	out := Summary{
		Phase: s.Phase, Site: s.Site, Department: s.Department, Priority: s.Priority, Since: s.WaitingSince,
		Doctor: s.Doctor, DoctorName: s.DoctorName, Patient: s.Name(), Born: s.Patient["born"],
		Language: s.Language, Owed: s.OwedSince, Rung: s.Rung,
	}
	if c := s.Call; c.Open() {
		sc := &SummaryCall{ID: c.ID, State: c.State, How: c.How, Strangers: len(c.Strangers), Unwatched: c.Unwatched}
		for _, r := range []Role{Patient, Doctor} {
			if c.Inside[r] {
				sc.Inside = append(sc.Inside, r)
			}
		}
		out.Call = sc
	}
	return out
}

// HeadOf composes the head of a state.
func HeadOf(s State) Row {
	body, err := json.Marshal(SummaryOf(s))
	if err != nil {
		panic("bot: a summary that cannot be written: " + err.Error()) // our own struct
	}
	var lists []Listed
	in := func(list string, at time.Time) { lists = append(lists, Listed{list, at.UnixMilli()}) }
	switch s.Phase {
	case Waiting:
		in(ListWaiting(s.Department), s.WaitingSince)
	case Consulting:
		in(ListDoctor(s.Doctor), s.WaitingSince)
	case ClosedDown:
		for _, login := range s.HadBy {
			lists = append(lists, Listed{ListHad(login), -s.ClosedAt.UnixMilli()})
		}
	}
	if s.Phase != ClosedDown {
		in(ListOpen, s.StartedAt)
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
	return Row{Lists: lists, Body: body}
}

// calls are the calls by which the conversation can be found: the last one, so
// that its join link can say that it is over, and those with rooms left.
func (s State) calls() []string {
	var out []string
	if s.Call != nil {
		out = append(out, s.Call.ID)
	}
	for r := range s.Rooms {
		out = append(out, r.Call)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
