package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// The guide shows the lines of the website, of the service and of a restore as
// the program writes them.
func TestTheGuideShowsWhatIsWritten(t *testing.T) {
	guide, err := os.ReadFile("../../docs/install.md")
	require.NoError(t, err)
	folder := t.TempDir()
	secret := folder + "/secret"
	require.NoError(t, os.WriteFile(secret, []byte("a-secret-of-eight"), 0o600))
	code, said := command(t, "init", "--yes", "--no-check", "--into", folder+"/clinic", "--public-url", "https://bedside.clinic.example",
		"--site", "https://www.clinic.example", "--clinic", "Harbour Clinic", "--phone", "+44 20 7946 0000", "--emergency", "999", "--zone", "UTC",
		"--trueconf-url", "https://video.clinic.example", "--client-id", "1", "--client-secret-file", secret, "--admin-password-file", secret)
	require.Zero(t, code, said)
	snippet, err := os.ReadFile(folder + "/clinic/snippet.html")
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(string(snippet)), "\n") {
		require.Contains(t, string(guide), "    "+line)
	}
	for _, line := range strings.Split(said, "\n")[1:5] {
		require.Contains(t, string(guide), line)
	}
}

// Whoever asks a command for help is shown a line to type.
func TestEveryCommandHasAnExample(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.Name("bedside"))
	require.NoError(t, err)
	seen := 0
	for _, leaf := range parser.Model.Leaves(true) {
		if name := leaf.FullPath(); name != "bedside version" && name != "bedside config reference" {
			require.Regexp(t, `(?m)^Examples?:\n  .*`+leaf.FullPath(), leaf.Detail, name)
			seen++
		}
	}
	require.Greater(t, seen, 12)
}
