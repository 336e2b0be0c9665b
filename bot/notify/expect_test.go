package notify_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/notify"
	"bedside/bot/notify/notifytest"
)

// Many gateways answer 200 whatever becomes of a message, and say in the body what did.
func TestAGatewaysAnswerIsRead(t *testing.T) {
	g := notifytest.NewGateway(t)
	for what, c := range map[string]struct {
		expect notify.Expect
		says   string
		taken  bool
	}{
		"its text":           {notify.Expect{Text: `"ok"`}, `{"status": "ok"}`, true},
		"another text":       {notify.Expect{Text: `"ok"`}, `{"error": "no money"}`, false},
		"nothing":            {notify.Expect{Text: "OK"}, ``, false},
		"a text with fields": {notify.Expect{Text: "{{.Digits}}=accepted"}, "79160000001=accepted\n", true},
		"somebody else's":    {notify.Expect{Text: "{{.Digits}}=accepted"}, "79160000002=accepted\n", false},
		"its word":           {notify.Expect{JSON: "/status", Is: []string{"queued", "sent"}}, `{"status": "sent"}`, true},
		"another word":       {notify.Expect{JSON: "/status", Is: []string{"queued", "sent"}}, `{"status": "failed"}`, false},
		"a number":           {notify.Expect{JSON: "/error_code", Is: []string{"0"}}, `{"error_code": 0}`, true},
		"another number":     {notify.Expect{JSON: "/error_code", Is: []string{"0"}}, `{"error_code": 10}`, false},
		"a long number":      {notify.Expect{JSON: "/id", Is: []string{"9007199254740993"}}, `{"id": 9007199254740993}`, true},
		"yes":                {notify.Expect{JSON: "/messages/0/ok", Is: []string{"true"}}, `{"messages": [{"ok": true}]}`, true},
		"no":                 {notify.Expect{JSON: "/messages/0/ok", Is: []string{"true"}}, `{"messages": [{"ok": false}]}`, false},
		"none of them":       {notify.Expect{JSON: "/messages/0/ok", Is: []string{"true"}}, `{"messages": []}`, false},
		"no place":           {notify.Expect{JSON: "/messages/-1/ok"}, `{"messages": [{"ok": true}]}`, false},
		"something there":    {notify.Expect{JSON: "/id"}, `{"id": {"n": 1}}`, true},
		"null there":         {notify.Expect{JSON: "/id"}, `{"id": null}`, false},
		"nothing there":      {notify.Expect{JSON: "/id"}, `{"error": "id"}`, false},
		"a part":             {notify.Expect{JSON: "/id", Is: []string{"1"}}, `{"id": {"n": 1}}`, false},
		"by the number":      {notify.Expect{JSON: "/sms/{{.Digits}}/status", Is: []string{"OK"}}, `{"status": "OK", "sms": {"79160000001": {"status": "OK"}}}`, true},
		"whole but not this": {notify.Expect{JSON: "/sms/{{.Digits}}/status", Is: []string{"OK"}}, `{"status": "OK", "sms": {"79160000001": {"status": "ERROR"}}}`, false},
		"a slash in a name":  {notify.Expect{JSON: "/a~1b~0c", Is: []string{"x"}}, `{"a/b~c": "x"}`, true},
		"no JSON":            {notify.Expect{JSON: "/status", Is: []string{"ok"}}, `<html>maintenance</html>`, false},
	} {
		s, err := notify.NewGateway(notify.GatewayConfig{URL: g.URL, Body: "to={{.Phone}}&text={{.Text}}&key={{.Secret}}", Secret: secret, Expect: c.expect})
		require.NoError(t, err, what)
		g.Say(c.says)
		before := len(g.Taken())
		if err = s.Send(t.Context(), message()); c.taken {
			require.NoError(t, err, what)
		} else {
			requireKind(t, notify.Refused, false, err)
		}
		require.Len(t, g.Taken(), before+1, what)
	}
	t.Run("the status still counts", func(t *testing.T) {
		s, err := notify.NewGateway(notify.GatewayConfig{URL: g.URL, Body: "{{.Phone}} {{.Text}}", Expect: notify.Expect{Text: "ok"}})
		require.NoError(t, err)
		g.Say("ok")
		g.Answer(func(int) int { return 503 })
		requireKind(t, notify.Refused, true, s.Send(t.Context(), message()))
	})
}

// An answer that breaks off says neither yes nor no, so nothing goes a second time.
func TestAnAnswerThatBreaksOffSaysNothing(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, strings.Repeat(" ", 10))
	}))
	t.Cleanup(s.Close)
	g, err := notify.NewGateway(notify.GatewayConfig{URL: s.URL, Body: "{{.Phone}} {{.Text}}", Expect: notify.Expect{Text: "ok"}})
	require.NoError(t, err)
	requireKind(t, notify.Unknown, false, g.Send(t.Context(), message()))
}

func TestAnExpectationThatCannotBeMetIsRefused(t *testing.T) {
	for said, e := range map[string]notify.Expect{
		"either text or json": {Text: "ok", JSON: "/status"},
		"wants json":          {Is: []string{"ok"}},
		"no pointer":          {JSON: "status"},
		"names a field":       {Text: "{{.Name}}"},
		"is no template":      {JSON: "/{{.Phone"},
	} {
		_, err := notify.NewGateway(notify.GatewayConfig{URL: "https://sms.example", Body: "{{.Phone}} {{.Text}}", Expect: e})
		require.ErrorContains(t, err, said)
	}
	_, err := notify.NewGateway(notify.GatewayConfig{URL: "https://sms.example", Body: "{{.Phone}} {{.Text}}", Expect: notify.Expect{JSON: "/{{.Name}}/status"}})
	require.ErrorContains(t, err, "names a field")
}
