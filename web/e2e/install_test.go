//go:build browser

package e2e

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"bedside/web/nginxtest"
)

// installation is what an administrator has after docs/install.md.
type installation struct {
	house
	folder string // what was unpacked
	cert   certificate
	ports  struct{ bedside, http, https, clinic, trueconf string }
	said   string // by bedside init
}

// The administrator's way: the archive that make dist makes, unpacked in an empty
// folder, bedside init, the documented server block before it, the printed lines
// on the website, and a patient and a doctor who see each other.
func TestFromTheArchiveToAVisit(t *testing.T) {
	t.Parallel() // one of the long ones
	in := installed(t, 2, "anna:Dr Anna")
	in.looksRight(t)
	patient, doctor := in.handedOver(t)
	patient.picture("install-waiting")
	doctor.press(in.bedside, `[data-act="escalate"]`)
	patient.press(in.bedside, ".call-card .join")
	doctor.press(in.bedside, `[data-act="join"]`)
	patient.seesMoving(&in.house)
	doctor.seesMoving(&in.house)
	doctor.sees(in.bedside, `.strip[data-state="joined"]`)
	patient.picture("install-call")
	doctor.picture("install-console")
}

// TrueConf Server Free has one guest seat: the patient takes it, and the doctor is
// rung in the TrueConf app.
func TestFromTheArchiveToARingWithOneSeat(t *testing.T) {
	t.Parallel() // one of the long ones
	in := installed(t, 1, "anna:Dr Anna:doctor1")
	patient, doctor := in.handedOver(t)
	doctor.press(in.bedside, `[data-act="escalate"]`)
	doctor.reads(in.bedside, "Your TrueConf is ringing.")
	patient.press(in.bedside, ".call-card .join")
	patient.until(in.trueconf, "is in the call", `document.getElementById("call").dataset.state === "alone"`)
	require.NotEmpty(t, in.tc.Rings())
	patient.picture("install-one-seat")
}

// installed goes the administrator's way for a licence and a doctor, as bedside
// init takes them, until the server answers.
func installed(t *testing.T, seats int, doctor string) *installation {
	t.Helper()
	nginxtest.Program(t) // or skipped before anything is built
	in := &installation{cert: certify(t, "bedside.localhost", "www.clinic.localhost", "localhost")}
	in.unpack(t)
	in.place(t, seats)
	in.init(t, seats, doctor)
	in.proxy(t)
	in.server = in.run(t, "serve", "-c", filepath.Join("clinic", "config.yaml"))
	in.server.ready(in.ports.bedside)
	return in
}

// handedOver has a patient tell all, and the doctor take them.
func (in *installation) handedOver(t *testing.T) (patient, doctor *person) {
	t.Helper()
	patient, doctor = sit(t, "patient", look{pin: in.cert.pin}), sit(t, "doctor", look{pin: in.cert.pin})
	patient.open(in.page)
	patient.opensWidget(&in.house)
	in.tellsAll(patient)
	doctor.open("https://" + in.bedside + "/console/")
	doctor.sees(in.bedside, "#login")
	_, err := ask[bool](doctor, in.bedside, `(login.value = `+quote(in.login)+`, password.value = `+quote(in.password)+`, document.querySelector(".sign-in form").requestSubmit(), true)`)
	require.NoError(t, err)
	doctor.sees(in.bedside, ".lists")
	doctor.takes(&in.house)
	doctor.reads(in.bedside, "Patient One")
	return patient, doctor
}

// unpack makes the archive and unpacks it in an empty folder.
func (in *installation) unpack(t *testing.T) {
	t.Helper()
	dist := t.TempDir()
	cmd := exec.Command("make", "--silent", "dist", "DIST="+dist, "VERSION=1.2.3", "TARGETS=linux/"+runtime.GOARCH)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	name := "bedside-1.2.3-linux-" + runtime.GOARCH
	sums := exec.Command("sha256sum", "-c", "SHA256SUMS")
	sums.Dir = dist
	out, err = sums.CombinedOutput()
	require.NoError(t, err, "%s", out)
	empty := t.TempDir()
	out, err = exec.Command("tar", "-xzf", filepath.Join(dist, name+".tar.gz"), "-C", empty).CombinedOutput()
	require.NoError(t, err, "%s", out)
	in.folder = filepath.Join(empty, name)
	version, err := exec.Command(filepath.Join(in.folder, "bedside"), "version").Output()
	require.NoError(t, err)
	require.Contains(t, string(version), "bedside 1.2.3")
}

// place finds ports, and starts what a clinic has already: its TrueConf Server,
// on https.
func (in *installation) place(t *testing.T, seats int) {
	t.Helper()
	p, standIn := freePorts(t, 6), ""
	in.ports.bedside, in.ports.http, in.ports.https, in.ports.clinic, in.ports.trueconf, standIn = p[0], p[1], p[2], p[3], p[4], p[5]
	in.bedside, in.clinic = "bedside.localhost:"+in.ports.https, "www.clinic.localhost:"+in.ports.clinic
	in.trueconf, in.page = "localhost:"+in.ports.trueconf, "https://www.clinic.localhost:"+in.ports.clinic+"/"
	in.standInAt(t, "https://"+in.trueconf, standIn, []string{"guest_seats=" + strconv.Itoa(seats)})
	nginxtest.Start(t, map[string]string{"trueconf": in.cert.passing(in.ports.trueconf, "localhost", "127.0.0.1:"+standIn)})
}

// run starts the unpacked program in its folder.
func (in *installation) run(t *testing.T, args ...string) *running {
	t.Helper()
	return runIn(t, in.folder, filepath.Join(in.folder, "bedside"), args...)
}

// init runs unattended, and the printed password is the doctor's.
func (in *installation) init(t *testing.T, seats int, doctor string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(in.folder, "bedside"), "init", "--yes",
		"--public-url", "https://"+in.bedside, "--site", "https://"+in.clinic, "--clinic", "Harbour Clinic",
		"--phone", "+44 20 7946 0000", "--emergency", "999", "--language", "en,ru", "--zone", "Europe/London",
		"--trueconf-url", "https://"+in.trueconf, "--trueconf-ca", in.cert.cert, "--client-id", "id", "--client-secret-file", "-",
		"--guest-seats", strconv.Itoa(seats), "--listen", "127.0.0.1:"+in.ports.bedside, "--admin-password-file", "-", "--doctor", doctor)
	cmd.Dir = in.folder
	cmd.Stdin = strings.NewReader("secret\na long password\n")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	in.said = string(out)
	for _, ok := range []string{"Configuration", "Flows", "TrueConf reachable", "Credentials", "Scope conferences", "A guest link"} {
		require.Regexp(t, `(?m)^ok +`+ok+` `, in.said, "init looks whether what it wrote works")
	}
	require.Regexp(t, `(?m)^not ok +Certificate of TrueConf `, in.said, "no browser knows the test's own certificate")
	found := regexp.MustCompile(`(?m)^  anna +(\S+)$`).FindStringSubmatch(in.said)
	require.NotNil(t, found, in.said)
	in.login, in.password = "anna", found[1]
}

// proxy puts the documented server block, as it came in the archive, before
// Bedside, and nginx before website and TrueConf too.
func (in *installation) proxy(t *testing.T) {
	t.Helper()
	block, err := os.ReadFile(filepath.Join(in.folder, "nginx.conf"))
	require.NoError(t, err)
	website := in.website(t)
	nginxtest.Start(t, map[string]string{
		"bedside": nginxtest.FilledIn(t, string(block),
			[2]string{"/etc/letsencrypt/live/bedside.clinic.example/fullchain.pem", in.cert.cert},
			[2]string{"/etc/letsencrypt/live/bedside.clinic.example/privkey.pem", in.cert.key},
			[2]string{"server_name bedside.clinic.example;", "server_name bedside.localhost;"},
			[2]string{"listen 80;", "listen 127.0.0.1:" + in.ports.http + ";"},
			[2]string{"listen 443 ssl;", "listen 127.0.0.1:" + in.ports.https + " ssl;"},
			[2]string{"http://127.0.0.1:8080", "http://127.0.0.1:" + in.ports.bedside},
		),
		"clinic": in.cert.passing(in.ports.clinic, "www.clinic.localhost", website),
	})
}

// website is the clinic's page with the very lines that init printed.
func (in *installation) website(t *testing.T) string {
	t.Helper()
	_, after, found := strings.Cut(in.said, "before </body>:\n")
	require.True(t, found, in.said)
	snippet, _, found := strings.Cut(after, "</script>")
	require.True(t, found, in.said)
	page := `<!doctype html><html lang="en"><title>Clinic</title><body><h1>A clinic</h1>` + snippet + "</script></body></html>"
	at := "https://" + in.bedside
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+at+"; frame-src "+at)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	})}
	go func() { _ = s.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

// looksRight asks the server block what it is there for.
func (in *installation) looksRight(t *testing.T) {
	t.Helper()
	client := in.cert.client()
	status := func(url string, want int) *http.Response {
		answer, err := client.Get(url)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, want, answer.StatusCode, url)
		return answer
	}
	status("https://"+in.bedside+"/readyz", http.StatusOK)
	status("https://"+in.bedside+"/metrics", http.StatusNotFound)
	moved := status("http://bedside.localhost:"+in.ports.http+"/console/", http.StatusMovedPermanently)
	require.Equal(t, "https://bedside.localhost/console/", moved.Header.Get("Location"))
	dialer := websocket.Dialer{Subprotocols: []string{"bedside.v1"}, TLSClientConfig: &tls.Config{RootCAs: in.cert.pool}, NetDialContext: here}
	socket, upgraded, err := dialer.Dial("wss://"+in.bedside+"/api/v1/socket", nil)
	require.NoError(t, err, "the proxy passes sockets on")
	require.NoError(t, upgraded.Body.Close())
	require.NoError(t, socket.Close())
	large, err := client.Post("https://"+in.bedside+"/api/v1/session", "application/json", strings.NewReader(strings.Repeat(" ", 65<<10)))
	require.NoError(t, err)
	require.NoError(t, large.Body.Close())
	require.Equal(t, "application/problem+json", large.Header.Get("Content-Type"), "Bedside itself refuses what is too large, not the proxy")
}

// tellsAll answers the questions of the flow that init has written.
func (in *installation) tellsAll(p *person) {
	p.t.Helper()
	p.press(in.bedside, `[data-option="doctor"]`)
	for _, said := range [][2]string{
		{"What is your name?", "Patient One"}, {"When were you born?", "1958-03-07"},
		{"Which number can we call", "+44 20 7946 0001"}, {"What is the trouble?", "A cough"},
	} {
		p.reads(in.bedside, said[0])
		p.types(in.bedside, ".composer", said[1])
	}
	p.press(in.bedside, `[data-option="days"]`)
	p.press(in.bedside, ".skip")
	p.sees(in.bedside, `[data-phase="waiting"]`)
}
