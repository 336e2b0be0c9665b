package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"bedside/cmd/bedside/config"
	"bedside/store"
)

// raw are words of a program that nobody who typed a command should read.
var raw = []string{"no such file or directory", "open /", "stat /", "mkdir /", "bind:", "syscall", "goroutine", "panic", "permission denied", "is a directory", "%!", "<nil>"}

// face wants a sentence with these words, exit code 2, and no program's words.
func face(t *testing.T, said string, code int, words ...string) {
	t.Helper()
	require.Equal(t, exitUsage, code, said)
	for _, w := range words {
		require.Contains(t, said, w)
	}
	for _, w := range raw {
		require.NotContains(t, said, w)
	}
}

// Beside a Bedside that runs, everything that can be asked wrongly is answered in
// words, and neither it nor its data notices.
func TestWhatSurroundsASecondProcess(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	v := newTown(t, nil)
	v.start()
	pair := newTalk(t, v.base("http", v.app.at.public))
	pair.begin()
	serve := func(change map[string]string) (string, int) {
		t.Helper()
		kept := map[string]string{}
		for key := range change {
			kept[key] = v.lines[key]
		}
		v.write(change)
		defer v.write(kept)
		code, said := command(t, "serve", "-c", v.file)
		return said, code
	}
	for name, c := range map[string]struct {
		change map[string]string
		words  []string
	}{
		"the same data":            {nil, []string{"another Bedside (process ", ") works on", "stop it first"}},
		"the same data, same port": {map[string]string{"listen": v.app.at.public.Addr().String()}, []string{"is in use: a Bedside (process ", "bedside reload"}},
		"somebody else's port":     {map[string]string{"listen": taken.Addr().String(), "data": "other"}, []string{taken.Addr().String() + " (listen) is in use: another program", "change listen"}},
		"the console's port":       {map[string]string{"console_listen": taken.Addr().String(), "console_url": "http://localhost:9", "data": "other"}, []string{"(console_listen) is in use"}},
		"an address elsewhere":     {map[string]string{"listen": "192.0.2.77:8080"}, []string{"is not this machine's; write one of its own", "127.0.0.1"}},
		"data that is a file":      {map[string]string{"data": "flow.yaml"}, []string{"the data folder", "cannot be made", "change data"}},
		"no flow":                  {map[string]string{"flows": "nothing", "data": "other"}, []string{"nothing: there is no such file"}},
		"a folder without a flow":  {map[string]string{"flows": "data", "data": "other"}, []string{"no *.yaml files"}},
		"a certificate that is not there": {map[string]string{"public_url": "https://localhost:1", "tls": "{cert_file: a.pem, key_file: b.pem}", "data": "other"},
			[]string{"a.pem cannot be read: there is no such file; name a file that Bedside may read"}},
	} {
		t.Run(name, func(t *testing.T) {
			said, code := serve(c.change)
			face(t, said, code, c.words...)
		})
	}
	pair.end()
	require.NoError(t, failureOf(v.app))
}

func failureOf(a *app) error {
	select {
	case err := <-a.Failed():
		return err
	default:
		return nil
	}
}

// A data folder in which something is wrong stays as it is, byte by byte.
func TestWhatIsWrongWithTheData(t *testing.T) {
	v := newTown(t, nil)
	v.start()
	v.stop()
	journal, key := filepath.Join(v.folder, "data", journalFile), filepath.Join(v.folder, "data", keyFile)
	whole, err := os.ReadFile(journal)
	require.NoError(t, err)
	secret, err := os.ReadFile(key)
	require.NoError(t, err)
	newer := filepath.Join(t.TempDir(), "newer.db")
	require.NoError(t, os.WriteFile(newer, whole, 0o600))
	db, err := bbolt.Open(newer, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("99")) }))
	require.NoError(t, db.Close())
	future, err := os.ReadFile(newer)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		journal, key string
		mode         os.FileMode
		at           time.Time
		words        []string
	}{
		"a key that is none":        {string(whole), "short\n", 0o600, time.Now(), []string{"is not a key of 64 hexadecimal digits; put the key"}},
		"a key that others read":    {string(whole), string(secret), 0o644, time.Now(), []string{"can be read by others; run chmod 600 on it"}},
		"a journal that is none":    {"this is no journal", string(secret), 0o600, time.Now(), []string{"not a store, or damaged; restore it from a backup"}},
		"a newer journal":           {string(future), string(secret), 0o600, time.Now(), []string{"written by a newer Bedside (layout 99", "run that version or restore"}},
		"a journal cut short":       {string(whole[:12<<10]), string(secret), 0o600, time.Now(), []string{"journal.db: cut short: it has 12288 of", "restore it from a backup"}},
		"a journal of another time": {string(whole), string(secret), 0o600, time.Now().Add(30 * time.Hour), []string{"the clock of this machine says", "set the clock", "touch "}},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, os.WriteFile(journal, []byte(c.journal), 0o600))
			require.NoError(t, os.WriteFile(key, []byte(c.key), c.mode))
			require.NoError(t, os.Chmod(key, c.mode))
			require.NoError(t, os.Chtimes(journal, c.at, c.at))
			code, said := command(t, "serve", "-c", v.file)
			face(t, said, code, c.words...)
			after, err := os.ReadFile(journal)
			require.NoError(t, err)
			require.Equal(t, c.journal, string(after))
			after, err = os.ReadFile(key)
			require.NoError(t, err)
			require.Equal(t, c.key, string(after))
		})
	}
}

func TestTheClock(t *testing.T) {
	require.ErrorContains(t, rightClock("nowhere", time.Unix(3600, 0)), "set it (timedatectl)")
	require.NoError(t, rightClock("nowhere", time.Now()))
}

// What a test cannot bring about here (a full disk, a right that root has anyway,
// ports of the system) is held by the errors that the system would give.
func TestSentences(t *testing.T) {
	listening := func(errno syscall.Errno) error {
		return cannotListen{key: "listen", address: "0.0.0.0:443", err: &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", errno)}}
	}
	at := func(path string, errno syscall.Errno) error {
		return fmt.Errorf("backup: %w", &fs.PathError{Op: "open", Path: path, Err: errno})
	}
	for name, c := range map[string]struct {
		err   error
		words []string
	}{
		"a port of the system":   {listening(syscall.EACCES), []string{"CAP_NET_BIND_SERVICE", "from 1024 on"}},
		"a name that is none":    {cannotListen{key: "listen", address: "x.invalid:1", err: &net.DNSError{Err: "no such host", Name: "x.invalid"}}, []string{"has a name that nobody knows; write an address of this machine"}},
		"a full disk":            {at("/srv/copy.db", syscall.ENOSPC), []string{"/srv/copy.db: the disk is full; make room there, nothing was lost"}},
		"a path said twice":      {fmt.Errorf("store file /srv/j: %w", &fs.PathError{Op: "open", Path: "/srv/j", Err: syscall.ENOSPC}), []string{"bedside: store file /srv/j: the disk is full"}},
		"a full disk, deep down": {fmt.Errorf("store file x: %w", syscall.ENOSPC), []string{"the disk is full; make room"}},
		"a disk for reading":     {at("/srv/copy.db", syscall.EROFS), []string{"may only be read; name a place"}},
		"no right":               {at("/srv/bedside/.bedside-123", syscall.EACCES), []string{"backup: /srv/bedside: this user", "chown"}},
		"a link in the way":      {fmt.Errorf("backup: %w", &os.LinkError{Op: "link", Old: "a", New: "b", Err: syscall.EEXIST}), []string{"backup: b:", "name another"}},
		"problems":               {config.Problems{{File: "c.yaml", Line: 1, Column: 2, What: "x is y", Cure: "write z"}}, []string{"c.yaml:1:2: x is y; write z", "Nothing was begun"}},
	} {
		t.Run(name, func(t *testing.T) {
			said, code := verdict(c.err)
			face(t, said, code, c.words...)
		})
	}
	require.Equal(t, "/srv/data", shown("/srv/data/.restore-123/key"), "of a folder that works aside, where it works")
	full := fmt.Errorf("the engine: %w", errors.Join(
		fmt.Errorf("writing /srv/j failed, whether this was written is unknown: %w", &fs.PathError{Op: "write", Path: "/srv/j", Err: syscall.ENOSPC}),
		fmt.Errorf("%w: writing /srv/j failed", store.ErrClosed)))
	said, code := verdict(full)
	require.Equal(t, exitFailed, code, "it was at work, and shall be begun again")
	require.Equal(t, "bedside: the journal takes nothing more (/srv/j: the disk is full); mend that, and start Bedside again: what was acknowledged is kept", said)
	said, code = verdict(fmt.Errorf("the engine: %w", os.ErrDeadlineExceeded))
	require.Equal(t, exitFailed, code)
	require.True(t, strings.HasPrefix(said, "bedside: the engine: "))
}
