package main

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
	"bedside/web/nginxtest"
)

// The documented server block is all that a clinic needs before Bedside: behind a
// real nginx with it, every line of the check about the public address is ok. The
// socket that is quiet for 65 seconds is waited for in CI.
func TestTheDocumentedServerBlock(t *testing.T) {
	nginxtest.Program(t)
	block, err := os.ReadFile("../../docs/nginx/bedside.conf")
	require.NoError(t, err)
	bedside, http, https := freePort(t), freePort(t), freePort(t)
	a := newAuthority(t)
	cert, key := a.pair(2, "bedside.localhost")
	v := newTown(t, map[string]string{
		"listen": "127.0.0.1:" + bedside, "public_url": "https://bedside.localhost:" + https, "trusted_proxies": `[127.0.0.1, "::1"]`,
	})
	nginxtest.Start(t, map[string]string{"bedside": nginxtest.FilledIn(t, string(block),
		[2]string{"/etc/letsencrypt/live/bedside.clinic.example/fullchain.pem", v.put("cert.pem", cert)},
		[2]string{"/etc/letsencrypt/live/bedside.clinic.example/privkey.pem", v.put("key.pem", key)},
		[2]string{"server_name bedside.clinic.example;", "server_name bedside.localhost;"},
		[2]string{"listen 80;", "listen 127.0.0.1:" + http + ";"},
		[2]string{"listen 443 ssl;", "listen 127.0.0.1:" + https + " ssl;"},
		[2]string{"http://127.0.0.1:8080", "http://127.0.0.1:" + bedside},
	)})
	v.start()

	clinic, err := examine(t.Context(), v.file)
	require.NoError(t, err)
	clinic.Roots = a.trusting().RootCAs
	clinic.Quick = os.Getenv("CI") != "true"
	seen := 0
	for _, line := range clinic.Run(t.Context(), check.All(), nil) {
		if !strings.HasPrefix(line.Check, "public.") && line.Check != "server.running" {
			continue
		}
		seen++
		want := check.OK
		if line.Check == "public.idle" && clinic.Quick {
			want = check.Skipped
		}
		require.Equal(t, want, line.Verdict, "%s: %s %s", line.Check, line.Says.In("en"), line.Detail)
	}
	require.Greater(t, seen, 6)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return fmt.Sprint(port(l))
}
