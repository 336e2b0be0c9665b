package checksite

import (
	"bytes"
	"iter"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// element is a start tag that matters: script, iframe, link, img, meta.
type element struct {
	tag   string
	attrs map[string]string
	text  string // of a script that stands in the page

	inHead bool
	at     *url.URL
}

// elements reads the tags of a page in their order. What stands in a template, a
// comment or a noscript is none.
func elements(body []byte, tags ...string) []element {
	doc, err := html.Parse(bytes.NewReader(body)) // as a browser with scripts would
	if err != nil {
		return nil
	}
	wanted := map[string]bool{}
	for _, t := range tags {
		wanted[t] = true
	}
	var out []element
	for n := range standing(doc) {
		if n.Type != html.ElementNode || !wanted[n.Data] {
			continue
		}
		e := element{tag: n.Data, attrs: map[string]string{}, inHead: n.Parent != nil && n.Parent.Data == "head"}
		for _, a := range n.Attr {
			if _, had := e.attrs[a.Key]; !had {
				e.attrs[a.Key] = a.Val
			}
		}
		if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
			e.text = n.FirstChild.Data
		}
		out = append(out, e)
	}
	return out
}

// standing are the nodes of a document without what templates hold.
func standing(doc *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		var in *html.Node // the template that we are in
		for n := range doc.Descendants() {
			if in != nil && within(n, in) {
				continue
			}
			if in = nil; n.Type == html.ElementNode && n.Data == "template" {
				in = n
			}
			if !yield(n) {
				return
			}
		}
	}
}

func within(n, above *html.Node) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up == above {
			return true
		}
	}
	return false
}

func scriptsOf(body []byte) []element { return elements(body, "script") }

// lazySources are the attributes in which optimisers put away a script's address.
var lazySources = []string{"src", "data-src", "data-rocket-src", "data-litespeed-src", "data-lazy-src", "data-pmdelayedscript", "data-cmp-src"}

// ours are the scripts that lead to a widget.js, whoever's: each with its address.
func ours(scripts []element, page, bedside *url.URL) []element {
	var out []element
	for _, s := range scripts {
		for _, name := range lazySources {
			at, err := page.Parse(s.attrs[name])
			if s.attrs[name] == "" || err != nil {
				continue
			}
			if strings.HasSuffix(at.Path, "/widget.js") && (originOf(at) == originOf(bedside) || at.Path == "/widget.js" && originOf(at) != originOf(page)) {
				s.at = at
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// site is the site that a script of ours names, in its attributes or its address.
func (e element) site() string {
	if name := e.attrs["data-site"]; name != "" {
		return name
	}
	if e.at != nil {
		return e.at.Query().Get("site")
	}
	return ""
}

// runnable reports whether a browser runs a script of this type by itself.
func runnable(kind string) bool {
	kind, _, _ = strings.Cut(word(kind), ";")
	switch strings.TrimSpace(kind) {
	case "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript", "application/x-javascript", "text/jscript":
		return true
	}
	return false
}
