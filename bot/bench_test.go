package bot_test

import (
	"testing"

	"bedside/bot"
)

// BenchmarkDecide is one message in a consultation, the commonest command.
func BenchmarkDecide(b *testing.B) {
	w := newWorld(b)
	w.consulting()
	c := bot.Command{Conversation: "c_1", Key: "k", Do: bot.DoSend, Actor: patient, Args: bot.Args{Text: "It has hurt since Monday."}}
	f := w.facts()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.decider.Decide(w.s, c, f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReplay folds a whole visit.
func BenchmarkReplay(b *testing.B) {
	w := newWorld(b)
	w.call()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bot.Replay("c_1", w.journal); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(w.journal)), "entries")
}

// BenchmarkHead composes what every commit writes beside its entries.
func BenchmarkHead(b *testing.B) {
	w := newWorld(b)
	w.call()
	b.ReportAllocs()
	for b.Loop() {
		bot.HeadOf(w.s)
	}
}
