package checksite

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A real page and a real Bedside: redirects are followed and remembered, the
// panel's own word is asked, and nothing endless is read to its end.
func TestFetch(t *testing.T) {
	bedside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/widget.js":
		case r.URL.Path == "/widget/" && r.URL.Query().Get("site") == "clinic":
			w.Header().Set("Content-Security-Policy", "frame-ancestors https://www.clinic.example")
		default:
			http.NotFound(w, r)
		}
	}))
	defer bedside.Close()
	want := Want{Origin: bedside.URL}
	clinic := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/page":
			fmt.Fprintf(w, `<script src="%s/widget.js" data-site="clinic" async></script>`, bedside.URL)
		case "/unknown":
			fmt.Fprintf(w, `<script src="%s/widget.js" data-site="pets" async></script>`, bedside.URL)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/long":
			_, _ = w.Write([]byte(strings.Repeat("x", maxPage+100)))
		default:
			http.NotFound(w, r)
		}
	}))
	defer clinic.Close()

	p, err := Fetch(t.Context(), http.DefaultClient, clinic.URL+"/", want)
	require.NoError(t, err)
	require.Equal(t, "/page", p.URL.Path)
	require.Len(t, p.Hops, 1)
	require.Equal(t, 200, p.Script)
	codes := map[string]bool{}
	for _, f := range Judge(p, want) {
		codes[f.Code] = true
	}
	require.True(t, codes["ancestors"], "Bedside names another page: %v", codes)
	require.True(t, codes["snippet"])

	p, err = Fetch(t.Context(), http.DefaultClient, clinic.URL+"/unknown", want)
	require.NoError(t, err)
	require.Contains(t, codesOf(Judge(p, want)), "panel_unknown")

	p, err = Fetch(t.Context(), http.DefaultClient, clinic.URL+"/long", want)
	require.NoError(t, err)
	require.Len(t, p.Body, maxPage)
	require.Contains(t, codesOf(Judge(p, want)), "cut")

	for path, says := range map[string]string{"/round": "more than 8 times", "/nowhere": "404"} {
		_, err := Fetch(t.Context(), http.DefaultClient, clinic.URL+path, want)
		require.ErrorContains(t, err, says)
	}
	for _, address := range []string{"www.clinic.example", "ftp://clinic.example", "http://u:p@clinic.example", "http://127.0.0.1:1/"} {
		_, err := Fetch(t.Context(), http.DefaultClient, address, want)
		require.Error(t, err, address)
	}
}

// A certificate that browsers do not trust is a finding, not a failure to look.
func TestAnUntrustedPage(t *testing.T) {
	clinic := httptest.NewTLSServer(http.NotFoundHandler())
	defer clinic.Close()
	clinic.Config.ErrorLog = nil
	p, err := Fetch(t.Context(), &http.Client{Transport: &http.Transport{}}, clinic.URL, Want{Origin: bedside})
	require.NoError(t, err)
	require.Equal(t, []string{"certificate"}, codesOf(Judge(p, Want{Origin: bedside})))
	u, _ := url.Parse(clinic.URL)
	require.Equal(t, u.Host, p.URL.Host)
}

func codesOf(all []Finding) (codes []string) {
	for _, f := range all {
		codes = append(codes, f.Code)
	}
	return codes
}
