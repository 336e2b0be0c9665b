package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// acmeFake is an authority that speaks as much ACME (RFC 8555) as one order needs, by
// tls-alpn-01 (RFC 8737) or by http-01. It checks the challenge as a real one does, and
// no signatures.
type acmeFake struct {
	*authority
	url  string
	host string        // the one name that it certifies
	way  string        // the one challenge that it offers
	at   func() string // where that name is answered

	mu         sync.Mutex
	nonce      int
	thumbprint string // of the account's key
	proven     bool
	issued     []byte
	orders     int
}

func newACMEFake(t *testing.T, host string) *acmeFake {
	f := &acmeFake{authority: newAuthority(t), host: host, way: "tls-alpn-01"}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

// jws is what every request carries; only what the fake reads of it.
type jws struct{ Protected, Payload string }

func (f *acmeFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nonce++
	w.Header().Set("Replay-Nonce", strconv.Itoa(f.nonce))
	var signed jws
	_ = json.NewDecoder(r.Body).Decode(&signed)
	payload, _ := base64.RawURLEncoding.DecodeString(signed.Payload)
	answer := func(status int, location string, body any) {
		w.Header().Set("Location", f.url+location)
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	switch r.URL.Path {
	case "/directory":
		answer(200, "", fields{"newNonce": f.url + "/nonce", "newAccount": f.url + "/account", "newOrder": f.url + "/order", "meta": fields{"termsOfService": f.url + "/terms"}})
	case "/nonce":
		w.WriteHeader(200)
	case "/account":
		f.thumbprint = thumbprint(signed.Protected)
		answer(201, "/account/1", fields{"status": "valid"})
	case "/order":
		f.orders++
		answer(201, "/order/1", f.order())
	case "/order/1":
		answer(200, "/order/1", f.order())
	case "/authorization":
		answer(200, "", fields{"status": f.state("pending", "valid"), "identifier": f.identifier(), "challenges": []any{f.challenge()}})
	case "/challenge":
		f.proven = f.prove() == nil
		answer(200, "", f.challenge())
	case "/finalize":
		f.issued = f.issue(payload)
		answer(200, "/order/1", f.order())
	case "/certificate":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		_, _ = w.Write(f.issued)
	default:
		answer(404, "", fields{"type": "urn:ietf:params:acme:error:malformed"})
	}
}

func (f *acmeFake) state(before, after string) string {
	if f.proven {
		return after
	}
	return before
}

func (f *acmeFake) identifier() fields { return fields{"type": "dns", "value": f.host} }

func (f *acmeFake) challenge() fields {
	return fields{"type": f.way, "url": f.url + "/challenge", "token": "a-token", "status": f.state("pending", "valid")}
}

func (f *acmeFake) order() fields {
	out := fields{"status": f.state("pending", "ready"), "identifiers": []any{f.identifier()}, "authorizations": []string{f.url + "/authorization"}, "finalize": f.url + "/finalize"}
	if f.issued != nil {
		out["status"], out["certificate"] = "valid", f.url+"/certificate"
	}
	return out
}

// prove connects to the name as RFC 8737 §3 has it, or RFC 8555 §8.3.
func (f *acmeFake) prove() error {
	if f.way == "http-01" {
		return f.proveByHTTP()
	}
	conn, err := tls.Dial("tcp", f.at(), &tls.Config{ServerName: f.host, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer conn.Close()
	sum := sha256.Sum256([]byte("a-token." + f.thumbprint))
	want, err := asn1.Marshal(sum[:])
	if err != nil {
		return err
	}
	for _, e := range conn.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.String() == "1.3.6.1.5.5.7.1.31" && e.Critical && bytes.Equal(e.Value, want) {
			return nil
		}
	}
	return fmt.Errorf("no proof at %s", f.at())
}

func (f *acmeFake) proveByHTTP() error {
	req, err := http.NewRequest("GET", "http://"+f.at()+"/.well-known/acme-challenge/a-token", nil)
	if err != nil {
		return err
	}
	req.Host = f.host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || string(text) != "a-token."+f.thumbprint {
		return fmt.Errorf("no proof: %d %s %w", resp.StatusCode, text, err)
	}
	return nil
}

func (f *acmeFake) issue(payload []byte) []byte {
	var in struct{ CSR string }
	_ = json.Unmarshal(payload, &in)
	der, _ := base64.RawURLEncoding.DecodeString(in.CSR)
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil || csr.CheckSignature() != nil || len(csr.DNSNames) != 1 || csr.DNSNames[0] != f.host {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.sign(77, csr.PublicKey, f.host)})
}

// thumbprint is of the key in a protected header (RFC 7638).
func thumbprint(protected string) string {
	var head struct{ JWK struct{ X, Y string } }
	text, _ := base64.RawURLEncoding.DecodeString(protected)
	_ = json.Unmarshal(text, &head)
	sum := sha256.Sum256(fmt.Appendf(nil, `{"crv":"P-256","kty":"EC","x":%q,"y":%q}`, head.JWK.X, head.JWK.Y))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// A certificate comes by itself, for our name alone, and is kept over a restart.
// What a real authority does besides is untried here.
func TestCertificatesThatComeByThemselves(t *testing.T) {
	const host = "bedside.clinic.example"
	fake := newACMEFake(t, host)
	v := newTown(t, map[string]string{
		"public_url": "https://" + host,
		"tls":        fmt.Sprintf("{autocert: {domains: [%s], email: admin@clinic.example, directory: %s/directory}}", host, fake.url),
	})
	fake.at = func() string { return v.app.at.public.Addr().String() }
	v.start()
	require.EqualValues(t, 77, fake.served(v.app.at.public, host))
	require.EqualValues(t, 77, fake.served(v.app.at.public, host))
	require.Equal(t, 1, fake.orders)

	stranger, err := net.Dial("tcp", fake.at())
	require.NoError(t, err)
	defer stranger.Close()
	require.Error(t, tls.Client(stranger, &tls.Config{ServerName: "evil.example", InsecureSkipVerify: true}).Handshake())
	require.Equal(t, 1, fake.orders, "nothing is asked for a name that is not ours")

	kept, err := os.Stat(filepath.Join(v.folder, "data", "autocert", host))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), kept.Mode().Perm())
	v.stop()
	v.start()
	require.EqualValues(t, 77, fake.served(v.app.at.public, host))
	require.Equal(t, 1, fake.orders, "kept over a restart")
	http.DefaultClient.CloseIdleConnections()
}

// Where the authority reaches port 80 alone, it is answered there, and everybody else
// is sent on to https.
func TestCertificatesByPort80(t *testing.T) {
	const host = "bedside.clinic.example"
	fake := newACMEFake(t, host)
	fake.way = "http-01"
	v := newTown(t, map[string]string{
		"public_url": "https://" + host,
		"tls":        fmt.Sprintf(`{redirect_listen: "127.0.0.1:0", autocert: {domains: [%s], directory: %s/directory}}`, host, fake.url),
	})
	fake.at = func() string { return v.app.at.redirect.Addr().String() }
	v.start()
	require.EqualValues(t, 77, fake.served(v.app.at.public, host))
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Get("http://" + fake.at() + "/console/")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "https://"+host+"/console/", resp.Header.Get("Location"))
	http.DefaultClient.CloseIdleConnections()
}
