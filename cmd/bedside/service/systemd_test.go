//go:build linux

package service

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// options are an installation in a folder of the test.
func options(t *testing.T) Options {
	t.Helper()
	root, program := t.TempDir(), filepath.Join(t.TempDir(), "bedside")
	require.NoError(t, os.WriteFile(program, []byte("#!/bin/true\n"), 0o600))
	o := Options{Program: program, Config: "/etc/bedside/config.yaml", Data: "/etc/bedside/data", Root: root}
	require.NoError(t, os.MkdirAll(o.at("/etc/bedside/data"), 0o755))
	require.NoError(t, os.MkdirAll(o.at("/etc/bedside/flows"), 0o755))
	for _, name := range []string{o.Config, "/etc/bedside/trueconf-secret", "/etc/bedside/flows/clinic.yaml", "/etc/bedside/data/journal.db"} {
		require.NoError(t, os.WriteFile(o.at(name), []byte(name), 0o666))
	}
	return o
}

func install(t *testing.T, o Options) {
	t.Helper()
	plan, err := Install(o)
	require.NoError(t, err)
	require.NoError(t, plan.Do(t.Context(), io.Discard))
}

// Others can read neither configuration nor data, the group the one alone, and a
// second installation brings the new program.
func TestRights(t *testing.T) {
	o := options(t)
	install(t, o)
	for path, want := range map[string]os.FileMode{
		"/etc/bedside": 0o750, o.Config: 0o640, "/etc/bedside/trueconf-secret": 0o640, "/etc/bedside/flows": 0o750,
		"/etc/bedside/data": 0o700, "/etc/bedside/data/journal.db": 0o600, programPath: 0o755, unitFile: 0o644,
	} {
		info, err := os.Stat(o.at(path))
		require.NoError(t, err)
		require.Equal(t, want, info.Mode().Perm(), path)
	}
	require.NoError(t, os.WriteFile(o.Program, []byte("#!/bin/false\n"), 0o600))
	install(t, o)
	program, err := os.ReadFile(o.at(programPath))
	require.NoError(t, err)
	require.Equal(t, "#!/bin/false\n", string(program))

	own := o
	own.Program = o.at(programPath)
	install(t, own)
	again, err := os.ReadFile(o.at(programPath))
	require.NoError(t, err)
	require.Equal(t, program, again, "a program that installs itself where it lies stays whole")
}

// A configuration among other people's files is not made the service's.
func TestFoldersOfOthersAreLeftAlone(t *testing.T) {
	for _, path := range []string{"/etc/config.yaml", "/config.yaml", "/srv/config.yaml", "/tmp/config.yaml", "/home" + "/me/config.yaml", "/var/lib/config.yaml"} {
		o := options(t)
		o.Config = path
		_, err := Install(o)
		require.ErrorContains(t, err, "a folder of its own", path)
	}
	closed := filepath.Join(t.TempDir(), "closed")
	require.NoError(t, os.MkdirAll(filepath.Join(closed, "clinic"), 0o700))
	require.ErrorContains(t, reachable(filepath.Join(closed, "clinic", "config.yaml")), "closed to others")
}

// A data folder is given to the service with all that is in it, so it must hold
// nothing of others, and not the configuration.
func TestNobodyElsesFilesAreGivenAway(t *testing.T) {
	o := options(t)
	require.NoError(t, os.MkdirAll(o.at("/var/lib/others"), 0o755))
	for data, said := range map[string]string{
		"/var/lib": "others", "/etc/bedside/flows": "clinic.yaml", "/etc/bedside": "the configuration", "/": "the configuration",
	} {
		o.Data = data
		_, err := Install(o)
		require.ErrorContains(t, err, said, data)
	}
	for _, data := range []string{"/var/lib/others", "/var/lib/new"} {
		o.Data = data
		_, err := Install(o)
		require.NoError(t, err, data)
	}
	require.NoError(t, os.Mkdir(o.at("/var/lib/others/lost+found"), 0o755))
	_, err := Install(o)
	require.NoError(t, err)
}

// The service's own user may exchange a file for a link between the look at it and
// the change of its rights: what the link leads to stays as it is.
func TestALinkInTheDataLeadsNowhere(t *testing.T) {
	o := options(t)
	secret := filepath.Join(t.TempDir(), "shadow")
	require.NoError(t, os.WriteFile(secret, nil, 0o644))
	require.NoError(t, os.WriteFile(o.at(o.Data+"/file"), nil, 0o644))
	require.NoError(t, os.MkdirAll(o.at(o.Data+"/folder"), 0o755))
	exchanged := 0
	err := o.each(o.Data, func(in *os.Root, name string, d fs.DirEntry) error {
		if name != "file" && name != "folder" {
			return nil
		}
		exchanged++
		require.NoError(t, os.RemoveAll(o.at(o.Data+"/"+name)))
		require.NoError(t, os.Symlink(secret, o.at(o.Data+"/"+name)))
		require.NoError(t, in.Lchown(name, -1, -1))
		require.Error(t, in.Chmod(name, 0o600))
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 2, exchanged)
	info, err := os.Stat(secret)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o644), info.Mode().Perm())
}

// Whatever signs are in a path, the unit has it as one word.
func TestPathsInTheUnit(t *testing.T) {
	text, err := Unit(Options{Config: `/srv/50% "x" $y\z/config.yaml`, Data: "/home/" + "bedside/data"})
	require.NoError(t, err)
	require.Contains(t, text, `serve -c "/srv/50%% \"x\" $$y\\z/config.yaml"`)
	require.Contains(t, text, "ProtectHome=no")
	text, err = Unit(Options{Config: "/etc/bedside/config.yaml", Data: "/var/lib/bedside"})
	require.NoError(t, err)
	require.Contains(t, text, "ProtectHome=yes")
}

// systemd itself reads the unit, and finds little left that the service may do.
func TestSystemdReadsTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("skipped: no systemd-analyze")
	}
	o := options(t)
	install(t, o)
	text, err := os.ReadFile(o.at(unitFile))
	require.NoError(t, err)
	// It wants a program that is there, and knows no folder to look for it in.
	unit := filepath.Join(t.TempDir(), "bedside.service")
	require.NoError(t, os.WriteFile(unit, bytes.ReplaceAll(text, []byte(programPath), []byte(o.at(programPath))), 0o600))
	out, err := exec.Command(analyze, "verify", "--man=no", "--recursive-errors=no", unit).CombinedOutput()
	for _, line := range strings.Split(string(out), "\n") {
		require.NotContains(t, line, "bedside.service:", "%s", out)
	}
	require.NoError(t, err, "%s", out)
	out, err = exec.Command(analyze, "security", "--offline=yes", "--threshold=30", unit).CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Log(regexp.MustCompile(`Overall exposure level.*`).FindString(string(out)))
}
