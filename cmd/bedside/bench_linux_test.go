package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/bolt"
)

// BenchmarkStart starts the program on a folder with many conversations, warm in
// the system's cache, and on an empty one: from the start of the process until it
// says that it serves, and its anonymous memory three seconds later. There are
// 20,000 conversations, or as many as BEDSIDE_BENCH_CONVERSATIONS says; a million
// takes about a minute to write.
func BenchmarkStart(b *testing.B) {
	conversations := 20_000
	if n, err := strconv.Atoi(os.Getenv("BEDSIDE_BENCH_CONVERSATIONS")); err == nil {
		conversations = n
	}
	empty, full := b.TempDir(), b.TempDir()
	for _, folder := range []string{empty, full} {
		startAndStop(b, folder) // which makes key and journal
	}
	fillJournal(b, full, conversations)
	startAndStop(b, full)
	for b.Loop() {
		emptyTook, emptyMemory := startAndStop(b, empty)
		took, memory := startAndStop(b, full)
		b.ReportMetric(float64(conversations), "conversations")
		b.ReportMetric(emptyTook.Seconds()*1e3, "empty-ms")
		b.ReportMetric(took.Seconds()*1e3, "start-ms")
		b.ReportMetric(float64(emptyMemory)/1e3, "empty-anon-MB")
		b.ReportMetric(float64(memory)/1e3, "anon-MB")
		b.ReportMetric(float64(memory)/float64(emptyMemory), "anon/empty")
	}
}

// startAndStop says how long a start took, and the process's anonymous memory in
// kilobytes.
func startAndStop(b *testing.B, folder string) (took time.Duration, anonymous int) {
	began := time.Now()
	c := startChild(b, folder)
	took = time.Since(began)
	time.Sleep(3 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.process.Process.Pid))
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	_, err = fmt.Sscan(rest, &anonymous)
	require.NoError(b, err)
	c.kill()
	return took, anonymous
}

// fillJournal writes closed conversations of a handful of entries, each with a
// place in a doctor's list and a day on which it is to be erased.
func fillJournal(b *testing.B, folder string, conversations int) {
	st, err := bolt.Open(filepath.Join(folder, journalFile), bolt.Options{})
	require.NoError(b, err)
	var next atomic.Int64
	var wg sync.WaitGroup
	body, data := make([]byte, 250), make([]byte, 250)
	retention := time.Now().AddDate(1, 0, 0)
	for range 1024 { // as many as one group of commits takes
		wg.Go(func() {
			for i := next.Add(1); i <= int64(conversations); i = next.Add(1) {
				batch := store.Batch{Head: store.Head{
					ID: fmt.Sprintf("c_%026d", i), Seq: 5, Wake: retention.Add(time.Duration(i) * time.Second), Body: body,
					Lists: []store.Term{{List: fmt.Sprint("closed/doctor", i%100), Rank: -i}},
				}}
				for seq := uint64(1); seq <= 5; seq++ {
					batch.Entries = append(batch.Entries, store.Entry{Seq: seq, Data: data})
				}
				if err := st.Commit(b.Context(), batch); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	require.NoError(b, st.Close())
}
