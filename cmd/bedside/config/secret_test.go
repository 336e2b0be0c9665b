package config

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	goccy "github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// filled is a configuration in which every secret of every struct is the marker.
func filled(v reflect.Value, marker string) (secrets int) {
	switch {
	case v.Type() == reflect.TypeFor[Secret]():
		v.Set(reflect.ValueOf(NewSecret(marker)))
		return 1
	case v.Kind() == reflect.Slice && structOf(v.Type()) != nil:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		return filled(v.Index(0), marker) + filled(v.Index(1), marker)
	case v.Kind() == reflect.Struct && scalars[v.Type()] == nil:
		for i := range v.NumField() {
			secrets += filled(v.Field(i), marker)
		}
	}
	return secrets
}

// However a configuration is printed, no secret of it is.
func TestNoSecretIsEverPrinted(t *testing.T) {
	const marker = "hush-hush"
	var c Config
	require.GreaterOrEqual(t, filled(reflect.ValueOf(&c).Elem(), marker), 5)
	holder := struct{ inner Config }{c} // fmt cannot ask the methods of what is in here
	var out []string
	for _, v := range []any{c, &c, c.TrueConf, c.ServerKey, &c.ServerKey, []Secret{c.ServerKey}, map[string]Secret{"k": c.ServerKey}, holder, &holder, errors.Join(fmt.Errorf("%v", c.ServerKey))} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b", "%o", "%c", "%U", "%e", "%t", "%p", "%10s", "%.40v"} {
			out = append(out, fmt.Sprintf(verb, v))
		}
	}
	out = append(out, fmt.Sprint(c), fmt.Sprintln(c))
	for _, encode := range []func(any) ([]byte, error){json.Marshal, yaml.Marshal, goccy.Marshal, func(any) ([]byte, error) { return xml.Marshal(c.ServerKey) }} {
		b, err := encode(c)
		require.NoError(t, err)
		out = append(out, string(b))
	}
	var log strings.Builder
	for _, h := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(h).Info("x", "config", c, "holder", holder, "secret", c.ServerKey, "group", slog.GroupValue(slog.Any("s", c.Staff)))
	}
	for _, text := range append(out, log.String()) {
		require.NotContains(t, text, marker)
		require.NotContains(t, strings.ToLower(text), fmt.Sprintf("%x", marker))
	}
	require.Equal(t, marker, c.ServerKey.Reveal())
}

// What is called like a secret is one, and each has its variable.
func TestWhatSoundsSecretIsASecret(t *testing.T) {
	sounds := regexp.MustCompile(`(^|_)(secret|password|token|key|hash)(_|$)`)
	for _, k := range allKeys() {
		if sounds.MatchString(k.name()) && !strings.HasSuffix(k.name(), "_file") {
			require.True(t, k.secret(), "%s is no Secret", k.path)
		}
		if k.secret() {
			require.Regexp(t, `^BEDSIDE_[A-Z_{}a-z]+$`, k.field.Tag.Get("env"), "%s has no environment variable", k.path)
			if strings.Contains(k.parent, "[]") {
				require.Contains(t, k.field.Tag.Get("env"), "{", "%s stands in a list, and its variable is one for all", k.path)
			}
		}
	}
}

func TestAListedSecretHasItsOwnVariable(t *testing.T) {
	other := "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$2222222222222222222222222222222222222222222"
	env := func(name string) string { return map[string]string{"BEDSIDE_STAFF_ANNA_PASSWORD_HASH": other}[name] }
	c, err := Parse("config.yaml", minimal(""), env)
	require.NoError(t, err)
	require.Equal(t, other, c.Staff[0].PasswordHash.Reveal())

	env = func(name string) string {
		return map[string]string{"BEDSIDE_STAFF_ANNA_PASSWORD_HASH": "nonsense"}[name]
	}
	_, err = Parse("config.yaml", minimal(""), env)
	require.ErrorContains(t, err, "staff[0].password_hash (from the environment, BEDSIDE_STAFF_ANNA_PASSWORD_HASH) is")
	require.NotContains(t, err.Error(), "nonsense")
}

func TestFilesThatOthersCanReadAreTold(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are lists there")
	}
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), mode))
		require.NoError(t, os.Chmod(path, mode))
		return path
	}
	write("secret", "from-file\n", 0o644)
	path := write("config.yaml", strings.Replace(string(minimal("")), "client_secret: hush-hush", "client_secret_file: secret", 1), 0o644)
	r, err := Read(path)
	require.NoError(t, err)
	require.Len(t, r.Warnings, 1, "the configuration itself holds no secret")
	require.Contains(t, r.Warnings.Error(), "trueconf.client_secret_file can be read by others; run chmod 600 on it")

	write("secret", "from-file\n", 0o640)
	r, err = Read(path)
	require.NoError(t, err)
	require.Empty(t, r.Warnings, "a group is somebody's choice")

	r, err = Read(write("open.yaml", string(minimal("")), 0o644))
	require.NoError(t, err)
	require.Contains(t, r.Warnings.Error(), "open.yaml:5:69: this file holds trueconf.client_secret and can be read by others")
	require.Len(t, r.Warnings, 1, "one is enough")

	text := strings.Replace(string(minimal("")), "client_secret: hush-hush", "client_secret_file: secret", 1)
	text = strings.Replace(text, "{name: clinic,", "{name: clinic, identity_key: "+strings.Repeat("k", 32)+",", 1)
	r, err = Read(write("signed.yaml", text, 0o644))
	require.NoError(t, err)
	require.Contains(t, r.Warnings.Error(), "signed.yaml:3:", "a secret of a list is one too")
	require.Contains(t, r.Warnings.Error(), "this file holds sites[0].identity_key and can be read by others; run chmod 600 on it, or put the secret into a file of its own (identity_key_file)")

	write("secret", " \n", 0o600)
	_, err = Read(path)
	require.ErrorContains(t, err, "trueconf.client_secret_file holds nothing")
}

func TestAVariableThatNamesNothingIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(path, minimal(""), 0o600))
	t.Setenv("BEDSIDE_TRUECONF_CLIENT_SECERT", "tell-nobody")
	t.Setenv("BEDSIDE_STAFF_ANA_PASSWORD_HASH", "tell-nobody")
	t.Setenv("BEDSIDE_SOMETHING_ELSE", "x")
	r, err := Read(path)
	require.NoError(t, err)
	require.Contains(t, r.Warnings.Error(), "BEDSIDE_TRUECONF_CLIENT_SECERT is set, and no key takes it; did you mean BEDSIDE_TRUECONF_CLIENT_SECRET?")
	require.Contains(t, r.Warnings.Error(), "did you mean BEDSIDE_STAFF_ANNA_PASSWORD_HASH?")
	require.Len(t, r.Warnings, 2)
	require.NotContains(t, r.Warnings.Error(), "tell-nobody")
}

func TestTheDataFolderOfABrokenFile(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{
		"data: here\nlisten: [\n": "here", "listen: \"\ndata: \"over there\" # x\n": "over there", "flows: {\n": "data", "data: /srv/x\n\ty: 1\n": "/srv/x",
		"data: here\nnonsense: 1\n": "here",
	} {
		path := filepath.Join(dir, "config.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		if !filepath.IsAbs(want) {
			want = filepath.Join(dir, want)
		}
		require.Equal(t, want, DataFolder(path), text)
	}
}

func TestAByteOrderMarkIsNoProblem(t *testing.T) {
	_, err := Parse("config.yaml", append([]byte("\xef\xbb\xbf"), minimal("")...), none)
	require.NoError(t, err)
}

// A key that HS256 would take and anybody could guess is refused, where it stands.
func TestAnIdentityKeyIsLong(t *testing.T) {
	with := func(key string) []byte {
		return []byte(strings.Replace(string(minimal("")), "{name: clinic,", "{name: clinic, identity_key: "+key+",", 1))
	}
	_, err := Parse("config.yaml", with("short"), none)
	require.ErrorContains(t, err, "sites[0].identity_key")
	require.ErrorContains(t, err, "openssl rand -hex 32")
	require.NotContains(t, err.Error(), "short,")
	c, err := Parse("config.yaml", with(strings.Repeat("k", 32)), none)
	require.NoError(t, err)
	require.Len(t, c.Sites[0].IdentityKey.Reveal(), 32)
	env := func(name string) string {
		return map[string]string{"BEDSIDE_SITE_CLINIC_IDENTITY_KEY": strings.Repeat("e", 40)}[name]
	}
	c, err = Parse("config.yaml", minimal(""), env)
	require.NoError(t, err)
	require.Len(t, c.Sites[0].IdentityKey.Reveal(), 40)
}
