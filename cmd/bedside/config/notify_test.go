package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A gateway inside the clinic's net may know http alone; who writes so is told what it
// means, and whoever asks a gateway on this machine is not.
func TestAGatewayByHTTPIsTold(t *testing.T) {
	for address, told := range map[string]bool{
		"http://sms.example/send": true, "https://sms.example/send": false, "http://127.0.0.1:8099/send": false,
	} {
		path := filepath.Join(t.TempDir(), "config.yaml")
		text := string(minimal("")) + "\nnotify: {sms: {url: \"" + address + "?to={{.Phone}}&text={{.Text}}\"}}\n"
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		r, err := Read(path)
		require.NoError(t, err)
		if !told {
			require.Empty(t, r.Warnings)
			continue
		}
		require.Len(t, r.Warnings, 1)
		require.Contains(t, r.Warnings.Error(), "notify.sms.url is http: numbers, texts and the secret cross the net readable; write https")
	}
}
