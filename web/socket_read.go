package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
)

var errNotText = errors.New("web: a frame that is not text")

// next reads one frame's text.
func (c *socket) next() ([]byte, error) {
	kind, r, err := c.conn.NextReader()
	if err != nil {
		return nil, err
	}
	if kind != websocket.TextMessage {
		return nil, errNotText
	}
	b, err := io.ReadAll(r)
	c.s.metrics.in.Inc()
	return b, err
}

// read takes frames until the socket ends, one after the other. The crew does
// what they ask for, so that the stack on which a socket waits stays small.
func (c *socket) read() {
	taken := make(chan bool)
	for {
		if !c.out.open() {
			return
		}
		_ = c.conn.SetReadDeadline(time.Now().Add(silentAfter))
		b, err := c.next()
		if err != nil {
			c.closeFor(err, wire.CloseSilent, "nothing heard")
			return
		}
		if !c.frames.Allow() {
			c.close(wire.CloseTooFast, "10 too many frames")
			return
		}
		if c.p.kind == bySession {
			c.s.duty.heard(c.p.actor)
		}
		if bytes.Equal(b, beat) {
			continue
		}
		c.s.handOver("frame", func() {
			goesOn := false
			defer func() { taken <- goesOn }() // also when something panicked
			goesOn = c.take(b)
		})
		if !<-taken {
			return
		}
	}
}

// pong answers a ping, which counts like a frame: a flood of them would else be
// answered one by one. What cannot be written is found by whoever writes next.
func (c *socket) pong(data string) error {
	if !c.out.open() {
		return nil
	}
	if !c.frames.Allow() {
		c.close(wire.CloseTooFast, "10 too many frames")
		_ = c.conn.SetReadDeadline(time.Now().Add(closeWithin)) // what is under way is read and dropped
		return nil
	}
	_ = c.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(closeWithin))
	return nil
}

// closeFor says why a read failed, where anybody is left to hear it; timeout is
// the code for silence.
func (c *socket) closeFor(err error, timeout int, reason string) {
	var slow net.Error
	switch {
	case errors.Is(err, errNotText):
		c.close(wire.CloseMalformed, "frames are JSON text")
	case errors.Is(err, websocket.ErrReadLimit):
		c.close(wire.CloseTooLarge, "the frame is too large")
	case errors.As(err, &slow) && slow.Timeout():
		c.close(timeout, reason)
	default:
		c.out.abandon()
	}
}

// drain waits a moment for the other side to answer our close, so that it hears
// the code before the connection goes.
func (c *socket) drain() {
	if !c.out.settled() {
		return
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(closeWithin))
	for {
		_, _, err := c.conn.NextReader()
		if errors.Is(err, websocket.ErrReadLimit) {
			// What is still under way must be read, else the close is lost in a reset.
			_, _ = io.CopyN(io.Discard, c.conn.NetConn(), drainMost)
		}
		if err != nil {
			return
		}
	}
}

// drainMost is how much of a frame that is too large is read and dropped.
const drainMost = 4 << 20

// envelope is what every frame is read for first.
type envelope struct {
	Type         string `json:"type"`
	Conversation string `json:"conversation"`
	Key          string `json:"key"`
	Do           bot.Do `json:"do"`
}

// take does what a frame asks; false ends the socket.
func (c *socket) take(b []byte) bool {
	if in, ok := asCommand(b); ok {
		if err := c.command(in); err != nil {
			c.refused(in.Conversation, in.Key, err)
		}
		return true
	}
	var e envelope
	if err := json.Unmarshal(b, &e); err != nil {
		c.close(wire.CloseMalformed, "frames are JSON objects")
		return false
	}
	var err error
	switch e.Type {
	case wire.TypeBeat:
	case wire.TypeCommand, "": // a command says what it is by `do`
		if e.Type == "" && e.Do == "" {
			c.close(wire.CloseMalformed, "a frame without a type")
			return false
		}
		err = with(b, c.command)
	case wire.TypeOpen:
		err = with(b, c.openConversation)
	case wire.TypeUnopen:
		err = with(b, c.unopenConversation)
	case wire.TypeTyping:
		err = with(b, c.typing)
	case wire.TypeRead:
		err = with(b, c.hasRead)
	default:
		c.close(wire.CloseMalformed, "no such frame")
		return false
	}
	if err != nil {
		c.refused(e.Conversation, e.Key, err)
	}
	return true
}

// with decodes a frame strictly and hands it on.
func with[F any](b []byte, do func(F) error) error {
	var f F
	if err := decode(b, &f); err != nil {
		return err
	}
	return do(f)
}

var commandBegins = []byte(`{"type":"` + wire.TypeCommand + `",`)

// asCommand reads the commonest frame at one go; whatever is odd about one is
// found and said when it is read again.
func asCommand(b []byte) (in wire.CommandFrame, ok bool) {
	if !bytes.HasPrefix(b, commandBegins) {
		return in, false
	}
	return in, decode(b, &in) == nil && in.Type == wire.TypeCommand
}

// command does a command and acknowledges it: by then it is on the disk.
func (c *socket) command(in wire.CommandFrame) error {
	res, err := c.s.perform(c.ctx, c.p, in.Conversation, in.Command)
	if err != nil {
		return err
	}
	c.answer(in.Conversation, wire.AckFrame{Type: wire.TypeAck, Conversation: in.Conversation, Key: in.Key, Seq: res.Seq})
	return nil
}

func (c *socket) refused(conversation, key string, err error) {
	r := c.s.refusalOf("socket", err)
	f := wire.RefusedFrame{
		Type: wire.TypeRefused, Conversation: clip(conversation, 255), Key: clip(key, engine.MaxKey),
		Code: r.Code, Message: r.Message, RetryAfter: r.RetryAfter,
	}
	if c.p.actor.Role.Staff() {
		f.Cure = r.Detail
	}
	c.answer(conversation, f)
}
