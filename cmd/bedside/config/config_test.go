package config

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const example = "../../../config.example.yaml"

func none(string) string { return "" }

func TestTheExampleLoads(t *testing.T) {
	data, err := os.ReadFile(example)
	require.NoError(t, err)
	c, err := Parse("/etc/bedside/config.yaml", data, none)
	require.NoError(t, err)
	require.Equal(t, "https://bedside.clinic.example", c.PublicURL.String())
	require.Equal(t, "/etc/bedside/data", c.Data, "paths are relative to the file")
	require.Equal(t, "/etc/bedside/flows", c.Flows.Path)
	require.Equal(t, 1, c.TrueConf.GuestSeats)
	require.Equal(t, "v3.11", c.TrueConf.APIVersion)
	require.Len(t, c.Staff, 2)
	require.Equal(t, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128")}, c.TrustedProxies)
}

// A path alone is all of the section, as files from before it was one have it.
func TestFlowsMayBeAPathAlone(t *testing.T) {
	for text, want := range map[string]Flows{
		"flows: flow.yaml":                              {Path: "/etc/flow.yaml", Publish: ByCommand},
		"flows: {path: flow.yaml}":                      {Path: "/etc/flow.yaml", Publish: ByCommand},
		"flows: {path: flow.yaml, publish: on_save}":    {Path: "/etc/flow.yaml", Publish: OnSave},
		"flows: {path: flow.yaml, publish: by_command}": {Path: "/etc/flow.yaml", Publish: ByCommand},
	} {
		c, err := Parse("/etc/config.yaml", []byte(strings.Replace(string(minimal("")), "flows: flow.yaml", text, 1)), none)
		require.NoError(t, err, text)
		require.Equal(t, want, c.Flows, text)
	}
	for text, want := range map[string]string{
		"flows: {path: flow.yaml, publish: sometimes}": "config.yaml:2:35: flows.publish is none of by_command, on_save",
		"flows: {publish: on_save}":                    "has no flow",
		"flows: [flow.yaml]":                           "flows is no mapping",
		"flows:":                                       "flows is empty",
		"flows: {path: flow.yaml, publsh: on_save}":    "did you mean `publish`?",
	} {
		_, err := Parse("config.yaml", []byte(strings.Replace(string(minimal("")), "flows: flow.yaml", text, 1)), none)
		require.ErrorContains(t, err, want, text)
	}
}

func TestProblems(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			_, err = Parse(filepath.Base(path), data, none)
			require.Error(t, err)
			golden := strings.TrimSuffix(path, ".yaml") + ".golden"
			if os.Getenv("UPDATE") != "" {
				require.NoError(t, os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644))
			}
			want, readErr := os.ReadFile(golden)
			require.NoError(t, readErr)
			require.Equal(t, string(want), err.Error()+"\n")
		})
	}
}

// minimal is a whole configuration into which tests put one more line.
func minimal(more string) []byte {
	return []byte(`public_url: http://localhost:1
flows: flow.yaml
sites: [{name: clinic, origins: ["http://localhost:2"]}]
staff: [{login: anna, name: Anna, role: doctor, departments: [gp], password_hash: "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$0000000000000000000000000000000000000000000"}]
trueconf: {url: "http://localhost:3", client_id: id, client_secret: hush-hush, service_account: bedside}
` + more)
}

func TestSecretsComeFromThreePlaces(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("from-file\n"), 0o600))
	data := strings.Replace(string(minimal("")), "client_secret: hush-hush", "client_secret_file: secret", 1)
	path := filepath.Join(dir, "config.yaml")

	c, err := Parse(path, []byte(data), none)
	require.NoError(t, err)
	require.Equal(t, "from-file", c.TrueConf.ClientSecret.Reveal())

	env := func(name string) string {
		return map[string]string{"BEDSIDE_TRUECONF_CLIENT_SECRET": "from-env"}[name]
	}
	c, err = Parse(path, []byte(data), env)
	require.NoError(t, err)
	require.Equal(t, "from-env", c.TrueConf.ClientSecret.Reveal())

	both := strings.Replace(data, "client_secret_file: secret", "client_secret_file: secret, client_secret: x", 1)
	_, err = Parse(path, []byte(both), none)
	require.ErrorContains(t, err, "keep one of them")

	gone := strings.Replace(data, "client_secret_file: secret", "client_secret_file: nowhere", 1)
	_, err = Parse(path, []byte(gone), none)
	require.ErrorContains(t, err, "no such file")
	require.ErrorContains(t, err, "config.yaml:5:")
}

// Behind a proxy that nobody named all visitors would be one address.
func TestHTTPSNamesItsProxies(t *testing.T) {
	https := strings.Replace(string(minimal("")), "http://localhost:1", "https://bedside.clinic.example", 1)
	console := string(minimal("console_listen: 127.0.0.1:2\nconsole_url: https://console.clinic.example\n"))
	for name, c := range map[string]struct {
		text, at string
	}{
		"http on this machine":     {string(minimal("")), ""},
		"missing":                  {https, "config.yaml:1:13: public_url is https, and trusted_proxies is missing; name"},
		"missing for the console":  {console, "config.yaml:7:14: console_url is https, and trusted_proxies is missing; name"},
		"one":                      {https + "trusted_proxies: [10.0.0.0/8]\n", ""},
		"none, on purpose":         {https + "trusted_proxies: []\n", ""},
		"empty is no answer":       {https + "trusted_proxies:\n", "config.yaml:6:17: trusted_proxies is empty"},
		"both addresses, one word": {strings.Replace(console, "http://localhost:1", "https://bedside.clinic.example", 1), "public_url is https"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("config.yaml", []byte(c.text), none)
			if c.at == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.at)
			require.Len(t, err, 1)
		})
	}
}

func TestProblemsNeverRepeatASecret(t *testing.T) {
	data := strings.Replace(string(minimal("server_key: tell-nobody\n")), "$argon2id", "$argon2i", 1)
	_, err := Parse("config.yaml", []byte(data), none)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "tell-nobody")
	require.NotContains(t, err.Error(), "argon2i$")
}

func TestDurations(t *testing.T) {
	c, err := Parse("config.yaml", minimal("limits: {resume_within: 14d, wait_rung: 90s}\n"), none)
	require.NoError(t, err)
	require.Equal(t, 14*24*time.Hour, c.Limits.ResumeWithin)
	require.Equal(t, 90*time.Second, c.Limits.WaitRung)
	for _, bad := range []string{"5", "-5m", "0s", "5 minutes", "d", "99999999d", "true"} {
		_, err := Parse("config.yaml", minimal("limits: {wait_rung: "+bad+"}\n"), none)
		require.ErrorContains(t, err, "limits.wait_rung is no time", bad)
	}
}

func TestOrigins(t *testing.T) {
	for _, bad := range []string{"www.clinic.example", "https://*.clinic.example", "https://clinic.example/", "https://clinic.example/path", "https://a@clinic.example", "ftp://clinic.example", "https://clinic.example?x", "https://clinic.example#"} {
		_, err := parseOrigin(bad)
		require.Error(t, err, bad)
	}
	got, err := parseOrigin("https://WWW.Clinic.example:8443")
	require.NoError(t, err)
	require.Equal(t, Origin("https://www.clinic.example:8443"), got)
}

func FuzzParse(f *testing.F) {
	f.Add(minimal(""))
	f.Add([]byte("a: &x [*x]\n"))
	f.Add([]byte("<<: {listen: 1}\n? [a]: b\n"))
	f.Add([]byte("listen: !!binary xx\n---\nlisten: 2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if strings.Contains(string(data), "_file") {
			return // reads no files of the machine it runs on
		}
		if _, err := Parse("config.yaml", data, none); err != nil {
			var ps Problems
			require.ErrorAs(t, err, &ps)
			require.NotEmpty(t, ps)
		}
	})
}

// Recording wants all of it: the right, the consent and where it is kept.
func TestRecordingGoesWithAConsent(t *testing.T) {
	for text, want := range map[string]string{
		"rights: {recording: true}, recording: {consent: recording, kept_en: In the archive.}": "",
		"rights: {recording: true}, recording: {consent: recording, kept_ru: В архиве.}":       "",
		"recording: {consent: recording, kept_en: In the archive.}":                            "trueconf.rights.recording is not",
		"rights: {recording: true}, recording: {consent: recording}":                           "trueconf.recording.kept_en is missing",
		"rights: {recording: true}, recording: {kept_en: In the archive.}":                     "trueconf.recording.consent is missing",
		"rights: {recording: true}": "",
	} {
		_, err := Parse("config.yaml", []byte(strings.Replace(string(minimal("")), "service_account: bedside", "service_account: bedside, "+text, 1)), none)
		if want == "" {
			require.NoError(t, err, text)
			continue
		}
		require.ErrorContains(t, err, want, text)
	}
}
