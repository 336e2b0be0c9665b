//go:build unix

package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A server in a process of its own reloads for SIGHUP, goes on when that fails, and
// ends with 0 for SIGTERM.
func TestHangup(t *testing.T) {
	v := newTown(t, nil)
	log := &safeBuffer{}
	server := exec.Command("bedside", "serve", "-c", v.file)
	server.Stdout, server.Stderr = log, log
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill() })
	says := func(words string, times int) {
		t.Helper()
		require.Eventually(t, func() bool { return strings.Count(log.String(), words) >= times }, 20*time.Second, 20*time.Millisecond, "%s\n%s", words, log)
	}
	says("bedside: http://localhost:1", 1)
	v.write(map[string]string{"log": "{levle: debug}"})
	require.NoError(t, server.Process.Signal(syscall.SIGHUP))
	says("not reloaded, the last good one holds", 1)
	require.Contains(t, log.String(), "did you mean `level`?")
	v.write(map[string]string{"log": "{level: debug}"})
	require.NoError(t, server.Process.Signal(syscall.SIGHUP))
	says("configuration: reloaded", 1)
	require.NoError(t, server.Process.Signal(os.Signal(syscall.SIGTERM)))
	require.NoError(t, server.Wait(), "exit code 0")
}
