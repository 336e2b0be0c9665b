package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// More lists.
const (
	ListTasks    = "tasks"    // with something for somebody of the clinic to do by hand, the oldest first
	ListSeatless = "seatless" // whose call waits for a guest seat or a room, the first asked first
	ListUnheld   = "unheld"   // whose appointment begins soon and lacks the seats that were to be held for it, by its start
	ListNotices  = "notices"  // with a message that is still to be sent
)

// ListBookings are the appointments of a department, by their start. A
// conversation stands there once, with its earliest.
func ListBookings(department string) string { return "bookings/" + department }

// ListAgenda are a doctor's appointments, likewise.
func ListAgenda(login string) string { return "agenda/" + login }

// ListAllBookings are everybody's.
const ListAllBookings = "bookings"

// SummaryBooking is an appointment.
type SummaryBooking struct {
	ID         string       `json:"id"`
	State      BookingState `json:"state"`
	Start      time.Time    `json:"start"`
	Length     int          `json:"length"` // seconds
	Department string       `json:"department"`
	Doctor     string       `json:"doctor,omitempty"`
	DoctorName string       `json:"doctor_name,omitempty"`
	How        How          `json:"how,omitempty"`
	Late       int          `json:"late,omitempty"`
	Attempt    int          `json:"attempt,omitempty"` // of its room
}

// SummaryOffer is who is rung for the patient.
type SummaryOffer struct {
	Doctor     string    `json:"doctor"`
	Name       string    `json:"name"`
	Department string    `json:"department"`
	Until      time.Time `json:"until"`
}

// SummaryTask is something to be done by hand.
type SummaryTask struct {
	Task    string    `json:"task"`
	Kind    TaskKind  `json:"kind"`
	At      time.Time `json:"at"`
	Booking string    `json:"booking,omitempty"`
	Detail  string    `json:"detail,omitempty"`
}

// summarize adds what is promised and offered.
func summarize(out *Summary, s State) {
	for _, b := range s.byStart() {
		out.Bookings = append(out.Bookings, SummaryBooking{
			ID: b.ID, State: b.State, Start: b.Start, Length: int(b.Length / time.Second), Department: b.Department,
			Doctor: b.Doctor, DoctorName: b.DoctorName, How: b.How, Late: b.Late, Attempt: b.Attempt,
		})
	}
	if o := s.Offer; o != nil {
		out.Offer = &SummaryOffer{Doctor: o.Doctor, Name: o.Name, Department: o.Department, Until: o.Until}
	}
	for _, t := range s.Tasks {
		out.Tasks = append(out.Tasks, SummaryTask{Task: t.Task.Task, Kind: t.Kind, At: t.At, Booking: t.Booking, Detail: t.Detail})
	}
	out.Asks = !s.VideoAsked.IsZero()
	if s.Devices != nil {
		out.Way = s.Devices.Way
	}
}

func (s State) byStart() []Booking {
	out := slices.Clone(s.Bookings)
	slices.SortStableFunc(out, func(a, b Booking) int { return a.Start.Compare(b.Start) })
	return out
}

// seatRank orders the calls that wait for a seat: those of appointments first, whose
// seats are given to nobody else anyhow, then urgent patients, then as they were
// asked for.
func (s State) seatRank() time.Time {
	const class = 1e13 // milliseconds: three centuries
	before := int64(0)
	switch {
	case len(s.begun("")) > 0:
		before = 2
	case s.Urgency() != flows.Normal:
		before = 1
	}
	return time.UnixMilli(s.Call.RequestedAt.UnixMilli() - before*class)
}

type listing struct {
	list string
	at   time.Time
}

// listed are the lists of what is promised beside the phase.
func listed(s State) []listing {
	var out []listing
	seen := map[string]bool{}
	add := func(list string, at time.Time) {
		if !seen[list] {
			seen[list] = true
			out = append(out, listing{list, at})
		}
	}
	for _, b := range s.byStart() {
		add(ListAllBookings, b.Start)
		add(ListBookings(b.Department), b.Start)
		if b.Doctor != "" {
			add(ListAgenda(b.Doctor), b.Start)
		}
		if b.unheld() {
			add(ListUnheld, b.Start)
		}
	}
	if o := s.Offer; o != nil {
		add(ListRung(o.Doctor), o.At)
	}
	if len(s.Tasks) > 0 {
		add(ListTasks, s.Tasks[0].At)
	}
	if c := s.Call; c.Open() && c.Lacks != "" {
		add(ListSeatless, s.seatRank())
	}
	if len(s.Notices) > 0 {
		add(ListNotices, s.Notices[0].At)
	}
	return out
}
