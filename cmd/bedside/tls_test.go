package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/cmd/bedside/config"
)

// authority signs certificates for tests.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	var err error
	a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 90), KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, form, form, a.key.Public(), a.key)
	require.NoError(t, err)
	a.cert, err = x509.ParseCertificate(der)
	require.NoError(t, err)
	return a
}

// sign certifies a public key for hosts.
func (a *authority) sign(serial int64, public any, hosts ...string) []byte {
	form := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: hosts, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 90),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, form, a.cert, public, a.key)
	require.NoError(a.t, err)
	return der
}

// pair is a certificate and its key as PEM.
func (a *authority) pair(serial int64, hosts ...string) (cert, key []byte) {
	a.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	der, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(a.t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.sign(serial, private.Public(), hosts...)}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// trusting is what a client needs to trust it.
func (a *authority) trusting() *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return &tls.Config{RootCAs: pool}
}

func (a *authority) person(t *testing.T, base string) *person {
	p := newPerson(t, base)
	transport := &http.Transport{TLSClientConfig: a.trusting()}
	t.Cleanup(transport.CloseIdleConnections)
	p.http.Transport, p.tls = transport, a.trusting()
	return p
}

// served is the serial number of the certificate at an address.
func (a *authority) served(l net.Listener, host string) int64 {
	a.t.Helper()
	c := a.trusting()
	c.ServerName = host
	conn, err := tls.Dial("tcp", l.Addr().String(), c)
	require.NoError(a.t, err)
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// A visit over TLS of Bedside's own, the certificate renewed in its midst.
func TestTLSWithFiles(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("town", tlsWithFiles)
}

func tlsWithFiles(t *testing.T) {
	a := newAuthority(t)
	v := newTown(t, map[string]string{
		"public_url": "https://localhost:1", "console_url": "https://console.localhost:1", "console_listen": "127.0.0.1:0",
		"admin_listen": "127.0.0.1:0", "tls": `{cert_file: cert.pem, key_file: key.pem, redirect_listen: "127.0.0.1:0", hsts: 1d}`,
	})
	hosts := []string{"localhost", "console.localhost"}
	cert, key := a.pair(1, hosts...)
	v.put("cert.pem", cert)
	v.put("key.pem", key)
	v.start()
	public, console := v.base("https", v.app.at.public), v.base("https", v.app.at.console)

	patient := a.person(t, public)
	patient.start()
	patient.connect()
	patient.answerAll()
	doctor := a.person(t, console)
	doctor.signIn("anna", townPassword)
	doctor.connect()
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	patient.send(fields{"type": "open", "conversation": patient.id, "after": 0})
	patient.frame("entry", "doctor.assigned")

	t.Run("old versions are refused", func(t *testing.T) {
		c := a.trusting()
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		_, err := tls.Dial("tcp", v.app.at.public.Addr().String(), c)
		require.Error(t, err)
	})
	t.Run("renewed under a running server", func(t *testing.T) {
		require.EqualValues(t, 1, a.served(v.app.at.public, "localhost"))
		cert, key := a.pair(2, hosts...)
		v.put("cert.pem", cert) // and not yet the key: no pair
		require.Eventually(t, func() bool {
			return a.served(v.app.at.public, "localhost") == 1 && strings.Contains(v.log.String(), "is not taken up; the last one goes on")
		}, 10*time.Second, 50*time.Millisecond)
		v.put("key.pem", key)
		require.Eventually(t, func() bool { return a.served(v.app.at.console, "console.localhost") == 2 }, 10*time.Second, 50*time.Millisecond)
	})
	doctor.do(fields{"do": "send", "text": "still here"})
	require.Contains(t, string(patient.frame("entry", "message.sent").Body), "still here", "the socket has lived on")

	t.Run("http is sent to https, at the configured address", func(t *testing.T) {
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		t.Cleanup(client.CloseIdleConnections)
		for host, to := range map[string]string{
			"localhost": "https://localhost:1/widget/?site=clinic", "evil.example": "https://localhost:1/widget/?site=clinic",
			"console.localhost": "https://console.localhost:1/widget/?site=clinic", "console.localhost:80": "https://console.localhost:1/widget/?site=clinic",
		} {
			req, err := http.NewRequest("GET", v.base("http", v.app.at.redirect)+"/widget/?site=clinic", nil)
			require.NoError(t, err)
			req.Host = host
			resp, err := client.Do(req)
			require.NoError(t, err)
			resp.Body.Close()
			require.Equal(t, http.StatusPermanentRedirect, resp.StatusCode)
			require.Equal(t, to, resp.Header.Get("Location"))
		}
		resp, err := client.Post(v.base("http", v.app.at.redirect)+"/api/v1/session", "application/json", strings.NewReader("{}"))
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, http.StatusForbidden, resp.StatusCode, "a password that has come readable is not sent on")
	})
	t.Run("metrics have an address of their own", func(t *testing.T) {
		for _, base := range []string{public, console} {
			require.Equal(t, http.StatusNotFound, patient.call("GET", "/metrics", nil, nil), base)
			require.Equal(t, http.StatusOK, patient.call("GET", "/healthz", nil, nil))
		}
		admin := newPerson(t, v.base("http", v.app.at.admin))
		for path, status := range map[string]int{"/metrics": 200, "/healthz": 200, "/readyz": 200, "/": 404, "/widget/": 404, "/console/": 404, "/api/v1/session": 404} {
			require.Equal(t, status, admin.call("GET", path, nil, nil), path)
		}
		admin.http.CloseIdleConnections()
	})
	resp, err := patient.http.Get(public + "/widget/")
	require.NoError(t, err)
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	require.Equal(t, "max-age=86400", resp.Header.Get("Strict-Transport-Security"))
	http.DefaultClient.CloseIdleConnections()
}

func TestACertificateThatIsNone(t *testing.T) {
	a := newAuthority(t)
	dir := t.TempDir()
	url, err := config.ParseURL("https://localhost")
	require.NoError(t, err)
	c := config.Config{PublicURL: url, TLS: config.TLS{CertFile: dir + "/cert.pem", KeyFile: dir + "/key.pem"}}
	log := &safeBuffer{}
	open := func() error {
		_, err := newTLS(config.Reading{Config: c}, slog.New(slog.NewTextHandler(log, nil)))
		return err
	}
	require.ErrorContains(t, open(), "cert.pem cannot be read: there is no such file; name a file")
	cert, _ := a.pair(1, "localhost")
	_, key := a.pair(2, "localhost")
	require.NoError(t, os.WriteFile(c.TLS.CertFile, cert, 0o600))
	require.NoError(t, os.WriteFile(c.TLS.KeyFile, key, 0o600))
	require.ErrorContains(t, open(), "are no pair")
	cert, key = a.pair(3, "elsewhere.example")
	require.NoError(t, os.WriteFile(c.TLS.CertFile, cert, 0o600))
	require.NoError(t, os.WriteFile(c.TLS.KeyFile, key, 0o600))
	require.NoError(t, open())
	require.Contains(t, log.String(), "is not for an address of Bedside's")
}

// Whoever shakes hands again and again fills no log.
func TestACertificateThatCannotBeGotIsToldOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		none := func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, errors.New("too early") }
		get := told(none, []string{"bedside.clinic.example"}, slog.New(slog.NewTextHandler(&log, nil)))
		flood := func(name string) int {
			for range 100 {
				_, err := get(&tls.ClientHelloInfo{ServerName: name})
				require.Error(t, err)
			}
			return strings.Count(log.String(), "no certificate can be got")
		}
		require.Equal(t, 0, flood("evil.example"))
		require.Equal(t, 1, flood("Bedside.Clinic.Example"))
		time.Sleep(time.Minute)
		require.Equal(t, 2, flood("bedside.clinic.example"))
	})
}
