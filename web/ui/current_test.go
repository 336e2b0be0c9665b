package ui

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is committed in dist must be what the sources give. The bundler comes
// from the module proxy once; where it cannot be had the test is passed over,
// save in CI.
func TestBundlesAreCurrent(t *testing.T) {
	probe := exec.Command("go", "tool", "-modfile=../../.tools/esbuild.mod", "esbuild", "--version")
	if err := probe.Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("esbuild cannot be run: %v", err)
		}
		t.Skip("skipped: esbuild is not to be had")
	}
	source, err := os.ReadFile("ui.go")
	require.NoError(t, err)
	fresh := t.TempDir()
	for line := range strings.Lines(string(source)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:generate ")
		if !ok {
			continue
		}
		command = strings.Replace(command, "=dist/", "="+fresh+"/", 1)
		command = strings.Replace(command, "--outdir=dist", "--outdir="+fresh, 1)
		words := strings.Fields(command)
		out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	requireSameFiles(t, fresh, "dist")
}

func requireSameFiles(t *testing.T, fresh, committed string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(committed, "*"))
	require.NoError(t, err)
	made, err := filepath.Glob(filepath.Join(fresh, "*"))
	require.NoError(t, err)
	require.Len(t, names, len(made), "dist holds other files than go generate makes")
	for _, name := range made {
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(committed, filepath.Base(name)))
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, got), "%s is old: run go generate ./web/ui", filepath.Base(name))
	}
}
