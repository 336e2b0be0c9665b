package web_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// example is the code below a line of docs/embedding.md, with the key's place
// exchanged.
func example(t *testing.T, after, key string) string {
	t.Helper()
	doc, err := os.ReadFile("../docs/embedding.md")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(doc), after)
	require.True(t, ok, after)
	var code []string
	for line := range strings.Lines(strings.TrimLeft(rest, "\n")) {
		text, indented := strings.CutPrefix(line, "    ")
		if !indented && strings.TrimSpace(line) != "" {
			break
		}
		code = append(code, strings.TrimRight(text, "\n"))
	}
	return strings.ReplaceAll(strings.Join(code, "\n"), "/run/secrets/identity-clinic", key)
}

// What integrators copy from the documentation signs what Bedside believes.
func TestTheDocumentedExamplesSign(t *testing.T) {
	h := newHouse(t, func(o *web.Options) {
		o.Sites[0].ID, o.Sites[0].IdentityKey = "clinic", []byte(identityKey)
	})
	for language, run := range map[string]struct{ program, after, file, more string }{
		"node": {"node", "Node:\n", "sign.mjs", "\nprocess.stdout.write(identity({ id: 17, name: 'Anna Lee', born: '1958-03-07', phone: '+44 20 7946 0000' }))"},
		"php":  {"php", "PHP:\n", "sign.php", ""},
	} {
		t.Run(language, func(t *testing.T) {
			program, err := exec.LookPath(run.program)
			if err != nil {
				if os.Getenv("CI") == "true" && language == "node" {
					t.Fatal("no node")
				}
				t.Skip("skipped: no " + run.program)
			}
			folder := t.TempDir()
			key := filepath.Join(folder, "key")
			require.NoError(t, os.WriteFile(key, []byte(identityKey+"\n"), 0o600))
			code := example(t, run.after, key) + run.more
			if language == "php" { // its sign-in is the website's own
				code = strings.Replace(code, "session_start();", `$_SESSION = ["patient" => ["id" => 17, "name" => "Anna Lee", "born" => "1958-03-07", "phone" => "+44 20 7946 0000"]];`, 1)
			}
			path := filepath.Join(folder, run.file)
			require.NoError(t, os.WriteFile(path, []byte(code), 0o600))
			token, err := exec.Command(program, path).Output()
			require.NoError(t, err, "%s", code)
			p := &person{h: h, bearer: newTicket()}
			var started wire.Started
			p.call("POST", "/api/v1/conversations", wire.Start{Key: "k", Identity: string(token)}, 201, &started)
			state, err := h.e.State(t.Context(), bot.Actor{Role: bot.Patient, Conversation: started.Conversation}, started.Conversation)
			require.NoError(t, err)
			require.Equal(t, map[string]string{"name": "Anna Lee", "born": "1958-03-07", "phone": "+44 20 7946 0000"}, state.Vouched)
		})
	}
}
