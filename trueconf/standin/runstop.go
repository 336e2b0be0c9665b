package standin

import (
	"net/http"
	"time"
)

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
