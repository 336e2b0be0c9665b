package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// addressOf is where a request really comes from. X-Forwarded-For counts only
// when the peer is a trusted proxy, and is read from the right: the first
// address that is no trusted proxy's is the one, for all to the left of it may
// be invented. direct is false where somebody forwarded the request.
func addressOf(r *http.Request, trusted []netip.Prefix) (address netip.Addr, direct bool) {
	peer := parseAddress(r.RemoteAddr)
	forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	direct = forwarded == "" && r.Header.Get("Forwarded") == ""
	if !within(peer, trusted) || forwarded == "" {
		return peer, direct
	}
	hops := strings.Split(forwarded, ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := parseAddress(strings.TrimSpace(hops[i]))
		if !hop.IsValid() {
			return peer, direct // whoever wrote this is not to be believed further
		}
		peer = hop
		if !within(hop, trusted) {
			break
		}
	}
	return peer, direct
}

// parseAddress reads an address with or without a port.
func parseAddress(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap()
}

func within(a netip.Addr, prefixes []netip.Prefix) bool {
	for _, p := range prefixes {
		if a.IsValid() && p.Contains(a) {
			return true
		}
	}
	return false
}

// loopbackHost reports whether a request's Host, with or without a port, is a
// name of this machine that no resolver can give to another (RFC 6761 §6.3).
func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || parseAddress(host).IsLoopback()
}

// homeOf is what limits know an address by: a home has a /64 of its own.
func homeOf(a netip.Addr) string {
	if home := networkOf(a, 64); home != "" {
		return home
	}
	return a.Unmap().String()
}

// blockOf is the /48 around an address of IPv6, which one customer can hold whole
// (RFC 6177 §2); "" for others.
func blockOf(a netip.Addr) string { return networkOf(a, 48) }

func networkOf(a netip.Addr, bits int) string {
	if !a.Is6() || a.Is4In6() {
		return ""
	}
	p, err := a.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
