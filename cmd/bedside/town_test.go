package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/clinic"
	"bedside/cmd/bedside/config"
	"bedside/trueconf/standin"
	"bedside/web"
)

// town is a Bedside with a configuration in a file, as a clinic runs it, beside a
// stand-in; in this process.
type town struct {
	t      *testing.T
	folder string
	file   string // the configuration
	lines  map[string]string
	hash   string // of everybody's password
	app    *app
	log    *safeBuffer
}

const townPassword = "open-sesame-please"

// newTown writes the files; more are further lines of the configuration, or others
// in place of the usual ones, by their key. start starts it.
func newTown(t *testing.T, more map[string]string) *town {
	t.Helper()
	v := &town{t: t, folder: t.TempDir(), log: &safeBuffer{}}
	v.file = v.put("config.yaml", nil)
	v.put("flow.yaml", clinic.Flow())
	hash, err := web.HashPassword(townPassword)
	require.NoError(t, err)
	v.hash = hash
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	id, secret := strings.ToLower(rand.Text()), rand.Text()
	tc := startStandIn(l, standin.Options{ClientID: id, ClientSecret: secret})
	t.Cleanup(func() { require.NoError(t, tc.Close()) })
	v.lines = map[string]string{
		"listen": "127.0.0.1:0", "public_url": "http://localhost:1", "data": "data", "flows": "flow.yaml",
		"sites":    `[{name: clinic, origins: ["http://localhost:2"]}]`,
		"staff":    v.staff("anna", "boris"),
		"trueconf": fmt.Sprintf(`{url: "http://%s", client_id: %s, client_secret: %s, service_account: bedside, guest_seats: 2}`, l.Addr(), id, secret),
		"limits":   "{requests_per_second: 10000, request_burst: 20000, starts_per_minute: 60000, start_burst: 20000, commands_per_second: 10000, command_burst: 20000}",
	}
	v.write(more)
	return v
}

// put writes a file of the town's folder.
func (v *town) put(name string, text []byte) string {
	v.t.Helper()
	path := filepath.Join(v.folder, name)
	require.NoError(v.t, os.WriteFile(path, text, 0o600))
	return path
}

// write changes lines of the configuration; an empty one goes.
func (v *town) write(change map[string]string) {
	v.t.Helper()
	var b bytes.Buffer
	for key, value := range change {
		v.lines[key] = value
	}
	for key, value := range v.lines {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
	}
	v.put("config.yaml", b.Bytes())
}

// staff are doctors with one password.
func (v *town) staff(logins ...string) string {
	var out []string
	for _, login := range logins {
		out = append(out, fmt.Sprintf("{login: %s, name: Dr %s, role: doctor, departments: [%s], password_hash: %q}", login, login, clinic.Department, v.hash))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// start runs it until the test ends, or stop.
func (v *town) start() {
	v.t.Helper()
	r, err := config.Read(v.file)
	require.NoError(v.t, err)
	v.app, err = openApp(r, slog.New(slog.NewTextHandler(v.log, &slog.HandlerOptions{Level: slog.LevelDebug})), nil)
	require.NoError(v.t, err)
	v.t.Cleanup(v.stop)
}

func (v *town) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	require.NoError(v.t, v.app.Stop(ctx), "stopping twice is no error")
}

// base is the address of one of its listeners.
func (v *town) base(scheme string, l net.Listener) string {
	return fmt.Sprintf("%s://localhost:%d", scheme, port(l))
}
