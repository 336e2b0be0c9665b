package standin

import "net/http"

// version is what the stand-in claims to be, wherever a version is told.
const version = "5.5.5.10009"

// serverInfo answers GET /api/v4/server, which needs no token (API reference §4.4).
func serverInfo(s *Server, q *request) answer {
	base := s.base(q.Request)
	return ok(map[string]any{
		"product": map[string]string{
			"display_name": s.opt.ServerName, "id": "standin",
			"name": "Stand-in for TrueConf Server", "version": version, "platform": "stand-in",
		},
		"links":      map[string]string{"documentation": base + "/", "site_url": base + "/"},
		"web_config": map[string]string{"url": base},
	})
}

// connects answers GET /api/v4/endpoints/connects.
func connects(_ *Server, q *request) answer {
	return ok(map[string]any{"connects": []string{q.Host}})
}

// currentStats answers GET /api/v4/product/current-stats.
func currentStats(s *Server, _ *request) answer {
	s.lock()
	defer s.mu.Unlock()
	running, people := 0, 0
	for _, rm := range s.order {
		running += bit(rm.session != nil)
		people += len(rm.people)
	}
	return ok(map[string]any{"stats": map[string]int{
		"users": len(s.users), "participants": people, "conferences": running, "cpu_load": 1,
	}})
}

// serveStatus is /vsstatus, which clients read as a sign of life.
func (s *Server) serveStatus(w http.ResponseWriter, r *http.Request) {
	s.through(w, r, s.countAndDraw(EndpointServer), func() answer {
		return ok(document{"text/html; charset=utf-8", "<!doctype html><title>Status</title><p>TrueConf Server " + version + " (stand-in)</p>\n"})
	})
}
