//go:build linux

package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
	"bedside/store/storetest"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func roomy(o *web.Options) {
	o.Limits.SocketsPerTicket = 1e6
	o.Log = nil
}

// BenchmarkSocketSend: so many two-person chats, a message of 200 bytes at a
// time in each, sent by either side in turn; it counts when it is acknowledged
// (it is on the disk then) and both sides have it. The clients are a process of
// their own; s/10k is the server's processor time for 10,000 messages. One
// operation is all messages of a run.
func BenchmarkSocketSend(b *testing.B) {
	for _, chats := range []int{50, 200, 1000} {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) { benchSend(b, chats, 40_000) })
	}
}

// BenchmarkSocketSendUnstored is the same with the store switched off.
func BenchmarkSocketSendUnstored(b *testing.B) {
	for _, chats := range []int{50, 200, 1000} {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) {
			benchSend(b, chats, 40_000, func(o *web.Options) { o.Store = unstored{storetest.NewModel()} })
		})
	}
}

// unstored is a store in memory that nobody waits for. It knows no lists and no
// deadlines, which the model finds by looking at everything.
type unstored struct{ *storetest.Model }

func (unstored) List(context.Context, string, string, int) ([]store.Head, string, error) {
	return nil, "", nil
}
func (unstored) TakeDue(context.Context, time.Time, int, string, time.Duration) ([]store.Head, error) {
	return nil, nil
}
func (unstored) NextWake(context.Context) (time.Time, error) { return time.Time{}, nil }

// BenchmarkSendToSeen is one chat alone: from the send until both sides have the
// message. sync is fdatasync of 4 KB on the same disk, measured just before; its
// p99 says what of the message's p99 is the disk's own.
func BenchmarkSendToSeen(b *testing.B) {
	sync, worst := syncTime(b)
	r := benchSend(b, 1, 3000)
	b.ReportMetric(float64(sync.Microseconds()), "sync-p50-µs")
	b.ReportMetric(float64(worst.Microseconds()), "sync-p99-µs")
	b.ReportMetric(float64(r.P50)/float64(sync), "p50/sync")
	b.ReportMetric(float64(r.P99)/float64(sync), "p99/sync")
}

func benchSend(b *testing.B, chats, messages int, change ...func(*web.Options)) (r loadResult) {
	for range b.N {
		b.StopTimer()
		h := newHouse(b, append(change, roomy, func(o *web.Options) { o.Staff = doctors(chats) })...)
		plan := loadPlan{Host: h.host, Messages: messages, Chats: h.chats(chats)}
		l := h.loader(plan)
		cpu := cpuTime()
		b.StartTimer()
		r = l.run()
		b.StopTimer()
		b.ReportMetric((cpuTime()-cpu).Seconds()/float64(messages)*1e4, "s/10k")
		l.end()
		h.stop()
		b.StartTimer()
	}
	b.ReportMetric(float64(messages)/r.Took.Seconds(), "msg/s")
	b.ReportMetric(float64(r.P50.Microseconds()), "p50-µs")
	b.ReportMetric(float64(r.P99.Microseconds()), "p99-µs")
	return r
}

func doctors(n int) (all []web.StaffMember) {
	hash := web.CheapHash(password)
	for i := range n {
		all = append(all, web.StaffMember{
			Login: fmt.Sprint("d", i), Name: "Doctor", Role: bot.Doctor, Departments: []string{"gp"}, PasswordHash: hash,
		})
	}
	return all
}

// chats begins as many consultations, each with a doctor of its own.
func (h *house) chats(n int) []loadChat {
	all := make([]loadChat, n)
	var wg sync.WaitGroup
	for i := range all {
		login := fmt.Sprint("d", i)
		cookie := h.staff(login).cookie
		wg.Go(func() { all[i] = h.chat(login, cookie.Name+"="+cookie.Value) })
	}
	wg.Wait()
	return all
}

func (h *house) chat(login, cookie string) loadChat {
	c := loadChat{Ticket: newTicket(), Cookie: cookie}
	ctx := h.t.Context()
	started, err := h.e.Start(ctx, engine.StartRequest{Key: "k", Ticket: c.Ticket, Language: "en", Zone: "Europe/Moscow"})
	if err != nil {
		panic(err)
	}
	c.ID = started.Conversation
	patient := bot.Actor{Role: bot.Patient, Conversation: c.ID}
	doctor := bot.Actor{Role: bot.Doctor, Login: login, Name: "Doctor", Departments: []string{"gp"}}
	do := func(a bot.Actor, do bot.Do, text string) {
		if _, err := h.e.Do(ctx, bot.Command{Conversation: c.ID, Key: newKey(), Do: do, Actor: a, Args: bot.Args{Text: text}}); err != nil {
			panic(err)
		}
	}
	for _, text := range []string{"I feel unwell", "Anna Lee", "7 March 1958", "+7 900 000-00-00", "It hurts", "3"} {
		do(patient, bot.DoSend, text)
	}
	do(doctor, bot.DoClaim, "")
	state, err := h.e.State(ctx, doctor, c.ID)
	if err != nil {
		panic(err)
	}
	c.After = state.Seq
	return c
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// syncTime is in which time the disk confirms 4 KB: the median, and all but one of
// a hundred.
func syncTime(b *testing.B) (p50, p99 time.Duration) {
	f, err := os.Create(filepath.Join(b.TempDir(), "sync"))
	require.NoError(b, err)
	defer f.Close()
	page := make([]byte, 4096)
	for range 256 {
		_, err = f.Write(page)
		require.NoError(b, err)
	}
	require.NoError(b, f.Sync())
	times := make([]time.Duration, 1000)
	for i := range times {
		began := time.Now()
		_, err = f.WriteAt(page, int64(i%256)*4096)
		require.NoError(b, err)
		require.NoError(b, syscall.Fdatasync(int(f.Fd())))
		times[i] = time.Since(began)
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}

// BenchmarkIdleSocket measures what an idle socket holds that is signed in and
// follows a conversation; the clients are a process of their own.
func BenchmarkIdleSocket(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchIdle(b, false) })
	b.Run("tls", func(b *testing.B) { benchIdle(b, true) })
}

const idleSockets = 2000

func benchIdle(b *testing.B, secure bool) {
	for range b.N {
		h := newHouse(b, roomy, func(o *web.Options) { o.Limits.Sockets = 2 * idleSockets })
		p := h.begun()
		var head wire.Head
		p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
		plan := loadPlan{
			Host: h.host, Secure: secure, Idle: idleSockets,
			Chats: []loadChat{{ID: p.id, After: head.Seq, Ticket: p.bearer}},
		}
		if secure {
			front := httptest.NewTLSServer(h.s.Handler())
			b.Cleanup(front.Close)
			plan.Host = front.Listener.Addr().String()
		}
		heap, stack := inUse()
		l := h.loader(plan)
		time.Sleep(3 * time.Second) // the crew goes home, and what http keeps for a while goes
		heapNow, stackNow := inUse()
		l.end()
		h.stop()
		b.ReportMetric(float64(heapNow-heap)/idleSockets, "heap-B/conn")
		b.ReportMetric(float64(stackNow-stack)/idleSockets, "stack-B/conn")
		b.ReportMetric(float64(heapNow-heap+stackNow-stack)/idleSockets, "B/conn")
	}
}

func inUse() (heap, stack uint64) {
	for range 4 { // stacks shrink by half in each
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, m.StackInuse
}
