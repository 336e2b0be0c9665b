package ui

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func get(t *testing.T, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w
}

// The budget of the design: what a first visitor fetches, as it travels.
func TestFirstOpenFitsTheBudget(t *testing.T) {
	size := func(paths ...string) (n int) {
		for _, p := range paths {
			n += get(t, p, "Accept-Encoding", "gzip").Body.Len()
		}
		return n
	}
	doc, err := Render(Widget, nil)
	require.NoError(t, err)
	require.LessOrEqual(t, size("/widget.js"), 15<<10, "the launcher")
	require.LessOrEqual(t, len(doc)+size("/ui/panel.js", "/ui/panel.css"), 60<<10, "the panel")
	require.LessOrEqual(t, size("/ui/visit.js", "/ui/visit.css"), 40<<10, "what the panel fetches when a conversation comes to it")
}

func TestAssets(t *testing.T) {
	tests := []struct {
		path, kind string
		status     int
	}{
		{"/widget.js", "text/javascript; charset=utf-8", 200},
		{"/ui/panel.js", "text/javascript; charset=utf-8", 200},
		{"/ui/console.css", "text/css; charset=utf-8", 200},
		{"/widget/push.js", "text/javascript; charset=utf-8", 200},
		{"/console/push.js", "text/javascript; charset=utf-8", 200},
		{"/ui/", "", 404},
		{"/ui/../ui.go", "", 404},
		{"/ui/pages/widget.html", "", 404},
		{"/panel.js", "", 404},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			w := get(t, tt.path)
			require.Equal(t, tt.status, w.Code)
			if tt.status != 200 {
				return
			}
			require.Equal(t, tt.kind, w.Header().Get("Content-Type"))
			require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
			require.Equal(t, 304, get(t, tt.path, "If-None-Match", w.Header().Get("ETag")).Code)
			small := get(t, tt.path, "Accept-Encoding", "br, gzip")
			require.Equal(t, "gzip", small.Header().Get("Content-Encoding"))
			require.NotEqual(t, w.Header().Get("ETag"), small.Header().Get("ETag"), "two forms, two tags")
			require.Less(t, small.Body.Len(), w.Body.Len())
		})
	}
}

// A hostile title must neither end the block of data nor change what it says.
func TestRenderKeepsConfigurationData(t *testing.T) {
	title := `</script><script>alert(1)</script>"'&<!--`
	for _, page := range []Page{Widget, Join, Console} {
		doc, err := Render(page, map[string]string{"title": title})
		require.NoError(t, err)
		_, after, ok := strings.Cut(string(doc), `id="bedside">`)
		require.True(t, ok)
		block, _, ok := strings.Cut(after, "</script>")
		require.True(t, ok)
		var got map[string]string
		require.NoError(t, json.Unmarshal([]byte(block), &got))
		require.Equal(t, title, got["title"])
		require.NotContains(t, string(doc), "{{config}}")
	}
}

func TestRenderRefusesWhatItCannotShow(t *testing.T) {
	_, err := Render("../ui", nil)
	require.Error(t, err)
	_, err = Render(Widget, func() {})
	require.Error(t, err)
}

// A strict policy holds only while no page has code or style of its own.
func TestPagesHaveNoInlineCode(t *testing.T) {
	for _, page := range []Page{Widget, Join, Console} {
		doc, err := Render(page, nil)
		require.NoError(t, err)
		require.NotContains(t, string(doc), "<style")
		require.NotContains(t, string(doc), " style=")
		require.NotRegexp(t, `(?i)\son[a-z]+=`, string(doc))
		require.NotRegexp(t, `<script>|javascript:`, string(doc))
	}
	for _, path := range []string{"/widget.js", "/ui/panel.js", "/ui/visit.js", "/ui/join.js", "/ui/console.js", "/widget/push.js"} {
		code := get(t, path).Body.String()
		for _, sink := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"} {
			require.NotContains(t, code, sink, path)
		}
	}
}

// The pure parts of the sources have tests of their own, for Node's runner.
func TestSourcesInNode(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("node is not to be had")
		}
		t.Skip("skipped: no node")
	}
	bundle := t.TempDir() + "/test.mjs"
	out, err := exec.Command("go", "tool", "-modfile=../../.tools/esbuild.mod", "esbuild", "test/all.ts", "--bundle",
		"--platform=node", "--format=esm", "--outfile="+bundle).CombinedOutput()
	if err != nil && os.Getenv("CI") != "true" {
		t.Skipf("skipped: esbuild is not to be had: %s", out)
	}
	require.NoError(t, err, "%s", out)
	out, err = exec.Command("node", "--test", bundle).CombinedOutput()
	require.NoError(t, err, "%s", out)
}
