package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The command looks at a clinic that runs, over its control socket and by its
// public address, and leaves nothing behind.
func TestCheckBesideARunningServer(t *testing.T) {
	folder := t.TempDir()
	d := startDemo(t, folder)
	c := d.app.config
	file := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Sprintf(`listen: %s
public_url: %s
data: %s
host: demo
flows: %s
sites: [{name: clinic, origins: ["http://localhost:2"]}]
staff: [{login: anna, name: Anna, role: doctor, departments: [gp], password_hash: "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$0000000000000000000000000000000000000000000"}]
trueconf: {url: %q, public_urls: [%q], client_id: %s, client_secret: %s, service_account: bedside, guest_seats: 2}
`, c.Listen, c.PublicURL, c.Data, c.Flows.Path, c.TrueConf.URL, c.TrueConf.PublicURLs[0], c.TrueConf.ClientID, c.TrueConf.ClientSecret.Reveal())
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))

	out, err := exec.Command("bedside", "check", "-c", file, "--quick", "--format", "json").Output()
	require.NoError(t, err, "%s", out)
	var said struct {
		OK     bool
		Checks []struct{ Check, Verdict, Code string }
	}
	require.NoError(t, json.Unmarshal(out, &said), "%s", out)
	require.True(t, said.OK)
	for _, l := range said.Checks {
		want := "ok"
		if l.Check == "public.idle" {
			want = "skipped"
		}
		require.Equal(t, want, l.Verdict, "%s: %s", l.Check, l.Code)
	}
	require.Empty(t, d.standIn.tc.Rooms())
	require.Empty(t, d.standIn.tc.Rings())
	require.NotContains(t, string(out), c.TrueConf.ClientSecret.Reveal())
}
