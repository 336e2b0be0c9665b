package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/bolt"
)

func openStore(t *testing.T, path string) store.Store {
	t.Helper()
	st, err := bolt.Open(path, bolt.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { st.Close() })
	return st
}

// copiedKey is the server key of a demo's folder.
func copiedKey(t *testing.T, folder string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "data", "key"))
	require.NoError(t, err)
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	require.NoError(t, err)
	return key
}

func TestAJournalKnowsItsHome(t *testing.T) {
	st := openStore(t, filepath.Join(t.TempDir(), "journal.db"))
	key := []byte("a key of thirty-two bytes or more")
	here, there := place{host: "one", folder: "/srv/a"}, place{host: "two", folder: "/srv/a"}
	first, err := enterHouse(t.Context(), st, here, key)
	require.NoError(t, err)
	require.True(t, first.Home, "a new journal lives here")

	again, err := enterHouse(t.Context(), st, here, key)
	require.NoError(t, err)
	require.Equal(t, first, again)

	for _, elsewhere := range []place{there, {host: "one", folder: "/srv/b"}} {
		away, err := enterHouse(t.Context(), st, elsewhere, key)
		require.NoError(t, err)
		require.False(t, away.Home)
		require.Equal(t, first.Installation, away.Installation)
	}

	_, err = adopt(t.Context(), st, there, key, false)
	require.NoError(t, err)
	moved, err := enterHouse(t.Context(), st, there, key)
	require.NoError(t, err)
	require.True(t, moved.Home)
	require.Equal(t, first.Installation, moved.Installation, "the original is gone: its rooms are ours")

	_, err = adopt(t.Context(), st, here, key, true)
	require.NoError(t, err)
	apart, err := enterHouse(t.Context(), st, here, key)
	require.NoError(t, err)
	require.NotEqual(t, first.Installation, apart.Installation, "the original goes on: its rooms are its own")
}

// What the running server copies can be opened, holds what was said, and leaves
// TrueConf alone in its new place until it is adopted.
func TestABackupOfARunningServerOpensElsewhere(t *testing.T) {
	folder := t.TempDir()
	d := startDemo(t, folder)
	patient, doctor := newPerson(t, addressOf(d.bedside)), newPerson(t, addressOf(d.bedside))
	patient.start()
	patient.answerAll()
	doctor.signIn(d.doctors[0].Login, d.doctors[0].Password)
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	doctor.do(fields{"do": "escalate", "how": "page"})
	patient.await("call.ready")

	info, err := os.Stat(filepath.Join(folder, "data", socketFile))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	body, err := askRunning(t.Context(), filepath.Join(folder, "data"), "GET", controlBackup, nil)
	require.NoError(t, err)
	copied, err := io.ReadAll(body)
	require.NoError(t, err)
	require.NoError(t, body.Close())
	require.True(t, bytes.Contains(copied, []byte("Maria")))

	other := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(other, "data"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(other, "data", journalFile), copied, 0o600))
	key, err := os.ReadFile(filepath.Join(folder, "data", "key"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(other, "data", "key"), key, 0o600))

	copyRunsWithoutEffects(t, other, patient, doctor)
	adoptedApart(t, other, patient)
	require.NotEmpty(t, d.standIn.tc.Rooms(), "the original's room was left alone")
}

func copyRunsWithoutEffects(t *testing.T, folder string, patient, doctor *person) {
	t.Helper()
	d := startDemo(t, folder)
	require.False(t, d.app.house.Home)
	there := *patient
	there.base = addressOf(d.bedside)
	require.NotEmpty(t, there.entries(0, 0))
	require.Empty(t, d.standIn.tc.Rooms(), "nothing is asked of TrueConf")

	here := placeOf(d.app.config)
	_, err := adopt(context.Background(), d.app.store, here, copiedKey(t, folder), true)
	require.NoError(t, err)
	stopDemo(t, d)
}

func adoptedApart(t *testing.T, folder string, patient *person) {
	t.Helper()
	d := startDemo(t, folder)
	require.True(t, d.app.house.Home)
	there := *patient
	there.base = addressOf(d.bedside)
	ended := there.await("call.ended")
	require.Equal(t, http.StatusConflict, there.call("POST", "/api/v1/calls/"+ended.body(t).Call+"/join", nil, nil))
	h, _, err := readHouse(t.Context(), d.app.store)
	require.NoError(t, err)
	require.False(t, h.Apart, "settled once")
}

// A second server on the same folder is told at once.
func TestTwoServersOnOneFolder(t *testing.T) {
	folder := t.TempDir()
	startDemo(t, folder)
	began := time.Now()
	_, err := newDemo("127.0.0.1:0", folder, slog.New(slog.DiscardHandler))
	require.ErrorIs(t, err, store.ErrLocked)
	require.ErrorContains(t, err, "another Bedside (process")
	require.Less(t, time.Since(began), 5*time.Second)
}

// The command asks the running server, and overwrites nothing.
func TestBackupCommandBesideARunningServer(t *testing.T) {
	folder := t.TempDir()
	startDemo(t, folder)
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(backupConfig+"data: "+filepath.Join(folder, "data")+"\n"), 0o600))
	copied := filepath.Join(t.TempDir(), "copy.db")
	out, err := exec.Command("bedside", "backup", "-c", file, copied).CombinedOutput()
	require.NoError(t, err, "%s", out)
	info, err := os.Stat(copied)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	_, err = enterHouse(t.Context(), openStore(t, copied), place{}, copiedKey(t, folder))
	require.NoError(t, err)
	require.Error(t, exec.Command("bedside", "backup", "-c", file, copied).Run())
}

const backupConfig = `public_url: http://localhost:1
flows: flow.yaml
sites: [{name: clinic, origins: ["http://localhost:2"]}]
staff: [{login: anna, name: Anna, role: doctor, departments: [gp], password_hash: "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$0000000000000000000000000000000000000000000"}]
trueconf: {url: "http://localhost:3", client_id: id, client_secret: secret, service_account: bedside}
`
