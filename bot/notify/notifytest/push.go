package notifytest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bedside/bot"
	"bedside/bot/notify"
)

// PushService takes pushes and reads them as the browser would (RFC 8030, 8188,
// 8291).
type PushService struct {
	url    string
	client *http.Client

	mu      sync.Mutex
	keys    map[string]browser
	answer  func(n int) int
	taken   []Pushed
	garbled []error
}

type browser struct {
	private *ecdh.PrivateKey
	secret  []byte
}

// Pushed is one message as a browser has read it.
type Pushed struct {
	To     string // the endpoint's path
	Note   notify.Note
	Header http.Header
}

// NewPushService begins to listen, until the test ends.
func NewPushService(t testing.TB) *PushService {
	p := &PushService{keys: map[string]browser{}}
	s := httptest.NewTLSServer(http.HandlerFunc(p.serve))
	t.Cleanup(func() {
		s.Close()
		if err := errors.Join(p.garbled...); err != nil {
			t.Errorf("a push that no browser can read: %v", err)
		}
	})
	p.url, p.client = s.URL, s.Client()
	return p
}

// Sender sends to it; the usual one would not, for it is in our own net.
func (p *PushService) Sender() *notify.Push {
	return notify.NewPush(notify.PushConfig{Key: make([]byte, 32), Contact: "https://bedside.example", Transport: p.client.Transport})
}

// Subscribe is a new browser.
func (p *PushService) Subscribe(t testing.TB) bot.Subscription {
	t.Helper()
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret := make([]byte, 16)
	_, _ = rand.Read(secret) // never fails
	path := "/push/" + rand.Text()
	p.mu.Lock()
	p.keys[path] = browser{private, secret}
	p.mu.Unlock()
	return bot.Subscription{
		Endpoint: p.url + path,
		P256dh:   base64.RawURLEncoding.EncodeToString(private.PublicKey().Bytes()),
		Auth:     base64.RawURLEncoding.EncodeToString(secret),
	}
}

// Answer says how pushes are answered from here on; nil is 201.
func (p *PushService) Answer(f func(n int) int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = f
}

// Taken are the messages so far.
func (p *PushService) Taken() []Pushed {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Pushed{}, p.taken...)
}

func (p *PushService) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // a broken body cannot be decrypted
	p.mu.Lock()
	defer p.mu.Unlock()
	note, err := p.keys[r.URL.Path].read(body)
	if err == nil {
		err = signed(r.Header.Get("Authorization"))
	}
	if err != nil {
		p.garbled = append(p.garbled, err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	p.taken = append(p.taken, Pushed{r.URL.Path, note, r.Header.Clone()})
	status := http.StatusCreated
	if p.answer != nil {
		status = p.answer(len(p.taken))
	}
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
}

// signed wants a token for the service, signed by the key beside it (RFC 8292).
func signed(header string) error {
	rest, ok := strings.CutPrefix(header, "vapid t=")
	token, key, both := strings.Cut(rest, ", k=")
	part := strings.Split(token, ".")
	if !ok || !both || len(part) != 3 {
		return fmt.Errorf("no vapid in %q", header)
	}
	point, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil {
		return err
	}
	return verifyES256(point, part[0]+"."+part[1], part[2])
}

// read decrypts one record.
func (b browser) read(body []byte) (notify.Note, error) {
	var note notify.Note
	const fixed = 16 + 4 + 1
	if b.private == nil || len(body) < fixed+65 || body[20] != 65 {
		return note, errors.New("not for a browser of this service")
	}
	salt, point, sealed := body[:16], body[fixed:fixed+65], body[fixed+65:]
	sender, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return note, err
	}
	shared, err := b.private.ECDH(sender)
	if err != nil {
		return note, err
	}
	info := "WebPush: info\x00" + string(b.private.PublicKey().Bytes()) + string(point)
	ikm, err := hkdf.Key(sha256.New, shared, b.secret, info, 32)
	if err != nil {
		return note, err
	}
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return note, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return note, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return note, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return note, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return note, err
	}
	text := strings.TrimRight(string(plain), "\x00")
	text, last := strings.CutSuffix(text, "\x02")
	if !last {
		return note, errors.New("the record has no end")
	}
	return note, json.Unmarshal([]byte(text), &note)
}

// trusting is for clients of a test server.
func trusting(s *httptest.Server) *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{RootCAs: pool}
}
