package standin

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

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
