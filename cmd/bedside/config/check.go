package config

import (
	"regexp"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/web"
)

// defaults are the values of the keys that may be left out.
func defaults() Config {
	return Config{
		Listen:   "127.0.0.1:8080",
		Data:     "data",
		Flows:    Flows{Publish: ByCommand},
		TrueConf: TrueConf{GuestSeats: 1, APIVersion: "v3.11", Timeout: 10 * time.Second},
		Log:      Log{Level: "info", Format: "text"},
		TLS:      TLS{HSTS: Age(365 * 24 * time.Hour)},
		Limits:   usualLimits(),
		Notify:   Notify{Limits: Daily(notify.UsualDaily())},
	}
}

// usualLimits are those of the rooms that hold them.
func usualLimits() Limits {
	b, w := bot.Defaults(), web.DefaultLimits()
	return Limits{
		WaitRung: b.WaitRung, ReplyWithin: b.ReplyWithin, IntakeIdle: b.IntakeIdle, ResumeWithin: b.ResumeWithin,
		CallLimit: b.CallLimit, CallEmpty: b.CallEmpty, CallUnused: b.CallUnused, GiveUpAfter: b.GiveUpAfter,
		TextMax:           b.TextMax,
		RequestsPerSecond: int(w.RequestsPerSecond), RequestBurst: w.RequestBurst,
		StartsPerMinute: int(w.StartsPerMinute), StartBurst: w.StartBurst,
		SiteStartsPerMinute: int(w.SiteStartsPerMin), SiteStartBurst: w.SiteStartBurst,
		CommandsPerSecond: int(w.CommandsPerSecond), CommandBurst: w.CommandBurst,
		TextPerSecond: int(w.TextPerSecond), TextBurst: w.TextBurst,
		SocketsPerAddress: w.SocketsPerAddress, SocketsPerTicket: w.SocketsPerTicket,
		Sockets: w.Sockets, FreeDisk: int(w.FreeDisk >> 20),
	}
}

// leastIdentityKey is the least that HS256 wants of its key (RFC 7518 §3.2).
const leastIdentityKey = 32

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
	d.checkNotify(c)
	d.checkTLS(c)
	d.checkAddresses(c)
}

// placedURL is an address of ours and its key.
type placedURL struct {
	path string
	URL
}

// urls are the addresses under which browsers reach us, as far as they are known.
func (d *decoder) urls(c *Config) []placedURL {
	var out []placedURL
	for _, u := range []placedURL{{"public_url", c.PublicURL}, {"console_url", c.ConsoleURL}} {
		if !u.IsZero() {
			out = append(out, u)
		}
	}
	return out
}

// checkAddresses finds two keys that would listen in one place.
func (d *decoder) checkAddresses(c *Config) {
	seen := map[Address]string{}
	for _, a := range []struct {
		path string
		at   Address
	}{{"listen", c.Listen}, {"console_listen", c.ConsoleListen}, {"admin_listen", c.AdminListen}, {"tls.redirect_listen", c.TLS.RedirectListen}} {
		if a.at == "" || strings.HasSuffix(string(a.at), ":0") {
			continue
		}
		if first, twice := seen[a.at]; twice {
			d.at(a.path, "is the address of "+first+" too", "give each an address of its own")
		}
		seen[a.at] = a.path
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

// checkProxies wants the proxies named wherever there must be one: behind a proxy
// that Bedside does not know all visitors have one address, which a few of them can
// keep at its limits. An empty list is an answer.
func (d *decoder) checkProxies(c *Config) {
	if c.TLS.On() || c.TrustedProxies != nil || d.spoiled("trusted_proxies", "tls.cert_file", "tls.autocert.domains") {
		return
	}
	for _, u := range d.urls(c) {
		if u.Scheme == "https" {
			d.at(u.path, "is https, and trusted_proxies is missing",
				"name the reverse proxy that speaks TLS, like trusted_proxies: [127.0.0.1], so that visitors are told apart; write [] where none passes their addresses on; or let Bedside speak TLS itself (tls:)")
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
		at := item("sites", i)
		d.wellNamed(at+".name", s.Name, seen)
		if len(s.Origins) == 0 {
			d.at(at+".origins", "is missing", "name the origins of the pages that show the widget")
		}
		if !s.IdentityKey.IsZero() && len(s.IdentityKey.Reveal()) < leastIdentityKey {
			d.at(at+".identity_key", "is shorter than 32 characters, so it can be guessed", "make one with `openssl rand -hex 32`")
		}
		if s.Flows == "" && c.Flows.Path == "" && !d.spoiled("flows", "flows.path", at+".flows") {
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
		at := item("staff", i)
		d.wellNamed(at+".login", p.Login, logins)
		if p.Name == "" {
			d.at(at+".name", "is missing", "write the name that patients read")
		}
		if p.Role == "" {
			d.at(at+".role", "is missing", "write doctor, admin or auditor")
		}
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
	case d.spoiled("trueconf.client_id", "trueconf.client_secret", "trueconf.secret_key"):
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
	d.checkRecording(t)
	if !wellVersion.MatchString(t.APIVersion) {
		d.at("trueconf.api_version", "is none that Bedside knows", "write v3.11, or leave it out")
	}
}

// checkRecording wants the whole of it: who records says under which consent and
// where that is kept.
func (d *decoder) checkRecording(t *TrueConf) {
	r := t.Recording
	kept := r.KeptEN + r.KeptRU
	switch {
	case r.Consent != "" && !t.Rights.Recording:
		d.at("trueconf.recording", "is set, and trueconf.rights.recording is not", "write recording: true under rights, or leave trueconf.recording out: nothing is recorded")
	case r.Consent != "" && kept == "":
		d.at("trueconf.recording.kept_en", "is missing", "say for the patient where recordings are kept, here or in kept_ru")
	case r.Consent == "" && kept != "":
		d.at("trueconf.recording.consent", "is missing", "name the flow's consent to which patients agree before they are recorded")
	case r.Consent == "" && t.Rights.Recording:
		d.warnings = append(d.warnings, d.problem(d.places["trueconf.rights.recording"], "trueconf.rights.recording is on, and nothing is recorded",
			"name under trueconf.recording the consent to which patients agree, and where recordings are kept"))
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

// loopback reports whether a host is this machine, where plain http is safe.
func loopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
}
