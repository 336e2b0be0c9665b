package web_test

import (
	"io"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

func TestStarting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	t.Run("the same ticket again is the same conversation", func(t *testing.T) {
		p := &person{h: h, bearer: newTicket()}
		var one, two wire.Started
		p.call("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 201, &one)
		p.call("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 201, &two)
		require.Equal(t, one, two)
		require.Empty(t, one.Ticket)
		require.NotEmpty(t, one.Entries)
	})
	t.Run("without a ticket one is made", func(t *testing.T) {
		var started wire.Started
		(&person{h: h}).call("POST", "/api/v1/conversations", wire.Start{Key: "k", Language: "ru"}, 201, &started)
		p := &person{h: h, bearer: started.Ticket, id: started.Conversation}
		require.NotEmpty(t, p.entries("after=0").Entries)
		require.Contains(t, started.Entries[1].Body.(map[string]any)["text"], "Здравствуйте")
	})
	t.Run("refused", func(t *testing.T) {
		anybody := &person{h: h, bearer: newTicket()}
		anybody.refused("POST", "/api/v1/conversations", wire.Start{}, 400, bot.Malformed)
		anybody.refused("POST", "/api/v1/conversations", wire.Start{Key: "k", Site: "nowhere"}, 404, bot.Unknown)
		anybody.refused("POST", "/api/v1/conversations", wire.Start{Key: "k", Identity: "x"}, 422, bot.IdentityRefused)
		weak := &person{h: h, bearer: "short"}
		weak.refused("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 400, bot.Malformed)
	})
}

func TestStrictBodies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.begun()
	path := "/api/v1/conversations/" + p.id + "/commands"
	for body, word := range map[string]string{
		``:                              "not JSON",
		`{`:                             "not JSON",
		`[]`:                            "not a JSON object",
		`{"key":"a","do":"send"} {}`:    "more than one",
		`{"key":"a","do":"send","x":1}`: `"x"`,
		`{"key":7,"do":"send"}`:         "key",
		`{"key":"a b","do":"send"}`:     "ASCII",
		`{"key":"` + strings.Repeat("k", 129) + `","do":"send"}`: "128",
		`{"key":"a","do":"escalate","how":"horse"}`:              "app or page",
		`{"key":"a","do":"join"}`:                                "no such command",
		"{\"key\":\"a\",\"do\":\"send\",\"text\":\"\xff\"}":      "UTF-8",
	} {
		problem := p.refused("POST", path, body, 400, bot.Malformed)
		require.Contains(t, strings.ToLower(problem.Detail), strings.ToLower(word), body)
		require.NotEmpty(t, problem.Request)
	}
	p.refused("POST", path, `{"key":"a","do":"send","text":"`+strings.Repeat("x", 70<<10)+`"}`, 413, bot.TooLarge)
	form := *p
	form.header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	form.refused("POST", path, `{"key":"a","do":"send","text":"x"}`, 400, bot.Malformed)

	p.refused("PUT", path, nil, 405, bot.Malformed)
	p.refused("GET", "/api/v1/nothing", nil, 404, bot.Unknown)
	p.refused("GET", "/nothing", nil, 404, bot.Unknown)
	for _, query := range []string{"after=x", "after=-1", "after=1&before=2", "limit=-1", "limit=x", "wait=-1", "wait=x&after=0", "before=2&wait=5"} {
		p.refused("GET", "/api/v1/conversations/"+p.id+"/entries?"+query, nil, 400, bot.Malformed)
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	all := p.entries("after=0").Entries
	last := all[len(all)-1].Seq
	require.Equal(t, all, p.entries("").Entries, "without a word it is the end of the journal")
	var forward []wire.Entry
	for after := uint64(0); ; {
		page := p.entries("limit=3&after=" + itoa(after))
		require.Equal(t, last, page.Last)
		forward = append(forward, page.Entries...)
		if len(page.Entries) == 0 {
			break
		}
		after = page.Entries[len(page.Entries)-1].Seq
	}
	require.Equal(t, all, forward)
	back := p.entries("limit=2&before=" + itoa(last)).Entries
	require.Equal(t, all[len(all)-3:len(all)-1], back)
	for _, query := range []string{"wait=0", "limit=0", "after=0&wait=0", "after=0&limit=0", "before=0&wait=0", "wait=20"} {
		require.Equal(t, all, p.entries(query).Entries, query)
	}
	began := time.Now()
	require.Empty(t, p.entries("wait=0&after="+itoa(last)).Entries)
	require.Less(t, time.Since(began), time.Second, "0 is not waiting")
}

func TestLongPoll(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	last := p.entries("after=0").Last
	began := time.Now()
	require.Empty(t, p.entries("wait=1&after="+itoa(last)).Entries)
	require.GreaterOrEqual(t, time.Since(began), time.Second)

	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(50 * time.Millisecond) // lets the poll begin; either order must do
		p.do(wire.Command{Do: bot.DoSend, Text: "now"})
	})
	got := p.entries("wait=20&after=" + itoa(last))
	wg.Wait()
	require.NotEmpty(t, got.Entries)
	require.Equal(t, last, got.Entries[0].Prev)
}

func TestLimitsOfCalls(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) {
		o.Limits.StartsPerMinute, o.Limits.StartBurst = 1, 2
		o.Limits.CommandsPerSecond, o.Limits.CommandBurst = 0.01, 1
	})
	p := h.begun()
	p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	slow := p.refused("POST", "/api/v1/conversations/"+p.id+"/commands", wire.Command{Key: "k", Do: bot.DoSend, Text: "x"}, 429, bot.TooMany)
	require.Positive(t, slow.RetryAfter)
	h.begun()
	(&person{h: h, bearer: newTicket()}).refused("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 429, bot.TooMany)

	tight := newHouse(t, func(o *web.Options) { o.Limits.RequestsPerSecond, o.Limits.RequestBurst = 0.01, 2 })
	anybody := &person{h: tight}
	anybody.call("GET", "/healthz", nil, 200, nil)
	anybody.call("GET", "/healthz", nil, 200, nil)
	anybody.refused("GET", "/healthz", nil, 429, bot.TooMany)
}

func TestWhatAPatientWritesIsBounded(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) { o.Limits.TextPerSecond, o.Limits.TextBurst = 1, 2000 })
	p := h.begun()
	p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	many := wire.Command{Key: "k", Do: bot.DoSend, Text: strings.Repeat("x", 1700)}
	no := p.refused("POST", "/api/v1/conversations/"+p.id+"/commands", many, 429, bot.TooMany)
	require.Positive(t, no.RetryAfter)
	l := p.connect()
	require.Equal(t, "socket", l.do(p.id, wire.Command{Key: "socket", Do: bot.DoSend, Text: many.Text}))
	require.Equal(t, bot.TooMany, l.untilType(wire.TypeRefused).Code)
	p.do(wire.Command{Do: bot.DoSend, Text: "Anna Lee"})
}

func TestNothingBeginsOnANearlyFullDisk(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) { o.DataFolder, o.Limits.FreeDisk = t.TempDir(), 1<<62 })
	no := (&person{h: h, bearer: newTicket()}).refused("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 503, bot.Unavailable)
	require.Positive(t, no.RetryAfter)
	require.Contains(t, h.log.String(), "nearly full")
	var b strings.Builder
	res, err := http.Get(h.url + "/metrics")
	require.NoError(t, err)
	defer res.Body.Close()
	_, err = io.Copy(&b, res.Body)
	require.NoError(t, err)
	require.Regexp(t, `bedside_web_disk_free_bytes [1-9]`, b.String())
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nobody := &person{h: h}
	wrong := nobody.refused("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: "x"}, 401, bot.Unauthorized)
	unknown := nobody.refused("POST", "/api/v1/session", wire.SignIn{Login: "nobody", Password: "x"}, 401, bot.Unauthorized)
	require.Equal(t, wrong.Detail, unknown.Detail)
	vera := h.staff("vera")
	var who wire.Session
	vera.call("GET", "/api/v1/session", nil, 200, &who)
	require.Equal(t, wire.Session{Login: "vera", Name: "Dr Vera", Role: bot.Doctor, Departments: []string{"gp", "duty"}}, who)

	for range 4 {
		nobody.call("POST", "/api/v1/session", wire.SignIn{Login: "oleg", Password: "x"}, 401, nil)
	}
	later := nobody.refused("POST", "/api/v1/session", wire.SignIn{Login: "Oleg", Password: password}, 429, bot.TooMany)
	require.Positive(t, later.RetryAfter)
	h.staff("rita") // others are not kept out

	t.Run("where she has signed in before nobody keeps a doctor out", func(t *testing.T) {
		trusting := newHouse(t, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
		at := func(address, password string, status int) {
			p := &person{h: trusting, header: http.Header{"X-Forwarded-For": {address}}}
			p.call("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: password}, status, nil)
		}
		at("2001:db8:1:1::1", password, 204)
		for i := range 40 { // from everywhere
			at("203.0.113."+strconv.Itoa(i), "x", map[bool]int{true: 401, false: 429}[i <= 30])
		}
		at("198.51.100.1", password, 429)
		at("2001:db8:1:2::9", password, 204) // the same network
	})

	t.Run("a session dies with the password it was made with", func(t *testing.T) {
		next, err := web.New(web.Options{Engine: h.e, Store: h.store, PublicURL: h.url, Sites: []web.Site{{ID: "main"}},
			Staff: []web.StaffMember{{Login: "vera", Role: bot.Doctor, PasswordHash: web.CheapHash("another")}}})
		require.NoError(t, err)
		defer func() { require.NoError(t, next.Close(t.Context())) }()
		p := *vera
		p.h = h.serve(next.Handler())
		p.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)
	})
}

func TestStaffReadWhatIsTheirs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	vera := h.staff("vera").with(p)
	var head, patients wire.Head
	vera.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
	require.Equal(t, "Anna Lee", head.Patient)
	require.Contains(t, head.May, bot.DoClaim)
	p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &patients)
	require.Empty(t, patients.Patient)
	require.Empty(t, patients.Department)

	vera.do(wire.Command{Do: bot.DoClaim})
	vera.do(wire.Command{Do: bot.DoNote, Text: "for colleagues"})
	for _, e := range p.entries("after=0").Entries {
		require.NotEqual(t, bot.NoteWritten, e.Kind)
	}
	taken := h.staff("oleg").with(p).refused("POST", "/api/v1/conversations/"+p.id+"/commands",
		wire.Command{Key: "k", Do: bot.DoClaim}, 409, bot.Taken)
	require.NotEmpty(t, taken.Detail)
	var lists wire.Heads
	vera.call("GET", "/api/v1/conversations?list=doctor/vera", nil, 200, &lists)
	require.Len(t, lists.Heads, 1)
	require.Nil(t, lists.Heads[0].May, "a list does not say that nothing may be done")
	vera.call("GET", "/api/v1/conversations?list=doctor/vera&limit=0", nil, 200, &lists)
	require.Len(t, lists.Heads, 1)
	vera.refused("GET", "/api/v1/conversations?list=doctor/oleg", nil, 403, bot.Forbidden)
	vera.refused("GET", "/api/v1/conversations?before=x", nil, 400, bot.Malformed)
}
