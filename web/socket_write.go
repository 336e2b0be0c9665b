package web

import (
	"encoding/json"
	"sync"
	"time"

	"bedside/web/wire"

	"github.com/gorilla/websocket"
)

// An outbox holds so many bytes before its reader counts as slow; those who can
// wait (replays) go on below the mark.
const (
	outboxMost = 512 << 10
	outboxMark = 128 << 10
)

// outbox is what a socket still has to say. It has one writer at a time: whoever
// flushes, or the crew. An idle socket has none.
type outbox struct {
	c *socket

	mu      sync.Mutex
	room    sync.Cond // signalled when bytes went out, or it ended
	queue   [][]byte
	bytes   int
	writing bool
	state   outboxState
	code    int
	reason  string
}

type outboxState uint8

const (
	outboxOpen    outboxState = iota
	outboxClosing             // the close frame is still to go
	outboxClosed              // it went
	outboxDead                // nothing can be said any more
)

func (o *outbox) init(c *socket) {
	o.c = c
	o.room.L = &o.mu
}

// put queues a frame and sees that it is written; it waits for nobody.
func (o *outbox) put(b []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.add(b) {
		o.start()
	}
}

// lay queues a frame for whoever flushes next.
func (o *outbox) lay(b []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.add(b)
}

// layWhenRoom waits for room first; false means that the socket ended.
func (o *outbox) layWhenRoom(b []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.state == outboxOpen && o.bytes > outboxMark {
		o.start()
		o.room.Wait()
	}
	return o.add(b)
}

// add is false when the socket has ended, or ends here: a reader that lets too
// much pile up is closed. The lock is held.
func (o *outbox) add(b []byte) bool {
	if o.state != outboxOpen {
		return false
	}
	if o.bytes+len(b) > outboxMost {
		o.closeLocked(wire.CloseSlow, "too slow")
		return false
	}
	o.queue = append(o.queue, b)
	o.bytes += len(b)
	return true
}

// start sees that a writer runs; the lock is held.
func (o *outbox) start() {
	if !o.writing {
		o.writing = true
		o.c.s.handOver("socket writer", o.write)
	}
}

// flush writes what is queued, unless somebody does already. The caller waits
// for the network, and spares another goroutine the way.
func (o *outbox) flush() {
	o.mu.Lock()
	mine := !o.writing && len(o.queue) > 0
	o.writing = o.writing || mine
	o.mu.Unlock()
	if mine {
		o.write()
	}
}

func (o *outbox) close(code int, reason string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closeLocked(code, reason)
}

func (o *outbox) closeLocked(code int, reason string) {
	if o.state != outboxOpen {
		return
	}
	o.state, o.code, o.reason = outboxClosing, code, reason
	o.queue, o.bytes = nil, 0
	o.room.Broadcast()
	o.c.cancel()
	// A write that hangs fails within a second, a read too: the net's own
	// deadlines may be set by anybody.
	soon := time.Now().Add(closeWithin)
	o.c.wire().hurry(soon)
	_ = o.c.wire().SetReadDeadline(soon)
	o.start()
}

// abandon drops what is left: the connection is gone.
func (o *outbox) abandon() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.state == outboxOpen || o.state == outboxClosing {
		o.state = outboxDead
	}
	o.queue, o.bytes = nil, 0
	o.room.Broadcast()
}

func (o *outbox) open() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.state == outboxOpen
}

// settled waits until the close frame went or cannot go, and reports which.
func (o *outbox) settled() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.state == outboxClosing {
		o.room.Wait()
	}
	return o.state == outboxClosed
}

// write is the one writer.
func (o *outbox) write() {
	for {
		batch, ok := o.next()
		if !ok {
			return
		}
		o.writeAll(batch)
	}
}

// writeAll lets the frames leave together.
func (o *outbox) writeAll(batch [][]byte) {
	wire := o.c.wire()
	wire.hold()
	for _, b := range batch {
		if !o.writeOne(b) {
			break
		}
	}
	if err := wire.release(); err != nil {
		o.fail()
	}
}

// next takes what is queued. When there is nothing the writer ends; when the
// socket closes it says so first.
func (o *outbox) next() ([][]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.state == outboxOpen && len(o.queue) > 0 {
		batch := o.queue
		o.queue = nil
		return batch, true
	}
	if o.state == outboxClosing {
		code, reason := o.code, o.reason
		o.mu.Unlock()
		o.sayClose(code, reason)
		o.mu.Lock()
		if o.state == outboxClosing {
			o.state = outboxClosed
		}
		o.room.Broadcast()
	}
	o.writing = false
	return nil, false
}

func (o *outbox) writeOne(b []byte) bool {
	_ = o.c.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	err := o.c.conn.WriteMessage(websocket.TextMessage, b)
	o.c.s.metrics.out.Inc()
	if err != nil {
		o.fail()
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes = max(o.bytes-len(b), 0)
	if o.bytes <= outboxMark {
		o.room.Broadcast()
	}
	return o.state == outboxOpen
}

// fail ends a socket that nothing can be written to any more.
func (o *outbox) fail() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue, o.bytes = nil, 0
	if o.state != outboxClosed {
		o.state = outboxDead
	}
	_ = o.c.conn.NetConn().Close() // wakes the reader
	o.room.Broadcast()
}

func (o *outbox) sayClose(code int, reason string) {
	o.c.s.metrics.close(code)
	message := websocket.FormatCloseMessage(code, reason)
	_ = o.c.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(closeWithin))
	_ = o.c.conn.NetConn().SetReadDeadline(time.Now().Add(closeWithin))
}

// answer says a frame to the one who waits for it. If a delivery to the same
// socket is under way, as after a command of its own, both leave together.
func (c *socket) answer(conversation string, frame any) {
	b := c.encode(frame)
	if b == nil {
		return
	}
	c.out.lay(b)
	if f := c.following(conversation); f == nil || !f.delivering() {
		c.out.flush()
	}
}

// send queues a frame.
func (c *socket) send(frame any) {
	if b := c.encode(frame); b != nil {
		c.out.put(b)
	}
}

func (c *socket) encode(frame any) []byte {
	b, err := json.Marshal(frame)
	if err != nil {
		c.s.log.Error("web: a frame that cannot be written", "error", err)
		return nil
	}
	return b
}
