package check_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
)

// nginxBefore puts a real nginx before Bedside, with the server block of the manual
// as change leaves it.
func nginxBefore(change func(string) string) func(*town) {
	return func(w *town) {
		running()(w)
		folder := w.t.TempDir()
		port := freePort(w.t)
		block, err := os.ReadFile("../../../docs/nginx/bedside.conf")
		require.NoError(w.t, err)
		_, text, _ := strings.Cut(string(block), "server {\n    listen 443 ssl;")
		head, _, _ := strings.Cut(string(block), "server {")
		text = head + "server {\n    listen 127.0.0.1:" + port + " ssl;\n    access_log off;\n    proxy_bind " + proxyAddress + ";" + text
		text = strings.NewReplacer(
			"/etc/letsencrypt/live/bedside.clinic.example/", folder+"/", "http://127.0.0.1:8080", "http://"+string(w.clinic.Config.Listen),
		).Replace(text)
		writeCertificate(w, folder)
		paths := ""
		for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			paths += fmt.Sprintf("%s_temp_path %s/%s;\n", kind, folder, kind)
		}
		whole := fmt.Sprintf("daemon off;\npid %s/pid;\nerror_log %s/error.log;\nevents {}\nhttp {\n%s%s\n}\n", folder, folder, paths, change(text))
		path := filepath.Join(folder, "nginx.conf")
		require.NoError(w.t, os.WriteFile(path, []byte(whole), 0o600))
		startNginx(w.t, path, port)
		w.hosts[ours] = "127.0.0.1:" + port
	}
}

func writeCertificate(w *town, folder string) {
	pair := w.root.sign(w.t, leaf{host: ours})
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	require.NoError(w.t, err)
	for name, block := range map[string]*pem.Block{
		"fullchain.pem": {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, "privkey.pem": {Type: "PRIVATE KEY", Bytes: key},
	} {
		require.NoError(w.t, os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600))
	}
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port
}

func startNginx(t testing.TB, path, port string) {
	t.Helper()
	cmd := exec.Command("nginx", "-c", path)
	var said strings.Builder
	cmd.Stderr = &said
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	require.Eventually(t, func() bool {
		conn, err := tls.DialWithDialer(&net.Dialer{Timeout: time.Second}, "tcp", "127.0.0.1:"+port, &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			return false
		}
		return conn.Close() == nil
	}, 10*time.Second, 20*time.Millisecond, "nginx does not answer: %s", &said)
}

// Behind a real nginx the manual's server block is ok in every line, and each line
// of it that is missing is said by the check that is about it.
func TestBehindARealNginx(t *testing.T) {
	if _, err := exec.LookPath("nginx"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI=true, but there is no nginx")
		}
		t.Skip("skipped: no nginx")
	}
	drop := func(lines ...string) func(string) string {
		return func(text string) string {
			for _, l := range lines {
				require.Contains(t, text, l)
				text = strings.Replace(text, l, "", 1)
			}
			return text
		}
	}
	swap := func(a, b string) func(string) string {
		return func(text string) string {
			require.Contains(t, text, a)
			return strings.Replace(text, a, b, 1)
		}
	}
	for name, c := range map[string]struct {
		change      func(string) string
		check, code string
	}{
		"the manual's": {func(s string) string { return s }, "", ""},
		"no upgrade":   {drop("proxy_set_header Upgrade    $http_upgrade;"), "public.socket", "no_upgrade"},
		"no address":   {drop("proxy_set_header X-Forwarded-For   $remote_addr;"), "public.address", "claimed"},
		"an empty one": {swap("X-Forwarded-For   $remote_addr", `X-Forwarded-For ""`), "public.address", "shared"},
		"appended":     {swap("X-Forwarded-For   $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for"), "", ""},
		"small bodies": {swap("client_max_body_size 21m", "client_max_body_size 1m"), "public.body", "too_large"},
		"early cut":    {swap("proxy_read_timeout    120s", "proxy_read_timeout 1s"), "public.idle", "cut"},
		"nobody there": {swap("proxy_pass http://127.0.0.1:", "proxy_pass http://127.0.0.1:1; # "), "public.server", "bad_gateway"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t, nginxBefore(c.change), func(w *town) { w.clinic.Idle = 2500 * time.Millisecond })
			lines := w.clinic.Run(t.Context(), check.All(), nil)
			got := codes(lines)
			if c.check != "" {
				require.Equal(t, c.code, got[c.check], "%s", said(lines))
				return
			}
			require.True(t, check.Good(lines), "%s", said(lines))
			require.Equal(t, "ok", got["public.metrics"])
			require.Equal(t, "ok", got["public.idle"])
		})
	}
}
