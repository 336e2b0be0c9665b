package standin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxParticipants is the stand-in's licence for one conference.
const maxParticipants = 250

// create answers POST /conferences (API reference §4.1, §9.1).
func create(s *Server, q *request) answer {
	var in conferenceInput
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	if in.Topic == nil {
		return badParameter("required", "topic", "The topic is required.")
	}
	if bad := in.check(); bad != nil {
		return *bad
	}
	now := s.lock()
	defer s.mu.Unlock()
	if bad := s.checkOwner(in, true); bad != nil {
		return *bad
	}
	rm := &room{schedule: schedule{Type: scheduleNone}, maxParticipants: maxParticipants, created: now}
	if bad := s.nameRoom(rm, in.ID); bad != nil {
		return *bad
	}
	rm.take(in)
	s.rooms[rm.id] = rm
	s.order = append(s.order, rm)
	if in.State != nil && *in.State == "running" && !s.sw.IgnoreState {
		s.run(rm, now)
	}
	s.settle(rm, now)
	return s.aboutRoom(q, rm)
}

// checkOwner refuses an owner who does not exist (status known, reason guessed).
func (s *Server) checkOwner(in conferenceInput, required bool) *answer {
	var a answer
	switch {
	case in.Owner == nil && !required:
		return nil
	case in.Owner == nil || *in.Owner == "":
		a = badParameter("required", "owner", "The owner is required.")
	case s.user(*in.Owner) == nil && !s.sw.AnyOwner:
		a = badParameter("ownerNotFound", "owner", "The owner does not exist.")
	default:
		return nil
	}
	return &a
}

// nameRoom gives a new room its id: the client's own, or ten digits.
func (s *Server) nameRoom(rm *room, own *string) *answer {
	if own == nil || s.sw.OwnIDs == OwnIDReplaced {
		for rm.id == "" || s.rooms[rm.id] != nil {
			n := s.next() // real ids may start with 0, so a third of these do
			rm.id = fmt.Sprintf("%d%09d", n%3*4, n*7_919_317%1_000_000_000)
		}
		return nil
	}
	var a answer
	switch {
	case s.sw.OwnIDs == OwnIDRefused:
		a = badParameter("notAllowed", "id", "Choosing an id is not allowed by the licence.")
	case s.rooms[*own] != nil:
		a = badParameter("uniqueValueAlreadyInUse", "id", "The value is already in use.")
	default:
		rm.id = *own
		return nil
	}
	return &a
}

// take copies every field that was sent.
func (rm *room) take(in conferenceInput) {
	set(&rm.topic, in.Topic)
	set(&rm.description, in.Description)
	if in.Owner != nil {
		rm.owner = bare(*in.Owner)
	}
	setInt(&rm.kind, in.Type)
	setInt(&rm.maxParticipants, in.MaxParticipants)
	setInt(&rm.maxPodiums, in.MaxPodiums)
	setInt(&rm.autoInvite, in.AutoInvite)
	setInt(&rm.recording, in.Recording)
	setBool(&rm.allowGuests, in.AllowGuests)
	setBool(&rm.plannedOnly, in.PlannedOnly)
	if in.Schedule != nil {
		rm.schedule, rm.started = *in.Schedule, false
	}
	if in.Invitations != nil {
		rm.invitations = in.Invitations
	}
	if in.Tags != nil {
		rm.tags = in.Tags
	}
	if in.Rights != nil {
		rm.rights = in.Rights
	}
	switch rm.kind {
	case 0:
		rm.maxPodiums = rm.maxParticipants
	case 1:
		rm.maxPodiums = 1
	}
}

func set(to *string, from *string) {
	if from != nil {
		*to = *from
	}
}

func setInt(to *int, from *looseInt) {
	if from != nil {
		*to = int(*from)
	}
}

func setBool(to *bool, from *looseInt) {
	if from != nil {
		*to = *from != 0
	}
}

// get answers GET /conferences/{id}.
func get(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer { return s.aboutRoom(q, rm) })
}

// withRoom does something to the room that the path names, under the lock.
func (s *Server) withRoom(q *request, do func(*room, time.Time) answer) answer {
	now := s.lock()
	defer s.mu.Unlock()
	id := q.PathValue("id")
	rm := s.rooms[id]
	if rm == nil {
		return unknownConference(id)
	}
	return do(rm, now)
}

// replace answers PUT /conferences/{id}; on a running room only the description
// may change (API reference §9.2).
func replace(s *Server, q *request) answer {
	var in conferenceInput
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	if bad := in.check(); bad != nil {
		return *bad
	}
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		if in.ID != nil && *in.ID != rm.id {
			return badParameter("notAllowed", "id", "The id cannot be changed.")
		}
		if bad := s.checkOwner(in, false); bad != nil {
			return *bad
		}
		if rm.session != nil && !s.sw.EditRunning && !in.onlyDescription(rm) {
			return badParameter("conferenceIsRunning", "description", "Only the description of a running conference can be changed.")
		}
		rm.take(in)
		return s.aboutRoom(q, rm)
	})
}

// onlyDescription reports that nothing but the description would change.
func (in conferenceInput) onlyDescription(rm *room) bool {
	after := *rm
	after.take(in)
	after.description = rm.description
	before, _ := json.Marshal(after.body())
	now, _ := json.Marshal(rm.body())
	return string(before) == string(now)
}

// remove answers DELETE /conferences/{id}.
func remove(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, now time.Time) answer {
		if rm.session != nil {
			if a, fits := unfitting(s.sw.DeleteRunning, "conferenceIsRunning", "The conference is running."); !fits {
				return a
			}
		}
		s.remove(rm, now, closedDeleted)
		if s.sw.DeleteNoContent {
			return answer{status: http.StatusNoContent}
		}
		return ok(map[string]string{"id": rm.id})
	})
}

// start answers POST /conferences/{id}/run.
func start(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, now time.Time) answer {
		if rm.session != nil {
			if a, fits := unfitting(s.sw.RunTwice, "conferenceIsRunning", "The conference is running already."); !fits {
				return a
			}
		} else {
			s.run(rm, now)
		}
		return ok(map[string]string{"state": "running"})
	})
}

// halt answers POST /conferences/{id}/stop.
func halt(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, now time.Time) answer {
		if rm.session == nil {
			if a, fits := unfitting(s.sw.StopTwice, "conferenceIsStopped", "The conference is not running."); !fits {
				return a
			}
		}
		s.stop(rm, now, closedStopped)
		return ok(map[string]string{"state": "stopped"})
	})
}

// list answers GET /conferences?page_id&page_size&state&tag; pages count from 1
// (API reference §3).
func list(s *Server, q *request) answer {
	s.lock()
	defer s.mu.Unlock()
	state, tag := q.URL.Query().Get("state"), q.URL.Query().Get("tag")
	found := []conferenceView{}
	for _, rm := range s.order {
		if (state == "" || rm.state() == state) && (tag == "" || slices.Contains(rm.tags, tag)) {
			found = append(found, s.view(q, rm))
		}
	}
	total := len(found)
	page, size := q.paging(1)
	first := min((page-1)*size, total)
	return ok(map[string]any{"cnt": total, "conferences": found[first:min(first+size, total)]})
}

// paging reads page_id and page_size; pages count from first.
func (q *request) paging(first int) (page, size int) {
	page, err := strconv.Atoi(q.URL.Query().Get("page_id"))
	if err != nil || page < first {
		page = first
	}
	size, err = strconv.Atoi(q.URL.Query().Get("page_size"))
	if err != nil || size < 1 || size > 200 {
		size = 200
	}
	return min(page, 1<<20), size
}
