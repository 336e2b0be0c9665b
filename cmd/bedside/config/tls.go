package config

import (
	"net/netip"
	"regexp"
	"slices"
	"time"
)

// TLS is HTTPS of Bedside's own, on listen and console_listen: with files, or
// with certificates that it gets by itself.
type TLS struct {
	// The certificate and its chain, PEM. New files are taken up without a restart.
	CertFile string `yaml:"cert_file"`
	// Its private key, PEM, readable by Bedside's user alone.
	KeyFile string `yaml:"key_file"`
	// Certificates from Let's Encrypt or another authority that speaks ACME.
	Autocert Autocert `yaml:"autocert"`
	// A second address that sends http:// visitors to https, usually 0.0.0.0:80.
	RedirectListen Address `yaml:"redirect_listen"`
	// For how long browsers remember to come by https alone (HSTS), with a
	// reverse proxy too. off sends nothing; begin with 1d where you are not sure.
	HSTS Age `yaml:"hsts" range:"1m 730d"`
}

// Autocert is how certificates come by themselves.
type Autocert struct {
	// The host names of public_url and console_url. With them you agree to the
	// authority's terms. The authority must reach this machine by them, at port 443
	// (listen) or 80 (redirect_listen).
	Domains []string `yaml:"domains"`
	// Where the authority writes before a certificate runs out. Worth having.
	Email string `yaml:"email"`
	// Where account and certificates are kept; left out, the folder autocert of
	// the data folder.
	Folder string `yaml:"folder"`
	// The authority's directory; left out, Let's Encrypt's. Its staging directory
	// is for trying, with certificates that no browser trusts.
	Directory URL `yaml:"directory"`
}

// On reports whether Bedside speaks TLS itself.
func (t TLS) On() bool { return t.CertFile != "" || t.Autocert.On() }

// On reports whether certificates come by themselves.
func (a Autocert) On() bool { return len(a.Domains) > 0 }

// Age is a duration that may also be off, which is zero.
type Age time.Duration

func (a Age) String() string {
	if a == 0 {
		return "off"
	}
	return spell(time.Duration(a))
}

func parseAge(text string) (Age, error) {
	if text == "off" {
		return 0, nil
	}
	d, err := parseDuration(text)
	return Age(d), err
}

var wellDomain = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

func (d *decoder) checkTLS(c *Config) {
	t := c.TLS
	switch {
	case (t.CertFile == "") != (t.KeyFile == ""):
		d.at("tls.cert_file", "and tls.key_file go together", "write both, or neither")
	case t.CertFile != "" && t.Autocert.On():
		d.at("tls.autocert", "stands beside cert_file", "keep one of them")
	case !t.On() && t.RedirectListen != "":
		d.at("tls.redirect_listen", "is set, and there is no certificate", "write cert_file and key_file, or autocert, below tls:")
	}
	if !t.On() {
		return
	}
	for _, u := range d.urls(c) {
		if u.Scheme != "https" {
			d.at(u.path, "is http, and tls is set", "write https")
		}
		if host := u.Hostname(); t.Autocert.On() && !slices.Contains(t.Autocert.Domains, host) {
			d.at("tls.autocert.domains", "does not name "+host+", the host of "+u.path, "add it")
		}
	}
	for i, name := range t.Autocert.Domains {
		if _, err := netip.ParseAddr(name); err == nil || !wellDomain.MatchString(name) {
			d.at(item("tls.autocert.domains", i), "is no name that an authority certifies", "write host names in small letters, like bedside.clinic.example")
		}
	}
}
