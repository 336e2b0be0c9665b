package notify_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/bot/notify/notifytest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secret = "a-secret-of-the-gateway"

func message() notify.Message {
	return notify.Message{
		ID: "n1", To: "+79160000001", Title: "Врач на связи, Rassvet Clinic", Short: "Врач на связи:",
		Text: "Rassvet: \"врач\" на связи.\nОткройте: https://bedside.example/widget/#go-on=SECRET&x", Link: "https://bedside.example/widget/",
	}
}

func requireKind(t *testing.T, want notify.Kind, retry bool, err error) {
	t.Helper()
	var e *notify.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, want, e.Kind, err)
	require.Equal(t, retry, e.Retry, err)
	for _, hidden := range []string{secret, "SECRET", "79160000001", "one@clinic.example", "127.0.0.1"} {
		require.NotContains(t, err.Error(), hidden)
	}
}

func TestAGatewayGetsTheTextWhole(t *testing.T) {
	g := notifytest.NewGateway(t)
	m := message()
	require.NoError(t, (&notify.Office{SMS: g.Sender(t, secret)}).Send(t.Context(), bot.BySMS, m))
	taken := g.Taken()
	require.Len(t, taken, 1)
	require.Equal(t, "POST", taken[0].Method)
	require.Equal(t, "application/json", taken[0].Header.Get("Content-Type"))
	require.Equal(t, "Bearer "+secret, taken[0].Header.Get("Authorization"))
	var body map[string]string
	require.NoError(t, json.Unmarshal([]byte(taken[0].Body), &body))
	require.Equal(t, map[string]string{"to": m.To, "text": m.Text, "id": m.ID}, body)
}

func TestAFormAndAnAddressAreEscaped(t *testing.T) {
	g := notifytest.NewGateway(t)
	m := message()
	form, err := notify.NewGateway(notify.GatewayConfig{URL: g.URL, Body: `to={{.Digits}}&text={{.Text}}`})
	require.NoError(t, err)
	require.NoError(t, form.Send(t.Context(), m))
	got, err := url.ParseQuery(g.Taken()[0].Body)
	require.NoError(t, err)
	require.Equal(t, url.Values{"to": {"79160000001"}, "text": {m.Text}}, got)

	query, err := notify.NewGateway(notify.GatewayConfig{URL: g.URL + "?phone={{.Phone}}&msg={{.Text}}"})
	require.NoError(t, err)
	require.NoError(t, query.Send(t.Context(), m))
	require.Equal(t, "GET", g.Taken()[1].Method)
	got, err = url.ParseQuery(g.Taken()[1].Query)
	require.NoError(t, err)
	require.Equal(t, url.Values{"phone": {m.To}, "msg": {m.Text}}, got)
}

func TestATemplateThatGivesNoRequestIsRefused(t *testing.T) {
	const sound = `to={{.Digits}}&text={{.Text}}`
	kind := func(value string) []notify.Header { return []notify.Header{{Name: "content-type", Value: value}} }
	for what, c := range map[string]struct {
		config notify.GatewayConfig
		said   string
	}{
		"values without quotes": {notify.GatewayConfig{URL: "https://sms.example", Body: `{"to": {{.Phone}}}`}, "no JSON"},
		"of another kind of it": {notify.GatewayConfig{URL: "https://sms.example", Body: `{"to": {{.Phone}}}`, Headers: kind("text/json")}, "no JSON"},
		"an unknown field":      {notify.GatewayConfig{URL: "https://sms.example", Body: `{"to": "{{.Name}}"}`}, "names a field"},
		"no template":           {notify.GatewayConfig{URL: "https://sms.example", Body: `{{.Phone`}, "no template"},
		"no address":            {notify.GatewayConfig{URL: "sms.example/send", Body: sound}, "no address"},
		"a file":                {notify.GatewayConfig{URL: "file:///send", Body: sound}, "no address"},
		"no header":             {notify.GatewayConfig{URL: "https://sms.example", Body: sound, Headers: []notify.Header{{Name: "a b", Value: "c"}}}, "cannot be written"},
		"a header of two lines": {notify.GatewayConfig{URL: "https://sms.example", Body: sound, Headers: []notify.Header{{Name: "a", Value: "c\r\nd: e"}}}, "cannot be written"},
		"no kind of body":       {notify.GatewayConfig{URL: "https://sms.example", Body: sound, Headers: kind("application/json; charset")}, "Content-Type is none"},
		"nobody's number":       {notify.GatewayConfig{URL: "https://sms.example", Body: `text={{.Text}}`}, "to whom"},
		"no words":              {notify.GatewayConfig{URL: "https://sms.example/{{.Phone}}"}, "what"},
		"nothing at all":        {notify.GatewayConfig{URL: "https://sms.example", Secret: secret}, "to whom"},
	} {
		_, err := notify.NewGateway(c.config)
		require.ErrorContains(t, err, c.said, what)
		require.NotContains(t, err.Error(), secret)
	}
}

// The body of a gateway that speaks XML stays whole, whatever a clinic is called.
func TestWhatIsWrittenInXMLIsEscaped(t *testing.T) {
	g := notifytest.NewGateway(t)
	m := message()
	s, err := notify.NewGateway(notify.GatewayConfig{
		URL: g.URL, Body: `<sms to="{{.Phone}}"><text>{{.Text}}</text></sms>`, Headers: []notify.Header{{Name: "Content-Type", Value: "text/xml; charset=utf-8"}},
	})
	require.NoError(t, err)
	m.Text = `Clinic "A" & B</text><sms to="+79160000002">`
	require.NoError(t, s.Send(t.Context(), m))
	var got struct {
		To   string `xml:"to,attr"`
		Text string `xml:"text"`
	}
	require.NoError(t, xml.Unmarshal([]byte(g.Taken()[0].Body), &got))
	require.Equal(t, m.To, got.To)
	require.Equal(t, m.Text, got.Text)
}

// What was handed over and not answered may have gone, so it goes no second time.
func TestWhatAGatewaySays(t *testing.T) {
	g := notifytest.NewGateway(t)
	s := g.Sender(t, secret)
	for status, want := range map[int]struct {
		kind  notify.Kind
		retry bool
	}{
		0: {notify.Unknown, false}, 500: {notify.Unknown, false}, 502: {notify.Unknown, false},
		503: {notify.Refused, true}, 429: {notify.Refused, true}, 401: {notify.Refused, true},
		400: {notify.Address, false}, 404: {notify.Refused, false}, 302: {notify.Refused, false},
	} {
		before := len(g.Taken())
		g.Answer(func(int) int { return status })
		requireKind(t, want.kind, want.retry, s.Send(t.Context(), message()))
		require.Len(t, g.Taken(), before+1, "%d: once", status)
	}
	strict, err := notify.NewGateway(notify.GatewayConfig{URL: g.URL, Body: "{{.Phone}} {{.Text}}", Success: []int{202}})
	require.NoError(t, err)
	g.Answer(nil)
	requireKind(t, notify.Refused, false, strict.Send(t.Context(), message()))

	closed := closedPort(t)
	nobody, err := notify.NewGateway(notify.GatewayConfig{URL: "http://" + closed, Body: "{{.Phone}} {{.Text}}"})
	require.NoError(t, err)
	requireKind(t, notify.Unreachable, true, nobody.Send(t.Context(), message()))
}

func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return l.Addr().String()
}

func TestMailComesWhole(t *testing.T) {
	s := notifytest.NewMailServer(t)
	s.User, s.Password = "bedside", secret
	m := message()
	m.To, m.Calendar, m.Method = "one@clinic.example", []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "PUBLISH"
	sender := s.Sender(t)
	require.NoError(t, sender.Check(t.Context()))
	require.Empty(t, s.Taken(), "a look sends nothing")
	require.NoError(t, sender.Send(t.Context(), m))
	require.NoError(t, sender.Send(t.Context(), m))
	taken := s.Taken()
	require.Len(t, taken, 2)
	require.True(t, taken[0].Secure)
	require.Equal(t, "bedside", taken[0].User)
	require.Equal(t, "visits@clinic.example", taken[0].From)
	require.Equal(t, "one@clinic.example", taken[0].To)

	letter, err := mail.ReadMessage(strings.NewReader(taken[0].Data))
	require.NoError(t, err)
	again, err := mail.ReadMessage(strings.NewReader(taken[1].Data))
	require.NoError(t, err)
	require.Equal(t, "<n1@clinic.example>", letter.Header.Get("Message-ID"))
	require.Equal(t, letter.Header.Get("Message-ID"), again.Header.Get("Message-ID"))
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, m.Title, subject)
	kind, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	require.NoError(t, err)
	require.Equal(t, "multipart/mixed", kind)
	parts := multipart.NewReader(letter.Body, params["boundary"])
	text, err := parts.NextRawPart()
	require.NoError(t, err)
	body, err := io.ReadAll(quotedprintable.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(m.Text, "\n", "\r\n"), strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(string(body), "\r\n", "\n"), "\n", "\r\n")))
	file, err := parts.NextPart()
	require.NoError(t, err)
	require.Contains(t, file.Header.Get("Content-Type"), "text/calendar")
	require.Equal(t, "visit.ics", file.FileName())
}

func TestWhatAMailServerSays(t *testing.T) {
	m := message()
	m.To = "one@clinic.example"
	on := func(verb, answer string) func(string) string {
		return func(line string) string {
			if strings.HasPrefix(strings.ToUpper(line), verb) {
				return answer
			}
			return ""
		}
	}
	for what, c := range map[string]struct {
		refuse func(string) string
		kind   notify.Kind
		retry  bool
	}{
		"no such mailbox": {on("RCPT", "550 no such user"), notify.Address, false},
		"a full mailbox":  {on("RCPT", "452 later"), notify.Refused, true},
		"not from us":     {on("MAIL", "553 not yours"), notify.Refused, false},
		"spam":            {on(".", "554 spam"), notify.Refused, false},
		"busy":            {on(".", "451 later"), notify.Refused, true},
		"gone in between": {on("DATA", "-"), notify.Unreachable, true},
		"no TLS":          {on("STARTTLS", "454 not now"), notify.Refused, true},
	} {
		t.Run(what, func(t *testing.T) {
			s := notifytest.NewMailServer(t)
			s.Refuse(c.refuse)
			requireKind(t, c.kind, c.retry, s.Sender(t).Send(t.Context(), m))
			require.Empty(t, s.Taken())
		})
	}
	t.Run("a wrong password", func(t *testing.T) {
		s := notifytest.NewMailServer(t)
		s.User, s.Password = "bedside", "another"
		sender := s.Config()
		sender.Password = secret
		wrong, err := notify.NewMail(sender)
		require.NoError(t, err)
		requireKind(t, notify.Refused, true, wrong.Send(t.Context(), m))
		requireKind(t, notify.Refused, true, wrong.Check(t.Context()))
	})
	t.Run("nobody", func(t *testing.T) {
		s := notifytest.NewMailServer(t)
		s.Close()
		requireKind(t, notify.Unreachable, true, s.Sender(t).Send(t.Context(), m))
	})
	t.Run("a stranger's certificate", func(t *testing.T) {
		s := notifytest.NewMailServer(t)
		c := s.Config()
		c.TLS = nil
		stranger, err := notify.NewMail(c)
		require.NoError(t, err)
		require.Error(t, stranger.Send(t.Context(), m))
		require.Empty(t, s.Taken())
	})
}

func TestABrowserReadsItsMessage(t *testing.T) {
	p := notifytest.NewPushService(t)
	office := &notify.Office{Push: p.Sender()}
	sub := p.Subscribe(t)
	m := message()
	m.Push, m.Life = &sub, time.Hour
	require.NoError(t, office.Send(t.Context(), bot.ByPush, m))
	taken := p.Taken()
	require.Len(t, taken, 1)
	require.Equal(t, notify.Note{Title: m.Title, Body: m.Short, URL: m.Link, Tag: m.ID}, taken[0].Note)
	require.Equal(t, "3600", taken[0].Header.Get("TTL"))
	require.Equal(t, "high", taken[0].Header.Get("Urgency"))
	require.Equal(t, "aes128gcm", taken[0].Header.Get("Content-Encoding"))
	require.Equal(t, office.Push.PublicKey(), p.Sender().PublicKey(), "computed, so the same after a restart")

	for status, want := range map[int]struct {
		kind  notify.Kind
		retry bool
	}{
		410: {notify.Gone, false}, 404: {notify.Gone, false}, 429: {notify.Refused, true},
		403: {notify.Refused, false}, 500: {notify.Unknown, false}, 0: {notify.Unknown, false},
	} {
		before := len(p.Taken())
		p.Answer(func(int) int { return status })
		requireKind(t, want.kind, want.retry, office.Send(t.Context(), bot.ByPush, m))
		require.Len(t, p.Taken(), before+1, "%d: once", status)
	}
}

// A browser names the address of its push service, and so could name any machine
// beside us.
func TestNoPushGoesInside(t *testing.T) {
	p := notifytest.NewPushService(t)
	sub := p.Subscribe(t)
	m := message()
	m.Push = &sub
	guarded := notify.NewPush(notify.PushConfig{Key: make([]byte, 32), Contact: "https://bedside.example"})
	requireKind(t, notify.Unreachable, false, guarded.Send(t.Context(), m))
	for _, host := range []string{"localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[::ffff:127.0.0.1]",
		"0.1.2.3", "198.18.0.1", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[64:ff9b:1::1]", "[2002:a00:1::1]", "[fec0::1]"} {
		sub.Endpoint = "https://" + host + ":443/push"
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		requireKind(t, notify.Unreachable, false, guarded.Send(ctx, m))
		cancel()
	}
	require.Empty(t, p.Taken())
	sub.P256dh = "AAAA"
	requireKind(t, notify.Address, false, guarded.Send(t.Context(), m))
}

func TestAChannelThatThereIsNot(t *testing.T) {
	var none *notify.Office
	require.Empty(t, none.Channels())
	requireKind(t, notify.NotConfigured, false, none.Send(t.Context(), bot.BySMS, message()))
	all := &notify.Office{SMS: notifytest.NewGateway(t).Sender(t, secret), Mail: notifytest.NewMailServer(t).Sender(t), Push: notify.NewPush(notify.PushConfig{})}
	require.Equal(t, []bot.Channel{bot.BySMS, bot.ByEmail, bot.ByPush}, all.Channels())
}
