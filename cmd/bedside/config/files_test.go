package config

import (
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The files of authorities are opened when the configuration is read: each problem
// stands at the line of its key, all at once, beside others.
func TestFilesOfAuthoritiesAreOpened(t *testing.T) {
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	folder := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	write("good.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})))
	write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
	file := filepath.Join(folder, "config.yaml")
	read := func(trueconf, mail, more string) error {
		text := string(minimal(fmt.Sprintf("notify:\n  email:\n    server: localhost\n    from: a@clinic.example\n    ca_file: %s\n%s", mail, more)))
		text = strings.Replace(text, "service_account: bedside}", "service_account: bedside, ca_file: "+trueconf+"}", 1)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := Read(file)
		return err
	}
	require.NoError(t, read("good.pem", "good.pem", ""))

	err := read("none.pem", "key.pem", "limits: {text_max: 0}\n")
	var all Problems
	require.ErrorAs(t, err, &all)
	require.Len(t, all, 3)
	for i, line := range []int{5, 10, 11} {
		require.Equal(t, file, all[i].File)
		require.Equal(t, line, all[i].Line, all[i].String())
	}
	require.Contains(t, err.Error(), "trueconf.ca_file cannot be read: ")
	require.Contains(t, err.Error(), "notify.email.ca_file holds no certificate; name a PEM file")
}
