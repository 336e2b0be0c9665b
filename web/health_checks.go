package web

import (
	"net/http"
	"slices"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/prometheus/client_golang/prometheus"
)

// Health is how the checks of the installation are had; the zero value has none.
type Health struct {
	// Last are what the checks found last; Video is filled in here.
	Last func() wire.Health
	// Again asks for all to be looked at now; above 0 it is too soon by so much.
	Again func() time.Duration
	// Leads are the logins of those who see all of it beside the admins, today.
	Leads func() []string
}

func (h Health) withDefaults() Health {
	if h.Last == nil {
		h.Last = func() wire.Health { return wire.Health{} }
	}
	if h.Again == nil {
		h.Again = func() time.Duration { return time.Minute }
	}
	if h.Leads == nil {
		h.Leads = func() []string { return nil }
	}
	return h
}

// showHealth is GET /api/v1/health. Doctors get the short form: whether there is
// video.
func (s *Server) showHealth(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, s.healthFor(p))
}

// lookAgain is POST /api/v1/health: all checks are run now.
func (s *Server) lookAgain(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	if !s.seesHealth(p) {
		return refuse(bot.Forbidden, "Only an admin or the lead may run the checks.")
	}
	if wait := s.o.Health.Again(); wait > 0 {
		return slowDownFor(wait)
	}
	return answer(w, http.StatusAccepted, s.healthFor(p))
}

func (s *Server) healthFor(p party) wire.Health {
	out := wire.Health{}
	if s.seesHealth(p) {
		out = s.o.Health.Last()
	}
	out.Video = s.videoState().Video
	if !s.seesHealth(p) {
		out.Video.Cure = nil
	}
	return out
}

// seesHealth reports whether somebody is concerned with the installation itself.
func (s *Server) seesHealth(p party) bool {
	return p.actor.Role == bot.Admin || p.actor.Role.Staff() && slices.Contains(s.o.Health.Leads(), p.actor.Login)
}

// healthMetrics tell whoever watches the machines what the Health page tells
// people.
type healthMetrics struct {
	s                 *Server
	up, check, lastAt *prometheus.Desc
}

func newHealthMetrics(s *Server) healthMetrics {
	return healthMetrics{
		s:      s,
		up:     prometheus.NewDesc("bedside_trueconf_up", "1 while TrueConf answers and calls can be made, else 0.", nil, nil),
		check:  prometheus.NewDesc("bedside_check_ok", "1 where the last run of a check found nothing broken, 0 where it did; skipped ones are left out.", []string{"check"}, nil),
		lastAt: prometheus.NewDesc("bedside_check_last_run_timestamp_seconds", "When the checks were run last; 0 before the first.", nil, nil),
	}
}

// Describe is for the registry.
func (m healthMetrics) Describe(out chan<- *prometheus.Desc) {
	out <- m.up
	out <- m.check
	out <- m.lastAt
}

// Collect is for the registry.
func (m healthMetrics) Collect(out chan<- prometheus.Metric) {
	one := func(yes bool) float64 {
		if yes {
			return 1
		}
		return 0
	}
	out <- prometheus.MustNewConstMetric(m.up, prometheus.GaugeValue, one(m.s.videoState().Up))
	last := m.s.o.Health.Last()
	at := 0.0
	if !last.At.IsZero() {
		at = float64(last.At.Unix())
	}
	out <- prometheus.MustNewConstMetric(m.lastAt, prometheus.GaugeValue, at)
	for _, c := range last.Checks {
		if c.Verdict != "skipped" {
			out <- prometheus.MustNewConstMetric(m.check, prometheus.GaugeValue, one(c.Verdict != "failed"), c.Check)
		}
	}
}
