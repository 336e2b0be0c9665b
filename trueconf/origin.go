package trueconf

import (
	"net"
	"net/url"
	"strings"
)

// origin is scheme, lower-case host and explicit port: what two addresses must
// share to be the same server.
type origin struct{ scheme, host, port string }

func (o origin) String() string {
	host := o.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if o.port == defaultPort(o.scheme) {
		return o.scheme + "://" + host
	}
	return o.scheme + "://" + host + ":" + o.port
}

func defaultPort(scheme string) string {
	switch scheme {
	case "https":
		return "443"
	case "http":
		return "80"
	}
	return ""
}

// originOf reads the origin of a parsed address; false if it names no host.
func originOf(u *url.URL) (origin, bool) {
	o := origin{scheme: strings.ToLower(u.Scheme), host: strings.ToLower(u.Hostname()), port: u.Port()}
	if o.port == "" {
		o.port = defaultPort(o.scheme)
	}
	return o, o.host != "" && o.port != "" && u.Opaque == ""
}

// loopback reports whether the host can only be this machine (RFC 6761 §6.3
// for names ending in .localhost).
func (o origin) loopback() bool {
	if o.host == "localhost" || strings.HasSuffix(o.host, ".localhost") {
		return true
	}
	ip := net.ParseIP(o.host)
	return ip != nil && ip.IsLoopback()
}

// serverOrigin reads Config.URL: an https origin, or an http one on loopback.
func serverOrigin(text string) (origin, error) {
	o, ok := bareOrigin(text)
	switch {
	case !ok:
		return o, misconfigured("URL is not an address of the form https://host[:port]", "write the server's address without path, user or query")
	case o.scheme == "http" && !o.loopback():
		return o, misconfigured("URL is plain http to another machine", "set up HTTPS on the server and use https://")
	}
	return o, nil
}

// linkOrigins are the origins that join links may have: the server's own and
// the public ones. Only a plain http server on loopback may have http ones.
func linkOrigins(server origin, public []string) ([]origin, error) {
	allowed := []origin{server}
	for _, text := range public {
		if !strings.Contains(text, "://") {
			text = "https://" + text
		}
		o, ok := bareOrigin(text)
		if !ok {
			return nil, misconfigured("an entry of PublicURLs is not an address of the form https://host[:port]", "write it without path, user or query")
		}
		if o.scheme == "http" && (server.scheme != "http" || !o.loopback()) {
			return nil, misconfigured("an entry of PublicURLs is plain http", "use https://; http is for a server on loopback alone")
		}
		allowed = append(allowed, o)
	}
	return allowed, nil
}

func bareOrigin(text string) (origin, bool) {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") || (u.Path != "" && u.Path != "/") {
		return origin{}, false
	}
	return originOf(u)
}
