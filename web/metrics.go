package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"bedside/bot"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are web's own. Labels are closed sets: routes, codes, words.
type metrics struct {
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	signIns  *prometheus.CounterVec
	frames   *prometheus.CounterVec
	closed   *prometheus.CounterVec
	minted   *prometheus.CounterVec
	in, out  prometheus.Counter // frames
	panics   prometheus.Counter
	handler  http.Handler
}

func newMetrics(s *Server) (*metrics, error) {
	count := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "bedside", Subsystem: "web", Name: name, Help: help}, labels)
	}
	m := &metrics{
		requests: count("requests_total", "HTTP requests by route and status.", "route", "status"),
		signIns:  count("sign_ins_total", "Sign-ins of staff by outcome: ok, wrong, delayed.", "outcome"),
		frames:   count("frames_total", "Frames by direction: in, out.", "direction"),
		closed:   count("sockets_closed_total", "Sockets closed by Bedside, by close code.", "code"),
		minted:   count("guest_links_total", "Guest links given out, by way: frame, http; and outcome.", "way", "outcome"),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "bedside", Subsystem: "web", Name: "panics_total", Help: "Faults that were caught."}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "bedside", Subsystem: "web", Name: "request_seconds", Help: "How long requests took, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route"}),
		handler: promhttp.HandlerFor(s.o.Registry, promhttp.HandlerOpts{}),
	}
	open := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: "bedside", Subsystem: "web", Name: "sockets", Help: "Open sockets."},
		func() float64 { return float64(s.sockets.count()) })
	m.in, m.out = m.frames.WithLabelValues("in"), m.frames.WithLabelValues("out")
	free := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: "bedside", Subsystem: "web", Name: "disk_free_bytes", Help: "Free on the disk of the journal; -1: not known."},
		s.disk.gauge)
	var errs []error
	all := []prometheus.Collector{m.requests, m.took, m.signIns, m.frames, m.closed, m.minted, m.panics, open, free, newHealthMetrics(s)}
	for _, c := range slices.Concat(all, s.o.Engine.Collectors(), s.o.Collectors) {
		errs = append(errs, s.o.Registry.Register(c))
	}
	return m, errors.Join(errs...)
}

func (m *metrics) request(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// close counts a socket that Bedside closed.
func (m *metrics) close(code int) { m.closed.WithLabelValues(strconv.Itoa(code)).Inc() }

// mint counts a guest link that was asked for.
func (m *metrics) mint(way string, err error) {
	outcome := "ok"
	var refusal *bot.Refusal
	if errors.As(err, &refusal) {
		outcome = string(refusal.Code)
	} else if err != nil {
		outcome = string(bot.Unavailable)
	}
	m.minted.WithLabelValues(way, outcome).Inc()
}

// showMetrics is /metrics: for this machine, or for those who are configured, or at
// an address of its own for whoever reaches that. A request that somebody unknown
// forwarded comes from anywhere, so it is refused.
func (s *Server) showMetrics(w http.ResponseWriter, r *http.Request) error {
	v := visitOf(r.Context())
	allowed := v.address.IsLoopback() || v.doors.watchers
	if s.live.Load().MetricsFrom != nil {
		allowed = within(v.address, s.live.Load().MetricsFrom)
	}
	forwarded := !v.direct && !within(parseAddress(r.RemoteAddr), s.live.Load().TrustedProxies)
	if !allowed || forwarded && !v.doors.watchers {
		return refuse(bot.Unknown, "There is no such call.")
	}
	s.metrics.handler.ServeHTTP(w, r)
	return nil
}
