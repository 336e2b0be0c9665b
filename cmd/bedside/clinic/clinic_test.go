package clinic

import (
	"html"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

func get(t *testing.T, host, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", "http://"+host+path, nil)
	w := httptest.NewRecorder()
	Page(4711).ServeHTTP(w, r)
	return w
}

func TestThePageShowsBedsideUnderTheNameBesideItsOwn(t *testing.T) {
	for host, bedside := range map[string]string{
		"localhost:80":             "http://localhost:4711",
		"127.0.0.1:80":             "http://127.0.0.1:4711",
		"www.clinic.localhost:80":  "http://bedside.localhost:4711",
		"www.sibling.localhost:80": "http://bedside.sibling.localhost:4711",
		"evil.example":             "http://localhost:4711",
	} {
		w := get(t, host, "/")
		require.Equal(t, http.StatusOK, w.Code)
		require.Contains(t, w.Body.String(), `src="`+bedside+`/widget.js"`, host)
		require.NotContains(t, w.Body.String(), "evil")
		policy := w.Header().Get("Content-Security-Policy")
		require.Contains(t, policy, "script-src "+bedside+";")
		require.Contains(t, policy, "frame-src "+bedside+";")
		require.Contains(t, policy, "default-src 'none'")
		require.NotContains(t, policy, "unsafe")
	}
}

func TestTheSnippetCarriesTheNumbersOfTheFlow(t *testing.T) {
	program, problems := flows.Compile([]flows.File{{Path: "flow.yaml", Data: Flow()}})
	require.Empty(t, problems)
	require.Equal(t, phone, program.Clinic().Phone)
	require.Equal(t, emergency, program.Clinic().Emergency)
	_, ok := program.Department(Department)
	require.True(t, ok)
	for _, path := range []string{"/", "/ru/"} {
		page := html.UnescapeString(get(t, "localhost", path).Body.String())
		for _, want := range []string{`data-phone="+44 20 7946 0000"`, `data-emergency="999"`, `href="tel:+442079460000"`, `href="tel:999"`, `data-site="clinic"`} {
			require.Contains(t, page, want, path)
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	require.Equal(t, http.StatusNotFound, get(t, "localhost", "/flow.yaml").Code)
	require.Equal(t, http.StatusOK, get(t, "localhost", "/site.css").Code)
}
