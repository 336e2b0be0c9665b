package web_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// besieged is a house with the limits of every day, and strangers who each have an
// address of their own.
type besieged struct {
	*house
	strangers int
}

func newBesieged(t *testing.T) *besieged {
	return &besieged{house: newHouse(t, func(o *web.Options) {
		o.Limits = web.Limits{} // the usual ones
		o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})}
}

// from is the header of somebody at an address of the documentation's net.
func from(net string, n int) http.Header {
	return http.Header{"X-Forwarded-For": {fmt.Sprintf("%s.%d", net, n)}}
}

// begun is a stranger's conversation.
func (h *besieged) begun() *person {
	p := &person{h: h.house, bearer: newTicket(), header: h.stranger()}
	var started wire.Started
	p.call("POST", "/api/v1/conversations", wire.Start{Key: newKey()}, 201, &started)
	p.id = started.Conversation
	return p
}

func (h *besieged) stranger() http.Header {
	h.strangers++
	return from([]string{"203.0.113", "192.0.2"}[h.strangers/250], 1+h.strangers%250)
}

// raw sends bytes as they are and reads one answer; nil: the connection ended
// without one.
func (h *besieged) raw(t *testing.T, text string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", h.host)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	_, _ = io.WriteString(conn, text) // it may be cut off in the middle, and that is an answer
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil
	}
	return res
}

const head = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

// TestEveryBadRequestHasAFace sends over HTTP what no client of ours sends. What
// net/http itself refuses has a status and no problem.
func TestEveryBadRequestHasAFace(t *testing.T) {
	h := newBesieged(t)
	pair := h.pair(t)
	mine, other := pair.patient.p, h.begun()
	commands := "/api/v1/conversations/" + mine.id + "/commands"
	const byHTTP = bot.Code("net/http")
	post := func(path, bearer, body string, more ...string) string {
		return "POST " + path + head + "Authorization: Bearer " + bearer + "\r\nContent-Type: application/json\r\n" +
			strings.Join(more, "") + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	for name, c := range map[string]struct {
		text   string
		status int
		code   bot.Code
	}{
		"not JSON":                 {post(commands, mine.bearer, "hello"), 400, bot.Malformed},
		"an array":                 {post(commands, mine.bearer, "[]"), 400, bot.Malformed},
		"nothing":                  {post(commands, mine.bearer, ""), 400, bot.Malformed},
		"two values":               {post(commands, mine.bearer, `{"key":"a","do":"send","text":"x"}{}`), 400, bot.Malformed},
		"not UTF-8":                {post(commands, mine.bearer, "{\"key\":\"a\",\"do\":\"send\",\"text\":\"\xff\"}"), 400, bot.Malformed},
		"an unknown field":         {post(commands, mine.bearer, `{"key":"a","do":"send","text":"x","colour":1}`), 400, bot.Malformed},
		"an unknown do":            {post(commands, mine.bearer, `{"key":"a","do":"explode"}`), 400, bot.Malformed},
		"no key":                   {post(commands, mine.bearer, `{"do":"send","text":"x"}`), 400, bot.Malformed},
		"a null byte in the key":   {post(commands, mine.bearer, `{"key":"a\u0000","do":"send","text":"x"}`), 400, bot.Malformed},
		"deep JSON":                {post(commands, mine.bearer, strings.Repeat("[", 20000)), 400, bot.Malformed},
		"a huge number":            {post(commands, mine.bearer, `{"key":1e999,"do":"send"}`), 400, bot.Malformed},
		"too large":                {post(commands, mine.bearer, `{"key":"a","do":"send","text":"`+strings.Repeat("x", 70<<10)+`"}`), 413, bot.TooLarge},
		"too long a message":       {post(commands, mine.bearer, `{"key":"a","do":"send","text":"`+strings.Repeat("x", 4001)+`"}`), 413, bot.TooLarge},
		"not said to be JSON":      {strings.Replace(post(commands, mine.bearer, "{}"), "application/json", "text/plain", 1), 400, bot.Malformed},
		"no ticket":                {"GET /api/v1/conversations/" + mine.id + head + "\r\n", 401, bot.Unauthorized},
		"a dead ticket":            {post(commands, newTicket(), "{}"), 401, bot.Unauthorized},
		"a ticket that is none":    {post(commands, "x", "{}"), 401, bot.Unauthorized},
		"another's ticket":         {post(commands, other.bearer, `{"key":"a","do":"send","text":"x"}`), 404, bot.Unknown},
		"two tickets":              {post(commands, mine.bearer, "{}", "Authorization: Bearer x\r\n"), 401, bot.Unauthorized},
		"an unknown conversation":  {post("/api/v1/conversations/c_nothing/commands", mine.bearer, `{"key":"a","do":"send","text":"x"}`), 404, bot.Unknown},
		"a foreign page":           {"POST /api/v1/session" + head + "Origin: https://evil.example\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 403, bot.Forbidden},
		"an unknown path":          {"GET /nothing" + head + "\r\n", 404, bot.Unknown},
		"an unknown method":        {"BREW /api/v1/session" + head + "\r\n", 405, bot.Malformed},
		"out of the folder":        {"GET /ui/../../../etc/passwd" + head + "\r\n", 404, bot.Unknown},
		"out of it, in disguise":   {"GET /ui/..%2f..%2fetc%2fpasswd" + head + "\r\n", 404, bot.Unknown},
		"a null byte in the path":  {"GET /ui/%00" + head + "\r\n", 404, bot.Unknown},
		"a backslash":              {"GET /ui/..%5c..%5cwin.ini" + head + "\r\n", 404, bot.Unknown},
		"a site that is none":      {"GET /widget/?site=%00%ff" + head + "\r\n", 404, bot.Unknown},
		"a huge number in a query": {"GET /api/v1/conversations/" + mine.id + "/entries?after=99999999999999999999999" + head + "Authorization: Bearer " + mine.bearer + "\r\n\r\n", 400, bot.Malformed},
		"no HTTP at all":           {"hello\r\n\r\n", 400, byHTTP},
		"a path that is none":      {"GET %zz" + head + "\r\n", 400, byHTTP},
		"a header that is none":    {"GET /" + head + "no colon\r\n\r\n", 400, byHTTP},
		"huge headers":             {"GET /" + head + "X: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431, byHTTP},
		"two lengths":              {"POST " + commands + head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400, byHTTP},
		"chunks that are none":     {"POST " + commands + head + "Authorization: Bearer " + mine.bearer + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, bot.Malformed},
		"no upgrade":               {"GET /api/v1/socket" + head + "\r\n", 400, bot.Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			address := "X-Forwarded-For: " + h.stranger().Get("X-Forwarded-For") + "\r\n"
			res := h.raw(t, strings.Replace(c.text, "Host: x\r\n", "Host: x\r\n"+address, 1))
			require.NotNil(t, res)
			defer res.Body.Close()
			require.Equal(t, c.status, res.StatusCode)
			if c.code == byHTTP {
				return
			}
			require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
			var p wire.Problem
			require.NoError(t, json.NewDecoder(res.Body).Decode(&p))
			require.Equal(t, c.code, p.Code)
			require.Equal(t, c.status, p.Status)
			require.NotEmpty(t, p.Detail)
			require.NotEmpty(t, p.Request)
		})
	}
	pair.whole(t)
	h.unharmed(t)
}

// TestEveryBadFrameHasAFace: refused, or closed with a code that says what to do.
func TestEveryBadFrameHasAFace(t *testing.T) {
	h := newBesieged(t)
	pair := h.pair(t)
	id := pair.patient.p.id
	const text, binary = websocket.TextMessage, websocket.BinaryMessage
	for name, c := range map[string]struct {
		kind int
		text string
		code any // a close code, or the code of a refused frame
	}{
		"not JSON":             {text, "hello", wire.CloseMalformed},
		"an array":             {text, "[1]", wire.CloseMalformed},
		"nothing":              {text, "", wire.CloseMalformed},
		"no type":              {text, "{}", wire.CloseMalformed},
		"an unknown type":      {text, `{"type":"shout"}`, wire.CloseMalformed},
		"a second hello":       {text, `{"type":"hello"}`, wire.CloseMalformed},
		"binary":               {binary, `{"type":"beat"}`, wire.CloseMalformed},
		"deep JSON":            {text, strings.Repeat(`{"a":`, 12000), wire.CloseMalformed},
		"too large":            {text, strings.Repeat(" ", 65<<10), websocket.CloseMessageTooBig},
		"not UTF-8":            {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"send","text":"` + "\xff" + `"}`, bot.Malformed},
		"an unknown do":        {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"explode"}`, bot.Malformed},
		"an unknown field":     {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"send","text":"x","colour":1}`, bot.Malformed},
		"not yours to do":      {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"claim"}`, bot.Forbidden},
		"somebody else's":      {text, `{"type":"command","conversation":"ELSEWHERE","key":"a","do":"send","text":"x"}`, bot.Unknown},
		"to look at another's": {text, `{"type":"open","conversation":"ELSEWHERE","after":0}`, bot.Unknown},
		"a huge number":        {text, `{"type":"open","conversation":"` + id + `","after":1e999}`, bot.Malformed},
		"below nothing":        {text, `{"type":"open","conversation":"` + id + `","after":-1}`, bot.Malformed},
		"too long a message":   {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"send","text":"` + strings.Repeat("x", 4001) + `"}`, bot.TooLarge},
		"a null byte in a key": {text, `{"type":"command","conversation":"` + id + `","key":"\u0000","do":"send","text":"x"}`, bot.Malformed},
		"a question long gone": {text, `{"type":"command","conversation":"` + id + `","key":"a","do":"choose","step":"hello/1","option":"x"}`, bot.Overtaken},
	} {
		t.Run(name, func(t *testing.T) {
			stranger := h.begun() // with a conversation of its own, and not this one
			bearer := stranger.bearer
			if _, refusal := c.code.(bot.Code); refusal && strings.Contains(c.text, id) {
				bearer = pair.patient.p.bearer // a second tab of the patient
			}
			l := h.hello(t, bearer)
			require.NoError(t, l.conn.WriteMessage(c.kind, []byte(strings.ReplaceAll(c.text, "ELSEWHERE", id))))
			if code, closes := c.code.(int); closes {
				require.Equal(t, code, l.closed())
				require.Contains(t, append([]int{websocket.CloseMessageTooBig}, codes()...), code)
				return
			}
			f := l.untilType(wire.TypeRefused)
			require.Equal(t, c.code, f.Code, f.Message)
			require.NotEmpty(t, f.Message)
			l.say(wire.OpenFrame{Type: wire.TypeOpen, Conversation: "nobody's"}) // it goes on
			require.Equal(t, "nobody's", l.until(func(f frame) bool { return f.Type == wire.TypeRefused && f.Conversation == "nobody's" }).Conversation)
		})
	}
	pair.whole(t)
	h.unharmed(t)
}

func codes() []int {
	var out []int
	for _, code := range wire.CloseCodes {
		out = append(out, code)
	}
	return out
}

// hello is a socket of a stranger's address, signed in with a ticket.
func (h *besieged) hello(t *testing.T, bearer string) *line {
	t.Helper()
	conn, _, err := h.dial(h.stranger())
	require.NoError(t, err)
	l := &line{t: t, conn: conn, seen: map[string][]frame{}}
	l.say(wire.HelloFrame{Type: wire.TypeHello, Ticket: bearer})
	require.Equal(t, wire.TypeWelcome, l.next().Type)
	return l
}

// TestBadUpgradesHaveAFace: the upgrade is refused with a problem.
func TestBadUpgradesHaveAFace(t *testing.T) {
	h := newBesieged(t)
	for name, c := range map[string]struct {
		header   http.Header
		protocol string
		status   int
		code     bot.Code
	}{
		"a foreign page":     {http.Header{"Origin": {"https://evil.example"}}, wire.Subprotocol, 403, bot.Forbidden},
		"the clinic's page":  {http.Header{"Origin": {"https://www.clinic.example"}}, wire.Subprotocol, 403, bot.Forbidden},
		"a sandboxed page":   {http.Header{"Origin": {"null"}}, wire.Subprotocol, 403, bot.Forbidden},
		"two origins":        {http.Header{"Origin": {h.url, "https://evil.example"}}, wire.Subprotocol, 403, bot.Forbidden},
		"another protocol":   {nil, "mqtt", 400, bot.Malformed},
		"a malformed ticket": {http.Header{"Authorization": {"Basic x"}}, wire.Subprotocol, 401, bot.Unauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			header := h.stranger()
			for k, v := range c.header {
				header[k] = v
			}
			d := websocket.Dialer{Subprotocols: []string{c.protocol}, HandshakeTimeout: 5 * time.Second}
			_, res, err := d.Dial("ws"+h.url[len("http"):]+"/api/v1/socket", header)
			require.Error(t, err)
			require.NotNil(t, res)
			var p wire.Problem
			require.NoError(t, json.NewDecoder(res.Body).Decode(&p))
			require.Equal(t, c.status, res.StatusCode)
			require.Equal(t, c.code, p.Code)
		})
	}
	h.unharmed(t)
}

// TestASiege is what somebody with time and malice does, all at once, while two
// people go on talking.
func TestASiege(t *testing.T) {
	h := newBesieged(t)
	pair := h.pair(t)
	before := h.size(t)

	// Come back after 10 s; or so many that the line was cut, which means come back too.
	tooMany := []int{wire.CloseTooFast, websocket.CloseAbnormalClosure, 0}
	flood := h.hello(t, h.begun().bearer)
	for range 10000 {
		if flood.conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"beat"}`)) != nil {
			break
		}
	}
	require.Contains(t, tooMany, ended(flood))

	pings := h.hello(t, h.begun().bearer)
	for range 10000 {
		if pings.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) != nil {
			break
		}
	}
	require.Contains(t, tooMany, ended(pings))

	refused := 0
	many := h.stranger()
	for range 400 {
		res := h.raw(t, "GET /widget/"+head+"X-Forwarded-For: "+many.Get("X-Forwarded-For")+"\r\n\r\n")
		require.NotNil(t, res)
		if res.StatusCode == http.StatusTooManyRequests {
			refused++
			require.NotEmpty(t, res.Header.Get("Retry-After"))
			require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
		}
		_ = res.Body.Close()
	}
	require.Greater(t, refused, 200)

	var held []net.Conn // who begin and never end
	for i := range 200 {
		conn, err := net.Dial("tcp", h.host)
		require.NoError(t, err)
		held = append(held, conn)
		_, err = io.WriteString(conn, []string{
			"GET /widget/ HTTP/1.1\r\nHost: x\r\nX-Slow: ",
			"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
			"GET /api/v1/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\x81\xfe\xff",
			"",
		}[i%4])
		require.NoError(t, err)
	}
	pair.round(t) // in their midst
	for _, conn := range held {
		_ = conn.(*net.TCPConn).SetLinger(0) // and are gone without a word
		_ = conn.Close()
	}
	pair.whole(t)
	h.unharmed(t)
	h.sameSize(t, before)
}

// ended is how the server ends a socket: its close code, 0 where the line is cut,
// and -1 where it is not ended at all.
func ended(l *line) int {
	_ = l.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, _, err := l.conn.ReadMessage()
		var closed *websocket.CloseError
		var slow net.Error
		switch {
		case err == nil:
		case errors.As(err, &closed):
			return closed.Code
		case errors.As(err, &slow) && slow.Timeout():
			return -1
		default:
			return 0
		}
	}
}

// TestWhoDoesNotSpeakIsLetGo: a client that begins and never ends is dropped by the
// server, whatever it had begun.
func TestWhoDoesNotSpeakIsLetGo(t *testing.T) {
	h := newBesieged(t)
	server := h.s.HTTP(h.s.Handler())
	require.LessOrEqual(t, server.ReadHeaderTimeout, 10*time.Second)
	require.LessOrEqual(t, server.ReadTimeout, 30*time.Second)
	server.ReadHeaderTimeout, server.ReadTimeout = 100*time.Millisecond, 200*time.Millisecond // so that nobody waits for the test
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	for name, text := range map[string]string{
		"in the first line": "GET /wid", "in the headers": "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", "nothing at all": "",
		"in the body": "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
	} {
		conn, err := net.Dial("tcp", l.Addr().String())
		require.NoError(t, err)
		_, err = io.WriteString(conn, text)
		require.NoError(t, err)
		_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
		_, err = io.Copy(io.Discard, conn)
		var slow net.Error
		require.False(t, errors.As(err, &slow) && slow.Timeout(), "%s: still open", name)
		require.NoError(t, conn.Close())
	}
	require.NoError(t, server.Close())
	require.ErrorIs(t, <-served, http.ErrServerClosed)
	h.unharmed(t)
}

// size is what a siege could have left behind.
type size struct {
	goroutines int
	heap       uint64
}

func (h *besieged) size(t *testing.T) size {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return size{runtime.NumGoroutine(), m.HeapAlloc}
}

// sameSize wants all of it given back; limits by address may be remembered.
func (h *besieged) sameSize(t *testing.T, before size) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		now := h.size(t)
		require.LessOrEqual(c, now.goroutines, before.goroutines+5)
		require.Less(c, now.heap, before.heap+8<<20)
	}, 40*time.Second, 100*time.Millisecond)
}

// unharmed wants no panic, and a server that answers.
func (h *besieged) unharmed(t *testing.T) {
	t.Helper()
	require.NotContains(t, h.log.String(), "web: panic")
	require.NotContains(t, h.log.String(), "goroutine ")
	(&person{h: h.house}).call("GET", "/readyz", nil, 200, nil)
}
