package web_test

import (
	"encoding/base64"
	"encoding/json"
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

// A patient leaves a number and the page; the doctor comes, the number gets a text,
// and the link in it leads another browser into the conversation.
func TestOneWhoHasClosedThePageIsWrittenTo(t *testing.T) {
	sms := notifytest.NewGateway(t)
	h := newHouseThatWrites(t, &notify.Office{SMS: sms.Sender(t, "key-of-the-gateway")}, func(o *web.Options) {
		o.Now = func() time.Time { return time.Now().Add(-time.Minute) } // who leaves left long enough ago
	})
	p := h.patient()
	p.do(wire.Command{Do: bot.DoContact, Channel: bot.BySMS, Address: "+7 900 000-00-01"})
	l := p.connect()
	doctor := h.staff("vera").with(p)
	require.NoError(t, l.conn.Close())
	require.Eventually(t, func() bool { return !h.s.PatientHere(p.id) }, 5*time.Second, time.Millisecond)
	doctor.do(wire.Command{Do: bot.DoClaim})
	require.Eventually(t, func() bool { return len(sms.Taken()) == 1 }, 5*time.Second, time.Millisecond)
	var sent map[string]string
	require.NoError(t, json.Unmarshal([]byte(sms.Taken()[0].Body), &sent))
	require.Equal(t, "+79000000001", sent["to"])
	require.NotContains(t, sent["text"], "Anna")
	_, secret, ok := strings.Cut(sent["text"], h.url+"/widget/?site=main#go-on=")
	require.True(t, ok, sent["text"])

	other := &person{h: h, bearer: newTicket()}
	var went wire.WentOn
	other.call("POST", "/api/v1/elsewhere", wire.GoOn{Secret: secret}, 200, &went)
	require.Equal(t, p.id, went.Conversation)
	doctor.until(0, bot.NoticeSent)
	for _, hidden := range []string{secret, "key-of-the-gateway", "79000000001"} {
		require.NotContains(t, h.log.String(), hidden)
	}
}

// Who looks at the page is told by the page.
func TestOneWhoIsHereIsNotWrittenTo(t *testing.T) {
	sms := notifytest.NewGateway(t)
	h := newHouseThatWrites(t, &notify.Office{SMS: sms.Sender(t, "key")})
	p := h.patient()
	p.do(wire.Command{Do: bot.DoContact, Channel: bot.BySMS, Address: "+7 900 000-00-01"})
	l := p.connect()
	l.open(p.id, 0)
	doctor := h.staff("vera").with(p)
	doctor.do(wire.Command{Do: bot.DoClaim})
	doctor.until(0, bot.NoticeWished) // in case the page is a locked phone's, which looks open for a minute
	p.do(wire.Command{Do: bot.DoSend, Text: "Here I am."})
	state, err := h.e.State(t.Context(), bot.Actor{Role: bot.Patient, Conversation: p.id}, p.id)
	require.NoError(t, err)
	require.Empty(t, state.Notices)
	require.Empty(t, sms.Taken())
}

// Whoever has signed out is rung nowhere: the next at that browser is somebody else.
func TestABrowserIsWokenUntilItsSignInIsOver(t *testing.T) {
	service := notifytest.NewPushService(t)
	h := newHouseThatWrites(t, &notify.Office{Push: service.Sender()})
	here, there := h.staff("vera"), h.staff("vera")
	here.call("POST", "/api/v1/push", wire.StaffPush{Push: service.Subscribe(t)}, 204, nil)
	there.call("POST", "/api/v1/push", wire.StaffPush{Push: service.Subscribe(t)}, 204, nil)
	kept := func() int {
		all, _, err := h.store.Records(t.Context(), "push", "vera/", "", 10)
		require.NoError(t, err)
		return len(all)
	}
	require.Equal(t, 2, kept())
	here.call("DELETE", "/api/v1/session", nil, 204, nil)
	require.Equal(t, 1, kept())
	there.call("DELETE", "/api/v1/session", nil, 204, nil)
	require.Zero(t, kept())
}

func TestStaffLetTheirBrowsersBeWoken(t *testing.T) {
	service := notifytest.NewPushService(t)
	h := newHouseThatWrites(t, &notify.Office{Push: service.Sender()})
	doctor := h.staff("vera")
	var key wire.PushKey
	doctor.call("GET", "/api/v1/push", nil, 200, &key)
	point, err := base64.RawURLEncoding.DecodeString(key.PublicKey)
	require.NoError(t, err)
	require.Len(t, point, 65)
	sub := service.Subscribe(t)
	doctor.call("POST", "/api/v1/push", wire.StaffPush{Push: sub}, 204, nil)
	doctor.refused("POST", "/api/v1/push", wire.StaffPush{Push: bot.Subscription{Endpoint: "http://inside.example"}}, 400, bot.Malformed)
	(&person{h: h}).refused("POST", "/api/v1/push", wire.StaffPush{Push: sub}, 401, bot.Unauthorized)

	doctor.connect() // at work, so rung
	h.patient()
	require.Eventually(t, func() bool { return len(service.Taken()) == 1 }, 5*time.Second, time.Millisecond)
	note := service.Taken()[0].Note
	require.NotContains(t, note.Title+note.Body, "Anna")
	require.Equal(t, h.url+"/console/", note.URL)
	doctor.call("DELETE", "/api/v1/push", wire.StaffPush{Push: sub}, 204, nil)
	require.NotContains(t, h.log.String(), sub.Endpoint)

	none := newHouse(t).staff("vera")
	none.call("GET", "/api/v1/push", nil, 200, &key)
	require.Empty(t, key.PublicKey)
	none.refused("POST", "/api/v1/push", wire.StaffPush{Push: sub}, 409, bot.NotNow)
}
