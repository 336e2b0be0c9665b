package setup

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no zones of its own
	"unicode"
	"unicode/utf8"

	"bedside/cmd/bedside/config"
)

// Each of these reads one answer. Errors say what is wrong and what to write
// instead, and never repeat a secret.

func publicURL(text string) (config.URL, error) {
	u, err := config.ParseURL(text)
	switch {
	case err != nil:
		return u, errors.New("this is no address; write it like https://bedside.clinic.example")
	case u.Path != "":
		return u, errors.New("there is something behind the host name; give Bedside a host name of its own, like https://bedside.clinic.example")
	case u.Scheme == "http" && !thisMachine(u.Hostname()):
		return u, errors.New("this is http; write https, for browsers give no camera to a page without it")
	}
	return u, nil
}

func serverURL(text string) (config.URL, error) {
	u, err := config.ParseURL(text)
	switch {
	case err != nil:
		return u, errors.New("this is no address; write it like https://video.clinic.example")
	case u.Scheme == "http" && !thisMachine(u.Hostname()):
		return u, errors.New("this is http; write https, for browsers give no camera to a page without it, and the secret would cross the net readable")
	}
	return u, nil
}

// thisMachine is where plain http is safe.
func thisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// origins are separated by commas or spaces.
func origins(text string) ([]string, error) {
	var out []string
	for _, one := range listed(text) {
		u, err := config.ParseURL(one)
		if err != nil || u.Path != "" || strings.Contains(u.Host, "*") {
			return nil, fmt.Errorf("%s is no address of a website; write scheme and host alone, like https://www.clinic.example", one)
		}
		out = append(out, u.Scheme+"://"+u.Host)
	}
	if len(out) == 0 {
		return nil, errors.New("name at least one, like https://www.clinic.example")
	}
	return out, nil
}

func languages(text string) ([]string, error) {
	var out []string
	for _, one := range listed(strings.ToLower(text)) {
		if one != "en" && one != "ru" {
			return nil, fmt.Errorf("%s is no language that Bedside speaks; write en, ru, or both with a comma, the usual one first", one)
		}
		out = append(out, one)
	}
	if len(out) == 0 || len(out) > 2 || len(out) == 2 && out[0] == out[1] {
		return nil, errors.New("write en, ru, or both with a comma, the usual one first")
	}
	return out, nil
}

func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

func zone(text string) (string, error) {
	if text == "" || text == "Local" {
		return "", errors.New("name the clinic's time zone, like Europe/Moscow")
	}
	if _, err := time.LoadLocation(text); err != nil {
		return "", fmt.Errorf("%s is no time zone; write one like Europe/Moscow, Asia/Yekaterinburg or UTC", text)
	}
	return text, nil
}

// localZone is this machine's, or "" where it does not say.
func localZone() string {
	for _, name := range []string{os.Getenv("TZ"), zoneOfLink("/etc/localtime")} {
		if z, err := zone(strings.TrimPrefix(name, ":")); err == nil {
			return z
		}
	}
	return ""
}

func zoneOfLink(path string) string {
	to, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	_, name, _ := strings.Cut(to, "zoneinfo/")
	if name == "Etc/UTC" {
		return "UTC"
	}
	return name
}

var digits = regexp.MustCompile(`[0-9]`)

// number is a phone number as people write it.
func number(text string) (string, error) {
	if strings.Trim(text, "+0123456789 ()-.") != "" || len(digits.FindAllString(text, -1)) < 2 || len(text) > 32 {
		return "", errors.New("this is no phone number; write it as patients dial it, like +44 20 7946 0000")
	}
	return text, nil
}

// words are a name that people read.
func words(text string) (string, error) {
	if text == "" || utf8.RuneCountInString(text) > 80 || !utf8.ValidString(text) ||
		strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsAny(text, "{}") {
		return "", errors.New("write a name of 1 to 80 characters, without braces")
	}
	return text, nil
}

var wellNamed = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

func login(text string) (string, error) {
	if !wellNamed.MatchString(text) {
		return "", errors.New("a login is small Latin letters, digits, dots, dashes and underscores, like doctor1")
	}
	return text, nil
}

// account is a TrueConf ID.
func account(text string) (string, error) {
	if text == "" || len(text) > 64 || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", errors.New("write the TrueConf ID as the control panel shows it, like doctor1")
	}
	return text, nil
}

// token is an OAuth id or secret.
func token(text string) (string, error) {
	if text == "" || len(text) > 512 || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", errors.New("copy it from the control panel, without spaces")
	}
	return text, nil
}

const (
	minPassword = 8
	maxPassword = 1024
)

func password(text string) (config.Secret, error) {
	if len(text) < minPassword || len(text) > maxPassword {
		return config.Secret{}, fmt.Errorf("a password has %d to %d bytes", minPassword, maxPassword)
	}
	return config.NewSecret(text), nil
}

func seats(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 10000 {
		return 0, errors.New("write how many guest connections the licence has, 1 or more")
	}
	return n, nil
}

func address(text string) (string, error) {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", errors.New("write where to listen, like 127.0.0.1:8080")
	}
	return text, nil
}

// file is a path that can be read from wherever Bedside runs later.
func file(text string) (string, error) {
	path, err := filepath.Abs(text)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no file", text)
	}
	return path, nil
}
