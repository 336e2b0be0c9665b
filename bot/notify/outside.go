package notify

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// errInside refuses an address that a browser named and that no push service of the
// world has.
var errInside = errors.New("its address is inside the clinic's own net")

// outside reaches the internet alone: whoever leaves an address of a push service
// with us must not make us ask a machine beside us. A proxy, where the environment
// names one, is the clinic's own and decides by itself.
func outside() http.RoundTripper {
	guarded := http.DefaultTransport.(*http.Transport).Clone()
	guarded.DisableKeepAlives = true // on a kept connection net/http may send twice
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		return checkOutside(address)
	}}
	open := guarded.Clone()
	guarded.DialContext, guarded.Proxy = dialer.DialContext, nil
	return &way{guarded: guarded, proxied: open}
}

// way takes the proxy where there is one for the address.
type way struct{ guarded, proxied *http.Transport }

func (w *way) RoundTrip(r *http.Request) (*http.Response, error) {
	if proxy, err := http.ProxyFromEnvironment(r); err == nil && proxy != nil {
		return w.proxied.RoundTrip(r)
	}
	return w.guarded.RoundTrip(r)
}

func checkOutside(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return errInside
	}
	ip := at.Addr().Unmap()
	if whole := ip.As16(); translated.Contains(ip) {
		ip = netip.AddrFrom4([4]byte(whole[12:]))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || slices.ContainsFunc(inside, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return errInside
	}
	return nil
}

// inside are networks in which no push service is, and that may lead to a machine
// beside us.
var inside = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),      // this very net (RFC 1122 §3.2.1.3)
	netip.MustParsePrefix("100.64.0.0/10"),  // what providers give to customers behind their own translation (RFC 6598)
	netip.MustParsePrefix("192.0.0.0/24"),   // the way through such a translation (RFC 6890 §2.2.2)
	netip.MustParsePrefix("198.18.0.0/15"),  // laboratories (RFC 2544)
	netip.MustParsePrefix("240.0.0.0/4"),    // nobody's yet
	netip.MustParsePrefix("64:ff9b:1::/48"), // a net's own translation to version four (RFC 8215)
	netip.MustParsePrefix("2002::/16"),      // version four inside version six (RFC 3056)
	netip.MustParsePrefix("2001::/32"),      // likewise (RFC 4380)
	netip.MustParsePrefix("fec0::/10"),      // a site's own, of old (RFC 3879)
}

// translated is where a translation to version four for everybody lies: the last four
// bytes are the address that is meant (RFC 6052 §2.1).
var translated = netip.MustParsePrefix("64:ff9b::/96")

func isInside(err error) bool { return errors.Is(err, errInside) }

// reached reports whether an error is the net's own: all others come before it.
func reached(err error) bool {
	var at *url.Error
	return errors.As(err, &at) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
