package badluck_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/flows"
	"bedside/store/bolt"
	"bedside/trueconf"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clinic is one installation: a store file, a server key, a process that may die
// and be started again, and a TrueConf Server, perhaps shared with others.
type clinic struct {
	t      *testing.T
	video  *video
	path   string
	disk   *witness
	bolt   *bolt.Store
	config rooms.Config
	book   *roomBook
	opts   engine.Options
	log    *logbook
	people []*person
	once   atomic.Int64 // numbers commands that are given once
	deaths int
	limits atomic.Pointer[bot.Limits]

	life *life
	e    *engine.Engine
	stop func()

	mu      sync.Mutex
	refused []string // every refusal that somebody was told
}

// scene plays with one clinic and holds it to the promises when it is over.
func scene(t *testing.T, play func(t *testing.T, c *clinic)) { dyingScene(t, death{}, play) }

// dyingScene is one in which the first process dies.
func dyingScene(t *testing.T, at death, play func(t *testing.T, c *clinic)) {
	t.Helper()
	town(t, func(t *testing.T, v *video, log *logbook) {
		c := newClinic(t, v, log, "bedside", 9, at)
		defer c.close()
		play(t, c)
		c.over()
	})
}

// town is a bubble with a TrueConf Server, for as many clinics as come.
func town(t *testing.T, play func(t *testing.T, v *video, log *logbook)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		log := &logbook{}
		v := newVideo(t, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
		defer func() {
			v.calls.Wait()
			require.NoError(t, v.Close())
		}()
		play(t, v, log)
	})
}

// newClinic opens a clinic; change is asked before its first process begins.
func newClinic(t *testing.T, v *video, log *logbook, installation string, key byte, at death, change ...func(*clinic)) *clinic {
	t.Helper()
	c := &clinic{t: t, video: v, log: log, path: filepath.Join(t.TempDir(), "bedside.db")}
	c.config = rooms.Config{
		Key: bytes.Repeat([]byte{key, key + 1}, 16), Installation: installation, ServiceAccount: "bedside", GuestSeats: 4,
	}
	c.limit(func(*bot.Limits) {})
	v.secrets.learnBytes("server key", c.config.Key)
	v.secrets.learn("client secret", clientSecret)
	var err error
	c.book, err = newRoomBook(c.config)
	require.NoError(t, err)
	c.disk = newWitness(t, c.learnRoom)
	c.openStore()
	c.opts = engine.Options{
		Flows: library{}, Key: c.config.Key, Installation: installation, Effects: true,
		Limits: func() bot.Limits { return *c.limits.Load() },
		Staff: func(context.Context) map[string]bot.Actor {
			return map[string]bot.Actor{vera.Login: vera, igor.Login: igor}
		},
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range change {
		f(c)
	}
	v.watchedBy(c.seen)
	c.begin(at)
	return c
}

// limit changes the clinic's times.
func (c *clinic) limit(change func(*bot.Limits)) {
	l := bot.Defaults()
	l.GuestSeats = 4
	change(&l)
	c.limits.Store(&l)
}

func (c *clinic) openStore() {
	c.t.Helper()
	var err error
	c.bolt, err = bolt.Open(c.path, bolt.Options{})
	require.NoError(c.t, err)
	c.disk.turnTo(c.bolt)
}

func (c *clinic) learnRoom(r bot.Room) {
	c.video.secrets.learn("room id", c.book.learn(r))
	c.video.secrets.learn("visit key", c.e.VisitKey(r.Call))
}

// begin starts a process, which dies as at says.
func (c *clinic) begin(at death) {
	c.t.Helper()
	c.life = newLife(c.disk, at)
	client, err := trueconf.New(trueconf.Config{
		URL: origin, ClientID: clientID, ClientSecret: clientSecret, Transport: line{c.video, c.life},
	})
	require.NoError(c.t, err)
	c.opts.Store = c.life
	c.opts.Rooms, err = rooms.New(client, c.config)
	require.NoError(c.t, err)
	c.e, err = engine.New(c.opts)
	require.NoError(c.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	e := c.e
	go func() { over <- e.Run(ctx) }()
	c.stop = func() {
		cancel()
		if err := <-over; err != nil && !c.life.isDead() {
			c.t.Errorf("run: %v", err)
		}
		e.Close()
	}
	synctest.Wait()
}

// revive starts the next process where one has died.
func (c *clinic) revive() {
	if c.life.isDead() {
		c.deaths++
		c.restart()
	}
}

// restart ends the process, if it lives, and starts the next on what is left.
func (c *clinic) restart() { c.restartDying(death{}) }

// restartDying is the same, and the next one dies as at says.
func (c *clinic) restartDying(at death) {
	c.stop()
	c.begin(at)
}

func (c *clinic) close() {
	c.stop()
	require.NoError(c.t, c.bolt.Close())
}

// over lets the dust settle and asks what is true of every scene that is over.
func (c *clinic) over() {
	c.t.Helper()
	c.video.trouble()
	for range 3 {
		time.Sleep(time.Minute)
		synctest.Wait()
		c.revive()
	}
	for _, p := range c.people {
		p.repeatsEverything()
		if s := p.state(); !s.Call.Open() {
			require.Empty(c.t, s.Rooms, "no room is left")
		}
	}
	c.requireSecrets()
}

// tell notes what somebody was told.
func (c *clinic) tell(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = append(c.refused, err.Error())
}

func (c *clinic) told() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused
}

// library serves one flow.
type library struct{}

func (library) Live(string) *flows.Program { return program() }

var program = sync.OnceValue(func() *flows.Program {
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(strings.TrimSpace(flow))}})
	if p == nil {
		panic(problems)
	}
	return p
})

const flow = `
bedside: 1
languages: [en]
clinic:
  name:  {en: "Rassvet Clinic"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency: {phone: "103"}
departments:
  gp: {title: {en: "general practitioner"}, hours: always, reply_within: 4m}
slots:
  name:
    type: text
    fills: patient.name
    label: {en: "Name"}
    ask:   {en: "What is your name?"}
flows:
  visit: {start: hello, title: {en: "See a doctor"}}
parts:
  hello:
    - say: {en: "Hello! This is {clinic.name}."}
    - ask: name
    - hand_over: gp
      tell: {en: "Handing you over."}
    - say: {en: "Thank you!"}
    - end: {en: "Goodbye."}
`
