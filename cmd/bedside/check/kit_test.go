package check_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/config"
	"bedside/trueconf"
	"bedside/trueconf/standin"
)

// authority signs certificates, perhaps by way of another one.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t testing.TB, name string, by *authority) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	a := authority{key: key}
	shape := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-400 * day),
		NotAfter: time.Now().Add(1000 * day), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	parent := authority{cert: shape, key: key}
	if by != nil {
		parent = *by
	}
	raw, err := x509.CreateCertificate(rand.Reader, shape, parent.cert, &key.PublicKey, parent.key)
	require.NoError(t, err)
	a.cert, err = x509.ParseCertificate(raw)
	require.NoError(t, err)
	return a
}

const day = 24 * time.Hour

// leaf is a server's certificate.
type leaf struct {
	host        string
	from, until time.Duration // from now
	alone       bool          // signed by itself
	fetch       string        // where the certificate above it is had
}

func (a authority) sign(t testing.TB, l leaf, chain ...authority) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	if l.until == 0 {
		l.until = 90 * day
	}
	if l.from == 0 {
		l.from = -300 * day
	}
	shape := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: l.host}, DNSNames: []string{l.host},
		NotBefore: time.Now().Add(l.from), NotAfter: time.Now().Add(l.until), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if l.fetch != "" {
		shape.IssuingCertificateURL = []string{l.fetch}
	}
	parent, signer := a.cert, a.key
	if l.alone {
		parent, signer = shape, key
	}
	raw, err := x509.CreateCertificate(rand.Reader, shape, parent, &key.PublicKey, signer)
	require.NoError(t, err)
	out := tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
	for _, c := range chain {
		out.Certificate = append(out.Certificate, c.cert.Raw)
	}
	return out
}

// town is a clinic's installation with a TrueConf Server behind real TLS. All its
// names lead to the machines of the test.
type town struct {
	t      testing.TB
	root   authority // the one public authority
	tc     *standin.Server
	front  http.Handler // what answers at TrueConf's address; usually the stand-in
	leaf   leaf
	chain  []authority
	by     *authority // signs the leaf in place of root
	trusts bool       // Bedside trusts whatever is signed here (ca_file)
	clinic check.Clinic
	hosts  map[string]string // host → address
	dial   func(host string) error
}

const (
	videoHost = "video.clinic.example"
	ours      = "bedside.clinic.example"
)

func newTown(t testing.TB, change ...func(*town)) *town {
	t.Helper()
	w := &town{t: t, root: newAuthority(t, "Public Root", nil), leaf: leaf{host: videoHost}, trusts: true, hosts: map[string]string{}}
	w.tc = standin.New(standin.Options{ClientID: "id", ClientSecret: "s3cret", PublicURL: "https://" + videoHost})
	w.front = w.tc
	w.clinic = check.Clinic{
		File: "config.yaml", Config: w.config(), Installation: "test1234", Quick: true,
		Flows: func() (string, error) { return "flow.yaml (abc)", nil },
	}
	for _, c := range change {
		c(w)
	}
	w.serve()
	w.clinic.Roots = x509.NewCertPool()
	w.clinic.Roots.AddCert(w.root.cert)
	w.clinic.Dial = w.connect
	if w.clinic.TrueConf == nil {
		tc, err := w.client()
		w.clinic.TrueConf = func() (*trueconf.Client, error) { return tc, err }
	}
	return w
}

func (w *town) config() config.Config {
	return config.Config{
		PublicURL: mustURL("https://" + ours), Data: "no-such-folder",
		Staff: []config.Staff{
			{Login: "one", Name: "Doctor One", Role: "doctor", TrueConfID: "doctor1"},
			{Login: "two", Name: "Doctor Two", Role: "doctor"},
		},
		TrueConf: config.TrueConf{
			URL: mustURL("https://" + videoHost), ClientID: "id", ClientSecret: config.NewSecret("s3cret"),
			ServiceAccount: "bedside", GuestSeats: 2, APIVersion: "v3.11",
		},
	}
}

func mustURL(text string) config.URL {
	u, err := config.ParseURL(text)
	if err != nil {
		panic(err)
	}
	return u
}

func (w *town) serve() {
	signer := w.root
	if w.by != nil {
		signer = *w.by
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.front.ServeHTTP(rw, r) }))
	s.Config.ErrorLog = discard
	s.TLS = &tls.Config{Certificates: []tls.Certificate{signer.sign(w.t, w.leaf, w.chain...)}}
	s.StartTLS()
	w.hosts[videoHost] = s.Listener.Addr().String()
	w.t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
		require.NoError(w.t, w.tc.Close())
	})
}

// client is Bedside's own, which trusts by a file of the clinic's.
func (w *town) client() (*trueconf.Client, error) {
	t := w.clinic.Config.TrueConf
	pool := x509.NewCertPool()
	if w.trusts {
		pool.AddCert(w.root.cert)
		if w.by != nil {
			pool.AddCert(w.by.cert)
		}
	}
	settings := &tls.Config{RootCAs: pool}
	if w.trusts && (w.leaf.alone || w.leaf.until < 0 || w.leaf.from > 0 || w.leaf.host != videoHost) {
		settings.InsecureSkipVerify = true // the clinic's file holds this very certificate
	}
	transport := &http.Transport{DialContext: w.connect, TLSClientConfig: settings}
	w.t.Cleanup(transport.CloseIdleConnections)
	c := trueconf.Config{
		URL: t.URL.String(), ClientID: t.ClientID, ClientSecret: t.ClientSecret.Reveal(), SecretKey: t.SecretKey.Reveal(),
		APIVersion: t.APIVersion, Transport: transport, Timeout: 5 * time.Second,
	}
	for _, u := range t.PublicURLs {
		c.PublicURLs = append(c.PublicURLs, u.String())
	}
	return trueconf.New(c)
}

func (w *town) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if w.dial != nil {
		if err := w.dial(host); err != nil {
			return nil, err
		}
	}
	at, ok := w.hosts[host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return new(net.Dialer).DialContext(ctx, network, at)
}

// faults set the stand-in's switches.
func faults(names ...string) func(*town) {
	return func(w *town) {
		for _, name := range names {
			change, err := standin.ParseFault(name)
			require.NoError(w.t, err)
			w.tc.SetSwitches(change)
		}
	}
}

// replace puts another stand-in in place of the usual one.
func replace(o standin.Options) func(*town) {
	return func(w *town) {
		require.NoError(w.t, w.tc.Close())
		if o.PublicURL == "" {
			o.PublicURL = "https://" + videoHost
		}
		w.tc = standin.New(o)
		w.front = w.tc
	}
}

func configure(change func(*config.Config)) func(*town) {
	return func(w *town) { change(&w.clinic.Config) }
}

// codes are the outcomes of a run by check.
func codes(lines []check.Line) map[string]string {
	out := map[string]string{}
	for _, l := range lines {
		out[l.Check] = l.Code
	}
	return out
}

var unfilled = regexp.MustCompile(`\{[a-z_]+\}`)

// wellSaid holds whatever a line may say to the house's rules.
func wellSaid(t *testing.T, l check.Line) {
	t.Helper()
	for _, language := range check.Languages {
		for _, text := range []string{l.Title[language], l.Says[language]} {
			require.NotEmpty(t, text, "%s/%s in %s", l.Check, l.Code, language)
			require.NotRegexp(t, unfilled, text, "%s/%s in %s", l.Check, l.Code, language)
		}
		if l.Verdict == check.Failed || l.Verdict == check.Warning {
			require.NotEmpty(t, l.Cure[language], "%s/%s has no cure in %s", l.Check, l.Code, language)
			require.NotRegexp(t, unfilled, l.Cure[language], "%s/%s in %s", l.Check, l.Code, language)
		}
	}
	all := strings.Join([]string{l.Says["en"], l.Cure["en"], l.Detail}, "\n")
	for _, secret := range []string{"s3cret", "bs_test1234_"} {
		require.NotContains(t, all, secret)
	}
}
