package web

import (
	"bedside/bot/engine"
	"bedside/web/wire"
)

// promisesOfRow adds what is promised, offered and to be done.
func promisesOfRow(h *wire.Head, s engine.HeadRow) {
	for _, b := range s.Bookings {
		h.Bookings = append(h.Bookings, headBooking(b))
	}
	if o := s.Offer; o != nil {
		h.Offer = &wire.HeadOffer{Doctor: o.Doctor, Name: o.Name, Department: o.Department, Until: o.Until.UTC()}
	}
	for _, t := range s.Tasks {
		h.Tasks = append(h.Tasks, wire.HeadTask{Task: t.Task, Kind: t.Kind, At: t.At.UTC(), Booking: t.Booking, Detail: t.Detail})
	}
	h.Asks, h.Way = s.Asks, s.Way
}
