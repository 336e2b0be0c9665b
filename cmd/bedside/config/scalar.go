package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// URL is an http or https address of a server: no query, no fragment, no user.
type URL struct{ *url.URL }

// IsZero reports whether the key was left out.
func (u URL) IsZero() bool { return u.URL == nil }

func (u URL) String() string {
	if u.URL == nil {
		return ""
	}
	return u.URL.String()
}

// Origin is what a browser calls one: scheme, host and perhaps a port, in
// lower case and without a slash behind it.
type Origin string

// Address is a host:port to listen on; port 0 takes a free one.
type Address string

// ParseURL reads an address as the file does.
func ParseURL(text string) (URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return URL{}, errors.New("is no address of a server; write it like https://bedside.clinic.example")
	case u.User != nil:
		return URL{}, errors.New("holds a user or a password; leave them out")
	case u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(text, "?#"):
		return URL{}, errors.New("has a query or a fragment; leave it out")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.Host = strings.ToLower(u.Host)
	return URL{u}, nil
}

func parseOrigin(text string) (Origin, error) {
	u, err := ParseURL(text)
	if err != nil || u.Path != "" || strings.HasSuffix(text, "/") {
		return "", errors.New("is no origin; write scheme and host alone, like https://www.clinic.example")
	}
	if strings.Contains(u.Host, "*") {
		return "", errors.New("has an asterisk; name every origin")
	}
	return Origin(u.Scheme + "://" + u.Host), nil
}

func parseAddress(text string) (Address, error) {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", errors.New("is no address to listen on; write it like 127.0.0.1:8080")
	}
	return Address(text), nil
}

// parseDuration reads Go's durations and whole days (14d).
func parseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int64
		n, err = strconv.ParseInt(days, 10, 16)
		d = time.Duration(n) * 24 * time.Hour
	}
	if err != nil || d <= 0 || d > 100*366*24*time.Hour {
		return 0, errors.New("is no time; write it like 30s, 5m, 24h or 14d")
	}
	return d, nil
}

// spell writes a duration as the file does, in the largest unit that fits it.
func spell(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if d >= u.unit && d%u.unit == 0 && (u.name != "d" || d > 48*time.Hour) {
			return strconv.FormatInt(int64(d/u.unit), 10) + u.name
		}
	}
	return d.String()
}

// parseCount reads a number; the least and the most are those of its key.
func parseCount(text string) (int, error) {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		return 0, errors.New("is no whole number; write digits alone")
	}
	return int(n), nil
}

func parsePrefix(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return p, errors.New("is no network; write it like 10.0.0.0/8")
	}
	return p.Masked(), nil
}
