package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

const reference = "../../../docs/configuration.md"

// The reference in docs is what the program prints, and says something of every key.
func TestTheReferenceIsCurrent(t *testing.T) {
	var b strings.Builder
	require.NoError(t, Reference(&b))
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(reference, []byte(b.String()), 0o644))
	}
	have, err := os.ReadFile(reference)
	require.NoError(t, err)
	require.Equal(t, string(have), b.String(), "run go generate ./cmd/bedside/config")

	said, err := meanings()
	require.NoError(t, err)
	for _, k := range allKeys() {
		require.NotEmpty(t, said[k.owner.Name()+"."+k.field.Name], "%s has no comment that says what it means", k.path)
		require.Contains(t, b.String(), "**`"+strings.TrimSuffix(k.path, "[]")+"`**")
	}
}

// What is shown is YAML, has every key, tells the source of each, and no secret.
func TestShow(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("from-a-file"), 0o600))
	text := strings.Replace(string(minimal("limits: {call_limit: 90m, text_max: 17}\ntrusted_proxies: [10.0.0.1]\nlisten: 127.0.0.1:1\n")),
		"client_secret: hush-hush", "client_secret_file: secret", 1)
	path := filepath.Join(dir, "config.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	t.Setenv("BEDSIDE_SERVER_KEY", strings.Repeat("0f", 32))
	r, err := Read(path)
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, r.Show(&b))
	for _, line := range []string{
		`listen: 127\.0\.0\.1:1 +# config\.yaml:8`, `server_key: '\*\*\*' +# environment BEDSIDE_SERVER_KEY`,
		`  client_secret: '\*\*\*' +# file .*secret`, `  - name: clinic +# config\.yaml:3`, `    password_hash: '\*\*\*' +# config\.yaml:4`,
		`  call_limit: 90m +# config\.yaml:6`, `  reply_within: 10m +# usual`, `  text_max: 17 `, `# console_listen: +# not set`,
		`trusted_proxies: \[10\.0\.0\.1/32\] `, `  hsts: 365d +# usual`, `    chat: false +# usual`,
	} {
		require.Regexp(t, "(?m)^"+line, b.String())
	}
	for _, secret := range []string{"from-a-file", "0f0f", "argon2id"} {
		require.NotContains(t, b.String(), secret)
	}
	var again map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(b.String()), &again), b.String())
	for _, k := range allKeys() {
		require.Regexp(t, "(?m)^[ #-]*"+k.name()+":", b.String())
	}
}
