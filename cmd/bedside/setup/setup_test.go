package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/config"
)

// values are right answers to everything that must be answered.
func values(with ...string) map[string]string {
	out := map[string]string{
		"public-url": "https://bedside.clinic.example", "site": "https://www.clinic.example",
		"clinic": "Harbour Clinic", "phone": "+44 20 7946 0000", "emergency": "999", "zone": "Europe/London",
		"trueconf-url": "https://video.clinic.example", "client-id": "0123", "client-secret-file": "the-secret",
		"admin-password-file": "a long password",
	}
	for i := 0; i < len(with); i += 2 {
		out[with[i]] = with[i+1]
	}
	return out
}

func collected(t *testing.T, g Given) Answers {
	t.Helper()
	if g.Data == "" {
		g.Data = "data"
	}
	a, err := Collect(t.Context(), g, nil)
	require.NoError(t, err)
	return a
}

// Whatever a clinic answers that is taken, what is written can be read: names
// with quotes, hashes and colons, one language or two.
func TestWhatIsWrittenIsRead(t *testing.T) {
	names := []string{"Harbour Clinic", `Клиника «Гавань» # 1: "да"`, `back\slash & <b>`, "- - -", "null"}
	for i, language := range []string{"en", "ru", "en,ru", "ru, en", "en,ru"} {
		folder, name := filepath.Join(t.TempDir(), "deep", "clinic"), names[i]
		a := collected(t, Given{
			Values:  values("language", language, "clinic", name, "admin-name", name),
			Doctors: []string{"anna:" + strings.ReplaceAll(name, ":", "") + `:dom\anna`},
		})
		require.NoError(t, Write(t.Context(), folder, a), "%s %s", language, name)
		c, err := config.Load(filepath.Join(folder, ConfigFile))
		require.NoError(t, err)
		require.Equal(t, name, c.Staff[0].Name)
		require.Equal(t, `dom\anna`, c.Staff[1].TrueConfID)
		require.Equal(t, "the-secret", c.TrueConf.ClientSecret.Reveal())
		snippet, err := Snippet(a)
		require.NoError(t, err)
		require.Contains(t, snippet, `src="https://bedside.clinic.example/widget.js"`)
	}
}

// Secrets are for their owner alone, and passwords nowhere.
func TestSecretsAreForTheirOwner(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "clinic")
	a := collected(t, Given{Values: values("admin-password-file", ""), Doctors: []string{"anna:Anna"}})
	require.NoError(t, Write(t.Context(), folder, a))
	require.Len(t, a.Passwords(), 2)
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		if runtime.GOOS != "windows" && (d.IsDir() || d.Name() == ConfigFile || d.Name() == SecretFile) {
			require.Zero(t, info.Mode().Perm()&0o077, path)
		}
		if d.IsDir() {
			return nil
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, p := range a.Passwords() {
			require.NotContains(t, string(text), p.Password.Reveal())
		}
		require.Equal(t, d.Name() == SecretFile, strings.Contains(string(text), "the-secret"))
		return nil
	})
	require.NoError(t, err)
}

// Ctrl-C and a folder that is taken leave all as it was.
func TestNothingIsLeftHalfWritten(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "clinic")
	stopped, stop := context.WithCancelCause(t.Context())
	stop(errors.New("interrupted"))
	a := collected(t, Given{Values: values()})
	require.ErrorContains(t, Write(stopped, folder, a), "interrupted")
	require.Empty(t, entries(t, parent))

	require.NoError(t, os.MkdirAll(filepath.Join(folder, "mine"), 0o755))
	require.ErrorIs(t, Write(t.Context(), folder, a), ErrTaken)
	require.Equal(t, []string{"clinic"}, entries(t, parent))
	require.Equal(t, []string{"mine"}, entries(t, folder))

	require.NoError(t, os.Remove(filepath.Join(folder, "mine")))
	require.NoError(t, Write(t.Context(), folder, a), "an empty folder is free")

	a.Data = folder
	require.ErrorIs(t, Write(t.Context(), filepath.Join(parent, "other"), a), ErrTaken)
	require.Equal(t, []string{"clinic"}, entries(t, parent))
}

func entries(t *testing.T, folder string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// person answers from a list and remembers how it was asked.
type person struct {
	answers []string
	secrets []string // prompts after which nothing is shown
	said    []string
	stop    context.CancelCauseFunc
}

func (p *person) Line(ctx context.Context, _ string) (string, error) {
	if len(p.answers) == 0 {
		p.stop(errors.New("interrupted"))
		return "", context.Cause(ctx)
	}
	next := p.answers[0]
	p.answers = p.answers[1:]
	return next, nil
}

func (p *person) Secret(ctx context.Context, prompt string) (string, error) {
	p.secrets = append(p.secrets, prompt)
	return p.Line(ctx, prompt)
}

func (p *person) Say(text string) { p.said = append(p.said, text) }

// A person is asked what no flag says, again where it is wrong, and not shown
// what is secret.
func TestAPersonIsAsked(t *testing.T) {
	given := values("admin", "boss", "admin-name", "Boss", "service-account", "rooms", "language", "ru")
	delete(given, "phone")
	delete(given, "client-secret-file")
	p := &person{answers: []string{"none", "+7 495 000-00-00", "two words", "the-secret", "boss", ""}}
	ctx, stop := context.WithCancelCause(t.Context())
	p.stop = stop
	a, err := Collect(ctx, Given{Values: given, Data: "data"}, p)
	require.NoError(t, err)
	require.Equal(t, "+7 495 000-00-00", a.Phone)
	require.Equal(t, "the-secret", a.ClientSecret.Reveal())
	require.Len(t, p.secrets, 2)
	require.Contains(t, strings.Join(p.said, "\n"), "the login boss is taken")
	require.NotContains(t, strings.Join(p.said, "\n"), "two words")

	p.answers = []string{"+7 495 000-00-00"}
	_, err = Collect(ctx, Given{Values: given, Data: "data"}, p)
	require.EqualError(t, err, "interrupted")
}

// One bad value at a time is refused by its own flag.
func TestBadAnswers(t *testing.T) {
	for flag, bad := range map[string][]string{
		"public-url":          {"", "bedside", "http://clinic.example", "https://clinic.example/chat", "ftp://x", "https://u:p@x"},
		"site":                {"", "www.clinic.example", "https://clinic.example/x", "https://*.clinic.example"},
		"clinic":              {"", strings.Repeat("x", 81), "a {b}", "a\x00b"},
		"phone":               {"", "1", "call us", strings.Repeat("1", 33)},
		"language":            {"de", "en,en", "en,ru,en"},
		"zone":                {"Moscow", "Local", "../x"},
		"trueconf-url":        {"video", "http://video.clinic.example", "https://x?y"},
		"client-id":           {"", "two words", "кириллица"},
		"client-secret-file":  {"", "two words"},
		"service-account":     {"", "two words"},
		"guest-seats":         {"0", "-1", "many"},
		"listen":              {"8080", "x:y", "1:70000"},
		"admin":               {"Anna", "анна", "a b", ""},
		"admin-name":          {""},
		"admin-password-file": {"short", strings.Repeat("x", 1025)},
		"trueconf-ca":         {"nowhere.pem"},
	} {
		for _, text := range bad {
			_, err := Collect(t.Context(), Given{Values: values(flag, text), Data: "data"}, nil)
			var problems Problems
			require.ErrorAs(t, err, &problems, "%s %q", flag, text)
			require.Len(t, problems, 1, "%s %q", flag, text)
			require.Equal(t, flag, problems[0].Flag)
			require.NotEmpty(t, problems[0].What)
		}
	}
	for _, text := range []string{"anna", "Anna:Anna", "anna:", "anna:Anna:two words"} {
		_, err := Collect(t.Context(), Given{Values: values(), Doctors: []string{text}, Data: "data"}, nil)
		require.Error(t, err, text)
	}
}
