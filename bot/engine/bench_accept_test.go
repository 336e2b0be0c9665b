package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store/bolt"
)

// BenchmarkAccept is a visit at once, on a disk and with a TrueConf that answers at
// once: from the moment at which the doctor who is rung accepts until followers of
// the chat hear that the room stands. over-µs is the time without two commits, which
// are measured in each visit.
func BenchmarkAccept(b *testing.B) {
	const visits = 100
	disk, err := bolt.Open(b.TempDir()+"/bedside.db", bolt.Options{})
	require.NoError(b, err)
	h := newHouse(b, func(o *engine.Options) {
		o.Store, o.Log = disk, nil
		o.Present = func(login string) bool { return login == igor.Login }
	})
	h.lib.p.Store(compile(b, strings.Replace(shortFlow, "- hand_over: gp", "- video: gp", 1)))
	stop := h.run()
	var whole, over []time.Duration
	for n := range b.N * visits {
		v := h.offered(b, fmt.Sprint("p", n))
		began := time.Now()
		v.do(igor, v.a.Conversation, bot.DoClaim, bot.Args{})
		v.until(func(s bot.State) bool { return s.Call.Stands() })
		whole = append(whole, time.Since(began))
		over = append(over, whole[n]-2*v.commit())
		v.do(igor, v.a.Conversation, bot.DoHangUp, bot.Args{})
		v.do(igor, v.a.Conversation, bot.DoClose, bot.Args{})
		v.until(func(s bot.State) bool { return len(s.Rooms) == 0 })
		v.news.Close()
	}
	stop()
	require.NoError(b, disk.Close())
	for what, times := range map[string][]time.Duration{"whole": whole, "over": over} {
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds()), what+"-p50-µs")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), what+"-p99-µs")
	}
}

// offered is a patient for whom somebody is rung, and who follows it.
type offered struct {
	*house
	a    bot.Actor
	news *engine.Subscription
}

func (h *house) offered(b *testing.B, name string) *offered {
	v := &offered{house: h, a: h.start(name)}
	v.news = h.e.Subscribe(v.a.Conversation)
	b.Cleanup(v.news.Close)
	h.do(v.a, v.a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	v.until(func(s bot.State) bool { return s.Offer != nil })
	return v
}

func (v *offered) until(ok func(bot.State) bool) {
	for !ok(v.state(v.a)) {
		<-v.news.C
	}
}

// commit is the p50 of what a commit takes just now: that of a few words.
func (v *offered) commit() time.Duration {
	var times []time.Duration
	for range 5 {
		began := time.Now()
		v.do(igor, v.a.Conversation, bot.DoSend, bot.Args{Text: "Good day."})
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2]
}
