package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// goesOn redeems a link with a new browser's own ticket.
func (h *house) goesOn(link string) *person {
	h.t.Helper()
	other := &person{h: h, bearer: newTicket()}
	var went wire.WentOn
	other.call("POST", "/api/v1/elsewhere", wire.GoOn{Secret: secretOf(h.t, link)}, 200, &went)
	other.id = went.Conversation
	return other
}

func secretOf(t testing.TB, link string) string {
	u, err := url.Parse(link)
	require.NoError(t, err)
	secret, ok := strings.CutPrefix(u.Fragment, "go-on=")
	require.True(t, ok, link)
	return secret
}

func (p *person) makesLink() wire.Elsewhere {
	p.h.t.Helper()
	var made wire.Elsewhere
	p.call("POST", "/api/v1/conversations/"+p.id+"/elsewhere", nil, 201, &made)
	return made
}

func TestElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	phone := h.patient()
	at := phone.connect()
	at.open(phone.id, 0)

	made := phone.makesLink()
	require.True(t, strings.HasPrefix(made.Link, h.url+"/widget/?site=main#go-on="), made.Link)
	require.WithinDuration(t, time.Now().Add(10*time.Minute), made.ExpiresAt, time.Minute)
	require.Greater(t, len(made.QR), 20)
	for _, row := range made.QR {
		require.Len(t, row, len(made.QR))
		require.Empty(t, strings.Trim(row, "01"))
	}
	require.True(t, strings.HasPrefix(made.QR[0], "1111111"), "a finder pattern begins it")

	tablet := h.goesOn(made.Link)
	require.Equal(t, phone.id, tablet.id)
	at.untilKind(bot.DeviceAdded)
	there := tablet.connect()
	there.open(tablet.id, 0)
	there.untilKind(bot.DeviceAdded)
	thief := &person{h: h, bearer: newTicket()}
	thief.refused("POST", "/api/v1/elsewhere", wire.GoOn{Secret: secretOf(t, made.Link)}, 409, bot.Taken)
	thief.refused("GET", "/api/v1/conversations/"+phone.id, nil, 401, bot.Unauthorized)
	thief.refused("POST", "/api/v1/elsewhere", wire.GoOn{Secret: "made up"}, 410, bot.Gone)

	began := time.Now()
	tablet.call("DELETE", "/api/v1/conversations/"+tablet.id+"/elsewhere", nil, 204, nil)
	require.Equal(t, wire.CloseSignedOut, at.closed())
	require.Less(t, time.Since(began), 3*time.Second)
	phone.refused("GET", "/api/v1/conversations/"+phone.id, nil, 401, bot.Unauthorized)
	there.untilKind(bot.DevicesEnded)
	tablet.do(wire.Command{Do: bot.DoSend, Text: "I am here now."})
	require.NotContains(t, h.log.String(), secretOf(t, made.Link))
}

func TestElsewhereIsThePatientsAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) { o.Limits.StartsPerMinute, o.Limits.StartBurst = 0.01, 8 })
	p, other, vera := h.patient(), h.patient(), h.staff("vera")
	path := "/api/v1/conversations/" + p.id + "/elsewhere"
	for _, method := range []string{"POST", "DELETE"} {
		vera.refused(method, path, nil, 403, bot.Forbidden)
		other.refused(method, path, nil, 404, bot.Unknown)
	}
	for range 10 {
		p.makesLink()
	}
	p.refused("POST", path, nil, 429, bot.TooMany)

	link := wire.GoOn{Secret: secretOf(t, other.makesLink().Link)}
	vera.refused("POST", "/api/v1/elsewhere", link, 401, bot.Unauthorized)
	bad := &person{h: h, bearer: "short"}
	bad.refused("POST", "/api/v1/elsewhere", link, 400, bot.Malformed)
	stranger := &person{h: h, bearer: newTicket()}
	stranger.refused("POST", "/api/v1/elsewhere", wire.GoOn{}, 400, bot.Malformed)
	for range 6 {
		stranger.refused("POST", "/api/v1/elsewhere", wire.GoOn{Secret: "guessed"}, 410, bot.Gone)
	}
	stranger.refused("POST", "/api/v1/elsewhere", wire.GoOn{Secret: "guessed"}, 429, bot.TooMany)
}

// What is rendered for a reader follows the language as soon as it is chosen, on
// a socket that was open before too.
func TestTheLanguageIsFollowedOnAnOpenSocket(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, vera := h.patient(), h.staff("vera")
	l := p.connect()
	l.open(p.id, 0)
	vera.with(p).do(wire.Command{Do: bot.DoClaim})
	l.do(p.id, wire.Command{Do: bot.DoSpeak, Language: "ru"})
	require.JSONEq(t, `{"language":"ru"}`, string(l.untilKind(bot.LanguageChosen).Body))
	vera.with(p).do(wire.Command{Do: bot.DoEscalate})
	require.Contains(t, string(l.untilKind(bot.CallRequested).Body), "Врач приглашает")
	var head wire.Head
	vera.with(p).call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
	require.Equal(t, "ru", head.Language)
	p.refused("POST", "/api/v1/conversations/"+p.id+"/commands", wire.Command{Key: newKey(), Do: bot.DoSpeak, Language: strings.Repeat("x", 256)}, 400, bot.Malformed)
}
