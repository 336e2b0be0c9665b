package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/bot/notify/notifytest"
	"bedside/web"
	"bedside/web/wire"
)

// A whole visit, from a signed name to the doctor's last word, with everything that
// can fail failing once: nothing of whom, what and by which key stands in the log, not
// even where it tells everything.
func TestAWholeVisitLeavesNobodyInTheLog(t *testing.T) {
	sms, post, push := notifytest.NewGateway(t), notifytest.NewMailServer(t), notifytest.NewPushService(t)
	sms.Answer(func(n int) int { return map[int]int{1: 503, 2: 400}[n] }) // and then the line breaks
	post.Refuse(func(line string) string {
		if strings.HasPrefix(line, "RCPT") {
			return "550 no such user " + line
		}
		return ""
	})
	h := newHouseThatWrites(t, &notify.Office{SMS: sms.Sender(t, "key-of-the-gateway"), Mail: post.Sender(t), Push: push.Sender()}, func(o *web.Options) {
		o.Now = func() time.Time { return time.Now().Add(-time.Minute) } // who leaves left long enough ago
		o.Sites[0].IdentityKey = []byte(identityKey)
	})
	token := signedAnna(t, nil)
	p := &person{h: h, bearer: newTicket()}
	var started wire.Started
	p.call("POST", "/api/v1/conversations", wire.Start{Key: newKey(), Identity: token}, 201, &started)
	p.id = started.Conversation
	p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	for _, text := range []string{"It burns behind the breastbone", "3"} {
		p.do(wire.Command{Do: bot.DoSend, Text: text})
	}
	var head wire.Head
	p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
	require.Equal(t, bot.Waiting, head.Phase)
	sub := push.Subscribe(t)
	p.do(wire.Command{Do: bot.DoContact, Channel: bot.BySMS, Address: "+7 900 000-00-41"})
	p.do(wire.Command{Do: bot.DoContact, Channel: bot.ByEmail, Address: "anna.lee@mail.example"})
	p.do(wire.Command{Do: bot.DoContact, Channel: bot.ByPush, Push: &sub})

	doctor := h.staff("vera").with(p)
	doctor.do(wire.Command{Do: bot.DoClaim}) // the page is closed: all three are written to
	doctor.do(wire.Command{Do: bot.DoSend, Text: "Take two of the white ones"})
	doctor.do(wire.Command{Do: bot.DoNote, Text: "suspects an ulcer"})
	p.attach("photo", "gastroscopy of Anna.jpg", phonePhoto(t))
	var free wire.Times
	doctor.call("GET", "/api/v1/conversations/"+p.id+"/times?days=10", nil, 200, &free)
	doctor.do(wire.Command{Do: bot.DoPropose, Start: free.Days[len(free.Days)-1].Starts[0], Text: "To look at the scar again"})
	booking := p.until(0, bot.BookingProposed).Body.(map[string]any)["booking"].(string)
	p.do(wire.Command{Do: bot.DoAcceptTime, Booking: booking})
	doctor.do(wire.Command{Do: bot.DoCancel, Booking: booking, Reason: "the theatre is taken"})
	doctor.until(0, bot.NoticeFailed)

	var made wire.Elsewhere
	p.call("POST", "/api/v1/conversations/"+p.id+"/elsewhere", nil, 201, &made)
	_, secret, _ := strings.Cut(made.Link, "#go-on=")
	other := &person{h: h, bearer: newTicket(), id: p.id}
	other.call("POST", "/api/v1/elsewhere", wire.GoOn{Secret: secret}, 200, nil)
	other.refused("POST", "/api/v1/elsewhere", wire.GoOn{Secret: secret + "x"}, 410, bot.Gone)

	doctor.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
	ready := p.until(0, bot.CallReady).Body.(map[string]any)
	call, link := ready["call"].(string), ready["link"].(string)
	u, err := url.Parse(link)
	require.NoError(t, err)
	guest := &person{h: h, bearer: u.Fragment}
	var joined wire.Joined
	guest.call("POST", "/api/v1/calls/"+call+"/join", nil, 200, &joined)
	room, err := url.Parse(joined.WebURL)
	require.NoError(t, err)
	h.tcWait.Store(int64(time.Millisecond))
	doctor.do(wire.Command{Do: bot.DoHangUp})
	doctor.do(wire.Command{Do: bot.DoFinish, Words: "Come back if it bleeds", Outcome: "gastritis"})
	doctor.call("POST", "/api/v1/conversations/find", wire.Find{Words: "Anna Lee"}, 200, nil)
	h.stop()

	log := strings.ToLower(h.log.String())
	require.Contains(t, log, "a message was not sent")
	for _, hidden := range []string{
		"anna", "1958", "breastbone", "white ones", "ulcer", "gastroscopy", "the scar", "theatre", "bleeds", "gastritis",
		"9000000041", "000-00-41", "mail.example", sub.Endpoint, sub.Auth, token, token[strings.LastIndex(token, ".")+1:],
		p.bearer, other.bearer, secret, u.Fragment, doctor.cookie.Value, password, "key-of-the-gateway",
		room.Fragment, strings.TrimPrefix(room.Path, "/webrtc/"),
	} {
		require.NotContains(t, log, strings.ToLower(hidden), hidden)
	}
}

// A sign-in makes a secret of its own: one that somebody has put into the browser
// before opens nothing, then or later.
func TestNobodyChoosesTheSecretOfASignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	planted := &http.Cookie{Name: "bedside", Value: newTicket()}
	thief := &person{h: h, cookie: planted}
	victim := &person{h: h, cookie: planted}
	res := victim.call("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: password}, 204, nil)
	require.NotEqual(t, planted.Value, res.Cookies()[0].Value)
	thief.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)

	// Nor does a sign-in go on in the secret of somebody else's.
	own := h.staff("rita")
	again := &person{h: h, cookie: own.cookie}
	res = again.call("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: password}, 204, nil)
	require.NotEqual(t, own.cookie.Value, res.Cookies()[0].Value)
	var who wire.Session
	own.call("GET", "/api/v1/session", nil, 200, &who)
	require.Equal(t, "rita", who.Login)
}

// The key of one call opens nothing of another, of the same conversation or not, and
// nothing else of its own conversation.
func TestAVisitKeyOpensItsCallAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	call := func() (*person, *person, string, string) {
		p := h.patient()
		d := h.staff("vera").with(p)
		d.do(wire.Command{Do: bot.DoClaim})
		d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
		body := p.until(0, bot.CallReady).Body.(map[string]any)
		u, err := url.Parse(body["link"].(string))
		require.NoError(t, err)
		return p, d, body["call"].(string), u.Fragment
	}
	p, d, first, key := call()
	guest := &person{h: h, bearer: key}
	guest.call("GET", "/api/v1/calls/"+first, nil, 200, nil)
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/api/v1/conversations/" + p.id, nil},
		{"GET", "/api/v1/conversations/" + p.id + "/entries", nil},
		{"GET", "/api/v1/conversations/" + p.id + "/times", nil},
		{"POST", "/api/v1/conversations/" + p.id + "/commands", wire.Command{Key: "k", Do: bot.DoSend, Text: "x"}},
		{"POST", "/api/v1/conversations/" + p.id + "/elsewhere", nil},
		{"DELETE", "/api/v1/conversations/" + p.id + "/elsewhere", nil},
		{"GET", "/api/v1/conversations/" + p.id + "/files/f", nil},
		{"GET", "/api/v1/session", nil},
		{"GET", "/api/v1/board", nil},
	} {
		guest.refused(c.method, c.path, c.body, 401, bot.Unauthorized)
	}
	d.do(wire.Command{Do: bot.DoHangUp})
	d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
	later := p.until(p.entries("after=0").Last-1, bot.CallReady).Body.(map[string]any)["call"].(string)
	require.NotEqual(t, first, later)
	d.do(wire.Command{Do: bot.DoHangUp}) // both seats are wanted
	_, _, others, _ := call()
	for _, foreign := range []string{later, others} {
		for _, path := range []string{"/join", "/ring", "/devices", "/late"} {
			guest.refused("POST", "/api/v1/calls/"+foreign+path, nil, 401, bot.Unauthorized)
		}
		guest.refused("GET", "/api/v1/calls/"+foreign, nil, 401, bot.Unauthorized)
		guest.refused("GET", "/api/v1/bookings/"+foreign+"/calendar.ics", nil, 401, bot.Unauthorized)
	}
}
