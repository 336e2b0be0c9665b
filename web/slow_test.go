package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// lonely is a socket whose other side is in the test's hands, without an engine.
func lonely(t *testing.T) (*socket, *websocket.Conn) {
	t.Helper()
	s := &Server{o: Options{Registry: prometheus.NewRegistry()}.withDefaults(), rooms: newGatherings()}
	s.log = s.o.Log
	s.metrics = &metrics{
		in: prometheus.NewCounter(prometheus.CounterOpts{Name: "in"}), out: prometheus.NewCounter(prometheus.CounterOpts{Name: "out"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "panics"}),
		closed: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "closed"}, []string{"code"}),
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	got := make(chan *websocket.Conn, 1)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{WriteBufferPool: &writeBuffers, ReadBufferSize: readBuffer, WriteBufferSize: socketBuffer}
		if conn, err := up.Upgrade(&noted{ResponseWriter: w}, r, nil); err == nil {
			got <- conn
		}
	}))
	client, _, err := websocket.DefaultDialer.Dial("ws"+front.URL[len("http"):], nil)
	require.NoError(t, err)
	c := &socket{s: s, conn: <-got}
	c.ctx, c.cancel = context.WithCancel(s.ctx)
	c.out.init(c)
	t.Cleanup(func() {
		c.out.abandon()
		_ = c.conn.Close()
		_ = client.Close()
		s.stop()
		s.running.Wait()
		s.crew.close()
		front.Close()
	})
	return c, client
}

func TestASlowReaderIsDropped(t *testing.T) {
	c, _ := lonely(t) // which never reads
	frame := make([]byte, 64<<10)
	began := time.Now()
	for c.out.open() {
		c.out.put(frame)
		require.Less(t, time.Since(began), 20*time.Second)
	}
	require.Error(t, c.ctx.Err(), "its follows end with it")
	c.out.mu.Lock()
	require.Equal(t, wire.CloseSlow, c.out.code)
	require.Zero(t, c.out.bytes, "what was queued is let go")
	c.out.mu.Unlock()

	done := make(chan struct{})
	go func() {
		c.out.settled()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("the writer hangs on a dead reader")
	}
}

func TestAReplayWaitsForItsReader(t *testing.T) {
	c, client := lonely(t)
	frame := make([]byte, 32<<10)
	const frames = 400 // 12 MB: more than any buffer on the way
	sent := make(chan bool, 1)
	go func() {
		ok := true
		for range frames {
			ok = ok && c.out.layWhenRoom(frame)
		}
		c.out.flush()
		sent <- ok
	}()
	for range frames {
		_, b, err := client.ReadMessage()
		require.NoError(t, err)
		require.Len(t, b, len(frame))
		c.out.mu.Lock()
		require.LessOrEqual(t, c.out.bytes, outboxMark+len(frame))
		c.out.mu.Unlock()
	}
	require.True(t, <-sent)
}

func TestTheCloseCodeReachesAReader(t *testing.T) {
	c, client := lonely(t)
	c.send(wire.BeatFrame{Type: wire.TypeBeat})
	c.close(wire.CloseTooManySockets, "30 too many sockets")
	c.close(wire.CloseSlow, "the first word counts")
	for {
		_, _, err := client.ReadMessage()
		if err == nil {
			continue
		}
		require.True(t, websocket.IsCloseError(err, wire.CloseTooManySockets), "%v", err)
		require.ErrorContains(t, err, "30 too many sockets")
		break
	}
	c.drain()
	c.out.put([]byte("{}")) // nothing comes of it
}
