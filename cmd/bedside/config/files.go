package config

import (
	"crypto/x509"
	"os"
)

// checkFiles opens the files of authorities that the configuration names: what nobody
// can read, or holds none, is told where it is named and not when the first patient
// waits for a call or a message.
func (d *decoder) checkFiles(c *Config) {
	for _, f := range []struct{ at, path string }{
		{"trueconf.ca_file", c.TrueConf.CAFile}, {"notify.email.ca_file", c.Notify.Email.CAFile},
	} {
		if f.path == "" {
			continue
		}
		pem, err := os.ReadFile(f.path)
		switch {
		case err != nil:
			d.at(f.at, "cannot be read: "+Reason(err), "name a file of certificates that Bedside's user may read, or leave it out")
		case !x509.NewCertPool().AppendCertsFromPEM(pem):
			d.at(f.at, "holds no certificate", "name a PEM file: it has a line -----BEGIN CERTIFICATE-----")
		}
	}
}
