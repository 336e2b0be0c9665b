package web_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

// line is a scripted client of the socket.
type line struct {
	t    testing.TB
	conn *websocket.Conn
	seen map[string][]frame // entries by conversation
}

// frame is any frame of the server.
type frame struct {
	Type         string          `json:"type"`
	Conversation string          `json:"conversation"`
	Seq          uint64          `json:"seq"`
	Prev         uint64          `json:"prev"`
	Kind         bot.Kind        `json:"kind"`
	By           wire.By         `json:"by"`
	Body         json.RawMessage `json:"body"`
	Key          string          `json:"key"`
	Code         bot.Code        `json:"code"`
	Message      string          `json:"message"`
	WebURL       string          `json:"web_url"`
	Deeplinks    wire.Deeplinks  `json:"deeplinks"`
	ExpiresAt    time.Time       `json:"expires_at"`
	Call         string          `json:"call"`
	Last         uint64          `json:"last"`
	Here         bool            `json:"here"`
	Away         int             `json:"away"`
	Login        string          `json:"login"`
	Read         uint64          `json:"read"`
	All          bool            `json:"all"`
	Heads        []wire.Head     `json:"heads"`
	Gone         []string        `json:"gone"`
	Role         bot.Role        `json:"role"`
	raw          []byte
}

func (h *house) dial(header http.Header) (*websocket.Conn, *http.Response, error) {
	d := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: 5 * time.Second}
	conn, res, err := d.Dial("ws"+h.url[len("http"):]+"/api/v1/socket", header)
	if err == nil {
		h.t.Cleanup(func() { _ = conn.Close() })
	}
	return conn, res, err
}

// connect signs in over the socket.
func (p *person) connect() *line {
	p.h.t.Helper()
	header, hello := http.Header{}, wire.HelloFrame{Type: wire.TypeHello, Ticket: p.bearer}
	if p.cookie != nil {
		header.Set("Cookie", p.cookie.Name+"="+p.cookie.Value)
		header.Set("Origin", p.h.url)
	}
	conn, _, err := p.h.dial(header)
	require.NoError(p.h.t, err)
	require.Equal(p.h.t, wire.Subprotocol, conn.Subprotocol())
	l := &line{t: p.h.t, conn: conn, seen: map[string][]frame{}}
	l.say(hello)
	require.Equal(p.h.t, wire.TypeWelcome, l.next().Type)
	return l
}

func (l *line) say(f any) {
	l.t.Helper()
	require.NoError(l.t, l.conn.WriteJSON(f))
}

func (l *line) open(id string, after uint64) {
	l.say(wire.OpenFrame{Type: wire.TypeOpen, Conversation: id, After: after})
}

func (l *line) do(id string, c wire.Command) string {
	if c.Key == "" {
		c.Key = newKey()
	}
	l.say(wire.CommandFrame{Type: wire.TypeCommand, Conversation: id, Command: c})
	return c.Key
}

func (l *line) next() frame {
	l.t.Helper()
	_ = l.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, b, err := l.conn.ReadMessage()
	require.NoError(l.t, err)
	f := frame{raw: b}
	require.NoError(l.t, json.Unmarshal(b, &f))
	c, err := described()
	require.NoError(l.t, err)
	require.NoError(l.t, c.told(f.Type, b), "%s", b)
	if f.Type == wire.TypeEntry {
		l.seen[f.Conversation] = append(l.seen[f.Conversation], f)
	}
	return f
}

// until reads on to the first frame for which ok holds.
func (l *line) until(ok func(frame) bool) frame {
	l.t.Helper()
	for {
		if f := l.next(); ok(f) {
			return f
		}
	}
}

// untilAll reads on until each of them has held, in any order.
func (l *line) untilAll(all ...func(frame) bool) {
	l.t.Helper()
	for len(all) > 0 {
		f := l.next()
		all = slices.DeleteFunc(all, func(ok func(frame) bool) bool { return ok(f) })
	}
}

func (l *line) untilType(kind string) frame {
	l.t.Helper()
	return l.until(func(f frame) bool { return f.Type == kind })
}

func (l *line) untilKind(kind bot.Kind) frame {
	l.t.Helper()
	return l.until(func(f frame) bool { return f.Type == wire.TypeEntry && f.Kind == kind })
}

// closed reads on to the end and returns the close code.
func (l *line) closed() int {
	l.t.Helper()
	_ = l.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, _, err := l.conn.ReadMessage()
		if err == nil {
			continue
		}
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		return 0
	}
}

// gapless checks that what came of a conversation has no gap and no double.
func (l *line) gapless(id string, after uint64) {
	l.t.Helper()
	last := after
	for i, f := range l.seen[id] {
		if i > 0 || after > 0 {
			require.Equal(l.t, last, f.Prev, "before entry %d", f.Seq)
		}
		require.Greater(l.t, f.Seq, last)
		last = f.Seq
	}
}
