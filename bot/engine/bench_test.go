package engine_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store/bolt"
)

func benchHouse(b *testing.B) *house {
	b.Helper()
	disk, err := bolt.Open(filepath.Join(b.TempDir(), "bedside.db"), bolt.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, disk.Close()) })
	return newHouse(b, func(o *engine.Options) { o.Store, o.Log = disk, nil })
}

// BenchmarkDo is a message of 200 bytes in one of n conversations at once,
// decided, synced to the disk, and told to both sides, who read it.
func BenchmarkDo(b *testing.B) {
	text := fmt.Sprintf("%200d", 1)
	for _, n := range []int{1, 50, 200, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := benchHouse(b)
			defer h.run()()
			chats := make([]bot.Actor, n)
			for i := range chats {
				chats[i] = h.consulting(fmt.Sprint("p", i), vera)
			}
			var next, key atomic.Int64
			done := make(chan struct{})
			b.ResetTimer()
			for _, a := range chats {
				go func() {
					defer func() { done <- struct{}{} }()
					sub := h.e.Subscribe(a.Conversation)
					defer sub.Close()
					for next.Add(1) <= int64(b.N) {
						c := bot.Command{Conversation: a.Conversation, Key: fmt.Sprint("b", key.Add(1)), Do: bot.DoSend, Actor: a, Args: bot.Args{Text: text}}
						r, err := h.e.Do(context.Background(), c)
						if err != nil {
							b.Errorf("send: %v", err)
							return
						}
						<-sub.C
						for _, reader := range []bot.Actor{a, vera} {
							page, err := h.e.Entries(context.Background(), reader, a.Conversation, engine.PageRequest{After: r.Seq - 1})
							if err != nil || len(page.Entries) != 1 {
								b.Errorf("read: %v", err)
								return
							}
						}
					}
				}()
			}
			for range chats {
				<-done
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
		})
	}
}

// BenchmarkEscalate is everything between the click and call.ready, with a
// TrueConf that answers at once.
func BenchmarkEscalate(b *testing.B) {
	h := benchHouse(b)
	defer h.run()()
	a := h.consulting("anna", vera)
	sub := h.e.Subscribe(a.Conversation)
	defer sub.Close()
	wait := func(ok func(bot.State) bool) {
		for !ok(h.state(a)) {
			<-sub.C
		}
	}
	for b.Loop() {
		h.escalate(a, vera, bot.ByPage)
		wait(func(s bot.State) bool { return s.Call.State == bot.CallStands })
		b.StopTimer()
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		wait(func(s bot.State) bool { return len(s.Rooms) == 0 })
		b.StartTimer()
	}
}

// BenchmarkLoad is the first answer of a conversation that nobody has in mind.
func BenchmarkLoad(b *testing.B) {
	h := benchHouse(b)
	a := h.consulting("anna", vera)
	for range 100 {
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "word"})
	}
	for b.Loop() {
		h.restart()
		h.state(a)
	}
}
