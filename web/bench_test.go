package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

func roomy(o *web.Options) {
	o.Limits.SocketsPerTicket = 1e6
	o.Log = nil
}

// BenchmarkSocketSend: so many two-person chats, a message of 200 bytes at a
// time in each, sent by either side in turn; it counts when it is acknowledged
// (it is on the disk then) and both sides have it. The clients run in the same
// process: s/10k is the processor time of both together.
func BenchmarkSocketSend(b *testing.B) {
	for _, chats := range []int{50, 200, 1000} {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) { benchSend(b, chats) })
	}
}

func benchSend(b *testing.B, chats int) {
	h := newHouse(b, roomy, func(o *web.Options) {
		for i := range chats {
			o.Staff = append(o.Staff, web.StaffMember{Login: fmt.Sprint("d", i), Role: bot.Doctor, PasswordHash: web.CheapHash(password)})
		}
	})
	all := make([]*chat, chats)
	var wg sync.WaitGroup
	for i := range all {
		theirs := h.staff(fmt.Sprint("d", i))
		wg.Go(func() { all[i] = h.chat(theirs, fmt.Sprint("d", i)) })
	}
	wg.Wait()
	var next atomic.Int64
	text := strings.Repeat("x", 200)
	cpu := cpuTime()
	b.ResetTimer()
	for _, c := range all {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				c.exchange(int(n), text)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	b.ReportMetric((cpuTime()-cpu).Seconds()/float64(b.N)*1e4, "s/10k")
}

// chat is a consultation with both sides connected.
type chat struct {
	id    string
	sides [2]*websocket.Conn
	err   error
}

func (h *house) chat(theirs *person, login string) *chat {
	p := &person{h: h, bearer: newTicket()}
	ctx := h.t.Context()
	started, err := h.e.Start(ctx, engine.StartRequest{Key: "k", Ticket: p.bearer, Language: "en"})
	if err != nil {
		panic(err)
	}
	c := &chat{id: started.Conversation}
	patient := bot.Actor{Role: bot.Patient, Conversation: c.id}
	doctor := bot.Actor{Role: bot.Doctor, Login: login, Name: "Doctor", Departments: []string{"gp"}}
	do := func(a bot.Actor, do bot.Do, text string) {
		if _, err := h.e.Do(ctx, bot.Command{Conversation: c.id, Key: newKey(), Do: do, Actor: a, Args: bot.Args{Text: text}}); err != nil {
			panic(err)
		}
	}
	for _, text := range []string{"I feel unwell", "Anna Lee", "7 March 1958", "+7 900 000-00-00", "It hurts", "3"} {
		do(patient, bot.DoSend, text)
	}
	do(doctor, bot.DoClaim, "")
	state, err := h.e.State(ctx, doctor, c.id)
	if err != nil {
		panic(err)
	}
	for i, who := range []*person{p, theirs} {
		l := who.connect()
		l.open(c.id, state.Seq)
		l.untilType(wire.TypeCaughtUp)
		c.sides[i] = l.conn
		_ = l.conn.SetReadDeadline(time.Time{})
	}
	return c
}

// exchange sends one message and waits until it is acknowledged and both have it.
func (c *chat) exchange(n int, text string) {
	from := n % 2
	frame, _ := json.Marshal(wire.CommandFrame{Type: wire.TypeCommand, Conversation: c.id,
		Command: wire.Command{Key: fmt.Sprint(n), Do: bot.DoSend, Text: text}})
	if c.err = c.sides[from].WriteMessage(websocket.TextMessage, frame); c.err != nil {
		panic(c.err)
	}
	c.await(from, "ack", "entry")
	c.await(1-from, "entry")
}

func (c *chat) await(side int, types ...string) {
	for len(types) > 0 {
		_, b, err := c.sides[side].ReadMessage()
		if err != nil {
			panic(err)
		}
		for i, kind := range types {
			if bytes.HasPrefix(b, []byte(`{"type":"`+kind+`"`)) {
				types = append(types[:i:i], types[i+1:]...)
				break
			}
		}
	}
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkIdleSocket measures what an idle socket holds that is signed in and
// follows a conversation. The clients are bare connections and cost next to
// nothing; one iteration is one socket.
func BenchmarkIdleSocket(b *testing.B) {
	h := newHouse(b, roomy)
	p := h.begun()
	var head wire.Head
	p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
	conns := make([]net.Conn, 0, b.N)
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	heap, stack := inUse()
	b.ResetTimer()
	for range b.N {
		conns = append(conns, h.bare(p.bearer, p.id, head.Seq))
	}
	b.StopTimer()
	heapNow, stackNow := inUse()
	b.ReportMetric(float64(heapNow-heap)/float64(b.N), "heap-B/conn")
	b.ReportMetric(float64(stackNow-stack)/float64(b.N), "stack-B/conn")
	b.ReportMetric(float64(heapNow-heap+stackNow-stack)/float64(b.N), "bytes/conn")
}

// bare opens a socket by hand and leaves it with the kernel alone.
func (h *house) bare(ticket, id string, after uint64) net.Conn {
	c, err := net.Dial("tcp", h.host)
	require.NoError(h.t, err)
	_, err = fmt.Fprintf(c, "GET /api/v1/socket HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: bedside.v1\r\n\r\n", h.host)
	require.NoError(h.t, err)
	r := bufio.NewReaderSize(c, 16)
	for {
		l, err := r.ReadString('\n')
		require.NoError(h.t, err)
		if l == "\r\n" {
			break
		}
	}
	masked := func(text string) []byte { // masked with zeros: RFC 6455 §5.2
		return append([]byte{0x81, 0x80 | byte(len(text)), 0, 0, 0, 0}, text...)
	}
	_, err = c.Write(masked(`{"type":"hello","ticket":"` + ticket + `"}`))
	require.NoError(h.t, err)
	_, err = c.Write(masked(fmt.Sprintf(`{"type":"open","conversation":%q,"after":%d}`, id, after)))
	require.NoError(h.t, err)
	for seen := []byte{}; !bytes.Contains(seen, []byte("caught_up")); {
		one, err := r.ReadByte()
		require.NoError(h.t, err)
		seen = append(seen, one)
	}
	return c
}

func inUse() (heap, stack uint64) {
	for range 4 { // stacks shrink by half in each
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, m.StackInuse
}
