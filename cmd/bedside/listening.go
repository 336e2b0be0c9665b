package main

import (
	"net"

	"bedside/cmd/bedside/config"
)

// listening is where an app answers; what is nil is not served. The listeners are
// the app's from newApp on.
type listening struct {
	public   net.Listener
	console  net.Listener // the console's own address
	admin    net.Listener // for whoever watches over Bedside
	redirect net.Listener // sends http to https
}

// listen opens the configured addresses, all or none.
func listen(c config.Config) (listening, error) {
	var at listening
	for _, one := range []struct {
		key     string
		address config.Address
		to      *net.Listener
	}{
		{"listen", c.Listen, &at.public},
		{"console_listen", c.ConsoleListen, &at.console},
		{"admin_listen", c.AdminListen, &at.admin},
		{"tls.redirect_listen", c.TLS.RedirectListen, &at.redirect},
	} {
		if one.address == "" {
			continue
		}
		l, err := net.Listen("tcp", string(one.address))
		if err != nil {
			at.close()
			return listening{}, cannotListen{key: one.key, address: string(one.address), holder: holder(c.Data), err: err}
		}
		*one.to = l
	}
	return at, nil
}

// close gives the addresses back; closing twice is no error.
func (at listening) close() {
	for _, l := range []net.Listener{at.public, at.console, at.admin, at.redirect} {
		if l != nil {
			_ = l.Close()
		}
	}
}
