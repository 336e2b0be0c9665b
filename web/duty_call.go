package web

import (
	"context"
	"net/http"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// showDuty is GET /api/v1/duty.
func (s *Server) showDuty(w http.ResponseWriter, r *http.Request) error {
	p, err := s.doctorOf(r)
	if err != nil {
		return err
	}
	d, err := s.o.Engine.Duty(r.Context(), p.actor)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, dutyOf(d))
}

// setDuty is PUT /api/v1/duty: the doctor's own word.
func (s *Server) setDuty(w http.ResponseWriter, r *http.Request) error {
	p, err := s.doctorOf(r)
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil { // each change is written to the disk
		return err
	}
	var in wire.SetDuty
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	d, err := s.o.Engine.SetDuty(r.Context(), p.actor, in.State)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, dutyOf(d))
}

// doctorOf is a request's staff member, who must be a doctor.
func (s *Server) doctorOf(r *http.Request) (party, error) {
	p, err := s.staffOf(r)
	if err == nil && p.actor.Role != bot.Doctor {
		err = refuse(bot.Forbidden, "Only doctors are on duty.")
	}
	return p, err
}

func dutyOf(d engine.Duty) wire.Duty {
	return wire.Duty{State: d.State, Since: d.Since.UTC(), Missed: d.Missed, Open: d.Open, Most: d.Most}
}

// backAtWork is for one who has just signed in: whoever was away is so no longer.
// That the word is lost is no reason to keep anybody out.
func (s *Server) backAtWork(ctx context.Context, a bot.Actor) {
	if a.Role != bot.Doctor || !s.o.Engine.Away(ctx, a.Login) {
		return
	}
	if _, err := s.o.Engine.SetDuty(ctx, a, bot.DutyOn); err != nil {
		s.log.Warn("web: a doctor who has signed in is still away", "error", err)
	}
}

// tellDuty tells a console where its doctor stands.
func (c *socket) tellDuty() {
	if c.p.actor.Role != bot.Doctor {
		return
	}
	d, err := c.s.o.Engine.Duty(c.ctx, c.p.actor)
	if err != nil {
		return // it is told at the next change, and can be asked for
	}
	c.send(wire.DutyFrame{Type: wire.TypeDuty, Duty: dutyOf(d)})
}

// tellDuties passes changes on to the consoles of whom they concern, until the
// server stops.
func (s *Server) tellDuties() {
	sub := s.o.Engine.SubscribeDuty()
	defer sub.Close()
	for {
		select {
		case <-s.ctx.Done():
			return
		case _, ok := <-sub.C:
			if !ok {
				return
			}
		}
		for _, login := range sub.Changed() {
			for _, c := range s.sockets.ofStaff(login) {
				c.tellDuty()
			}
		}
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(deskPause):
		}
	}
}

// ofStaff are the sockets of a staff member.
func (t *sockets) ofStaff(login string) []*socket {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []*socket
	for _, same := range t.byKey {
		for c := range same {
			if c.p.kind == bySession && c.p.actor.Login == login {
				out = append(out, c)
			}
		}
	}
	return out
}
