package notify

import (
	"context"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/SherClockHolmes/webpush-go"
)

// PushConfig is what push services know Bedside by.
type PushConfig struct {
	Key       []byte            // the server key: the pair of keys is computed from it
	Contact   string            // an https address or a mail address of the clinic (RFC 8292 §2.1)
	Transport http.RoundTripper // nil: our own, which reaches no address inside the clinic's net
}

// Push wakes browsers. It is safe for concurrent use.
type Push struct {
	contact         string
	private, public string
	client          *http.Client
}

// NewPush computes the pair of keys. Another server key is another sender: what
// browsers have subscribed to is dead then.
func NewPush(c PushConfig) *Push {
	private := pushKey(c.Key)
	if c.Transport == nil {
		c.Transport = outside()
	}
	return &Push{
		contact: c.Contact,
		private: base64.RawURLEncoding.EncodeToString(private.Bytes()),
		public:  base64.RawURLEncoding.EncodeToString(private.PublicKey().Bytes()),
		client: &http.Client{
			Transport:     c.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// pushKey is a key of P-256: the first of a chain that is one. Nearly every 32 bytes
// are.
func pushKey(key []byte) *ecdh.PrivateKey {
	for n := byte(0); ; n++ {
		m := hmac.New(sha256.New, key)
		m.Write([]byte{'p', 'u', 's', 'h', 0, n})
		if private, err := ecdh.P256().NewPrivateKey(m.Sum(nil)); err == nil {
			return private
		}
	}
}

// PublicKey is what browsers subscribe with: base64url, uncompressed.
func (p *Push) PublicKey() string { return p.public }

// Note is what the service worker reads. It is encrypted for the browser alone.
type Note struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	URL   string `json:"url"`
	Tag   string `json:"tag"` // one at a time of the same
}

// Send hands one message to the browser's push service.
func (p *Push) Send(ctx context.Context, m Message) error {
	if m.Push == nil {
		return fail(Address, false, "there is no browser")
	}
	note, err := json.Marshal(Note{Title: m.Title, Body: m.Short, URL: m.Link, Tag: m.ID})
	if err != nil {
		return err
	}
	var handed atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { handed.Store(true) }})
	res, err := webpush.SendNotificationWithContext(ctx, note, &webpush.Subscription{
		Endpoint: m.Push.Endpoint, Keys: webpush.Keys{P256dh: m.Push.P256dh, Auth: m.Push.Auth},
	}, &webpush.Options{
		HTTPClient: p.client, Subscriber: strings.TrimPrefix(p.contact, "mailto:"), TTL: int(max(m.Life, time.Minute) / time.Second),
		Urgency: webpush.UrgencyHigh, VAPIDPublicKey: p.public, VAPIDPrivateKey: p.private,
	})
	switch {
	case err != nil && handed.Load():
		return fail(Unknown, false, "the push service took the message and did not answer: %s", why(err))
	case err != nil && res == nil && !reached(err):
		return fail(Address, false, "the browser's keys are none")
	case err != nil:
		return fail(Unreachable, !isInside(err), "the push service cannot be reached: %s", why(err))
	}
	defer drain(res.Body)
	return pushVerdict(res.StatusCode)
}

// pushVerdict sorts a push service's answer (RFC 8030 §5, §7.3; RFC 8292 §4.2).
func pushVerdict(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound, status == http.StatusGone:
		return fail(Gone, false, "the browser wants no more messages")
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return fail(Refused, true, "the push service answered %d", status)
	case status >= 500:
		return fail(Unknown, false, "the push service answered %d, after which the message may have gone", status)
	}
	return fail(Refused, false, "the push service answered %d", status)
}
