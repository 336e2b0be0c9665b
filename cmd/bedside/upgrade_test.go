package main

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Data folders of earlier releases, one for each layout of the store, open as
// they are, hold what was said, and go on. testdata/upgrade keeps them: a backup,
// its key, and conversation and ticket of a patient who waits.
func TestADataFolderOfAnEarlierReleaseGoesOn(t *testing.T) {
	folders, err := filepath.Glob("testdata/upgrade/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, from := range folders {
		t.Run(filepath.Base(from), func(t *testing.T) { goesOn(t, from) })
	}
}

func goesOn(t *testing.T, from string) {
	folder := t.TempDir()
	backup := filepath.Join(t.TempDir(), "backup.db")
	unzip(t, backup, filepath.Join(from, "journal.db.gz"))
	file := configFor(t, folder)
	code, said := command(t, "restore", "-c", file, "--key", filepath.Join(from, "key"), backup)
	require.Zero(t, code, said)
	code, said = command(t, "adopt", "-c", file)
	require.Zero(t, code, said)

	d := startDemo(t, folder)
	patient, doctor := newPerson(t, addressOf(d.bedside)), newPerson(t, addressOf(d.bedside))
	known, err := os.ReadFile(filepath.Join(from, "patient"))
	require.NoError(t, err)
	patient.id, patient.ticket = strings.Fields(string(known))[0], strings.Fields(string(known))[1]
	before := all(patient)
	require.Greater(t, len(before), 10)
	patient.do(fields{"do": "send", "text": "Written after the upgrade"})
	var texts []string
	for _, e := range all(patient) {
		if e.Kind == "message.sent" {
			texts = append(texts, e.body(t).Text)
		}
	}
	require.Contains(t, texts, "Written before the upgrade")
	require.Contains(t, texts, "Written after the upgrade")

	doctor.signIn(d.doctors[1].Login, d.doctors[1].Password)
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	doctor.do(fields{"do": "escalate", "how": "page"})
	patient.await("call.ready")
}

func unzip(t *testing.T, to, from string) {
	t.Helper()
	in, err := os.Open(from)
	require.NoError(t, err)
	defer in.Close()
	z, err := gzip.NewReader(in)
	require.NoError(t, err)
	data, err := io.ReadAll(z)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, data, 0o600))
}
