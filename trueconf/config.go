package trueconf

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

const (
	// DefaultVersion is the API path asked for first.
	DefaultVersion = "v3.11"
	// FallbackVersion is tried once when the server does not know the
	// configured version (API reference §1).
	FallbackVersion = "v3.3"
	// DefaultTimeout bounds one HTTP exchange, body included.
	DefaultTimeout = 15 * time.Second
)

// Config says which server to talk to and as whom. URL and either ClientID
// with ClientSecret or SecretKey are required, unless Anonymous is set.
type Config struct {
	// URL is the server's origin, https://host[:port]. Plain http is accepted
	// only for loopback: localhost, names ending in .localhost, 127.0.0.0/8, ::1.
	URL string
	// ClientID and ClientSecret are those of an OAuth2 application with the
	// scope "conferences" (control panel, API, OAuth2).
	ClientID, ClientSecret string
	// SecretKey is the control panel's secret key, used as the access token.
	// It never expires and may do everything; an OAuth2 application is safer.
	SecretKey string
	// Anonymous makes a client without credentials, which may ask only what a
	// server tells anybody: [Client.Server] and [Client.Offer].
	Anonymous bool
	// PublicURLs are further origins that join links may name: the external
	// address of a server behind NAT. A bare host means https.
	PublicURLs []string
	// APIVersion is "v3.N"; empty means [DefaultVersion].
	APIVersion string
	// TokenInQuery sends the token as ?access_token=, for servers too old to
	// read the Authorization header. Query strings end up in access logs.
	TokenInQuery bool
	// CAFile is a PEM file of authorities trusted besides the system's.
	CAFile string
	// Transport replaces the HTTP transport, for tests. It excludes CAFile.
	Transport http.RoundTripper
	// Timeout bounds one HTTP exchange; zero means [DefaultTimeout].
	Timeout time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Noticed hears how each request ended, nil or an *Error, before its caller
	// does; it must not wait. Nil means that nobody listens.
	Noticed func(error)
}

// String shows the configuration without its secrets.
func (c Config) String() string {
	return fmt.Sprintf("trueconf.Config{URL: %q, APIVersion: %q, secrets: %s}", c.URL, c.APIVersion, hidden)
}

// GoString is String, so that %#v shows no secrets either.
func (c Config) GoString() string { return c.String() }

// LogValue is String for slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

var versionForm = regexp.MustCompile(`^v3\.[0-9]{1,2}$`)

// withDefaults fills what was left empty and refuses what cannot work.
func (c Config) withDefaults() (Config, error) {
	oauth := c.ClientID != "" || c.ClientSecret != ""
	switch {
	case c.Anonymous && (oauth || c.SecretKey != ""):
		return c, misconfigured("credentials are set for an anonymous client", "leave them out, or Anonymous")
	case c.Anonymous:
	case oauth && c.SecretKey != "":
		return c, misconfigured("both an OAuth client and a secret key are set", "keep one of them")
	case oauth && (c.ClientID == "" || c.ClientSecret == ""):
		return c, misconfigured("half of the OAuth client is missing", "set both ClientID and ClientSecret")
	case !oauth && c.SecretKey == "":
		return c, misconfigured("no credentials are set", "set ClientID and ClientSecret, or SecretKey")
	}
	if strings.ContainsAny(c.SecretKey, "\r\n\t ") {
		return c, misconfigured("the secret key contains white space", "copy it again without line breaks")
	}
	if c.APIVersion == "" {
		c.APIVersion = DefaultVersion
	}
	if !versionForm.MatchString(c.APIVersion) {
		return c, misconfigured("APIVersion is not of the form v3.N", "use "+DefaultVersion+"; version 4 of the API is another one")
	}
	if c.Timeout < 0 {
		return c, misconfigured("Timeout is negative", "leave it empty for 15 seconds")
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Noticed == nil {
		c.Noticed = func(error) {}
	}
	return c, nil
}

// transport is the configured one, or a copy of the default that also trusts
// CAFile.
func (c Config) transport() (http.RoundTripper, error) {
	if c.Transport != nil {
		if c.CAFile != "" {
			return nil, misconfigured("both Transport and CAFile are set", "give the authorities to the Transport")
		}
		return c.Transport, nil
	}
	own := http.DefaultTransport.(*http.Transport).Clone()
	own.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CAFile == "" {
		return own, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, misconfigured("CAFile cannot be read: "+err.Error(), "name a readable PEM file")
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, misconfigured("CAFile holds no certificate", "name a PEM file with the authority's certificate")
	}
	own.TLSClientConfig.RootCAs = pool
	return own, nil
}

func misconfigured(what, cure string) *Error {
	return &Error{Kind: Invalid, Op: "configure", Message: what, Cure: cure}
}
