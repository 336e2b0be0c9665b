package checksite

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
)

const bedside = "https://bedside.clinic.example"

var want = Want{Origin: bedside, Sites: []Site{
	{Name: "clinic", Origins: []string{"https://www.clinic.example"}},
	{Name: "kids", Origins: []string{"https://kids.example"}},
}}

func at(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return b
}

// page is a good one, which a case spoils.
func page(t *testing.T) Page {
	u := at("https://www.clinic.example/")
	return Page{
		Asked: u, URL: u, Status: 200, Header: http.Header{}, Body: file(t, "plain.html"), Script: 200,
		Panel: http.Header{"Content-Security-Policy": {"frame-ancestors https://www.clinic.example"}},
	}
}

func tag(attributes string) func(*Page) {
	return func(p *Page) { p.Body = []byte("<!doctype html><body><script " + attributes + "></script>") }
}

func head(name, value string) func(*Page) {
	return func(p *Page) { p.Header.Add(name, value) }
}

const src = `src="` + bedside + `/widget.js"`

// What breaks is said with what it breaks; what does not is not called broken.
func TestJudge(t *testing.T) {
	csp := func(v string) func(*Page) { return head("Content-Security-Policy", v) }
	for name, c := range map[string]struct {
		spoil []func(*Page)
		codes string // of all that is not ok, in order; with ! what is broken
	}{
		"nothing":                {nil, ""},
		"http":                   {[]func(*Page){func(p *Page) { p.URL = at("http://www.clinic.example/") }}, "!http !origin"},
		"http on this machine":   {[]func(*Page){func(p *Page) { p.URL = at("http://www.clinic.localhost:1/") }}, "!origin"},
		"http too":               {[]func(*Page){func(p *Page) { p.Plain = at("http://www.clinic.example/") }}, "http_open"},
		"by way of http":         {[]func(*Page){func(p *Page) { p.Hops = []*url.URL{at("https://clinic.example/"), at("http://www.clinic.example/")} }}, "http_hop"},
		"a bad certificate":      {[]func(*Page){func(p *Page) { p.Untrusted = "expired" }}, "!certificate"},
		"another origin":         {[]func(*Page){func(p *Page) { p.URL = at("https://clinic.example/") }}, "!origin"},
		"an origin of the panel": {[]func(*Page){func(p *Page) { p.Panel.Set("Content-Security-Policy", "frame-ancestors 'none'") }}, "!ancestors"},
		"Bedside is away":        {[]func(*Page){func(p *Page) { p.Panel, p.Script, p.PanelError = nil, 0, "connection refused" }}, "!bedside_away"},
		"Bedside is ill":         {[]func(*Page){func(p *Page) { p.Panel, p.Script, p.PanelError = nil, 502, "502 Bad Gateway" }}, "!script !bedside_away"},

		"no snippet":             {[]func(*Page){func(p *Page) { p.Body = []byte("<p>Hello") }}, "!snippet"},
		"a tag manager":          {[]func(*Page){func(p *Page) { p.Body = file(t, "tagmanager.html") }}, "tag_manager"},
		"by a script":            {[]func(*Page){func(p *Page) { p.Body = []byte(`<script>load("https://bedside.clinic.example/widget.js")</script>`) }}, "by_script"},
		"twice":                  {[]func(*Page){func(p *Page) { p.Body = append(p.Body, p.Body...) }}, "twice"},
		"another Bedside":        {[]func(*Page){tag(`src="https://old.example/widget.js" data-site="clinic" async`)}, "!snippet_origin"},
		"a snippet by http":      {[]func(*Page){tag(`src="http://bedside.clinic.example/widget.js" async`)}, "!snippet_origin mixed"},
		"an unknown site":        {[]func(*Page){tag(src + ` data-site="pets" async`)}, "!site"},
		"another site's origin":  {[]func(*Page){tag(src + ` data-site="kids" async`)}, "!origin"},
		"no async":               {[]func(*Page){tag(src)}, "blocking"},
		"defer":                  {[]func(*Page){tag(src + ` defer`)}, ""},
		"integrity":              {[]func(*Page){tag(src + ` async integrity="sha384-x"`)}, "integrity"},
		"crossorigin":            {[]func(*Page){tag(src + ` async crossorigin="anonymous"`)}, "!crossorigin"},
		"Rocket Loader":          {[]func(*Page){tag(src + ` async type="7d1b2c-text/javascript" data-cf-settings="x"`)}, "delayed"},
		"LiteSpeed":              {[]func(*Page){tag(`data-src="` + bedside + `/widget.js" type="litespeed/javascript"`)}, "delayed"},
		"a type of its own":      {[]func(*Page){tag(src + ` async type="text/template"`)}, "!type"},
		"WP Rocket and Webvisor": {[]func(*Page){func(p *Page) { p.Body = file(t, "wordpress.html") }}, "delayed recorder"},

		"script and frame refused":  {[]func(*Page){csp("default-src 'self'")}, "!csp_script !csp_frame"},
		"both allowed":              {[]func(*Page){csp("script-src 'self' " + bedside + "; frame-src " + bedside)}, ""},
		"by scheme":                 {[]func(*Page){csp("default-src https:")}, ""},
		"by wildcard":               {[]func(*Page){csp("default-src *.clinic.example")}, ""},
		"a wildcard that is longer": {[]func(*Page){csp("default-src *.www.clinic.example")}, "!csp_script !csp_frame"},
		"by everything":             {[]func(*Page){csp("default-src *")}, ""},
		"another port":              {[]func(*Page){csp("default-src " + bedside + ":8443")}, "!csp_script !csp_frame"},
		"every port":                {[]func(*Page){csp("default-src " + bedside + ":*")}, ""},
		"by host alone":             {[]func(*Page){csp("default-src bedside.clinic.example")}, ""},
		"by http":                   {[]func(*Page){csp("default-src http://bedside.clinic.example")}, ""},
		"the path of the script":    {[]func(*Page){csp("script-src " + bedside + "/widget.js; frame-src " + bedside + "/widget/")}, ""},
		"another path":              {[]func(*Page){csp("script-src " + bedside + "/other.js")}, "!csp_script"},
		"script-src-elem decides":   {[]func(*Page){csp("script-src " + bedside + "; script-src-elem 'self'; frame-src *")}, "!csp_script"},
		"child-src decides":         {[]func(*Page){csp("default-src *; child-src 'none'")}, "!csp_frame"},
		"frame-src before it":       {[]func(*Page){csp("default-src *; child-src 'none'; frame-src *")}, ""},
		"two policies":              {[]func(*Page){csp("default-src *"), csp("frame-src 'self'")}, "!csp_frame"},
		"two in one line":           {[]func(*Page){csp("default-src *, frame-src 'self'")}, "!csp_frame"},
		"a nonce that we have":      {[]func(*Page){csp("script-src 'nonce-abc' 'strict-dynamic'"), tag(src + ` async nonce="abc"`)}, ""},
		"strict-dynamic":            {[]func(*Page){csp("script-src 'nonce-abc' 'strict-dynamic' " + bedside)}, "!csp_strict_dynamic"},
		"the first of two counts":   {[]func(*Page){csp("frame-src *; frame-src 'none'")}, ""},
		"a sandbox":                 {[]func(*Page){csp("sandbox allow-scripts")}, "!csp_sandbox"},
		"in a meta":                 {[]func(*Page){func(p *Page) { p.Body = file(t, "meta.html") }}, "!csp_script !csp_frame mixed recorder"},
		"only reported":             {[]func(*Page){head("Content-Security-Policy-Report-Only", "default-src 'self'")}, "csp_report_only"},
		"trusted types, and there":  {[]func(*Page){csp("require-trusted-types-for 'script'")}, ""},
		"trusted types, by a tag manager": {[]func(*Page){csp("require-trusted-types-for 'script'"), func(p *Page) { p.Body = file(t, "tagmanager.html") }},
			"tag_manager trusted_types"},

		"no camera":             {[]func(*Page){head("Permissions-Policy", "camera=(), microphone=(self)")}, "!permissions_camera !permissions_microphone"},
		"a camera for us":       {[]func(*Page){head("Permissions-Policy", `camera=(self "`+bedside+`"), microphone=*, geolocation=()`)}, ""},
		"a camera for us alone": {[]func(*Page){head("Permissions-Policy", `camera=("`+bedside+`")`)}, "!permissions_camera"},
		"a policy in the body": {[]func(*Page){func(p *Page) {
			p.Body = append(p.Body, `<meta http-equiv="content-security-policy" content="default-src 'none'">`...)
		}}, ""},
		"no screen":               {[]func(*Page){head("Permissions-Policy", "display-capture=(), fullscreen=(self)")}, "permissions_display-capture permissions_fullscreen"},
		"the older header":        {[]func(*Page){head("Feature-Policy", "camera 'none'; microphone 'self' "+bedside)}, "!permissions_camera"},
		"the newer one wins":      {[]func(*Page){head("Feature-Policy", "camera 'none'"), head("Permissions-Policy", "camera=*")}, ""},
		"isolated":                {[]func(*Page){head("Cross-Origin-Embedder-Policy", "require-corp; report-to=\"x\"")}, "!coep"},
		"isolated without secret": {[]func(*Page){head("Cross-Origin-Embedder-Policy", "credentialless")}, "!coep"},
		"opener alone":            {[]func(*Page){head("Cross-Origin-Opener-Policy", "same-origin"), head("X-Frame-Options", "DENY")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := page(t)
			for _, s := range c.spoil {
				s(&p)
			}
			var got []string
			for _, f := range Judge(p, want) {
				require.NotEmpty(t, f.Says)
				switch f.Verdict {
				case check.Failed:
					got = append(got, "!"+f.Code)
					require.NotEmpty(t, f.Breaks, f.Code)
				case check.Warning:
					got = append(got, f.Code)
				default:
					continue
				}
				require.NotEmpty(t, f.Cure, f.Code)
			}
			require.Equal(t, c.codes, strings.Join(got, " "))
			require.Equal(t, !strings.Contains(c.codes, "!"), Good(Judge(p, want)))
		})
	}
}

// A page that sends the lines which it was told to send is good.
func TestTheLinesMendThePage(t *testing.T) {
	for name, spoil := range map[string][2]string{
		"policy":              {"Content-Security-Policy", "default-src 'self'; script-src 'none'; img-src *"},
		"policy by default":   {"Content-Security-Policy", "default-src 'none'"},
		"policy by child-src": {"Content-Security-Policy", "child-src 'self'; script-src-elem 'self'"},
		"permissions":         {"Permissions-Policy", `geolocation=(), camera=(), microphone=(self "https://other.example"), usb=(self)`},
		"features":            {"Feature-Policy", "camera 'none'; microphone 'none'; autoplay 'none'"},
		"isolation":           {"Cross-Origin-Embedder-Policy", "require-corp"},
	} {
		t.Run(name, func(t *testing.T) {
			p := page(t)
			p.Header.Set(spoil[0], spoil[1])
			found := Judge(p, want)
			require.False(t, Good(found))
			for _, f := range found {
				if f.Nginx == "" {
					continue
				}
				name, value, _ := strings.Cut(strings.TrimPrefix(f.Nginx, "add_header "), " ")
				value = strings.TrimSuffix(strings.TrimPrefix(value, `"`), `" always;`)
				p.Header.Set(name, strings.ReplaceAll(value, `\"`, `"`))
				require.Contains(t, f.Apache, "Header always set "+name)
			}
			for _, f := range Judge(p, want) {
				require.Equal(t, check.OK, f.Verdict, "%s: %s", f.Code, f.Says)
			}
			if spoil[0] == "Permissions-Policy" {
				require.Contains(t, p.Header.Get(spoil[0]), "geolocation=()", "the rest stays")
			}
		})
	}
}

func TestATwinIsPointedAt(t *testing.T) {
	p := page(t)
	p.URL = at("https://clinic.example/")
	for _, f := range Judge(p, want) {
		if f.Code == "origin" {
			require.Contains(t, f.Says, "it names https://www.clinic.example")
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("default-src 'self' *", "camera=(self \"https://x\")", "<script src=/widget.js>")
	f.Add(";;,script-src;", "camera=(((,", "<meta http-equiv=content-security-policy content=>")
	f.Fuzz(func(t *testing.T, csp, permissions, body string) {
		u := at("https://www.clinic.example/")
		Judge(Page{
			Asked: u, URL: u, Body: []byte(body),
			Header: http.Header{"Content-Security-Policy": {csp}, "Permissions-Policy": {permissions}, "Feature-Policy": {permissions}},
		}, want)
	})
}
