package config

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/notify"
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

// What a gateway's answer should say is looked at when the file is read.
func TestAnExpectationIsLookedAt(t *testing.T) {
	const sms = "\nnotify: {sms: {url: \"https://sms.example/?to={{.Phone}}&text={{.Text}}\", expect: %s}}\n"
	for expect, told := range map[string]string{
		`{text: accepted}`:                     "",
		`{json: "/sms/{{.Digits}}", is: [OK]}`: "",
		`{json: /code, is: ["0", "100"]}`:      "",
		`{json: code}`:                         "begins with a slash",
		`{text: a, json: /b}`:                  "stands beside text; keep one of them",
		`{is: [ok]}`:                           "wants json",
		`{text: "{{.Name}}"}`:                  "names a field",
	} {
		c, err := Parse("config.yaml", minimal(fmt.Sprintf(sms, expect)), func(string) string { return "" })
		if told == "" {
			require.NoError(t, err, expect)
			require.NotEqual(t, notify.Expect{}, c.Notify.SMS.Gateway().Expect)
			continue
		}
		require.ErrorContains(t, err, told, expect)
		require.ErrorContains(t, err, "config.yaml:")
	}
}

func TestBeginningsOfNumbers(t *testing.T) {
	const sms = "\nnotify: {sms: {url: \"https://sms.example/?to={{.Phone}}&text={{.Text}}\", numbers: [%s]}}\n"
	_, err := Parse("config.yaml", minimal(fmt.Sprintf(sms, `"+7", "+375"`)), func(string) string { return "" })
	require.NoError(t, err)
	for _, wrong := range []string{`"8"`, `"+"`, `"+7 916"`, `"00375"`} {
		_, err = Parse("config.yaml", minimal(fmt.Sprintf(sms, `"+7", `+wrong)), func(string) string { return "" })
		require.ErrorContains(t, err, "notify.sms.numbers")
		require.ErrorContains(t, err, "is no beginning of an international number")
	}
}

// What the guide to messages shows is what Bedside reads.
func TestTheGuideToMessagesIsSound(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "messages.md"))
	require.NoError(t, err)
	secret := filepath.Join(t.TempDir(), "sms")
	require.NoError(t, os.WriteFile(secret, []byte("hush-hush"), 0o600))
	shown := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(guide), -1)
	require.GreaterOrEqual(t, len(shown), 5)
	for _, block := range shown {
		text := strings.ReplaceAll(block[1], "/run/secrets/sms", secret)
		_, err := Parse("config.yaml", minimal(text), func(string) string { return "" })
		require.NoError(t, err, text)
	}
}
