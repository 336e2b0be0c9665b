package web

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

const (
	helloWithin  = 5 * time.Second
	silentAfter  = 60 * time.Second
	beatEvery    = 25 * time.Second
	writeWithin  = 10 * time.Second
	closeWithin  = time.Second // for the other side to answer our close
	readBuffer   = 512         // every socket holds one; a message of a few lines fits
	socketBuffer = 1 << 10     // of writing, shared
)

// socket is one connection. It is transport only: what it misses is in the
// journal. One goroutine waits for frames, and that is all that an idle socket
// has: the crew does what they ask for, delivers the followed conversations, and
// writes what lies in out.
type socket struct {
	s       *Server
	conn    *websocket.Conn
	out     outbox
	address netip.Addr
	ctx     context.Context
	cancel  context.CancelFunc

	bearer, token string // of the upgrade request: its ticket, its session
	noTickets     bool   // it came to the console's own address

	p      party // from the hello on
	frames *rate.Limiter
	beatAt atomic.Int64 // when the last beat went out, in Unix nanoseconds

	mu    sync.Mutex
	opens []*follow
}

var writeBuffers sync.Pool // shared by all sockets: an idle one holds none

// socket is GET /api/v1/socket. The handler returns once the connection is
// upgraded, and with it go the request and its buffers.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) error {
	if !websocket.IsWebSocketUpgrade(r) {
		return refuse(bot.Malformed, "This is a WebSocket: send an upgrade.")
	}
	if !s.fromOwnPage(r) {
		return refuse(bot.Forbidden, "This is not one of Bedside's own pages.")
	}
	ticket, _, err := bearer(r)
	if err != nil {
		return err
	}
	if offered := websocket.Subprotocols(r); len(offered) > 0 && !slices.Contains(offered, wire.Subprotocol) {
		return refuse(bot.Malformed, "This socket speaks "+wire.Subprotocol+".")
	}
	v := visitOf(r.Context())
	if ticket != "" && !v.doors.patients {
		return notHere()
	}
	if !s.enter() {
		return refuse(bot.Unavailable, "Bedside is stopping.")
	}
	defer s.running.Done()
	if s.sockets.count() >= s.live.Load().Limits.Sockets || !s.open.takeAddress(v.address, s.live.Load().Limits.SocketsPerAddress) {
		return slowDown(30)
	}
	up := websocket.Upgrader{
		HandshakeTimeout: writeWithin, ReadBufferSize: readBuffer, WriteBufferSize: socketBuffer,
		WriteBufferPool: &writeBuffers, Subprotocols: []string{wire.Subprotocol},
		CheckOrigin: func(*http.Request) bool { return true }, // fromOwnPage has looked
		Error:       func(http.ResponseWriter, *http.Request, int, error) {},
	}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		s.open.giveAddress(v.address)
		return refuse(bot.Malformed, "This is no WebSocket upgrade that Bedside knows.")
	}
	if s.proofs.proven(r) {
		s.open.giveAddress(v.address)
		s.spawn("idle socket", func() { s.holdIdle(conn) })
		return nil
	}
	c := &socket{s: s, conn: conn, address: v.address, bearer: ticket}
	c.noTickets = !v.doors.patients
	if v.doors.staff && ticket == "" {
		c.token = s.sessions.token(r)
	}
	c.frames = rate.NewLimiter(rate.Limit(s.live.Load().Limits.FramesPerSecond), s.live.Load().Limits.FrameBurst)
	c.ctx, c.cancel = context.WithCancel(s.ctx)
	c.out.init(c)
	s.spawn("socket", c.serve)
	return nil
}

// wire is the connection beneath the frames.
func (c *socket) wire() *cork { return c.conn.NetConn().(*cork) }

// serve signs the socket in, and then lives on in a goroutine of its own: its
// stack has never been deep, and stays small while the socket is idle.
func (c *socket) serve() {
	handedOn := false
	defer func() { // also when something panicked
		if !handedOn {
			c.end()
		}
	}()
	c.conn.SetReadLimit(maxBody)
	c.conn.SetPingHandler(c.pong)
	switch {
	case !c.s.sockets.add(c):
		c.close(wire.CloseRestart, "stopping")
	case c.hello():
		handedOn = true
		c.s.spawn("socket", c.live)
		return
	}
	c.drain()
}

func (c *socket) live() {
	defer c.end()
	c.read()
	c.drain()
}

// end gives back all that the socket holds.
func (c *socket) end() {
	c.cancel()
	c.out.abandon()
	_ = c.conn.Close()
	c.stopFollowingAll()
	c.s.sockets.remove(c)
	c.s.open.giveAddress(c.address)
	if c.p.key != "" {
		c.s.duty.went(c.p.actor)
		c.s.open.give("c/" + c.p.key)
	}
}

// close asks the writer to say the code and end the socket.
func (c *socket) close(code int, reason string) { c.out.close(code, reason) }

// hello waits for the first frame and signs in. A ticket decides alone; without
// one it is the session of the upgrade request.
func (c *socket) hello() bool {
	_ = c.conn.SetReadDeadline(time.Now().Add(helloWithin))
	b, err := c.next()
	if err != nil {
		c.closeFor(err, wire.CloseNoHello, "say hello first")
		return false
	}
	var in wire.HelloFrame
	if decode(b, &in) != nil || in.Type != wire.TypeHello {
		c.close(wire.CloseNoHello, "say hello first")
		return false
	}
	p, err := c.signIn(first(in.Ticket, c.bearer))
	switch {
	case unauthorized(err):
		c.close(wire.CloseCredential, "sign in")
		return false
	case err != nil:
		c.close(wire.CloseUnavailable, "come back")
		return false
	case !c.s.open.take("c/"+p.key, c.s.live.Load().Limits.SocketsPerTicket):
		c.close(wire.CloseTooManySockets, "30 too many sockets")
		return false
	}
	c.p, c.bearer, c.token = p, "", ""
	c.p.address = c.address
	c.beatAt.Store(time.Now().UnixNano())
	c.send(wire.WelcomeFrame{
		Type: wire.TypeWelcome, Role: p.actor.Role, Name: p.actor.Name,
		Conversation: p.actor.Conversation, BeatSeconds: int(beatEvery / time.Second), At: c.s.now().UTC(),
	})
	c.s.sockets.signedIn(c)
	c.s.duty.came(c.p.actor)
	if c.s.live.Load().changed(p) { // before it had a place where Change would have found it
		c.close(wire.CloseRestart, "changed")
		return false
	}
	c.tellVideo()
	c.tellDuty()
	if p.actor.Role.Staff() {
		c.s.spawn("heads", c.tellHeads)
	}
	return true
}

func (c *socket) signIn(ticket string) (party, error) {
	switch {
	case ticket != "" && c.noTickets:
		return party{}, notHere()
	case ticket != "":
		return c.s.byTicket(c.ctx, ticket)
	}
	m, err := c.s.sessions.who(c.ctx, c.token)
	if err != nil {
		return party{}, err
	}
	return party{actor: m.actor(), kind: bySession, secret: c.token, key: credentialKey(c.token)}, nil
}
