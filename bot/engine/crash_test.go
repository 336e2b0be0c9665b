package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/store"
	"bedside/store/bolt"
	"bedside/store/storetest"
	"bedside/trueconf"
	"bedside/trueconf/standin"
)

// inProcess carries requests to a handler without a network, so that a bubble's
// clock goes on; after sees the world after each. Like a network it lets the
// handler go on when the client has given up.
type inProcess struct {
	handler http.Handler
	after   func()
	calls   *sync.WaitGroup
}

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	in.RequestURI, in.RemoteAddr, in.Host = r.URL.RequestURI(), "127.0.0.1:9", r.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	answer := make(chan *http.Response, 1)
	p.calls.Go(func() {
		defer close(answer)
		defer p.after()
		defer func() { _ = recover() }() // http.ErrAbortHandler cuts the line
		rec := httptest.NewRecorder()
		p.handler.ServeHTTP(rec, in)
		answer <- rec.Result()
	})
	select {
	case got := <-answer:
		if got == nil {
			return nil, errors.New("the line is cut")
		}
		return got, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// clinic is a whole installation that can be killed: bolt, engine, rooms, the
// client and a stand-in, and two people who press their buttons until they are
// answered.
type clinic struct {
	*house
	t       *testing.T
	disk    store.Store
	process *storetest.Crashed
	server  *standin.Server
	most    atomic.Int64 // rooms at once
	calls   sync.WaitGroup
	stop    func()
	died    bool
}

func newClinic(t *testing.T, n int, how storetest.How) *clinic {
	c := &clinic{t: t}
	disk, err := bolt.Open(filepath.Join(t.TempDir(), "bedside.db"), bolt.Options{})
	require.NoError(t, err)
	c.disk = disk
	c.process = storetest.Crashing(disk, n, how)
	const origin = "http://trueconf.localhost:8093"
	c.server = standin.New(standin.Options{ClientID: "id", ClientSecret: "secret", PublicURL: origin, GuestSeats: 2})
	client, err := trueconf.New(trueconf.Config{
		URL: origin, ClientID: "id", ClientSecret: "secret",
		Transport: inProcess{c.server, c.countRooms, &c.calls},
	})
	require.NoError(t, err)
	key := bytes.Repeat([]byte{9}, 32)
	tc, err := rooms.New(client, rooms.Config{Key: key, Installation: "test", ServiceAccount: "bedside", GuestSeats: 2})
	require.NoError(t, err)
	c.house = newHouse(t, func(o *engine.Options) { o.Store, o.Rooms, o.Key = c.process, tc, key })
	c.stop = c.run()
	synctest.Wait()
	return c
}

func (c *clinic) countRooms() {
	for n := int64(len(c.server.Rooms())); ; {
		most := c.most.Load()
		if n <= most || c.most.CompareAndSwap(most, n) {
			return
		}
	}
}

func (c *clinic) close() {
	c.stop()
	c.calls.Wait()
	require.NoError(c.t, c.server.Close())
	require.NoError(c.t, c.disk.Close())
}

// revive starts the next process where the last one has died.
func (c *clinic) revive() {
	select {
	case <-c.process.Dead():
	default:
		return
	}
	c.died = true
	c.stop()
	c.process = storetest.Crashing(c.disk, -1, storetest.LoseCommit)
	c.opts.Store = c.process
	c.restart()
	c.stop = c.run()
}

const patience = 5 * time.Minute

// insist gives a command with one key until it is answered.
func (c *clinic) insist(what string, try func(ctx context.Context) error) {
	c.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(time.Second) {
		c.revive()
		err := try(context.Background())
		if err == nil {
			return
		}
		again := errors.Is(err, &bot.Refusal{Code: bot.Unavailable}) || errors.Is(err, &bot.Refusal{Code: bot.CallNotReady})
		require.True(c.t, again && time.Now().Before(end), "%s: %v\n%s", what, err, c.log)
	}
}

// until waits for something that must come by itself.
func (c *clinic) until(what string, a bot.Actor, ok func(bot.State) bool) {
	c.t.Helper()
	c.insist(what, func(ctx context.Context) error {
		s, err := c.e.State(ctx, a, a.Conversation)
		if err == nil && !ok(s) {
			return &bot.Refusal{Code: bot.CallNotReady, Message: what}
		}
		return err
	})
}

func (c *clinic) press(a bot.Actor, id, key string, do bot.Do, args bot.Args) {
	c.t.Helper()
	c.insist(string(do), func(ctx context.Context) error {
		_, err := c.e.Do(ctx, bot.Command{Conversation: id, Key: key, Do: do, Actor: a, Args: args})
		return err
	})
}

func (c *clinic) enter(a bot.Actor, id string) *standin.Visitor {
	c.t.Helper()
	var (
		v      *standin.Visitor
		failed bool
	)
	c.insist("join", func(ctx context.Context) error {
		s, err := c.e.State(ctx, a, id)
		if err != nil {
			return err
		}
		link, err := c.e.Join(ctx, a, engine.JoinRequest{Call: s.Call.ID, Failed: failed})
		if err != nil {
			return err
		}
		if v, err = c.server.Enter(link.WebURL); err != nil { // the frame says loginFail
			failed = true
			return &bot.Refusal{Code: bot.CallNotReady, Message: err.Error()}
		}
		return nil
	})
	return v
}

// answerRing lets the doctor in who comes by app.
func (c *clinic) answerRing(a bot.Actor) *standin.Visitor {
	c.t.Helper()
	var v *standin.Visitor
	c.until("the room", a, func(bot.State) bool { return len(c.server.Rooms()) > 0 })
	v, err := c.server.EnterUser(c.server.Rooms()[0].ID, vera.TrueConfID)
	require.NoError(c.t, err)
	return v
}

// visit is a whole escalation, from the first word to the removed room.
func (c *clinic) visit(way bot.How) (id string) {
	ticket := ticketOf("anna")
	c.insist("start", func(ctx context.Context) error {
		_, err := c.e.Start(ctx, engine.StartRequest{Key: "k1", Ticket: ticket})
		return err
	})
	id = bot.ConversationID(ticket)
	a := bot.Actor{Role: bot.Patient, Conversation: id}
	c.press(a, id, "k2", bot.DoSend, bot.Args{Text: "Anna"})
	c.press(vera, id, "k3", bot.DoClaim, bot.Args{})
	c.press(vera, id, "k4", bot.DoSend, bot.Args{Text: "Good day."})
	c.press(vera, id, "k5", bot.DoEscalate, bot.Args{How: way})
	c.until("ready", a, func(s bot.State) bool { return s.Call != nil && s.Call.State == bot.CallStands })
	one := c.enter(a, id)
	var two *standin.Visitor
	if way == bot.ByApp {
		two = c.answerRing(a)
	} else {
		two = c.enter(vera, id)
	}
	c.until("joined", a, func(s bot.State) bool { return s.Call.Inside[bot.Patient] && s.Call.Inside[bot.Doctor] })
	one.Leave()
	c.until("left", a, func(s bot.State) bool { return !s.Call.Inside[bot.Patient] })
	two.Leave()
	c.press(vera, id, "k6", bot.DoHangUp, bot.Args{})
	c.until("removed", a, func(s bot.State) bool { return len(s.Rooms) == 0 })
	c.press(a, id, "k7", bot.DoSend, bot.Args{Text: "Thank you."})
	return id
}

// visitOnce runs a visit in which the process dies in write n+1, and holds it to
// what must be true of any; it answers with the writes and whether it died.
func visitOnce(t *testing.T, way bot.How, n int, how storetest.How) (commits int, died bool) {
	synctest.Test(t, func(t *testing.T) {
		c := newClinic(t, n, how)
		defer c.close()
		first := c.process
		id := c.visit(way)
		time.Sleep(time.Minute)
		synctest.Wait()
		c.revive() // a death in the last breath
		commits, died = first.Commits(), c.died

		require.EqualValues(t, 1, c.most.Load(), "one room at a time")
		require.Empty(t, c.server.Rooms(), "none at the end")
		rings := len(c.server.Rings())
		require.LessOrEqual(t, rings, 1, "an app rings at most once")
		if !died {
			require.Equal(t, way == bot.ByApp, rings == 1)
		}
		kinds := map[bot.Kind]int{}
		c.house.store = c.disk
		for _, k := range c.kinds(id) {
			kinds[k]++
		}
		for kind, want := range map[bot.Kind]int{
			bot.ConversationStarted: 1, bot.MessageSent: 2, bot.QueueJoined: 1, bot.DoctorAssigned: 1,
			bot.CallRequested: 1, bot.CallReady: 1, bot.CallJoined: 2, bot.CallEnded: 1, bot.CallRemoved: 1,
			bot.CallFailed: 0, bot.CallInterrupted: 0, bot.CallWithdrawn: 0,
		} {
			require.Equal(t, want, kinds[kind], kind)
		}
	})
	return commits, died
}

// TestKillAfterEveryCommitOfAnEscalation counts the writes of a whole visit and
// lets the process die in each, with the write lost and with only its answer
// lost.
func TestKillAfterEveryCommitOfAnEscalation(t *testing.T) {
	for _, way := range []bot.How{bot.ByPage, bot.ByApp} {
		commits, died := visitOnce(t, way, -1, storetest.LoseCommit)
		require.False(t, died)
		require.Greater(t, commits, 10)
		for n := range commits {
			for _, how := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
				t.Run(fmt.Sprintf("%s %d %v", way, n, how), func(t *testing.T) {
					t.Parallel() // most of it waits for the disk
					_, died := visitOnce(t, way, n, how)
					require.True(t, died)
				})
			}
		}
	}
}
