package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// reload is what the command says, and its exit code.
func (v *town) reload() (string, int) {
	v.t.Helper()
	var out, errs safeBuffer
	code := run(v.t.Context(), []string{"reload", "-c", v.file}, streams{in: os.Stdin, out: &out, err: &errs})
	return out.String() + errs.String(), code
}

// metric is a line of /metrics.
func (v *town) metric(name string) string {
	v.t.Helper()
	for _, line := range strings.Split(pageOf(v.t, v.base("http", v.app.at.public)+"/metrics"), "\n") {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return value
		}
	}
	v.t.Fatalf("no metric %s", name)
	return ""
}

func pageOf(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s: %s", url, text)
	return string(text)
}

const townLimits = "requests_per_second: 10000, request_burst: 20000, starts_per_minute: 60000, start_burst: 20000, commands_per_second: 10000, command_burst: 20000, text_per_second: 100000000, text_burst: 100000000"

// While two people talk without a pause the configuration is broken and mended
// again and again: nothing of what they say is lost, doubled or out of order, no
// socket ends, and what is good holds for the next request.
func TestReloadUnderLoad(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("town", reloadUnderLoad)
}

func reloadUnderLoad(t *testing.T) {
	v := newTown(t, map[string]string{"limits": "{" + townLimits + "}"})
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	base := v.base("http", v.app.at.public)
	pair := newTalk(t, base)
	boris, anybody := newPerson(t, base), newPerson(t, base)
	defer boris.http.CloseIdleConnections()
	defer anybody.http.CloseIdleConnections()
	boris.signIn("boris", townPassword)
	boris.connect()
	left := newPerson(t, base) // boris' patient
	defer left.http.CloseIdleConnections()
	left.start()
	left.answerAll()
	boris.id = left.id
	boris.do(fields{"do": "claim"})
	pair.begin()

	for round := range 4 {
		v.write(map[string]string{"limits": "{waitrung: 5m, " + townLimits + "}"})
		said, code := v.reload()
		require.Equal(t, exitFailed, code)
		require.Contains(t, said, "unknown key limits.waitrung; did you mean `wait_rung`?")
		require.Contains(t, said, "nothing has changed")
		require.Equal(t, "0", v.metric("bedside_config_reload_ok"))
		require.Contains(t, v.log.String(), "not reloaded, the last good one holds")

		title := fmt.Sprintf("Clinic %d", round)
		v.write(map[string]string{
			"limits": fmt.Sprintf("{wait_rung: %dm, %s}", round+6, townLimits),
			"sites":  fmt.Sprintf(`[{name: clinic, title: %q, origins: ["http://localhost:2"]}, {name: extra%d, origins: ["http://localhost:3"]}]`, title, round),
		})
		said, code = v.reload()
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "Reloaded. Changed: sites, limits.wait_rung.")
		require.Equal(t, "1", v.metric("bedside_config_reload_ok"))
		require.Contains(t, pageOf(t, base+"/widget/"), title)
		require.Equal(t, http.StatusOK, anybody.call("GET", fmt.Sprintf("/widget/?site=extra%d", round), nil, nil))
		require.Equal(t, http.StatusNotFound, anybody.call("GET", fmt.Sprintf("/widget/?site=extra%d", round-1), nil, nil))
	}

	t.Run("who is no more is signed out, who is new can sign in", func(t *testing.T) {
		v.write(map[string]string{"staff": v.staff("anna", "clara")})
		said, code := v.reload()
		require.Equal(t, exitDone, code, said)
		require.Equal(t, http.StatusUnauthorized, boris.call("GET", "/api/v1/session", nil, nil))
		require.Equal(t, 4020, closeCode(boris, 10*time.Second), "signed out")
		left.await("doctor.released") // nobody is left to somebody who is gone
		clara := newPerson(t, base)
		defer clara.http.CloseIdleConnections()
		clara.signIn("clara", townPassword)
	})
	t.Run("what waits for a restart is named", func(t *testing.T) {
		v.write(map[string]string{"admin_listen": "127.0.0.1:0", "log": "{level: error}"})
		said, code := v.reload()
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "Reloaded. Changed: log.level.")
		require.Contains(t, said, "These wait for a restart: admin_listen.")
		said, _ = v.reload()
		require.Contains(t, said, "Changed: nothing.\nThese wait for a restart: admin_listen.", "again and again, until it is done")
	})
	t.Run("a broken flow changes nothing", func(t *testing.T) {
		v.put("flow.yaml", []byte("bedside: 1\n"))
		v.write(map[string]string{"flows": "{path: flow.yaml, publish: on_save}"})
		said, code := v.reload()
		require.Equal(t, exitFailed, code)
		require.Contains(t, said, "flow.yaml has errors")
	})
	pair.end()
	t.Run("a file that is no YAML", func(t *testing.T) {
		v.put("config.yaml", []byte("data: data\nlisten: [\n"))
		said, code := v.reload()
		require.Equal(t, exitFailed, code)
		require.Contains(t, said, "config.yaml:")
	})
	t.Run("without a file there is only a default to look in", func(t *testing.T) {
		require.NoError(t, os.Remove(v.file))
		_, code := v.reload()
		require.Equal(t, exitUsage, code)
	})
}

// closeCode is how a socket ends within a time; 0: it does not.
func closeCode(p *person, within time.Duration) int {
	_ = p.socket.SetReadDeadline(time.Now().Add(within))
	for {
		_, _, err := p.socket.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok {
			return closed.Code
		}
		if err != nil {
			return 0
		}
	}
}

// What would hold at once but depends on what waits is refused as a whole: without
// its proxy named, Bedside would take all visitors for one.
func TestWhatGoesTogetherIsChangedTogether(t *testing.T) {
	a := newAuthority(t)
	v := newTown(t, map[string]string{"public_url": "https://bedside.clinic.example", "trusted_proxies": "[10.0.0.1]"})
	v.start()
	cert, key := a.pair(1, "bedside.clinic.example")
	v.put("cert.pem", cert)
	v.put("key.pem", key)
	v.write(map[string]string{"trusted_proxies": "", "tls": "{cert_file: cert.pem, key_file: key.pem}"})
	said, code := v.reload()
	require.Equal(t, exitFailed, code)
	require.Contains(t, said, "restart Bedside")
	require.Regexp(t, `config\.yaml:\d+:\d+: public_url is https, and trusted_proxies is missing`, said)
	require.Len(t, v.app.today.Load().reading.TrustedProxies, 1)
	http.DefaultClient.CloseIdleConnections()
}

func TestNobodyToReload(t *testing.T) {
	v := newTown(t, nil)
	said, code := v.reload()
	require.Equal(t, exitUsage, code, said)
	require.Contains(t, said, "no server runs on the data folder")
}
