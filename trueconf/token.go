package trueconf

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	"golang.org/x/sync/singleflight"
)

const (
	// renewEarly is how long before its end a token is renewed.
	renewEarly = time.Minute
	// assumedLife is that of a token without expires_in (API reference §2.1).
	assumedLife = time.Hour

	opToken = "get an access token"
)

// tokens is the one source of access tokens: a secret key, or client
// credentials with a cache. Fetches are shared; a waiter leaves when its own
// context ends and the fetch goes on for the others.
type tokens struct {
	client    *Client
	secretKey string
	oauth     clientcredentials.Config
	transport http.RoundTripper
	timeout   time.Duration

	fetching singleflight.Group
	mu       sync.Mutex
	value    string
	scope    string // as the server named it
	renewAt  time.Time
}

func newTokens(c *Client, config Config) *tokens {
	return &tokens{
		client:    c,
		secretKey: config.SecretKey,
		oauth: clientcredentials.Config{
			ClientID:     config.ClientID,
			ClientSecret: config.ClientSecret,
			TokenURL:     c.server.String() + "/oauth2/v1/token",
			AuthStyle:    oauth2.AuthStyleInParams,
		},
		transport: c.http.Transport,
		timeout:   config.Timeout,
	}
}

func (t *tokens) anonymous() bool { return t.secretKey == "" && t.oauth.ClientID == "" }

// get is a token that holds for a while yet.
func (t *tokens) get(ctx context.Context) (string, error) {
	if t.secretKey != "" {
		return t.secretKey, nil
	}
	if t.anonymous() {
		return "", t.client.invalid(opToken, "this client is anonymous")
	}
	if value := t.cached(); value != "" {
		return value, nil
	}
	fetched := t.fetching.DoChan("", t.refresh)
	select {
	case result := <-fetched:
		if result.Err != nil {
			return "", result.Err
		}
		return result.Val.(string), nil
	case <-ctx.Done():
		return "", t.client.noAnswer(ctx, opToken, ctx.Err(), nil)
	}
}

// drop forgets the token if it is still the one in use, so that many callers
// whom the server refused at once fetch one new token. It reports whether
// asking again makes sense.
func (t *tokens) drop(refused string) bool {
	if t.secretKey != "" {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.value == refused {
		t.value = ""
	}
	return true
}

func (t *tokens) cached() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.client.now().Before(t.renewAt) {
		return t.value
	}
	return ""
}

// refresh runs outside any caller's context: the client's timeout bounds it.
func (t *tokens) refresh() (any, error) {
	// Another flight may have ended between the caller's look and this one.
	if value := t.cached(); value != "" {
		return value, nil
	}
	asked := t.client.now()
	token, err := t.fetch()
	if err != nil {
		return nil, err
	}
	life := assumedLife
	if !token.Expiry.IsZero() {
		life = time.Until(token.Expiry)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.value = token.AccessToken
	t.scope, _ = token.Extra("scope").(string)
	t.renewAt = asked.Add(life - min(renewEarly, life/2))
	return t.value, nil
}

// fetch asks the token endpoint. The oauth2 package keeps of a bad answer less
// than is needed to name the cure, so the answer is judged from a copy.
func (t *tokens) fetch() (*oauth2.Token, error) {
	seen := &copying{next: t.transport}
	hc := &http.Client{Transport: seen, Timeout: t.timeout, CheckRedirect: sameOriginReadsOnly}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, hc)
	token, err := t.oauth.Token(ctx)
	if e := t.judge(seen, err); e != nil {
		return nil, e
	}
	return token, nil
}

func (t *tokens) judge(seen *copying, err error) error {
	if seen.answer == nil {
		if err != nil {
			return t.client.noAnswer(context.Background(), opToken, err, nil)
		}
		return nil
	}
	e := seen.answer.judge()
	switch {
	case e == nil && err == nil:
		return nil
	case e == nil:
		e = &Error{Kind: Unexpected, Status: seen.answer.status, Message: "the answer holds no access token"}
	case e.answered:
		e.Kind = tokenKind(e)
	}
	// Such an answer says nothing about the API's version, and a second fetch
	// would end the same way.
	e.answered, e.retoken = false, false
	return t.client.place(e, opToken, nil)
}

// tokenKind reads the OAuth codes (RFC 6749 §5.2, API reference §2.4).
func tokenKind(e *Error) Kind {
	switch e.Reason {
	case "invalid_scope":
		return Scope
	case "invalid_client", "unauthorized_client", "invalid_grant", "InvalidCredentials":
		return Credentials
	}
	if e.Status == 401 || e.Status == 403 {
		return Credentials
	}
	if e.Kind == NotFound {
		return Unexpected
	}
	return e.Kind
}

// copying is a transport that keeps a bounded copy of the last answer.
type copying struct {
	next   http.RoundTripper
	answer *answer
}

func (c *copying) RoundTrip(r *http.Request) (*http.Response, error) {
	c.answer = nil
	resp, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	c.answer = &answer{status: resp.StatusCode, header: resp.Header, body: body}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
