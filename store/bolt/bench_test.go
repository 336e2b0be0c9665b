package bolt_test

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/bolt"
)

// BenchmarkCommit appends as a running server does: each caller to a
// conversation of its own, 200 bytes an entry, a head with a body and three
// lists of which one changes its rank. One op is one acknowledged append.
func BenchmarkCommit(b *testing.B) {
	for _, callers := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			s := newFile(b).open(b)
			benchmarkCommit(b, s, callers)
		})
	}
}

func benchmarkCommit(b *testing.B, s store.Store, callers int) {
	var left atomic.Int64
	left.Store(int64(b.N))
	done := make(chan error, callers)
	b.ReportAllocs()
	b.ResetTimer()
	for c := range callers {
		go func() { done <- appendWhile(b, s, fmt.Sprintf("%016x", uint64(c+1)*0x9e3779b97f4a7c15), &left) }()
	}
	for range callers {
		require.NoError(b, <-done)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

func appendWhile(b *testing.B, s store.Store, id string, left *atomic.Int64) error {
	data, body := make([]byte, 200), make([]byte, 300)
	for seq := uint64(1); left.Add(-1) >= 0; seq++ {
		err := s.Commit(b.Context(), store.Batch{
			Head: store.Head{
				ID: id, Seq: seq, Body: body,
				Lists: []store.Term{{List: "doctor/anna", Rank: int64(seq)}, {List: "open"}, {List: "call/" + id}},
			},
			After: seq - 1, Entries: []store.Entry{{Seq: seq, Data: data}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkEntries reads the last 50 entries of one of 1,000 conversations.
func BenchmarkEntries(b *testing.B) {
	s := newFile(b).open(b)
	for c := range 1000 {
		batch := store.Batch{Head: store.Head{ID: fmt.Sprint("c", c), Seq: 100}}
		for seq := uint64(1); seq <= 100; seq++ {
			batch.Entries = append(batch.Entries, store.Entry{Seq: seq, Data: make([]byte, 200)})
		}
		require.NoError(b, s.Commit(b.Context(), batch))
	}
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.Before(b.Context(), fmt.Sprint("c", rand.IntN(1000)), 0, 50)
		if err != nil || len(page) != 50 {
			b.Fatal(len(page), err)
		}
	}
}

// BenchmarkOpen opens and closes a file with that many conversations in it.
func BenchmarkOpen(b *testing.B) {
	for _, conversations := range []int{0, 20_000} {
		b.Run(fmt.Sprint("conversations=", conversations), func(b *testing.B) {
			f := newFile(b)
			s := f.open(b)
			fill(b, s, conversations)
			require.NoError(b, s.Close())
			b.ReportAllocs()
			for b.Loop() {
				s, err := bolt.Open(f.path, bolt.Options{})
				require.NoError(b, err)
				require.NoError(b, s.Close())
			}
		})
	}
}

// fill starts conversations, many callers at once.
func fill(b *testing.B, s store.Store, conversations int) {
	const callers = 256
	done := make(chan error, callers)
	for c := range callers {
		go func() {
			for i := c; i < conversations; i += callers {
				batch := store.Batch{Head: store.Head{ID: fmt.Sprint("c", i), Seq: 1, Body: make([]byte, 300)}}
				batch.Entries = []store.Entry{{Seq: 1, Data: make([]byte, 200)}}
				if err := s.Commit(b.Context(), batch); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range callers {
		require.NoError(b, <-done)
	}
}
