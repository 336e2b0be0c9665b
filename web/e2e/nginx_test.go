//go:build browser

package e2e

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// certificate is one for the names of a test, signed by itself.
type certificate struct {
	cert, key string // files
	pin       string // of its public key, for Chromium
	pool      *x509.CertPool
}

func certify(t *testing.T, names ...string) certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	like := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: names[0]}, DNSNames: names,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, like, like, key.Public(), key)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	require.NoError(t, err)
	folder, hash := t.TempDir(), sha256.Sum256(public)
	c := certificate{
		cert: filepath.Join(folder, "fullchain.pem"), key: filepath.Join(folder, "privkey.pem"),
		pin: base64.StdEncoding.EncodeToString(hash[:]), pool: x509.NewCertPool(),
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	c.pool.AppendCertsFromPEM(text)
	require.NoError(t, os.WriteFile(c.cert, text, 0o600))
	require.NoError(t, os.WriteFile(c.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	return c
}

// client trusts the certificate, and takes every name for this machine.
func (c certificate) client() *http.Client {
	return &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: c.pool}, DisableKeepAlives: true,
			DialContext: here,
		},
	}
}

// here dials every name on this machine.
func here(ctx context.Context, network, address string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+port)
}

// passing is a server block before something that is not Bedside.
const passing = `map $http_upgrade $connection_%[1]s {
    default upgrade;
    ''      close;
}
server {
    listen 127.0.0.1:%[1]s ssl;
    server_name %[2]s;
    ssl_certificate %[3]s;
    ssl_certificate_key %[4]s;
    location / {
        proxy_pass http://%[5]s;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_%[1]s;
        proxy_read_timeout 120s;
        proxy_buffering off;
    }
}
`

func (c certificate) passing(port, name, to string) string {
	return fmt.Sprintf(passing, port, name, c.cert, c.key, to)
}
