package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The clinic's page of a demo is good by the configuration that names its origin,
// and not by one that names another.
func TestCheckSiteHoldsThePageToTheConfiguration(t *testing.T) {
	d := startDemo(t, t.TempDir())
	c := d.app.config
	page := fmt.Sprintf("http://localhost:%d", port(d.clinic))
	for origin, code := range map[string]int{page: 0, "http://www.localhost:1": 1} {
		file := filepath.Join(t.TempDir(), "config.yaml")
		text := fmt.Sprintf(`listen: %s
public_url: %s
data: %s
flows: %s
sites: [{name: clinic, origins: [%q]}]
staff: [{login: anna, name: Anna, role: doctor, departments: [gp], password_hash: "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$0000000000000000000000000000000000000000000"}]
trueconf: {url: %q, client_id: id, client_secret: secret, service_account: bedside}
`, c.Listen, c.PublicURL, c.Data, c.Flows.Path, origin, c.TrueConf.URL)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		out, err := exec.Command("bedside", "check-site", page+"/", "-c", file).Output()
		got := 0
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			got = failed.ExitCode()
		}
		require.Equal(t, code, got, "%s", out)
		if code == 0 {
			require.Contains(t, string(out), "Nothing on the page breaks the widget or the camera.")
		} else {
			require.Contains(t, string(out), "the configuration's site clinic does not name "+page)
		}
	}
}
