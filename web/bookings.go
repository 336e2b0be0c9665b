package web

import (
	"net/http"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// bookings is GET /api/v1/bookings, for staff: appointments by their start.
func (s *Server) bookings(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	q := r.URL.Query()
	in := engine.BookingsRequest{Doctor: q.Get("doctor"), Department: q.Get("department")}
	if in.From, err = moment(q.Get("from")); err != nil {
		return err
	}
	if in.To, err = moment(q.Get("to")); err != nil {
		return err
	}
	all, more, err := s.o.Engine.Bookings(r.Context(), p.actor, in)
	if err != nil {
		return err
	}
	out := wire.Bookings{Bookings: []wire.ListedBooking{}}
	for _, b := range all {
		out.Bookings = append(out.Bookings, wire.ListedBooking{
			Conversation: b.Conversation, Patient: b.Patient, Born: b.Born, HeadBooking: headBooking(b.SummaryBooking),
		})
	}
	if !more.IsZero() {
		out.Next = more.UTC().Format(time.RFC3339)
	}
	return answer(w, http.StatusOK, out)
}

// moment reads a query's moment; empty is the zero one.
func moment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, refuse(bot.Malformed, "from and to are moments as in 2027-01-01T09:00:00Z.")
	}
	return at, nil
}

func headBooking(b bot.SummaryBooking) wire.HeadBooking {
	return wire.HeadBooking{
		ID: b.ID, State: b.State, Start: b.Start.UTC(), Length: b.Length, Department: b.Department,
		Doctor: b.Doctor, DoctorName: b.DoctorName, How: b.How, Late: b.Late,
	}
}

// bookedCall is the appointment behind a call, or nil.
func bookedCall(b *engine.BookedCall) *wire.BookedCall {
	if b == nil {
		return nil
	}
	return &wire.BookedCall{
		State: b.State, Start: b.Start.UTC(), Length: int(b.Length / time.Second), Department: b.Title, Now: b.Now.UTC(), Late: b.Late, Chosen: b.Chosen, May: b.May,
	}
}
