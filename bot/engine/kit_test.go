package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/flows"
	"bedside/store"
	"bedside/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const shortFlow = `
bedside: 1
languages: [en]
clinic:
  name:  {en: "Rassvet Clinic"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency: {phone: "103"}
departments:
  gp:   {title: {en: "general practitioner"}, hours: always, reply_within: 4m}
  kids: {title: {en: "paediatrician"}, hours: always}
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
    - end: {en: "Thank you!"}
`

func compile(t testing.TB, source string) *flows.Program {
	t.Helper()
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(source)}})
	require.NotNil(t, p, "%v", problems)
	return p
}

// library serves one program, which a test may exchange.
type library struct{ p atomic.Pointer[flows.Program] }

func (l *library) Live(site string) *flows.Program {
	if site != "" && site != "main" {
		return nil
	}
	return l.p.Load()
}

// fakeRooms is TrueConf as a test wants it; what is not said succeeds.
type fakeRooms struct {
	make_  func(context.Context, rooms.Order) error
	plan   func(context.Context, rooms.Order) error
	mend   func(context.Context, bot.Room) error
	ring   func(context.Context, bot.Room, string) error
	remove func(context.Context, bot.Room) error
	look   func(context.Context, bot.Room) (rooms.Reading, error)
	app    func(context.Context, string) (rooms.AppState, error)
	mint   func(context.Context, rooms.MintOrder) (rooms.Link, error)
	sweep  func(context.Context, func(context.Context) ([]bot.Room, error)) (rooms.Swept, error)

	mu   sync.Mutex
	said []string // every call, in order
}

func (f *fakeRooms) note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

// count is how many calls began so.
func (f *fakeRooms) count(prefix string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, s := range f.said {
		if strings.HasPrefix(s, prefix) {
			n++
		}
	}
	return n
}

func (f *fakeRooms) Make(ctx context.Context, o rooms.Order) error {
	f.note("make %d", o.Room.Attempt)
	if f.make_ == nil {
		return nil
	}
	return f.make_(ctx, o)
}

func (f *fakeRooms) Schedule(ctx context.Context, o rooms.Order) error {
	f.note("schedule %d %d %s", o.Room.Attempt, o.Start.Unix(), o.Length)
	if f.plan == nil {
		return nil
	}
	return f.plan(ctx, o)
}

func (f *fakeRooms) Mend(ctx context.Context, r bot.Room) error {
	f.note("mend %d", r.Attempt)
	if f.mend == nil {
		return nil
	}
	return f.mend(ctx, r)
}

func (f *fakeRooms) Ring(ctx context.Context, r bot.Room, user string) error {
	f.note("ring %d %s", r.Attempt, user)
	if f.ring == nil {
		return nil
	}
	return f.ring(ctx, r, user)
}

func (f *fakeRooms) Remove(ctx context.Context, r bot.Room) error {
	f.note("remove %d", r.Attempt)
	if f.remove == nil {
		return nil
	}
	return f.remove(ctx, r)
}

func (f *fakeRooms) App(ctx context.Context, user string) (rooms.AppState, error) {
	f.note("app %s", user)
	if f.app == nil {
		return rooms.AppOnline, nil
	}
	return f.app(ctx, user)
}

func (f *fakeRooms) Look(ctx context.Context, r bot.Room, _ string) (rooms.Reading, error) {
	f.note("look %d", r.Attempt)
	if f.look == nil {
		return rooms.Reading{At: time.Now(), Known: true, Running: true, Listed: true}, nil
	}
	return f.look(ctx, r)
}

func (f *fakeRooms) Mint(ctx context.Context, o rooms.MintOrder) (rooms.Link, error) {
	f.note("mint %s", o.Who)
	if f.mint == nil {
		return linkFor(o), nil
	}
	return f.mint(ctx, o)
}

func (f *fakeRooms) Sweep(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (rooms.Swept, error) {
	f.note("sweep")
	if f.sweep == nil {
		return rooms.Swept{}, nil
	}
	return f.sweep(ctx, open)
}

func linkFor(o rooms.MintOrder) rooms.Link {
	var l rooms.Link
	l.WebURL = "https://trueconf.example/webrtc/" + string(o.Who)
	l.MintedAt = time.Now()
	l.ExpiresAt = l.MintedAt.Add(50 * time.Second)
	return l
}

var (
	vera = bot.Actor{Role: bot.Doctor, Login: "doctor_1", Name: "Doctor One", Departments: []string{"gp"}, TrueConfID: "doctor1"}
	igor = bot.Actor{Role: bot.Doctor, Login: "doctor_2", Name: "Doctor Two", Departments: []string{"gp", "kids"}}
	mona = bot.Actor{Role: bot.Doctor, Login: "doctor_3", Name: "Doctor Three", Departments: []string{"kids"}}
)

// house is an engine over a store, with people who use it.
type house struct {
	t     testing.TB
	e     *engine.Engine
	store store.Store
	rooms *fakeRooms
	lib   *library
	opts  engine.Options
	log   *syncedBuffer
	keys  atomic.Int64
}

// syncedBuffer holds the log of an engine.
type syncedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func newHouse(t testing.TB, change ...func(*engine.Options)) *house {
	t.Helper()
	h := &house{t: t, rooms: &fakeRooms{}, lib: &library{}, log: &syncedBuffer{}}
	h.lib.p.Store(compile(t, shortFlow))
	h.opts = engine.Options{
		Store: storetest.NewModel(), Rooms: h.rooms, Flows: h.lib,
		Staff: func(context.Context) map[string]bot.Actor {
			return map[string]bot.Actor{vera.Login: vera, igor.Login: igor, mona.Login: mona}
		},
		Limits: func() bot.Limits {
			l := bot.Defaults()
			l.GuestSeats = 400 // enough for all calls of a test
			return l
		},
		Key: bytes.Repeat([]byte{7}, 32), Installation: "test", Effects: true,
		Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&h.opts)
	}
	h.store = h.opts.Store
	h.restart()
	return h
}

// restart puts a new engine over the same store, as after the end of a process.
func (h *house) restart() {
	h.t.Helper()
	e, err := engine.New(h.opts)
	require.NoError(h.t, err)
	h.e = e
}

// run lets the engine run; the answer stops it and waits.
func (h *house) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	e := h.e
	go func() { over <- e.Run(ctx) }()
	return func() {
		cancel()
		if err := <-over; err != nil {
			h.t.Errorf("run: %v", err)
		}
		e.Close()
	}
}

func (h *house) key() string { return fmt.Sprintf("k%d", h.keys.Add(1)) }

// ticketOf is a well-formed ticket, another one for each name.
func ticketOf(name string) string { return bot.TicketHash(name) }

// start begins a conversation and answers with its patient.
func (h *house) start(name string) bot.Actor {
	h.t.Helper()
	_, err := h.e.Start(h.t.Context(), engine.StartRequest{Key: h.key(), Ticket: ticketOf(name), Language: "en"})
	require.NoError(h.t, err)
	a, err := h.e.ByTicket(h.t.Context(), ticketOf(name))
	require.NoError(h.t, err)
	return a
}

func (h *house) try(a bot.Actor, id string, do bot.Do, args bot.Args) (engine.Result, error) {
	return h.e.Do(h.t.Context(), bot.Command{Conversation: id, Key: h.key(), Do: do, Actor: a, Args: args})
}

func (h *house) do(a bot.Actor, id string, do bot.Do, args bot.Args) engine.Result {
	h.t.Helper()
	r, err := h.try(a, id, do, args)
	require.NoError(h.t, err)
	return r
}

// waiting brings a conversation into the queue of gp.
func (h *house) waiting(name string) bot.Actor {
	h.t.Helper()
	a := h.start(name)
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	require.Equal(h.t, bot.Waiting, h.state(a).Phase)
	return a
}

// consulting brings one to a doctor.
func (h *house) consulting(name string, d bot.Actor) bot.Actor {
	h.t.Helper()
	a := h.waiting(name)
	h.do(d, a.Conversation, bot.DoClaim, bot.Args{})
	h.do(d, a.Conversation, bot.DoSend, bot.Args{Text: "Good day."})
	return a
}

func (h *house) state(a bot.Actor) bot.State {
	h.t.Helper()
	s, err := h.e.State(h.t.Context(), a, a.Conversation)
	require.NoError(h.t, err)
	return s
}

// kinds is the whole journal, by kind.
func (h *house) kinds(id string) []bot.Kind {
	h.t.Helper()
	var out []bot.Kind
	for _, e := range h.journal(id) {
		out = append(out, e.Kind)
	}
	return out
}

func (h *house) journal(id string) []bot.Entry {
	h.t.Helper()
	raw, err := h.store.Entries(h.t.Context(), id, 0, 10000)
	require.NoError(h.t, err)
	var out []bot.Entry
	for i, r := range raw {
		e, err := bot.DecodeEntry(r.Data)
		require.NoError(h.t, err)
		require.EqualValues(h.t, i+1, e.Seq)
		out = append(out, e)
	}
	return out
}

func count(kinds []bot.Kind, k bot.Kind) int {
	n := 0
	for _, have := range kinds {
		if have == k {
			n++
		}
	}
	return n
}

func requireCode(t testing.TB, code bot.Code, err error) *bot.Refusal {
	t.Helper()
	var r *bot.Refusal
	require.True(t, errors.As(err, &r), "%v", err)
	require.Equal(t, code, r.Code, r.Error())
	return r
}
