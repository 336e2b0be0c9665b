package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"

	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/notify"
	"bedside/bot/rooms"
	"bedside/flows"
	"bedside/store"
	"bedside/store/bolt"
	"bedside/trueconf"
	"bedside/trueconf/standin"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if os.Getenv(loadVariable) != "" {
		os.Exit(load(os.Stdin, os.Stdout))
	}
	goleak.VerifyTestMain(m)
}

const password = "correct horse"

// house is the whole of Bedside as the network sees it: a real engine on a real
// store, and a stand-in for TrueConf.
type house struct {
	t      testing.TB
	url    string
	host   string
	e      *engine.Engine
	s      *web.Server
	store  store.Store
	crew   []web.StaffMember
	tc     *standin.Server
	tcURL  string
	asked  *asked // what TrueConf was asked
	office *notify.Office
	tcWait *atomic.Int64 // how long it takes for each answer
	log    *lockedLog
	stop   func()
}

type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

type oneFlow struct{ p *flows.Program }

func (f oneFlow) Live(string) *flows.Program { return f.p }

func staffList() []web.StaffMember {
	hash := web.CheapHash(password)
	return []web.StaffMember{
		{Login: "vera", Name: "Dr Vera", Role: bot.Doctor, Departments: []string{"gp", "duty"}, PasswordHash: hash},
		{Login: "oleg", Name: "Dr Oleg", Role: bot.Doctor, Departments: []string{"gp"}, TrueConfID: "doctor1", PasswordHash: hash},
		{Login: "rita", Name: "Rita", Role: bot.Doctor, Departments: []string{"duty"}, PasswordHash: hash},
		{Login: "anton", Name: "Anton", Role: bot.Admin, Departments: []string{"gp"}, PasswordHash: hash},
	}
}

func wide() web.Limits {
	return web.Limits{
		RequestsPerSecond: 1e5, RequestBurst: 1e5, StartsPerMinute: 1e5, StartBurst: 1e5,
		SiteStartsPerMin: 1e6, SiteStartBurst: 1e6, CommandsPerSecond: 1e5, CommandBurst: 1e5,
		TextPerSecond: 1e9, TextBurst: 1e9,
		FramesPerSecond: 1e5, FrameBurst: 1e5, SocketsPerAddress: 1e5, SocketsPerTicket: 100,
	}
}

// newHouse builds it; change may alter web's options.
func newHouse(t testing.TB, change ...func(*web.Options)) *house {
	return newHouseThatWrites(t, nil, change...)
}

// newHouseThatWrites is one whose clinic reaches people who have left the page.
func newHouseThatWrites(t testing.TB, office *notify.Office, change ...func(*web.Options)) *house {
	h := &house{t: t, log: &lockedLog{}, office: office}
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	front := httptest.NewUnstartedServer(nil)
	h.url, h.host = "http://"+front.Listener.Addr().String(), front.Listener.Addr().String()
	r, closeTrueConf := h.trueConf()
	disk, err := bolt.Open(filepath.Join(t.TempDir(), "bedside.db"), bolt.Options{})
	require.NoError(t, err)
	h.store = disk
	o := h.options(log, change)
	h.store, h.crew = o.Store, o.Staff
	h.e = h.engine(r, o.Staff, log)
	o.Engine = h.e
	h.s, err = web.New(o)
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- h.e.Run(ctx) }()
	front.Config = h.s.HTTP(h.s.Handler())
	front.Start()
	h.stop = sync.OnceFunc(func() {
		closing, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		require.NoError(t, h.s.Close(closing))
		front.Close()
		cancel()
		require.NoError(t, <-ran)
		h.e.Close()
		require.NoError(t, h.store.Close())
		require.NoError(t, disk.Close())
		closeTrueConf()
		http.DefaultClient.CloseIdleConnections()
	})
	t.Cleanup(h.stop)
	return h
}

var serverKey = bytes.Repeat([]byte{7}, 32)

// trueConf is a stand-in and the rooms on it.
func (h *house) trueConf() (r *rooms.Rooms, stop func()) {
	h.tc = standin.New(standin.Options{ClientID: "bedside", ClientSecret: "s3cret"})
	h.tcWait = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Duration(h.tcWait.Load()))
		h.tc.ServeHTTP(w, r)
	}))
	h.tcURL = server.URL
	transport := &http.Transport{}
	h.asked = &asked{under: transport}
	client, err := trueconf.New(trueconf.Config{
		URL: server.URL, ClientID: "bedside", ClientSecret: "s3cret", Transport: h.asked,
	})
	require.NoError(h.t, err)
	r, err = rooms.New(client, rooms.Config{Key: serverKey, Installation: "test1234", ServiceAccount: "bedside", GuestSeats: 2})
	require.NoError(h.t, err)
	return r, func() {
		require.NoError(h.t, h.tc.Close())
		server.Close()
		transport.CloseIdleConnections()
	}
}

func (h *house) engine(r *rooms.Rooms, staff []web.StaffMember, log *slog.Logger) *engine.Engine {
	limits := bot.Defaults()
	limits.GuestSeats = 2
	limits.NoticeKinds = h.office.Channels()
	e, err := engine.New(engine.Options{
		Store: h.store, Rooms: r, Flows: oneFlow{visitFlow(h.t)}, Staff: web.Staff(staff), Key: serverKey,
		Installation: "test1234", Log: log, Effects: true, Limits: func() bot.Limits { return limits },
		Present:     func(login string) bool { return h.s.Present(login) },
		PatientHere: func(id string) bool { return h.s.PatientHere(id) },
		PatientLeft: func(id string) bot.Leave { return h.s.PatientLeft(id) },
		Notify:      h.office, PublicURL: h.url,
	})
	require.NoError(h.t, err)
	return e
}

func (h *house) options(log *slog.Logger, change []func(*web.Options)) web.Options {
	o := web.Options{
		Store: h.store, Staff: staffList(), PublicURL: h.url, TrueConf: []string{h.tcURL},
		Sites: []web.Site{
			{ID: "main", Title: "Rassvet", Origins: []string{"https://www.clinic.example"}, Phone: "+7 495 000-00-00", Emergency: "103"},
			{ID: "kids", Title: "Kids", Origins: []string{"https://kids.example"}},
		},
		Limits: wide(), Log: log, PresetHow: bot.ByPage,
		Departments: web.DepartmentsOf(web.Department{ID: "gp", Title: flows.Text{"en": "GP"}}),
	}
	for _, c := range change {
		c(&o)
	}
	return o
}

// serve shows the house at another address.
func (h *house) serve(handler http.Handler) *house {
	front := httptest.NewServer(handler)
	h.t.Cleanup(front.Close)
	other := *h
	other.url, other.host = front.URL, front.Listener.Addr().String()
	return &other
}

func visitFlow(t testing.TB) *flows.Program {
	data, err := os.ReadFile("../flows/testdata/visit.yaml")
	require.NoError(t, err)
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: data}})
	require.NotNil(t, p, "%v", problems)
	return p
}

func newTicket() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// person is an HTTP client with a credential.
type person struct {
	h      *house
	bearer string
	cookie *http.Cookie
	id     string // a patient's conversation
	header http.Header
}

func (p *person) request(method, path string, body any) *http.Request {
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		require.NoError(p.h.t, err)
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, p.h.url+path, in)
	require.NoError(p.h.t, err)
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if p.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+p.bearer)
	}
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	for k, v := range p.header {
		r.Header[k] = v
	}
	return r
}

// call sends a request, wants the status, and reads the answer into out.
func (p *person) call(method, path string, body any, status int, out any) *http.Response {
	p.h.t.Helper()
	res, err := http.DefaultClient.Do(p.request(method, path, body))
	require.NoError(p.h.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(p.h.t, err)
	require.Equal(p.h.t, status, res.StatusCode, "%s %s: %s", method, path, b)
	c, err := described()
	require.NoError(p.h.t, err)
	require.NoError(p.h.t, c.answered(res.Request, res, b), "%s", b)
	if out != nil {
		require.NoError(p.h.t, json.Unmarshal(b, out), "%s", b)
	}
	return res
}

func (p *person) refused(method, path string, body any, status int, code bot.Code) wire.Problem {
	p.h.t.Helper()
	var problem wire.Problem
	res := p.call(method, path, body, status, &problem)
	require.Equal(p.h.t, "application/problem+json", res.Header.Get("Content-Type"))
	require.Equal(p.h.t, code, problem.Code)
	require.Equal(p.h.t, status, problem.Status)
	return problem
}

var keys struct {
	sync.Mutex
	n int
}

func newKey() string {
	keys.Lock()
	defer keys.Unlock()
	keys.n++
	return "k" + strconv.Itoa(keys.n)
}

func (p *person) do(c wire.Command) wire.Commanded {
	p.h.t.Helper()
	if c.Key == "" {
		c.Key = newKey()
	}
	var out wire.Commanded
	p.call("POST", "/api/v1/conversations/"+p.id+"/commands", c, 200, &out)
	return out
}

// patient starts a conversation and answers until it waits for a doctor.
func (h *house) patient() *person {
	p := h.begun()
	p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	for _, text := range []string{"Anna Lee", "7 March 1958", "+7 900 000-00-00", "It hurts", "3"} {
		p.do(wire.Command{Do: bot.DoSend, Text: text})
	}
	var head wire.Head
	p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
	require.Equal(h.t, bot.Waiting, head.Phase)
	return p
}

func (h *house) begun() *person {
	p := &person{h: h, bearer: newTicket()}
	var started wire.Started
	p.call("POST", "/api/v1/conversations", wire.Start{Key: newKey()}, 201, &started)
	p.id = started.Conversation
	return p
}

// step is the step of the question that is open.
func (p *person) step() string {
	entries := p.entries("after=0").Entries
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Kind == bot.BotAsked {
			return entries[i].Body.(map[string]any)["step"].(string)
		}
	}
	p.h.t.Fatal("nothing is asked")
	return ""
}

func (p *person) entries(query string) wire.Entries {
	p.h.t.Helper()
	var out wire.Entries
	p.call("GET", "/api/v1/conversations/"+p.id+"/entries?"+query, nil, 200, &out)
	return out
}

// until reads by long poll until an entry of the kind comes.
func (p *person) until(after uint64, kind bot.Kind) wire.Entry {
	p.h.t.Helper()
	for range 40 {
		for _, e := range p.entries("wait=5&after=" + strconv.FormatUint(after, 10)).Entries {
			if after = e.Seq; e.Kind == kind {
				return e
			}
		}
	}
	p.h.t.Fatalf("no %s came", kind)
	return wire.Entry{}
}

// staff signs somebody in.
func (h *house) staff(login string) *person {
	h.t.Helper()
	p := &person{h: h}
	res := p.call("POST", "/api/v1/session", wire.SignIn{Login: login, Password: password}, 204, nil)
	require.Len(h.t, res.Cookies(), 1)
	p.cookie = res.Cookies()[0]
	return p
}

// with lets staff look at a patient's conversation.
func (p *person) with(patient *person) *person {
	q := *p
	q.id = patient.id
	return &q
}
