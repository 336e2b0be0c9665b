package checksite

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	fetchWithin = 15 * time.Second
	maxPage     = 4 << 20 // bytes
	maxHops     = 8
)

// Page is a clinic's page as it came.
type Page struct {
	Asked *url.URL
	URL   *url.URL   // where it came from in the end
	Hops  []*url.URL // the addresses that sent on, Asked first
	// Plain is where the page's http address leads; nil where it was not asked or
	// nobody answers there.
	Plain  *url.URL
	Status int
	Header http.Header
	Body   []byte
	Cut    bool // there is more of it
	// Untrusted is why browsers do not trust the certificate; the rest is empty then.
	Untrusted string

	// Panel are the headers of Bedside's panel for this site; nil where it could not
	// be read, and PanelError why.
	Panel      http.Header
	PanelError string
	// Script is the answer to widget.js: its status, 0 where there was none.
	Script int
}

// Fetch gets a page, and what Bedside itself says of framing for the site that the
// page names.
func Fetch(ctx context.Context, client *http.Client, address string, want Want) (Page, error) {
	asked, err := url.Parse(address)
	if err != nil || asked.Scheme != "http" && asked.Scheme != "https" || asked.Host == "" || asked.User != nil {
		return Page{}, errors.New(address + " is no address of a page; write it like https://www.clinic.example/")
	}
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	p, err := get(ctx, client, asked)
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return Page{Asked: asked, URL: p.URL, Untrusted: untrusted.Err.Error()}, nil
	}
	if err != nil {
		return Page{}, err
	}
	if p.URL.Scheme == "https" && asked.Scheme == "https" {
		p.Plain = plainOf(ctx, client, p.URL)
	}
	p.readPanel(ctx, client, want)
	return p, nil
}

// get follows redirects by itself, to remember them.
func get(ctx context.Context, client *http.Client, at *url.URL) (Page, error) {
	p := Page{Asked: at, URL: at}
	for {
		resp, err := ask(ctx, client, p.URL)
		if err != nil {
			return p, fmt.Errorf("%s cannot be read: %w", p.URL, cause(err))
		}
		p.Status, p.Header = resp.StatusCode, resp.Header
		next, err := resp.Location()
		if resp.StatusCode >= 300 && resp.StatusCode < 400 && err == nil {
			_ = resp.Body.Close()
			if p.Hops = append(p.Hops, p.URL); len(p.Hops) > maxHops {
				return p, fmt.Errorf("%s sends on more than %d times", at, maxHops)
			}
			p.URL = next
			continue
		}
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxPage+1))
		_ = resp.Body.Close()
		if err != nil {
			return p, fmt.Errorf("%s broke off: %w", p.URL, cause(err))
		}
		if resp.StatusCode >= 400 {
			return p, fmt.Errorf("%s answers %s", p.URL, resp.Status)
		}
		p.Cut = len(body) > maxPage
		p.Body = body[:min(len(body), maxPage)]
		return p, nil
	}
}

func ask(ctx context.Context, client *http.Client, at *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	// Some sites send other pages, and other headers, to programs.
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; bedside-check-site)")
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
	once := *client
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return once.Do(req)
}

// plainOf follows the http address of a page to where it leads.
func plainOf(ctx context.Context, client *http.Client, at *url.URL) *url.URL {
	plain := *at
	plain.Scheme, plain.Host = "http", at.Hostname()
	p, err := get(ctx, client, &plain)
	if err != nil {
		return nil
	}
	return p.URL
}

// readPanel asks Bedside for the script and for the panel of the site.
func (p *Page) readPanel(ctx context.Context, client *http.Client, want Want) {
	bedside, err := url.Parse(want.Origin)
	if err != nil {
		return
	}
	site := ""
	if s := ours(scriptsOf(p.Body), p.URL, bedside); len(s) > 0 {
		site = s[0].site()
	}
	script := *bedside
	script.Path = "/widget.js"
	if resp, err := ask(ctx, client, &script); err == nil {
		p.Script = resp.StatusCode
		_ = resp.Body.Close()
	}
	panel := *bedside
	panel.Path, panel.RawQuery = "/widget/", url.Values{"site": {site}}.Encode()
	resp, err := ask(ctx, client, &panel)
	if err != nil {
		p.PanelError = cause(err).Error()
		return
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.PanelError = resp.Status
		return
	}
	p.Panel = resp.Header
}

// cause takes the address out of an error of http.Client, which names it anyway.
func cause(err error) error {
	var address *url.Error
	if errors.As(err, &address) {
		return address.Err
	}
	return err
}

// word is a text in small letters without space around it.
func word(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
