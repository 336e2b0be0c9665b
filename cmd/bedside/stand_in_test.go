package main

import (
	"bufio"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// The command as a program that knows nothing of us uses it.
func TestStandInAlone(t *testing.T) {
	process := exec.Command("bedside", "stand-in", "--client-id", "id", "--client-secret", "secret", "--fault", "late=10ms")
	out, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	t.Cleanup(func() { _ = process.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "stand-in: ")
	require.True(t, ok, line)

	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"id"}, "client_secret": {"secret"}}
	resp, err := http.PostForm(base+"/oauth2/v1/token", form)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	form.Set("client_secret", "wrong")
	resp, err = http.PostForm(base+"/oauth2/v1/token", form)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusBadRequest, resp.StatusCode)

	require.NoError(t, process.Process.Signal(syscall.SIGTERM))
	require.NoError(t, process.Wait(), "exit code 0")
	http.DefaultClient.CloseIdleConnections()
}
