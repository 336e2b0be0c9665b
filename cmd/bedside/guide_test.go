package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// Whatever the guide has an administrator type is a command with these flags.
func TestTheGuidesCommandsExist(t *testing.T) {
	guide, err := os.ReadFile("../../docs/install.md")
	require.NoError(t, err)
	publishing, err := os.ReadFile("../../docs/flows-publishing.md")
	require.NoError(t, err)
	guide = append(guide, publishing...)
	typed := regexp.MustCompile("(?m)(?:^ {4}.*|`[^`\n]*)\\bbedside(?:\\.exe)? ([a-z][^`\n]*)")
	seen := 0
	for _, found := range typed.FindAllStringSubmatch(string(guide), -1) {
		var words, flags []string
		for _, word := range strings.Fields(found[1]) {
			if strings.HasPrefix(word, "-") {
				flags = append(flags, strings.SplitN(word, "=", 2)[0])
			} else if len(flags) == 0 && regexp.MustCompile(`^[a-z-]+$`).MatchString(word) {
				words = append(words, word)
			}
		}
		if len(words) == 0 || words[0] == "bedside" {
			continue
		}
		help, err := exec.Command("bedside", append(words[:min(len(words), deepest(words))], "--help")...).CombinedOutput()
		require.NoError(t, err, "bedside %s\n%s", found[1], help)
		for _, flag := range flags {
			require.Contains(t, string(help), flag, "bedside %s", found[1])
		}
		seen++
	}
	require.Greater(t, seen, 10)
}

// deepest is how many words name a command.
func deepest(words []string) int {
	switch words[0] {
	case "service", "config", "flow", "staff":
		return 2
	}
	return 1
}

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
