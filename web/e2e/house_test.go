//go:build browser

package e2e

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
	"bedside/web"
)

var program string

// shared are the browsers of all tests.
var shared browsers

// TestMain builds the program that all tests run.
func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "bedside-e2e-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(folder, "bedside")
	if out, err := exec.Command("go", "build", "-o", program, "bedside/cmd/bedside").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s", out)
		os.Exit(1)
	}
	shared = browsers{running: map[kind]context.Context{}, folder: folder}
	code := m.Run()
	shared.close()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// house is a clinic with its servers, by the names that browsers know.
type house struct {
	clinic, bedside, trueconf string // host:port; the last as links name it
	page                      string // the clinic's page
	login, password           string // of a doctor who comes by the page
	appLogin, appPassword     string // of one who has a TrueConf ID; demo alone
	server                    *running
	config                    string          // of a served house
	pages                     http.Handler    // the clinic's website, where a test brings its own
	identityKey               string          // what that website signs with; "" is none
	tc                        *standin.Server // of a served house

	flow        func([]byte) []byte // what a test makes of the demo's flow before it is served
	beside      string              // a folder that lies beside the flow
	departments string              // of the usual doctor; none is gp
}

func (h *house) console() string { return "http://" + h.bedside + "/console/" }

// demo is the house that `bedside demo` gives.
func demo(t *testing.T) *house {
	t.Helper()
	r := run(t, "demo", "--listen", "127.0.0.1:0")
	clinic := hostOf(t, r.line("clinic page: "), "www.clinic.localhost")
	h := &house{
		clinic: clinic, page: "http://" + clinic + "/", server: r,
		bedside:  hostOf(t, r.line("console: "), "bedside.localhost"),
		trueconf: hostOf(t, r.line("stand-in: "), "localhost"),
	}
	h.appLogin, h.appPassword, _ = strings.Cut(r.line("sign-in: "), " ")
	h.login, h.password, _ = strings.Cut(r.line("sign-in: "), " ")
	return h
}

// served is a house of `bedside serve` and a stand-in with faults. The stand-in
// runs in the test itself, so that a test can play its administrator, and count
// what it was asked.
func served(t *testing.T, faults ...string) *house {
	t.Helper()
	return servedAs(t, "", faults...)
}

// servedAs is served with further keys of the configuration.
func servedAs(t *testing.T, keys string, faults ...string) *house {
	t.Helper()
	h := &house{}
	h.serve(t, keys, faults...)
	return h
}

// serve starts the house with the website that it has, or the usual one.
func (h *house) serve(t *testing.T, keys string, faults ...string) {
	t.Helper()
	ports := freePorts(t, 2)
	h.bedside, h.trueconf = "bedside.localhost:"+ports[0], "trueconf.localhost:"+ports[1]
	h.login, h.password = "doctor2", "a long password"
	h.standIn(t, ports[1], faults)
	h.clinic = hostOf(t, h.website(t), "www.clinic.localhost")
	h.page = "http://" + h.clinic + "/"
	h.config = h.configuration(t, ports[0], ports[1], keys)
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(ports[0])
}

func (h *house) standIn(t *testing.T, port string, faults []string) {
	t.Helper()
	h.standInAt(t, "http://"+h.trueconf, port, faults)
}

// standInAt is standIn with the address that its links name.
func (h *house) standInAt(t *testing.T, public, port string, faults []string) {
	t.Helper()
	o := standin.Options{ClientID: "id", ClientSecret: "secret", GuestSeats: 2, PublicURL: public}
	for _, f := range faults {
		change, err := standin.ParseFault(f)
		require.NoError(t, err)
		change(&o.Switches)
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+port)
	require.NoError(t, err)
	h.tc = standin.New(o)
	s := httptest.NewUnstartedServer(h.tc)
	require.NoError(t, s.Listener.Close())
	s.Listener = l
	s.Start()
	t.Cleanup(func() {
		require.NoError(t, h.tc.Close())
		s.Close()
	})
}

// secondDepartment gives the demo's flow somewhere to hand a patient on to.
const secondDepartment = `  skin:
    title: {en: "dermatologist", ru: "дерматолог"}
    hours: always
    answer_within: 10m
    reply_within: 60m

slots:`

func (h *house) configuration(t *testing.T, bedside, trueconf, keys string) string {
	t.Helper()
	folder := t.TempDir()
	hash, err := web.HashPassword(h.password)
	require.NoError(t, err)
	flow, err := os.ReadFile("../../cmd/bedside/clinic/flow.yaml")
	require.NoError(t, err)
	flow = bytes.Replace(flow, []byte("\nslots:"), []byte(secondDepartment), 1)
	if h.flow != nil {
		flow = h.flow(flow)
	}
	if h.beside != "" {
		require.NoError(t, os.CopyFS(filepath.Join(folder, filepath.Base(h.beside)), os.DirFS(h.beside)))
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, "flow.yaml"), flow, 0o600))
	path := filepath.Join(folder, "config.yaml")
	text := fmt.Sprintf(`listen: 127.0.0.1:%s
public_url: http://localhost:%s
data: data
flows: flow.yaml
sites:
  - {name: clinic, origins: ["http://%s"], %s}
staff:
  - {login: %s, name: Doctor Two, role: doctor, departments: [%s], password_hash: %q}
  - {login: doctor3, name: Doctor Three, role: doctor, departments: [skin], password_hash: %q}
  - {login: lead, name: The Lead, role: admin, departments: [gp], password_hash: %q}
  - {login: auditor1, name: Auditor One, role: auditor, password_hash: %q}
trueconf:
  url: http://localhost:%s
  public_urls: ["http://%s"]
  client_id: id
  client_secret: secret
  service_account: bedside
  guest_seats: 2
  preset: page
%s`, bedside, bedside, h.clinic, h.signing(), h.login, cmp.Or(h.departments, "gp"), hash, hash, hash, hash, trueconf, h.trueconf, keys)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// website is a clinic's page with the snippet and a policy that allows Bedside alone.
func (h *house) website(t *testing.T) string {
	t.Helper()
	pages := h.pages
	if pages == nil {
		pages = h.simplePage()
	}
	s := httptest.NewServer(pages)
	t.Cleanup(s.Close)
	return s.URL
}

func (h *house) simplePage() http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		at := "http://" + h.bedside
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+at+"; frame-src "+at)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Clinic</title><body><h1>A clinic</h1>
<p><a href="tel:+15550100">+1 555 0100</a> <a href="tel:911">911</a></p>
<script src="%s/widget.js" data-site="clinic" data-phone="+1 555 0100" data-emergency="911" async></script></body></html>`, at)
	}
}

// signing is the site's key in the configuration.
func (h *house) signing() string {
	if h.identityKey == "" {
		return ""
	}
	return fmt.Sprintf("identity_key: %q", h.identityKey)
}

// running is a program with its output.
type running struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string
}

func run(t *testing.T, args ...string) *running {
	t.Helper()
	return runIn(t, "", program, args...)
}

// runIn starts a program in a folder.
func runIn(t *testing.T, folder, program string, args ...string) *running {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	require.NoError(t, cmd.Start())
	r := &running{t: t, cmd: cmd, lines: make(chan string, 64)}
	go r.read(out)
	t.Cleanup(func() {
		r.stop()
		if t.Failed() {
			t.Logf("%s said:\n%s", args[0], complaints.String())
		}
	})
	return r
}

func (r *running) read(out io.Reader) {
	defer close(r.lines)
	for s := bufio.NewScanner(out); s.Scan(); {
		select {
		case r.lines <- s.Text():
		default: // nobody reads any more
		}
	}
}

// line waits for the next line that begins so, and gives what follows.
func (r *running) line(prefix string) string {
	r.t.Helper()
	end := time.After(patience)
	for {
		select {
		case l, ok := <-r.lines:
			require.True(r.t, ok, "it ended without saying %q", prefix)
			if rest, found := strings.CutPrefix(l, prefix); found {
				return rest
			}
		case <-end:
			require.FailNow(r.t, "it never said "+prefix)
		}
	}
}

// ready waits until the server takes visitors.
func (r *running) ready(port string) {
	r.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get("http://127.0.0.1:" + port + "/readyz")
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		require.True(r.t, time.Now().Before(end), "the server was never ready: %v", err)
	}
}

// stop ends the program and waits for it; it may be called twice.
func (r *running) stop() {
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	_ = r.cmd.Wait()
}

func hostOf(t *testing.T, address, host string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	return net.JoinHostPort(host, u.Port())
}

func freePorts(t *testing.T, n int) []string {
	t.Helper()
	out := make([]string, 0, n)
	for len(out) < n {
		port := 20000 + int(portsGiven.Add(1)+uint32(os.Getpid())*64)%12000
		l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
		if err != nil {
			continue // somebody else's
		}
		require.NoError(t, l.Close())
		out = append(out, strconv.Itoa(port))
	}
	return out
}

// portsGiven counts the ports given away: tests run side by side, and between the
// look at a port and its server nothing else may take it. So they lie below those
// that the system gives to whoever asks for any.
var portsGiven atomic.Uint32
