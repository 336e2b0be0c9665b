//go:build linux

package web_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// BenchmarkEscalation is the way from the doctor's click to call.ready, and
// BenchmarkJoin a press of Join over HTTP, both over a stand-in that answers at
// once. over-µs is the time without TrueConf's own answers, for an escalation
// also without two commits, whose p50 is measured in the same run.
func BenchmarkEscalation(b *testing.B) {
	v := newBenchVisit(b)
	commit := median(repeat(300, func() { v.do(v.doctor, bot.DoSend, bot.Args{Text: longText}) }))
	var whole, over []time.Duration
	for range b.N * benchVisits {
		began := time.Now()
		v.do(v.doctor, bot.DoEscalate, bot.Args{How: bot.ByPage})
		v.until(func(s bot.State) bool { return s.Call.State == bot.CallStands })
		ready := time.Now()
		took := ready.Sub(began)
		whole = append(whole, took)
		over = append(over, took-v.h.asked.between(began, ready)-2*commit)
		v.do(v.doctor, bot.DoHangUp, bot.Args{})
		v.until(func(s bot.State) bool { return len(s.Rooms) == 0 })
	}
	b.ReportMetric(float64(commit.Microseconds()), "commit-p50-µs")
	report(b, whole, over)
}

// BenchmarkJoin: see BenchmarkEscalation.
func BenchmarkJoin(b *testing.B) {
	v := newBenchVisit(b)
	v.do(v.doctor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	v.until(func(s bot.State) bool { return s.Call.State == bot.CallStands })
	path := "/api/v1/conversations/" + v.patient.Conversation + "/calls/" + v.state().Call.ID + "/join"
	var whole, over []time.Duration
	for range b.N * benchVisits {
		request := v.p.request("POST", path, wire.Join{})
		began := time.Now()
		res, err := http.DefaultClient.Do(request)
		pressed := time.Now()
		require.NoError(b, err)
		require.Equal(b, http.StatusOK, res.StatusCode)
		require.NoError(b, res.Body.Close())
		whole = append(whole, pressed.Sub(began))
		over = append(over, pressed.Sub(began)-v.h.asked.between(began, pressed))
	}
	report(b, whole, over)
}

// benchVisits are the visits or presses of one operation.
const benchVisits = 100

func report(b *testing.B, whole, over []time.Duration) {
	slices.Sort(over)
	b.ReportMetric(float64(median(whole).Microseconds()), "whole-p50-µs")
	b.ReportMetric(float64(median(over).Microseconds()), "over-p50-µs")
	b.ReportMetric(float64(over[len(over)*99/100].Microseconds()), "over-p99-µs")
}

// benchVisit is a consultation without sockets.
type benchVisit struct {
	h               *house
	p               *person
	patient, doctor bot.Actor
	news            chan struct{}
}

func newBenchVisit(b *testing.B) *benchVisit {
	h := newHouse(b, roomy)
	c := h.chat("vera", "")
	v := &benchVisit{
		h: h, p: &person{h: h, bearer: c.Ticket, id: c.ID}, news: make(chan struct{}, 1),
		patient: bot.Actor{Role: bot.Patient, Conversation: c.ID},
		doctor:  bot.Actor{Role: bot.Doctor, Login: "vera", Name: "Dr Vera", Departments: []string{"gp"}},
	}
	sub := h.e.SubscribeFunc(c.ID, func() {
		select {
		case v.news <- struct{}{}:
		default:
		}
	})
	b.Cleanup(sub.Close)
	return v
}

func (v *benchVisit) do(a bot.Actor, do bot.Do, args bot.Args) {
	c := bot.Command{Conversation: v.patient.Conversation, Key: newKey(), Do: do, Actor: a, Args: args}
	_, err := v.h.e.Do(v.h.t.Context(), c)
	require.NoError(v.h.t, err)
}

func (v *benchVisit) state() bot.State {
	s, err := v.h.e.State(v.h.t.Context(), v.doctor, v.patient.Conversation)
	require.NoError(v.h.t, err)
	return s
}

func (v *benchVisit) until(ok func(bot.State) bool) {
	for !ok(v.state()) {
		<-v.news
	}
}

func repeat(n int, f func()) []time.Duration {
	times := make([]time.Duration, n)
	for i := range times {
		began := time.Now()
		f()
		times[i] = time.Since(began)
	}
	return times
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
