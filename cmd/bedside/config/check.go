package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// defaults are the values of the keys that may be left out.
func defaults() Config {
	return Config{
		Listen:   "127.0.0.1:8080",
		Data:     "data",
		TrueConf: TrueConf{GuestSeats: 1, APIVersion: "v3.11", Timeout: 10 * time.Second},
		Log:      Log{Level: "info", Format: "text"},
	}
}

// roles are who may sign in.
var roles = []string{"doctor", "admin", "auditor"}

var (
	wellNamed   = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
	wellHashed  = regexp.MustCompile(`^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,2}\$[A-Za-z0-9+/]{16,}\$[A-Za-z0-9+/]{32,}$`)
	wellVersion = regexp.MustCompile(`^v3\.(1?[0-9])$`)
)

// check reports what single values cannot show: what is missing, and what does
// not go together.
func (d *decoder) check(c *Config) {
	d.checkWhole(c)
	d.checkProxies(c)
	d.checkSites(c)
	d.checkStaff(c)
	d.checkTrueConf(&c.TrueConf)
	d.oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	d.oneOf("log.format", c.Log.Format, "text", "json")
	if c.Limits.TextMax > 20000 {
		d.at("limits.text_max", "is more than 20000", "name a smaller number")
	}
}

func (d *decoder) checkWhole(c *Config) {
	if c.PublicURL.IsZero() {
		d.at("public_url", "is missing", "write the address at which browsers reach Bedside, like https://bedside.clinic.example")
	} else if c.PublicURL.Path != "" {
		d.at("public_url", "has a path", "give Bedside a host name of its own")
	} else if c.PublicURL.Scheme == "http" && !loopback(c.PublicURL.Hostname()) {
		d.at("public_url", "is http", "use https: browsers give no camera to a page without it")
	}
	if (c.ConsoleListen == "") != c.ConsoleURL.IsZero() {
		d.at("console_url", "and console_listen go together", "write both, or neither")
	}
	if c.ServerKey.IsZero() {
		return
	}
	if _, err := decodeKey(c.ServerKey.Reveal()); err != nil {
		d.at("server_key", "is not 64 hexadecimal digits", "make one with `openssl rand -hex 32`, or leave it out: Bedside makes one in the data folder")
	}
}

// checkProxies wants the proxies named wherever there must be one: Bedside has no
// TLS of its own, and behind a proxy that it does not know all visitors have one
// address, which a few of them can keep at its limits. An empty list is an answer.
func (d *decoder) checkProxies(c *Config) {
	for _, u := range []struct {
		path string
		URL
	}{{"public_url", c.PublicURL}, {"console_url", c.ConsoleURL}} {
		if !u.IsZero() && u.Scheme == "https" && c.TrustedProxies == nil {
			d.at(u.path, "is https, and trusted_proxies is missing",
				"name the reverse proxy that speaks TLS, like trusted_proxies: [127.0.0.1], so that visitors are told apart; write [] where none passes their addresses on")
			return
		}
	}
}

func (d *decoder) checkSites(c *Config) {
	if len(c.Sites) == 0 {
		d.at("sites", "is missing", "name at least one website with its origins")
	}
	seen := map[string]bool{}
	for i, s := range c.Sites {
		at := fmt.Sprintf("sites[%d]", i)
		d.wellNamed(at+".name", s.Name, seen)
		if len(s.Origins) == 0 {
			d.at(at+".origins", "is missing", "name the origins of the pages that show the widget")
		}
		if s.Theme != "" {
			d.oneOf(at+".theme", s.Theme, "light", "dark")
		}
		if s.Flows == "" && c.Flows == "" {
			d.at(at, "has no flow", "write flows: with the path of its file or folder, here or for all sites")
		}
	}
}

func (d *decoder) checkStaff(c *Config) {
	if len(c.Staff) == 0 {
		d.at("staff", "is missing", "name at least one doctor")
	}
	logins, ids := map[string]bool{}, map[string]bool{}
	for i, p := range c.Staff {
		at := fmt.Sprintf("staff[%d]", i)
		d.wellNamed(at+".login", p.Login, logins)
		if p.Name == "" {
			d.at(at+".name", "is missing", "write the name that patients read")
		}
		d.oneOf(at+".role", p.Role, roles...)
		if p.Role == "doctor" && len(p.Departments) == 0 {
			d.at(at+".departments", "is missing", "name the departments whose patients this doctor takes")
		}
		if !wellHashed.MatchString(p.PasswordHash.Reveal()) {
			d.at(at+".password_hash", "is missing or no argon2id hash", "make one with `bedside staff hash`")
		}
		if p.TrueConfID != "" && ids[p.TrueConfID] {
			d.at(at+".trueconf_id", "is another person's already", "give everybody an account of their own")
		}
		ids[p.TrueConfID] = true
	}
}

func (d *decoder) checkTrueConf(t *TrueConf) {
	if t.URL.IsZero() {
		d.at("trueconf.url", "is missing", "write the address of the TrueConf Server, like https://video.clinic.example")
	} else if t.URL.Scheme == "http" && !loopback(t.URL.Hostname()) {
		d.at("trueconf.url", "is http", "use https: credentials would cross the net readable")
	}
	client := t.ClientID != "" || !t.ClientSecret.IsZero()
	switch {
	case client && !t.SecretKey.IsZero():
		d.at("trueconf.secret_key", "stands beside a client", "keep either client_id and client_secret, or secret_key")
	case client && (t.ClientID == "" || t.ClientSecret.IsZero()):
		d.at("trueconf.client_id", "or its client_secret is missing", "write both, as the server's administrator made them")
	case !client && t.SecretKey.IsZero():
		d.at("trueconf", "has no credentials", "write client_id and client_secret (or client_secret_file)")
	}
	if t.ServiceAccount == "" {
		d.at("trueconf.service_account", "is missing", "name the TrueConf account that owns the rooms of doctors without one of their own")
	}
	if t.Preset != "" {
		d.oneOf("trueconf.preset", t.Preset, "app", "page")
	}
	if !wellVersion.MatchString(t.APIVersion) {
		d.at("trueconf.api_version", "is none that Bedside knows", "write v3.11, or leave it out")
	}
}

func (d *decoder) wellNamed(path, text string, seen map[string]bool) {
	switch {
	case !wellNamed.MatchString(text):
		d.at(path, "is missing or not well formed", "use small letters, digits, dots, dashes and underscores")
	case seen[text]:
		d.at(path, "stands twice", "names are unique")
	}
	seen[text] = true
}

func (d *decoder) oneOf(path, text string, allowed ...string) {
	if !slices.Contains(allowed, text) {
		d.at(path, "is none of "+strings.Join(allowed, ", "), "write one of them")
	}
}

// loopback reports whether a host is this machine, where plain http is safe.
func loopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
}
