package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"text/template"

	"golang.org/x/net/http/httpguts"
)

// GatewayConfig is any HTTP gateway for text messages. URL, Body and the headers'
// values are templates of text/template with .Phone (as +79160000001), .Digits (without
// the plus), .Text, .Key (the message's own id, the same for every attempt) and
// .Secret. Values are escaped: in the address for a query, in the body for its
// Content-Type (JSON, XML, a form, or plain), in headers not at all.
type GatewayConfig struct {
	Secret    string
	URL       string
	Method    string // "" is POST, or GET where there is no body
	Headers   []Header
	Body      string
	Success   []int             // statuses that mean: taken; none is 200 to 299
	Expect    Expect            // … where the body says so too
	Numbers   []string          // how numbers begin to which messages go; none: all
	Transport http.RoundTripper // nil: our own, which keeps no connection and tries nothing twice
}

// Header is one header of a request.
type Header struct{ Name, Value string }

// Gateway sends text messages. It is safe for concurrent use.
type Gateway struct {
	c      GatewayConfig
	url    *template.Template
	body   *template.Template
	header []*template.Template // of c.Headers, in their order
	escape func(string) string
	expect *expectation
	client *http.Client
}

// textFields are what the templates know.
type textFields struct{ Phone, Digits, Text, Key, Secret string }

// NewGateway checks the templates by filling them in: what they give must say to whom
// and what.
func NewGateway(c GatewayConfig) (*Gateway, error) {
	if c.Method == "" {
		c.Method = http.MethodPost
		if c.Body == "" {
			c.Method = http.MethodGet
		}
	}
	if c.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.DisableKeepAlives = true // on a kept connection net/http may send twice
		c.Transport = t
	}
	g := &Gateway{c: c, client: &http.Client{
		Transport:     c.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if err := g.parse(); err != nil {
		return nil, err
	}
	kind := g.kind()
	if kind == "" {
		return nil, errors.New("notify: the gateway's Content-Type is none, so nobody can say how values are escaped")
	}
	g.escape = escaping(kind)
	var err error
	if g.expect, err = newExpectation(c.Expect); err != nil {
		return nil, err
	}
	req, err := g.request(context.Background(), Message{ID: "id", To: probeNumber, Text: "a \"" + probeWord + "\"\nof two lines"})
	if err != nil {
		return nil, err
	}
	return g, probe(req, kind)
}

// What a gateway is tried with: it must say somewhere to whom, and what.
const (
	probeNumber = "+19990000000"
	probeWord   = "textofbedside"
)

// probe refuses a request that could never bring anybody their message.
func probe(req *http.Request, kind string) error {
	body, _ := io.ReadAll(req.Body)
	said := req.URL.String() + "\n" + string(body)
	for _, values := range req.Header {
		said += "\n" + strings.Join(values, "\n")
	}
	switch {
	case len(body) > 0 && isJSON(kind) && !json.Valid(body):
		return errors.New(`notify: the gateway's body gives no JSON: write values in quotes, like {"to": "{{.Phone}}", "text": "{{.Text}}"}`)
	case !strings.Contains(said, probeNumber[1:]):
		return errors.New("notify: the gateway's request does not say to whom: {{.Phone}} or {{.Digits}} stands nowhere in it")
	case !strings.Contains(said, probeWord):
		return errors.New("notify: the gateway's request does not say what: {{.Text}} stands nowhere in it")
	}
	return nil
}

func (g *Gateway) parse() (err error) {
	if g.url, err = template.New("url").Parse(g.c.URL); err != nil {
		return errors.New("notify: the gateway's url is no template")
	}
	if g.body, err = template.New("body").Parse(g.c.Body); err != nil {
		return errors.New("notify: the gateway's body is no template")
	}
	for _, h := range g.c.Headers {
		t, err := template.New(h.Name).Parse(h.Value)
		if err != nil {
			return fmt.Errorf("notify: the gateway's header %s is no template", h.Name)
		}
		g.header = append(g.header, t)
	}
	return nil
}

// kind is the media type of the body: what the headers say, else what it looks like;
// "" where the headers say none that can be read.
func (g *Gateway) kind() string {
	for _, h := range g.c.Headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			kind, _, err := mime.ParseMediaType(h.Value)
			if err != nil {
				return ""
			}
			return kind
		}
	}
	switch body := strings.TrimSpace(g.c.Body); {
	case strings.HasPrefix(body, "{{"): // a template of a form
		return "application/x-www-form-urlencoded"
	case strings.HasPrefix(body, "{"), strings.HasPrefix(body, "["):
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

func isJSON(kind string) bool {
	return strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")
}

// escaping makes a text fit into a body of a media type.
func escaping(kind string) func(string) string {
	switch {
	case isJSON(kind):
		return func(s string) string {
			b, _ := json.Marshal(s) // a string can always be written
			return string(b[1 : len(b)-1])
		}
	case kind == "application/x-www-form-urlencoded":
		return url.QueryEscape
	case strings.HasSuffix(kind, "/xml"), strings.HasSuffix(kind, "+xml"):
		return func(s string) string {
			var b strings.Builder
			_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
			return b.String()
		}
	}
	return func(s string) string { return s }
}

func (g *Gateway) fields(m Message) textFields {
	return textFields{Phone: m.To, Digits: strings.TrimPrefix(m.To, "+"), Text: m.Text, Key: m.ID, Secret: g.c.Secret}
}

func (g *Gateway) request(ctx context.Context, m Message) (*http.Request, error) {
	fields := g.fields(m)
	address, err := filled(g.url, fields, url.QueryEscape)
	if err != nil {
		return nil, fmt.Errorf("notify: the gateway's url names a field that there is not: %s", knownFields)
	}
	body, err := filled(g.body, fields, g.escape)
	if err != nil {
		return nil, fmt.Errorf("notify: the gateway's body names a field that there is not: %s", knownFields)
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return nil, errors.New("notify: the gateway's url is no address of http or https")
	}
	req, err := http.NewRequestWithContext(ctx, g.c.Method, address, strings.NewReader(body))
	if err != nil {
		return nil, errors.New("notify: the gateway's method or url cannot be used")
	}
	if body == "" {
		req.Body, req.ContentLength = http.NoBody, 0
	} else {
		req.Header.Set("Content-Type", g.kind())
	}
	for i, h := range g.c.Headers {
		value, err := filled(g.header[i], fields, func(s string) string { return s })
		if err != nil || !httpguts.ValidHeaderFieldName(h.Name) || !httpguts.ValidHeaderFieldValue(value) {
			return nil, fmt.Errorf("notify: the gateway's header %q cannot be written, or names a field that there is not: %s", h.Name, knownFields)
		}
		req.Header.Set(h.Name, value)
	}
	return req, nil
}

const knownFields = ".Phone, .Digits, .Text, .Key, .Secret"

func filled(t *template.Template, f textFields, escape func(string) string) (string, error) {
	for _, field := range []*string{&f.Phone, &f.Digits, &f.Text, &f.Key, &f.Secret} {
		*field = escape(*field)
	}
	var b bytes.Buffer
	err := t.Execute(&b, f)
	return b.String(), err
}

// Check opens a connection to the gateway and closes it: nothing is asked, so nothing
// is sent.
func (g *Gateway) Check(ctx context.Context) error {
	req, err := g.request(ctx, Message{To: "+10000000000"})
	if err != nil {
		return err
	}
	port := req.URL.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[req.URL.Scheme]
	}
	at := net.JoinHostPort(req.URL.Hostname(), port)
	dial := (&net.Dialer{}).DialContext
	if req.URL.Scheme == "https" {
		dial = (&tls.Dialer{}).DialContext
	}
	conn, err := dial(ctx, "tcp", at)
	if err != nil {
		return fail(Unreachable, true, "the gateway cannot be reached: %s", why(err))
	}
	_ = conn.Close() // it was there, which was the question
	return nil
}

// Send hands one message to the gateway. Nothing is sent twice: what it does not
// answer, or answers as broken, may have gone.
func (g *Gateway) Send(ctx context.Context, m Message) error {
	var handed atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { handed.Store(true) }})
	req, err := g.request(ctx, m)
	if err != nil {
		return err
	}
	res, err := g.client.Do(req)
	switch {
	case err != nil && handed.Load():
		return fail(Unknown, false, "the gateway took the message and did not answer: %s", why(err))
	case err != nil:
		return fail(Unreachable, true, "the gateway cannot be reached: %s", why(err))
	}
	defer drain(res.Body)
	if err := g.verdict(res.StatusCode); err != nil {
		return err
	}
	return g.heard(res.StatusCode, m, res.Body)
}

func (g *Gateway) verdict(status int) error {
	taken := status >= 200 && status < 300
	if len(g.c.Success) > 0 {
		taken = slices.Contains(g.c.Success, status)
	}
	switch {
	case taken:
		return nil
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return fail(Address, false, "the gateway answered %d: it does not take this message or this number", status)
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fail(Refused, true, "the gateway answered %d", status)
	case status >= 500:
		return fail(Unknown, false, "the gateway answered %d, after which the message may have gone", status)
	}
	return fail(Refused, false, "the gateway answered %d", status)
}

func drain(body io.ReadCloser) {
	_, _ = io.Copy(io.Discard, io.LimitReader(body, mostAnswer)) // what it says is nobody's
	_ = body.Close()
}
