package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// command runs one command line in this process.
func command(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a server that should have been refused ends by itself
	defer cancel()
	code = run(ctx, args, streams{in: os.Stdin, out: &out, err: &out})
	return code, out.String()
}

// configFor is a configuration for a demo's data folder.
func configFor(t *testing.T, folder string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(backupConfig+"host: demo\ndata: "+filepath.Join(folder, "data")+"\n"), 0o600))
	return file
}

// A backup of a running server, restored elsewhere and adopted, holds the
// conversation, and it goes on to a call.
func TestABackupGoesOnElsewhere(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	d := startDemo(t, first)
	patient, doctor := newPerson(t, addressOf(d.bedside)), newPerson(t, addressOf(d.bedside))
	patient.start()
	patient.answerAll()
	before, backup := all(patient), filepath.Join(t.TempDir(), "friday.db")
	code, said := command(t, "backup", "-c", configFor(t, first), backup)
	require.Zero(t, code, said)
	stopDemo(t, d)

	file := configFor(t, second)
	code, said = command(t, "restore", "-c", file, backup)
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "without it this journal is of no use")
	require.NoDirExists(t, filepath.Join(second, "data"), "nothing was changed")

	code, said = command(t, "restore", "-c", file, "--key", filepath.Join(first, "data", "key"), backup)
	require.Zero(t, code, said)
	require.Contains(t, said, "bedside adopt -c "+file)
	require.Equal(t, []string{journalFile, keyFile}, names(t, filepath.Join(second, "data")))
	code, said = command(t, "adopt", "-c", file)
	require.Zero(t, code, said)

	d = startDemo(t, second)
	require.True(t, d.app.house.Home)
	patient.base, doctor.base = addressOf(d.bedside), addressOf(d.bedside)
	require.Equal(t, before, all(patient))
	doctor.signIn(d.doctors[0].Login, d.doctors[0].Password)
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	patient.do(fields{"do": "send", "text": "I am still here"})
	doctor.do(fields{"do": "escalate", "how": "page"})
	call := patient.await("call.ready").body(t).Call
	var joined struct {
		WebURL string `json:"web_url"`
	}
	require.Equal(t, http.StatusOK, patient.call("POST", "/api/v1/calls/"+call+"/join", nil, &joined))
	usable(t, joined.WebURL)
}

// Whatever is wrong is told, and the data folder stays as it was.
func TestRestoreRefuses(t *testing.T) {
	first := t.TempDir()
	d := startDemo(t, first)
	backup := filepath.Join(t.TempDir(), "friday.db")
	file := configFor(t, first)
	code, said := command(t, "backup", "-c", file, backup)
	require.Zero(t, code, said)
	code, said = command(t, "restore", "-c", file, backup)
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "a server is running on")
	stopDemo(t, d)
	code, said = command(t, "restore", "-c", file, backup)
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "nothing is overwritten")

	whole, err := os.ReadFile(backup)
	require.NoError(t, err)
	key := filepath.Join(first, "data", keyFile)
	other := filepath.Join(t.TempDir(), "other")
	require.NoError(t, os.WriteFile(other, []byte(strings.Repeat("ab", 32)), 0o600))
	code, said = command(t, "restore", "-c", configFor(t, t.TempDir()), filepath.Join(t.TempDir(), "mistyped.db"))
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "mistyped.db: there is no such file", "before anything is said of a key")
	for name, c := range map[string]struct {
		data      []byte
		key, says string
	}{
		"cut short":     {whole[:len(whole)/8], key, "no whole backup"}, // a store grows by halves
		"a letter":      {[]byte("Dear administrator"), key, "no whole backup"},
		"another's key": {whole, other, "not the one under which this journal was written"},
		"no key":        {whole, backup, backup + " is no server key, which has 64 hexadecimal digits"},
	} {
		t.Run(name, func(t *testing.T) {
			second := t.TempDir()
			from := filepath.Join(second, "backup.db")
			require.NoError(t, os.WriteFile(from, c.data, 0o600))
			require.NoError(t, os.Mkdir(filepath.Join(second, "data"), 0o700))
			code, said := command(t, "restore", "-c", configFor(t, second), "--key", c.key, from)
			require.Equal(t, exitUsage, code)
			require.Contains(t, said, c.says)
			require.Empty(t, names(t, filepath.Join(second, "data")))
		})
	}
}

// names are what is in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	out := []string{}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// A journal is opened with its own key alone; a key that is gone is not made
// anew in passing.
func TestAJournalWithoutItsKey(t *testing.T) {
	folder := t.TempDir()
	stopDemo(t, startDemo(t, folder))
	key := filepath.Join(folder, "data", keyFile)
	require.NoError(t, os.Remove(key))
	discard := slog.New(slog.DiscardHandler)
	_, err := newDemo("127.0.0.1:0", folder, discard)
	require.ErrorIs(t, err, errNoKey)
	require.NoFileExists(t, key)
	file := configFor(t, folder)
	code, said := command(t, "adopt", "-c", file)
	require.NotZero(t, code, said)
	require.NoFileExists(t, key)

	require.NoError(t, os.WriteFile(key, []byte(strings.Repeat("ab", 32)), 0o600))
	_, err = newDemo("127.0.0.1:0", folder, discard)
	require.ErrorIs(t, err, errOtherKey)
	code, said = command(t, "adopt", "--new", "-c", file)
	require.Zero(t, code, said)
	require.True(t, startDemo(t, folder).app.house.Home)
}

// A server that begins while a backup is being read loses neither journal nor key.
func TestARestoreTakesNobodysPlace(t *testing.T) {
	at := func(folder, name string) string { return filepath.Join(folder, name) }
	for name, c := range map[string]struct {
		there map[string]string
		done  bool
	}{
		"nothing":         {nil, true},
		"the same key":    {map[string]string{keyFile: "restored key"}, true},
		"another key":     {map[string]string{keyFile: "new"}, false},
		"a journal begun": {map[string]string{keyFile: "restored key", journalFile: "new"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			work := at(folder, aside+"1")
			require.NoError(t, os.Mkdir(work, 0o700))
			for _, file := range []string{keyFile, journalFile} {
				text := map[string]string{keyFile: "restored key", journalFile: "restored"}[file]
				require.NoError(t, os.WriteFile(at(work, file), []byte(text), 0o600))
			}
			for file, text := range c.there {
				require.NoError(t, os.WriteFile(at(folder, file), []byte(text), 0o600))
			}
			err := putInPlace(folder, work)
			if c.done {
				require.NoError(t, err)
				c.there = map[string]string{keyFile: "restored key", journalFile: "restored"}
			} else {
				require.ErrorContains(t, err, "meanwhile")
			}
			for file, text := range c.there {
				got, err := os.ReadFile(at(folder, file))
				require.NoError(t, err)
				require.Equal(t, text, string(got), file)
			}
		})
	}
}
