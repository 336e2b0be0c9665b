package engine

import (
	"cmp"

	"github.com/prometheus/client_golang/prometheus"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/bot/rooms"
)

// metrics are the engine's counts; web registers them in its own registry.
type metrics struct {
	commits       *prometheus.CounterVec // by outcome
	effects       *prometheus.CounterVec // by deed and outcome
	lateness      prometheus.Histogram
	openCalls     prometheus.GaugeFunc
	subscriptions prometheus.GaugeFunc
}

func newMetrics(e *Engine) *metrics {
	return &metrics{
		commits: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bedside_commits_total", Help: "Commits of decisions, by outcome: ok, conflict, unknown, failed.",
		}, []string{"outcome"}),
		effects: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bedside_effects_total", Help: "Things asked of TrueConf and messages sent, by deed and outcome: ok, or the kind of failure.",
		}, []string{"deed", "outcome"}),
		lateness: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "bedside_wake_lateness_seconds", Help: "How late conversations were taken up that were due.",
			Buckets: []float64{.001, .005, .025, .1, .25, .5, 1, 2.5, 10, 60, 600},
		}),
		openCalls: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "bedside_watched_calls", Help: "Open calls whose rooms this process watches.",
		}, func() float64 { return float64(e.watches.count()) }),
		subscriptions: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "bedside_subscriptions", Help: "Followers of conversations and of lists.",
		}, func() float64 { return float64(e.hub.count() + e.heads.count()) }),
	}
}

// effect counts something that was asked of TrueConf.
func (m *metrics) effect(deed bot.Deed, err error) {
	outcome := "ok"
	if err != nil {
		outcome = string(rooms.KindOf(err))
	}
	if outcome == "" {
		outcome = "failed"
	}
	m.effects.WithLabelValues(string(deed), outcome).Inc()
}

// Collectors are the engine's metrics, to be registered once.
func (e *Engine) Collectors() []prometheus.Collector {
	m := e.metrics
	return []prometheus.Collector{m.commits, m.effects, m.lateness, m.openCalls, m.subscriptions}
}

// OpenCalls is how many open calls this process watches.
func (e *Engine) OpenCalls() int { return e.watches.count() }

// notice counts a message by its channel.
func (m *metrics) notice(c bot.Channel, err error) {
	outcome := "ok"
	if err != nil {
		outcome = cmp.Or(string(notify.KindOf(err)), "failed")
	}
	m.effects.WithLabelValues("notice_"+string(c), outcome).Inc()
}
