package flows_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// BenchmarkTenThousandConversations shows what ten thousand conversations that
// have begun cost beside the one program that they share.
func BenchmarkTenThousandConversations(b *testing.B) {
	const many = 10_000
	before := heap()
	p := reference(b)
	program := heap() - before
	facts := flows.Facts{Now: morning}
	for b.Loop() {
		before = heap()
		memories := make([]flows.Memory, many)
		for i := range memories {
			m := flows.Memory{Language: "en"}
			turn, err := p.Begin("", m, facts)
			require.NoError(b, err)
			for _, e := range turn.Events {
				m = m.After(e)
			}
			memories[i] = m
		}
		b.ReportMetric(float64(heap()-before)/many, "B/conversation")
		runtime.KeepAlive(memories)
	}
	b.ReportMetric(float64(program)/1024, "KiB/program")
}

// heap is what is in use once all garbage is gone.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
