package web_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store/storetest"
	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

// pipes is a network without a machine, so that time can be the test's own.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.IPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours, nil
}

// timed runs a test in a bubble of its own time, with a house on a store in
// memory and no TrueConf.
func timed(t *testing.T, test func(t *testing.T, dial func(ticket string) *websocket.Conn, ticket string)) {
	synctest.Test(t, func(t *testing.T) {
		st, network := storetest.NewModel(), newPipes()
		e, err := engine.New(engine.Options{
			Store: st, Flows: oneFlow{visitFlow(t)}, Key: bytes.Repeat([]byte{7}, 32), Installation: "test1234",
		})
		require.NoError(t, err)
		s, err := web.New(web.Options{
			Engine: e, Store: st, Sites: []web.Site{{ID: "main"}}, PublicURL: "http://bedside", Limits: wide(),
		})
		require.NoError(t, err)
		server := s.HTTP(s.Handler())
		served := make(chan error, 1)
		go func() { served <- server.Serve(network) }()
		defer func() {
			require.NoError(t, s.Close(t.Context()))
			require.NoError(t, server.Close())
			require.True(t, errors.Is(<-served, http.ErrServerClosed))
			e.Close()
			require.NoError(t, st.Close())
			synctest.Wait()
		}()
		ticket := newTicket()
		_, err = e.Start(t.Context(), engine.StartRequest{Key: "k", Ticket: ticket, Language: "en"})
		require.NoError(t, err)
		test(t, func(ticket string) *websocket.Conn {
			d := websocket.Dialer{NetDialContext: network.dial, Subprotocols: []string{wire.Subprotocol}}
			conn, _, err := d.Dial("ws://bedside/api/v1/socket", nil)
			require.NoError(t, err)
			t.Cleanup(func() { _ = conn.Close() })
			if ticket != "" {
				require.NoError(t, conn.WriteJSON(wire.HelloFrame{Type: wire.TypeHello, Ticket: ticket}))
				_, _, err := conn.ReadMessage()
				require.NoError(t, err)
			}
			return conn
		}, ticket)
	})
}

// ends reads to the close and returns its code and how long it took.
func ends(conn *websocket.Conn) (code int, beats int, took time.Duration) {
	began := time.Now()
	for {
		_, b, err := conn.ReadMessage()
		var closed *websocket.CloseError
		switch {
		case errors.As(err, &closed):
			return closed.Code, beats, time.Since(began)
		case err != nil:
			return 0, beats, time.Since(began)
		case bytes.Contains(b, []byte(wire.TypeBeat)):
			beats++
		}
	}
}

func TestWhoSaysNoHelloIsShownOut(t *testing.T) {
	t.Parallel()
	timed(t, func(t *testing.T, dial func(string) *websocket.Conn, _ string) {
		code, _, took := ends(dial(""))
		require.Equal(t, wire.CloseNoHello, code)
		require.Equal(t, 5*time.Second, took)
	})
}

func TestSilenceEndsASocketAndBeatsKeepIt(t *testing.T) {
	t.Parallel()
	timed(t, func(t *testing.T, dial func(string) *websocket.Conn, ticket string) {
		code, beats, took := ends(dial(ticket))
		require.Equal(t, wire.CloseSilent, code)
		require.Equal(t, time.Minute, took.Round(time.Second))
		require.Equal(t, 2, beats)

		conn := dial(ticket)
		go func() {
			for range 8 {
				time.Sleep(25 * time.Second)
				_ = conn.WriteJSON(wire.BeatFrame{Type: wire.TypeBeat})
			}
		}()
		code, beats, took = ends(conn)
		require.Equal(t, wire.CloseSilent, code)
		require.Equal(t, 8*25*time.Second+time.Minute, took.Round(time.Second))
		require.GreaterOrEqual(t, beats, 9)
	})
}

func TestAnOldInvitationMintsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) {
		o.Now = func() time.Time { return time.Now().Add(2 * time.Minute) }
	})
	p := h.patient()
	d := h.staff("vera").with(p)
	d.do(wire.Command{Do: bot.DoClaim})
	d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
	p.until(0, bot.CallReady)
	l := p.connect()
	l.open(p.id, 0)
	l.untilType(wire.TypeCaughtUp)
	l.do(p.id, wire.Command{Do: bot.DoSend, Text: "x"})
	l.until(func(f frame) bool {
		require.NotEqual(t, wire.TypeGuestLink, f.Type)
		return f.Type == wire.TypeAck
	})
}
