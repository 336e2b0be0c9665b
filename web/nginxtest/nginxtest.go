// Package nginxtest runs a real nginx for tests, as nobody in particular and with
// everything that it writes in a folder of the test. It is for tests alone.
package nginxtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Program is nginx, where it is. Without one the test is skipped, unless CI=true says
// that the machine must have it.
func Program(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("CI=true, but there is no nginx")
	}
	t.Skip("skipped: no nginx")
	return ""
}

// surroundings are what a system's nginx.conf has around a server block, with
// everything that is written in a folder of the test.
const surroundings = `daemon off;
worker_processes 1;
pid FOLDER/pid;
error_log FOLDER/error.log warn;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    include FOLDER/conf.d/*.conf;
}
`

// Start runs nginx with these files in its conf.d until the test ends.
func Start(t *testing.T, conf map[string]string) {
	t.Helper()
	program, folder := Program(t), t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "conf.d"), 0o700))
	for name, text := range conf {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "conf.d", name+".conf"), []byte(text), 0o600))
	}
	main := filepath.Join(folder, "nginx.conf")
	text := strings.ReplaceAll(surroundings, "FOLDER", folder)
	if os.Geteuid() == 0 {
		text = "user root;\n" + text // its workers read the test's folder
	}
	require.NoError(t, os.WriteFile(main, []byte(text), 0o600))
	out, err := exec.Command(program, "-t", "-e", filepath.Join(folder, "error.log"), "-c", main).CombinedOutput()
	require.NoError(t, err, "%s", out)
	cmd := exec.Command(program, "-e", filepath.Join(folder, "error.log"), "-c", main)
	cmd.Stderr = os.Stderr
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		done := make(chan struct{})
		go func() { defer close(done); _ = cmd.Wait() }()
		select {
		case <-done:
		case <-time.After(5 * time.Second): // somebody's socket is still open
			_ = cmd.Process.Signal(syscall.SIGTERM)
			<-done
		}
		if log, err := os.ReadFile(filepath.Join(folder, "error.log")); err == nil && t.Failed() {
			t.Logf("nginx said:\n%s", log)
		}
	})
}

// FilledIn puts a clinic's own values into a documented file. Each place must be
// in it: a file that changes shows here.
func FilledIn(t *testing.T, text string, values ...[2]string) string {
	t.Helper()
	for _, v := range values {
		require.Contains(t, text, v[0], "the documented file has no such place any more")
		text = strings.ReplaceAll(text, v[0], v[1])
	}
	return text
}
