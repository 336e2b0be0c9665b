package check

import (
	"crypto/x509"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// PublicRoots are the authorities that Mozilla's browsers bring along, with their
// constraints: what patients trust, whatever this machine does.
func PublicRoots() *x509.CertPool {
	pool := x509.NewCertPool()
	for root := range bundle.Roots() {
		cert, err := x509.ParseCertificate(root.Certificate)
		switch {
		case err != nil:
		case root.Constraint != nil:
			pool.AddCertWithConstraint(cert, root.Constraint)
		default:
			pool.AddCert(cert)
		}
	}
	return pool
}
