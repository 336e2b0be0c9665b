package trueconf

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const (
	webURL   = `https://v.example/webrtc/1#login=*guest*Ann%20Lee&token=$2a*1790000000*b&lang=auto`
	deeplink = `trueconf:\c\1@v.example%23vcs&h=10.0.0.1`
	intent   = `intent:\c\1%40v.example%23vcs%26h%3d10.0.0.1#Intent;scheme=trueconf;package=com.trueconf.videochat;end`
)

func linkClient(t testing.TB, config Config) *Client {
	if config.URL == "" {
		config.URL = "https://v.example"
	}
	config.SecretKey = "key"
	c, err := New(config)
	require.NoError(t, err)
	return c
}

func decoded(t *testing.T, raw string) string {
	t.Helper()
	var text string
	require.NoError(t, json.Unmarshal([]byte(raw), &text))
	return text
}

// The vectors of API reference §7: bytes in the body, and the value to use.
func TestVectorsOfWebLinks(t *testing.T) {
	c := linkClient(t, Config{})
	good := map[string]string{
		"escaped slashes": `"https:\/\/v.example\/webrtc\/1#login=*guest*Ann%20Lee&token=$2a*1790000000*b&lang=auto"`,
		"plain slashes":   `"https://v.example/webrtc/1#login=*guest*Ann%20Lee&token=$2a*1790000000*b&lang=auto"`,
		"escaped ampersands": `"https:\/\/v.example\/webrtc\/1#login=*guest*Ann%20Lee` +
			"\\u0026token=$2a*1790000000*b\\u0026lang=auto\"",
		"encoded twice, rule a": `"https:\\\/\\\/v.example\\\/webrtc\\\/1#login=*guest*Ann%20Lee&token=$2a*1790000000*b&lang=auto"`,
		"HTML-escaped, rule c":  `"https://v.example/webrtc/1#login=*guest*Ann%20Lee&amp;token=$2a*1790000000*b&amp;lang=auto"`,
		"rules a and c":         `"https:\\\/\\\/v.example\\\/webrtc\\\/1#login=*guest*Ann%20Lee&amp;token=$2a*1790000000*b&amp;lang=auto"`,
	}
	for name, raw := range good {
		t.Run(name, func(t *testing.T) {
			address, login, err := c.checkWebURL(decoded(t, raw), "1")
			require.NoError(t, err)
			require.Equal(t, webURL, address)
			require.Equal(t, "Ann Lee", login)
		})
	}
	bad := map[string]struct {
		raw   string
		fault error
	}{
		"article's single slash": {`"https:/v.example/webrtc/1"`, errLinkHost},
		"another host":           {`"https://evil.example/webrtc/1#login=*guest*a&token=b"`, errLinkHost},
		"encoded thrice":         {`"https:\\\\\/\\\\\/v.example\\\\\/webrtc\\\\\/1#login=a&token=b"`, errLinkForm},
	}
	for name, v := range bad {
		t.Run(name, func(t *testing.T) {
			_, _, err := c.checkWebURL(decoded(t, v.raw), "1")
			require.ErrorIs(t, err, v.fault)
		})
	}
}

func TestVectorsOfDeeplinks(t *testing.T) {
	vectors := map[string]struct{ raw, plain, android string }{
		"default":                 {raw: `"trueconf:\\c\\1@v.example%23vcs&h=10.0.0.1"`, plain: deeplink},
		"android":                 {raw: `"intent:\\c\\1%40v.example%23vcs%26h%3d10.0.0.1#Intent;scheme=trueconf;package=com.trueconf.videochat;end"`, android: intent},
		"encoded twice, rule b":   {raw: `"trueconf:\\\\c\\\\1@v"`, plain: `trueconf:\c\1@v`},
		"HTML-escaped, rule c":    {raw: `"trueconf:\\c\\1@v.example%23vcs&amp;h=10.0.0.1"`, plain: deeplink},
		"another room":            {raw: `"trueconf:\\c\\2@v.example"`},
		"script":                  {raw: `"javascript:alert(1)"`},
		"script behind a newline": {raw: `"trueconf:\\c\\1@v\njavascript:alert(1)"`},
		"another app":             {raw: `"intent:\\c\\1%40v#Intent;scheme=trueconf;package=com.evil.app;end"`},
		"another address behind":  {raw: `"intent:\\c\\1%40v#Intent;scheme=trueconf;package=com.trueconf.videochat;S.browser_fallback_url=https%3a%2f%2fevil;end"`},
		"quotes":                  {raw: `"trueconf:\\c\\1@v\" onclick=x"`},
		"forward slashes":         {raw: `"trueconf:/c/1@v"`},
		"nothing":                 {raw: `""`},
	}
	for name, v := range vectors {
		t.Run(name, func(t *testing.T) {
			text := decoded(t, v.raw)
			require.Equal(t, v.plain, checkDeeplink(text, "1", plainApp))
			require.Equal(t, v.android, checkDeeplink(text, "1", androidApp))
		})
	}
}

func TestFrameGivesItsSourceAlone(t *testing.T) {
	vectors := map[string]string{
		`"<iframe src=\"https:\/\/v.example\/webrtc\/1#x\" ><\/iframe>"`: `https://v.example/webrtc/1#x`,
		`"<iframe src=\"https:\/\/v.example\/webrtc\/1#x\" ><\\iframe>"`: `https://v.example/webrtc/1#x`,
		`"<script>1</script><iframe src=\"https://v.example/\">"`:        ``,
		`"<iframe srcdoc=\"x\" data-src=\"https://v.example/\">"`:        ``,
		`"<img src=\"https://v.example/\">"`:                             ``,
		`""`:                                                             ``,
	}
	for raw, want := range vectors {
		require.Equal(t, want, frameSource(decoded(t, raw)), raw)
	}
}

// The rules of API reference §6.6, one by one.
func TestLinksThatAreRefused(t *testing.T) {
	const fragment = "#login=*guest*a&token=b"
	c := linkClient(t, Config{PublicURLs: []string{"https://outside.example:8443", "other.example"}})
	for link, want := range map[string]error{
		"https://v.example/webrtc/1" + fragment:                nil,
		"https://V.EXAMPLE:443/webrtc/1" + fragment:            nil,
		"https://outside.example:8443/webrtc/1" + fragment:     nil,
		"https://other.example/webrtc/1" + fragment:            nil,
		"http://v.example/webrtc/1" + fragment:                 errLinkScheme,
		"javascript:alert(1)//webrtc/1" + fragment:             errLinkScheme,
		"//v.example/webrtc/1" + fragment:                      errLinkScheme,
		"https://v.example:444/webrtc/1" + fragment:            errLinkHost,
		"https://outside.example/webrtc/1" + fragment:          errLinkHost,
		"https://v.example.evil.example/webrtc/1" + fragment:   errLinkHost,
		"https://v.example./webrtc/1" + fragment:               errLinkHost,
		"https:///webrtc/1" + fragment:                         errLinkHost,
		"https:v.example/webrtc/1" + fragment:                  errLinkHost,
		"https://v.example@evil.example/webrtc/1" + fragment:   errLinkUser,
		"https://me:pw@v.example/webrtc/1" + fragment:          errLinkUser,
		`https://v.example\@evil.example/webrtc/1` + fragment:  errLinkForm,
		"https://v.example/webrtc/1 " + fragment:               errLinkForm,
		"https://v.example\n/webrtc/1" + fragment:              errLinkForm,
		"https://v.example/webrtc/1\"" + fragment:              errLinkForm,
		"https://v.example/%zz" + fragment:                     errLinkForm,
		"https://v.example/webrtc-widget/1" + fragment:         errLinkPath,
		"https://v.example/webrtc/2" + fragment:                errLinkPath,
		"https://v.example/webrtc/1/" + fragment:               errLinkPath,
		"https://v.example/webrtc/x/../1" + fragment:           errLinkPath,
		"https://v.example/webrtc%2F1" + fragment:              errLinkPath,
		"https://v.example/webrtc/%31" + fragment:              errLinkPath,
		"https://v.example//webrtc/1" + fragment:               errLinkPath,
		"https://v.example/webrtc/1":                           errLinkFragment,
		"https://v.example/webrtc/1#":                          errLinkFragment,
		"https://v.example/webrtc/1?login=a&token=b":           errLinkFragment,
		"https://v.example/webrtc/1#login=&token=b":            errLinkFragment,
		"https://v.example/webrtc/1#login=*guest*&token=b":     errLinkFragment,
		"https://v.example/webrtc/1#login=a&token=":            errLinkFragment,
		"https://v.example/webrtc/1#login=a&token=%20":         errLinkFragment,
		"https://v.example/webrtc/1#login=a":                   errLinkFragment,
		"https://v.example/webrtc/1#token=b":                   errLinkFragment,
		"https://v.example/webrtc/1#login=a&login=c&token=b":   errLinkFragment,
		"https://v.example/webrtc/1#login=a&%6cogin=c&token=b": errLinkFragment,
		"https://v.example/webrtc/1#login=a&token=b&token=b":   errLinkFragment,
		"https://v.example/webrtc/1#login=a&token=b#login=c":   errLinkFragment,
		"https://v.example/webrtc/1#login=%zz&token=b":         errLinkFragment,
	} {
		_, _, err := c.checkWebURL(link, "1")
		require.ErrorIs(t, err, want, link)
	}
}

func TestPlainHTTPLinksForALoopbackServerAlone(t *testing.T) {
	const rest = "/webrtc/1#login=*guest*a&token=b"
	local := linkClient(t, Config{URL: "http://127.0.0.1:8093", PublicURLs: []string{"http://trueconf.localhost:8093"}})
	for link, ok := range map[string]bool{
		"http://127.0.0.1:8093" + rest:          true,
		"http://trueconf.localhost:8093" + rest: true,
		"http://trueconf.localhost" + rest:      false,
		"https://127.0.0.1:8093" + rest:         false,
		"http://v.example:8093" + rest:          false,
	} {
		_, _, err := local.checkWebURL(link, "1")
		require.Equal(t, ok, err == nil, link)
	}
}

// Whatever is accepted is on an allowed origin, on the room's page, with one
// login and one token, as another parser sees it.
func TestAcceptedLinksAreSound(t *testing.T) {
	c := linkClient(t, Config{})
	rapid.Check(t, func(t *rapid.T) {
		pieces := []string{"https:", "http:", "//", "/", `\`, `\/`, "v.example", "evil.example", "@", ":443", "/webrtc/1", "webrtc", "1", "?", "#", "login=", "token=", "*guest*a", "b", "&", "&amp;", "%6c", "%2F", "..", " ", "\n"}
		tail := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "tail"), "")
		head := rapid.SampledFrom([]string{"", "https://v.example", "https://v.example/webrtc/1#login=*guest*a&token=b"}).Draw(t, "head")
		checkSound(t, c, head+tail)
	})
}

func checkSound(t require.TestingT, c *Client, link string) {
	address, login, err := c.checkWebURL(link, "1")
	if err != nil {
		return
	}
	u, err := url.Parse(address)
	require.NoError(t, err)
	require.Equal(t, "https", u.Scheme)
	require.Contains(t, []string{"v.example", "v.example:443"}, strings.ToLower(u.Host))
	require.Nil(t, u.User)
	require.Equal(t, "/webrtc/1", u.Path)
	require.NotEmpty(t, login)
	require.NotContains(t, address, `\`)
	require.Equal(t, 1, strings.Count(address, "#"))
}

func FuzzWebURL(f *testing.F) {
	f.Add(webURL)
	f.Add(`https:\/\/v.example\/webrtc\/1#login=a&amp;token=b`)
	f.Add("https://v.example@evil.example/webrtc/1#login=a&token=b")
	c := linkClient(f, Config{})
	f.Fuzz(func(t *testing.T, link string) {
		checkSound(t, c, link)
		for _, d := range []string{checkDeeplink(link, "1", plainApp), checkDeeplink(link, "1", androidApp)} {
			require.True(t, d == "" || strings.HasPrefix(d, `trueconf:\c\1@`) || strings.HasPrefix(d, `intent:\c\1%40`), d)
		}
	})
}
