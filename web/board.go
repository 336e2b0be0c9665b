package web

import (
	"net/http"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// showBoard is GET /api/v1/board: all departments for an admin, their own for a
// doctor.
func (s *Server) showBoard(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil { // every list is read
		return err
	}
	var q engine.BoardRequest
	switch p.actor.Role {
	case bot.Admin:
		for _, d := range s.o.Departments() {
			q.Departments = append(q.Departments, d.ID)
		}
	case bot.Doctor:
		q.Departments = p.actor.Departments
	default:
		return refuse(bot.Forbidden, "The board is for doctors and admins.")
	}
	for _, site := range s.live.Load().Sites {
		q.Sites = append(q.Sites, site.ID)
	}
	b, err := s.o.Engine.Board(r.Context(), q)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, boardOf(b))
}

func boardOf(b engine.Board) wire.Board {
	out := wire.Board{
		At: b.At.UTC(), Waits: headsOf(b.Waits), Tasks: headsOf(b.Tasks),
		More:        wire.BoardMore{Waits: b.More.Waits, Promises: b.More.Promises, Tasks: b.More.Tasks},
		Departments: []wire.BoardDepartment{}, Promises: []wire.BoardPromise{}, Doctors: []wire.BoardDoctor{},
		Seats: wire.BoardSeats{
			Used: b.Seats.Used, Held: b.Seats.Held, Seats: b.Seats.Seats,
			Rooms: b.Seats.Rooms, MaxCalls: b.Seats.MaxCalls, Waiting: b.Seats.Waiting,
		},
	}
	for _, d := range b.Departments {
		out.Departments = append(out.Departments, wire.BoardDepartment{
			ID: d.ID, Waiting: d.Waiting, Oldest: d.Oldest.UTC(), OnDuty: d.OnDuty, Open: d.Open,
		})
	}
	for _, x := range b.Promises {
		out.Promises = append(out.Promises, wire.BoardPromise{
			Conversation: x.Conversation, Kind: x.Kind, By: x.By.UTC(), Department: x.Department, Doctor: x.Doctor,
			Patient: x.Patient, Broken: x.Broken,
		})
	}
	for _, d := range b.Doctors {
		out.Doctors = append(out.Doctors, wire.BoardDoctor{
			Login: d.Actor.Login, Name: d.Actor.Name, Departments: append([]string{}, d.Actor.Departments...),
			Here: d.Here, Duty: d.Duty, Missed: d.Missed, Open: d.Open, Most: d.Actor.Most(),
			InCall: d.InCall, Ringing: d.Ringing, Next: d.Next.UTC(),
		})
	}
	return out
}
