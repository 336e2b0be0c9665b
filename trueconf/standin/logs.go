package standin

import (
	"slices"
	"time"
)

// session is one run of a conference: a row of logs/calls.
type session struct {
	id, room, topic, owner string
	kind                   int
	start, end             time.Time // end zero: running
	roster                 []*sessionEntry
}

// sessionEntry is one stay of one person in a session.
type sessionEntry struct {
	id, name     string
	joined, left time.Time
}

func (se *session) enter(p *person, now time.Time) *sessionEntry {
	e := &sessionEntry{id: p.id, name: p.name, joined: now}
	se.roster = append(se.roster, e)
	return e
}

// phpDate is a PHP DateTime object (API reference §3).
type phpDate struct {
	Date         string `json:"date"`
	TimezoneType int    `json:"timezone_type"`
	Timezone     string `json:"timezone"`
}

func asPHP(t time.Time) *phpDate {
	if t.IsZero() {
		return nil
	}
	return &phpDate{t.UTC().Format("2006-01-02 15:04:05.000000"), 3, "UTC"}
}

// callView is a row of logs/calls (API reference §4.5).
type callView struct {
	ConferenceID     string   `json:"conference_id"` // of the session
	NamedConfID      string   `json:"named_conf_id"`
	Topic            string   `json:"topic"`
	Class            int      `json:"class"`
	Type             int      `json:"type"`
	Subtype          int      `json:"subtype"`
	Owner            string   `json:"owner"`
	ParticipantCount int      `json:"participant_count"`
	StartTime        *phpDate `json:"start_time"`
	Duration         int      `json:"duration"`
	EndTime          *phpDate `json:"end_time"`
}

func (s *Server) callView(se *session, now time.Time) callView {
	end := se.end
	if end.IsZero() {
		end = now
	}
	return callView{
		ConferenceID: se.id, NamedConfID: se.room, Topic: se.topic, Class: 10, Type: 5, Subtype: se.kind,
		Owner: se.owner + "@" + s.opt.ServerName, ParticipantCount: len(se.roster),
		StartTime: asPHP(se.start), Duration: int(end.Sub(se.start) / time.Second), EndTime: asPHP(se.end),
	}
}

// listCalls answers GET /logs/calls?page_id&page_size&named_conf_id, newest first.
func listCalls(s *Server, q *request) answer {
	now := s.lock()
	defer s.mu.Unlock()
	room := q.URL.Query().Get("named_conf_id")
	found := []callView{}
	for _, se := range slices.Backward(s.sessions) {
		if room == "" || se.room == room {
			found = append(found, s.callView(se, now))
		}
	}
	page, size := q.paging(1)
	first := min((page-1)*size, len(found))
	return ok(map[string]any{"cnt": len(found), "list": found[first:min(first+size, len(found))]})
}

// getCall answers GET /logs/calls/{session}: the object without a wrapper.
func getCall(s *Server, q *request) answer {
	return s.withSession(q, func(se *session, now time.Time) answer { return ok(s.callView(se, now)) })
}

// listCallParticipants answers GET /logs/calls/{session}/participants.
func listCallParticipants(s *Server, q *request) answer {
	return s.withSession(q, func(se *session, now time.Time) answer {
		out := []map[string]any{}
		for _, e := range se.roster {
			end := e.left
			if end.IsZero() {
				end = now
			}
			out = append(out, map[string]any{
				"call_id": e.id + "@" + s.opt.ServerName, "display_name": e.name, "app_id": "",
				"join_time": asPHP(e.joined), "leave_time": asPHP(e.left), "leave_reason": 4,
				"duration": int(end.Sub(e.joined) / time.Second),
			})
		}
		return ok(map[string]any{"cnt": len(out), "list": out})
	})
}

// sessionRoster answers GET /conference-sessions/{session}/participants, where
// role 2 is the owner.
func sessionRoster(s *Server, q *request) answer {
	return s.withSession(q, func(se *session, _ time.Time) answer {
		out := []map[string]any{}
		for _, e := range se.roster {
			if e.left.IsZero() {
				out = append(out, map[string]any{
					"id": e.id, "uid": e.id + "@" + s.opt.ServerName, "display_name": e.name, "role": 1 + bit(e.id == se.owner),
				})
			}
		}
		return ok(map[string]any{"count": len(out), "participants": out})
	})
}

func (s *Server) withSession(q *request, do func(*session, time.Time) answer) answer {
	now := s.lock()
	defer s.mu.Unlock()
	id := q.PathValue("session")
	for _, se := range s.sessions {
		if se.id == id {
			return do(se, now)
		}
	}
	return unknown("conference", "Session", id)
}
