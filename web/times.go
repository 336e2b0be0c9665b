package web

import (
	"net/http"
	"time"

	"bedside/bot/engine"
	"bedside/web/wire"
)

// maxDays is how far ahead free times are shown: as far as anything can be booked.
const maxDays = 366

// times is GET /api/v1/conversations/{id}/times: when a visit can be booked, or to
// which times one can be moved.
func (s *Server) times(w http.ResponseWriter, r *http.Request) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	days, err := number(q.Get("days"), maxDays)
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	got, err := s.o.Engine.Times(r.Context(), p.actor, r.PathValue("id"), engine.TimesRequest{
		Department: q.Get("department"), Booking: q.Get("booking"), Days: days,
	})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, timesByDay(got))
}

// timesByDay puts the times of each day of the zone together; days without any are
// left out.
func timesByDay(got engine.FreeTimes) wire.Times {
	zone := got.Zone
	if zone == nil {
		zone = time.UTC
	}
	out := wire.Times{Zone: zone.String(), Length: int(got.Length / time.Second), Days: []wire.DayFree{}}
	for _, at := range got.Starts {
		day := at.In(zone).Format(time.DateOnly)
		if n := len(out.Days); n == 0 || out.Days[n-1].Day != day {
			out.Days = append(out.Days, wire.DayFree{Day: day})
		}
		last := &out.Days[len(out.Days)-1]
		last.Starts = append(last.Starts, at.UTC())
	}
	return out
}
