package trueconf

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const goodClient = `{"name":"TrueConf Web","type":"web","platform":"webrtc","download_url":"","download_urls":null,"market_url":"","web_url":"https:\/\/v.example\/webrtc\/1#login=*guest*p_1&token=$2a*1790000000*b&lang=auto","iframe":"<iframe src=\"https:\/\/v.example\/webrtc\/1#login=*guest*p_1&token=$2a*1790000000*b&lang=auto\" allowfullscreen=\"allowfullscreen\" ><\/iframe>"}`

const goodLink = `https://v.example/webrtc/1#login=*guest*p_1&token=$2a*1790000000*b&lang=auto`

const clientsPath = "GET /api/v3.11/software/clients"

func mint(t *testing.T, body string) (JoinLink, error) {
	t.Helper()
	f := newFake()
	f.answer(clientsPath, 200, body)
	return f.client(t).JoinLink(ctx, "1", GuestWithID("p_1", "Ann Lee"), "en")
}

func TestJoinLink(t *testing.T) {
	f := newFake()
	var asked url.Values
	var bearer string
	f.mux.HandleFunc(clientsPath, func(w http.ResponseWriter, r *http.Request) {
		asked, bearer = query(r), r.Header.Get("Authorization")
		reply(w, 200, `{"clients":[{"name":"iOS","type":"standalone","platform":"ios","download_url":"http:\/\/plain.example","download_urls":{"b":"https:\/\/b.example\/app","a":"javascript:1"},"market_url":"https:\/\/apps.example\/x"},
			`+goodClient+`],"deeplinks":{"default":"trueconf:\\c\\1@v.example%23vcs&h=10.0.0.1","android":"intent:\\c\\1%40v.example%23vcs%26h%3d10.0.0.1#Intent;scheme=trueconf;package=com.trueconf.videochat;end"}}`)
	})
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c := f.client(t, func(c *Config) { c.Now = func() time.Time { return now } })
	link, err := c.JoinLink(ctx, "1", GuestWithID("p_1", "Ann Lee"), "en")
	require.NoError(t, err)
	require.Equal(t, JoinLink{
		WebURL: goodLink, GuestLogin: "p_1",
		Deeplinks: Deeplinks{Default: deeplink, Android: intent},
		Apps:      []App{{Platform: "ios", Name: "iOS", DownloadURL: "https://b.example/app", MarketURL: "https://apps.example/x"}},
		MintedAt:  now, ExpiresAt: now.Add(time.Minute),
	}, link)
	require.Equal(t, url.Values{"call_id": {"1"}, "case": {"join_conference_button"}, "user": {"2$p_1*Ann Lee"}, "lang": {"en"}}, asked)
	require.Empty(t, bearer)
	require.Equal(t, []string{"GET /api/v3.11/software/clients"}, f.requests(), "no token is needed, so none is fetched")

	raw, err := json.Marshal(link)
	require.NoError(t, err)
	var wire map[string]any
	require.NoError(t, json.Unmarshal(raw, &wire))
	require.Equal(t, map[string]any{"default": deeplink, "android": intent}, wire["deeplinks"])
	require.Equal(t, goodLink, wire["web_url"])
}

func TestGuestsInBothForms(t *testing.T) {
	f := newFake()
	var user, lang []string
	f.mux.HandleFunc(clientsPath, func(w http.ResponseWriter, r *http.Request) {
		user, lang = append(user, query(r).Get("user")), append(lang, strings.Join(query(r)["lang"], ","))
		reply(w, 200, `{"clients":[{"type":"web","platform":"webrtc","web_url":"https://v.example/webrtc/1#login=*guest*x%20y&token=b"}]}`)
	})
	c := f.client(t)
	for _, g := range []Guest{GuestWithID("p_1", "Ann*Lee$"), GuestNamed(" Ann\tLee "), GuestNamed("$*"), {}} {
		link, err := c.JoinLink(ctx, "1", g, "")
		require.NoError(t, err)
		require.Equal(t, "x y", link.GuestLogin)
	}
	require.Equal(t, []string{"2$p_1*AnnLee", "$Ann Lee", "$Guest", "$Guest"}, user)
	require.Equal(t, []string{"", "", "", ""}, lang)
	for _, id := range []string{"", "A", "a b", "a*b", "2$a", "ä", strings.Repeat("a", 101)} {
		_, err := c.JoinLink(ctx, "1", GuestWithID(id, "Ann"), "")
		require.Equal(t, Invalid, KindOf(err), id)
	}
	_, err := c.JoinLink(ctx, "", GuestNamed("Ann"), "")
	require.Equal(t, Invalid, KindOf(err))
}

func TestGuestNamesAreClean(t *testing.T) {
	require.Equal(t, "Zoë 李 O'Neil-Ó", cleanName("Zoë 李 O'Neil-Ó"))
	require.Equal(t, "abc", cleanName("a\u202eb\x00c"))
	rapid.Check(t, func(t *rapid.T) {
		name := cleanName(rapid.String().Draw(t, "name"))
		require.True(t, utf8.ValidString(name))
		require.NotEmpty(t, name)
		require.LessOrEqual(t, utf8.RuneCountInString(name), 64)
		require.Equal(t, strings.TrimSpace(name), name)
		require.False(t, strings.ContainsAny(name, "*$\r\n\t\x00"))
		require.Equal(t, name, cleanName(name))
	})
}

func TestWhichEntryIsTaken(t *testing.T) {
	decoy := `{"type":"web","platform":"webrtc","web_url":"https://v.example/webrtc-widget/1#login=*guest*p_1&token=t"}`
	for name, body := range map[string]string{
		"alone":                       `{"clients":[` + goodClient + `]}`,
		"behind a widget":             `{"clients":[` + decoy + `,` + goodClient + `]}`,
		"behind another host":         `{"clients":[{"type":"web","platform":"webrtc","web_url":"https://evil.example/webrtc/1#login=a&token=b"},` + goodClient + `]}`,
		"among others":                `{"clients":[{"type":"standalone","platform":"ios","web_url":"https://x"},7,null,` + goodClient + `]}`,
		"keyed by numbers":            `{"clients":{"1":` + decoy + `,"4":` + goodClient + `}}`,
		"by name alone":               `{"clients":[{"name":"TrueConf Web","web_url":"` + goodLink + `"}]}`,
		"in other letters":            `{"clients":[{"type":"WEB","platform":"WebRTC","web_url":"` + goodLink + `"}]}`,
		"by its frame":                `{"clients":[{"type":"web","platform":"webrtc","iframe":"<iframe src=\"` + goodLink + `\"><\\iframe>"}]}`,
		"with broken deeplinks":       `{"clients":[` + goodClient + `],"deeplinks":{"default":"javascript:alert(1)","android":7}}`,
		"with an array for deeplinks": `{"clients":[` + goodClient + `],"deeplinks":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			link, err := mint(t, body)
			require.NoError(t, err)
			require.Equal(t, goodLink, link.WebURL)
			require.Equal(t, Deeplinks{}, link.Deeplinks)
		})
	}
}

func TestDeeplinksInsideAnEntry(t *testing.T) {
	inside := strings.Replace(goodClient, `"type"`, `"deeplinks":{"default":"trueconf:\\c\\1@v.example%23vcs&h=10.0.0.1"},"type"`, 1)
	link, err := mint(t, `{"clients":[`+inside+`]}`)
	require.NoError(t, err)
	require.Equal(t, deeplink, link.Deeplinks.Default)
}

func TestAnswersWithoutALink(t *testing.T) {
	for name, v := range map[string]struct {
		body   string
		kind   Kind
		reason string
	}{
		"no web client":    {`{"clients":[{"type":"standalone","platform":"ios"}]}`, Refused, "noWebClient"},
		"no clients":       {`{"clients":[]}`, Refused, "noWebClient"},
		"link without key": {`{"clients":[{"type":"web","platform":"webrtc","web_url":"https://v.example/webrtc/1"}]}`, Unexpected, "badLink"},
		"another host":     {`{"clients":[{"type":"web","platform":"webrtc","web_url":"https://evil.example/webrtc/1#login=a&token=b"}]}`, Unexpected, "badLink"},
		"another room":     {`{"clients":[{"type":"web","platform":"webrtc","web_url":"https://v.example/webrtc/2#login=a&token=b"}]}`, Unexpected, "badLink"},
		"no list":          {`{"clients":null}`, Unexpected, ""},
		"another answer":   {`{}`, Unexpected, ""},
		"unknown room":     {fault(404, "conferenceNotFound", "no", "call_id"), NotFound, "conferenceNotFound"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mint(t, v.body)
			e := asError(t, err)
			require.Equal(t, v.kind, e.Kind, err)
			require.Equal(t, v.reason, e.Reason)
			require.NotContains(t, err.Error(), "token=b")
		})
	}
}

func TestServerThatInsistsOnAToken(t *testing.T) {
	for _, refusal := range []int{401, 403} {
		f := newFake()
		f.mux.HandleFunc(clientsPath, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer "+testToken {
				reply(w, refusal, fault(refusal, "forbidden", "no", ""))
				return
			}
			reply(w, 200, `{"clients":[`+goodClient+`]}`)
		})
		c := f.client(t)
		for range 2 {
			_, err := c.JoinLink(ctx, "1", GuestNamed("Ann"), "")
			require.NoError(t, err)
		}
		require.Len(t, f.requests(), 4, "bare, token, with it; then with it at once")
	}
}

func TestServerThatRefusesEvenWithAToken(t *testing.T) {
	f := newFake()
	f.answer(clientsPath, 403, fault(403, "forbidden", "no", ""))
	c := f.client(t)
	_, err := c.JoinLink(ctx, "1", GuestNamed("Ann"), "")
	require.Equal(t, Scope, KindOf(err))
	require.False(t, c.linksNeedToken.Load())
}

func FuzzJoinLinkAnswer(f *testing.F) {
	f.Add([]byte(`{"clients":[` + goodClient + `],"deeplinks":{"default":"trueconf:\\c\\1@v"}}`))
	f.Add([]byte(`{"clients":{"0":{"type":"web","platform":"webrtc","iframe":"<iframe src=\"https://v.example\">"}}}`))
	c := linkClient(f, Config{})
	f.Fuzz(func(t *testing.T, body []byte) {
		link, err := c.readJoinLink(request{op: "x"}, body, "1")
		if err == nil {
			checkSound(t, c, link.WebURL)
			return
		}
		require.NotContains(t, err.Error(), "token=$")
	})
}
