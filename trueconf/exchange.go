package trueconf

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// request is one call of the API before version and token are chosen.
type request struct {
	op     string // in words, for errors
	method string
	path   string // below the version, escaped: "/conferences/…"
	query  url.Values
	body   any
	auth   auth
	// root is set for a path that stands outside the v3 versions.
	root bool
	// secrets are what this request's errors must not show.
	secrets []string
}

// auth is how a request treats the access token.
type auth int

const (
	withToken auth = iota
	withoutToken
	// tokenIfAsked sends none until the server insists (API reference §6.1).
	tokenIfAsked
)

// do carries out a request and returns the answer's body, which is JSON or
// empty. Any error is an *Error.
func (c *Client) do(ctx context.Context, r request) (body []byte, err error) {
	if r.root {
		body, err = c.authorised(ctx, r, "")
	} else {
		body, err = c.versioned(ctx, r)
	}
	c.noticed(err)
	return body, err
}

// authorised adds the token where it is due, and fetches a new one once if the
// server refuses it.
func (c *Client) authorised(ctx context.Context, r request, prefix string) ([]byte, error) {
	if r.auth == withoutToken {
		return c.exchange(ctx, r, prefix, "")
	}
	insists := false
	if r.auth == tokenIfAsked && !c.linksNeedToken.Load() {
		body, err := c.exchange(ctx, r, prefix, "")
		if insists = asksForToken(err); !insists {
			return body, err
		}
	}
	body, err := c.tokened(ctx, r, prefix)
	if insists && err == nil {
		c.linksNeedToken.Store(true)
	}
	return body, err
}

func (c *Client) tokened(ctx context.Context, r request, prefix string) ([]byte, error) {
	token, err := c.tokens.get(ctx)
	if err != nil {
		return nil, err
	}
	body, err := c.exchange(ctx, r, prefix, token)
	if e, ok := err.(*Error); !ok || !e.retoken || !c.tokens.drop(token) {
		return body, err
	}
	if token, err = c.tokens.get(ctx); err != nil {
		return nil, err
	}
	return c.exchange(ctx, r, prefix, token)
}

func asksForToken(err error) bool {
	e, ok := err.(*Error)
	return ok && (e.retoken || e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden)
}

// exchange is one HTTP request and its answer.
func (c *Client) exchange(ctx context.Context, r request, prefix, token string) ([]byte, error) {
	secrets := append([]string{token}, r.secrets...)
	req, err := c.httpRequest(ctx, r, prefix, token)
	if err != nil {
		return nil, c.invalid(r.op, "the request cannot be built")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.noAnswer(ctx, r.op, err, secrets)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, c.noAnswer(ctx, r.op, err, secrets)
	}
	a := answer{status: resp.StatusCode, header: resp.Header, body: bytes.TrimPrefix(body, []byte("\ufeff"))}
	if e := a.judge(); e != nil {
		return nil, c.place(e, r.op, secrets)
	}
	return a.body, nil
}

func (c *Client) httpRequest(ctx context.Context, r request, prefix, token string) (*http.Request, error) {
	query := url.Values{}
	for k, v := range r.query {
		query[k] = v
	}
	if token != "" && c.tokenInQuery {
		query.Set("access_token", token)
	}
	address := c.server.String() + prefix + r.path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		raw, err := json.Marshal(r.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "bedside")
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" && !c.tokenInQuery {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, nil
}

// segment escapes one path segment: everything but unreserved characters, for
// ids such as "domain\user" and "…@…#vcs" (API reference §3).
func segment(id string) string {
	var b strings.Builder
	for i := range len(id) {
		if c := id[i]; isWordByte(c) || c == '-' || c == '.' || c == '~' {
			b.WriteByte(c)
		} else {
			const hex = "0123456789ABCDEF"
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		}
	}
	return b.String()
}
