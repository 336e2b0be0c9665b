package standin

import (
	"slices"
	"strings"
	"time"
)

func (rm *room) holds(p *person) bool { return slices.Contains(rm.people, p) }

// participants answers GET /conferences/{id}/participants. The fields of a guest
// on a real server are unknown (API reference §19.9); the switch offers shapes.
func participants(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		people := rm.people
		if q.luck.has(TroubleNobody) {
			people = nil
		}
		out := []map[string]any{}
		for _, p := range people {
			out = append(out, s.participant(rm, p))
		}
		if s.sw.Participants == ShapeV4 {
			return ok(map[string]any{"cnt": len(out), "list": out})
		}
		return ok(map[string]any{"participants": out})
	})
}

// participant answers GET /conferences/{id}/participants/{pid}; its wrapper is a guess.
func participant(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		want := bare(q.PathValue("pid"))
		for _, p := range rm.people {
			if p.id == want || p.guestName() == want {
				return ok(map[string]any{"participant": s.participant(rm, p)})
			}
		}
		return unknown("participant", "Participant", want)
	})
}

// participant is one element in the shape of the switch.
func (s *Server) participant(rm *room, p *person) map[string]any {
	uid := p.id + "@" + s.opt.ServerName
	owner := bit(p.id == rm.owner)
	switch s.sw.Participants {
	case ShapeV4:
		return map[string]any{"call_id": uid, "display_name": p.name, "is_in_conf": true, "is_owner": owner == 1, "is_guest": p.guest}
	case ShapeUID:
		return map[string]any{"uid": uid, "display_name": p.name, "is_owner": owner}
	case ShapeBareID:
		return map[string]any{"id": p.guestName(), "display_name": p.name, "is_owner": owner}
	}
	one := map[string]any{"id": p.id, "uid": uid, "display_name": p.name, "is_owner": owner, "role": 1 + owner}
	if s.sw.Participants == ShapeStrings {
		for k, v := range one {
			if n, isInt := v.(int); isInt {
				one[k] = string(rune('0' + n))
			}
		}
	}
	return one
}

// invite answers POST /conferences/{id}/invite {"participants":["user@server"]}
// and the older POST /conferences/{id}/participants {"participant_id":"user"}.
// What a stopped room answers is a guess.
func invite(s *Server, q *request) answer {
	var in struct {
		Participants  []string `json:"participants"`
		ParticipantID string   `json:"participant_id"`
	}
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	if in.ParticipantID != "" {
		in.Participants = append(in.Participants, in.ParticipantID)
	}
	if len(in.Participants) == 0 {
		return badParameter("required", "participants", "participants is required.")
	}
	return s.withRoom(q, func(rm *room, now time.Time) answer {
		if rm.session == nil {
			return refuse(400, errorDetail{Reason: "conferenceIsStopped", Message: "The conference is not running."})
		}
		for _, id := range in.Participants {
			if !isCallString(id) && s.user(id) == nil {
				return unknownUser(id)
			}
		}
		for _, id := range in.Participants {
			s.ring(rm, id, RingInvite, now)
		}
		return ok(map[string]any{"participants": in.Participants})
	})
}

// isCallString tells addresses of other networks: #sip:, #tel:, #h323:, #rtsp: (§4.1).
func isCallString(id string) bool { return strings.HasPrefix(id, "#") }
