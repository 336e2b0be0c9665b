package checksite

import (
	"net/url"
	"slices"
	"strings"
)

// policy is one content security policy of a page.
type policy struct {
	directives []directive
	meta       bool // stands in the page, not in a header
}

type directive struct {
	name    string
	sources []string
}

// policies are those that a page enforces: each header, each part of a header
// behind a comma, each meta of the head; elsewhere in a page they count for nothing.
func policies(p Page) []policy {
	var out []policy
	for _, line := range p.Header.Values("Content-Security-Policy") {
		for _, one := range strings.Split(line, ",") {
			out = append(out, parsePolicy(one, false)...)
		}
	}
	for _, m := range elements(p.Body, "meta") {
		if m.inHead && strings.EqualFold(m.attrs["http-equiv"], "Content-Security-Policy") {
			out = append(out, parsePolicy(m.attrs["content"], true)...)
		}
	}
	return out
}

func reported(p Page) []policy {
	var out []policy
	for _, line := range p.Header.Values("Content-Security-Policy-Report-Only") {
		for _, one := range strings.Split(line, ",") {
			out = append(out, parsePolicy(one, false)...)
		}
	}
	return out
}

// parsePolicy reads a policy; the first of two directives of one name counts.
func parsePolicy(text string, meta bool) []policy {
	p := policy{meta: meta}
	for _, part := range strings.Split(text, ";") {
		words := strings.Fields(part)
		if len(words) == 0 || p.find(words[0]) != nil {
			continue
		}
		p.directives = append(p.directives, directive{name: strings.ToLower(words[0]), sources: words[1:]})
	}
	if len(p.directives) == 0 {
		return nil
	}
	return []policy{p}
}

// find is the first directive of these names that the policy has.
func (p policy) find(names ...string) *directive {
	for _, name := range names {
		for i, d := range p.directives {
			if d.name == strings.ToLower(name) {
				return &p.directives[i]
			}
		}
	}
	return nil
}

func (p policy) String() string {
	parts := make([]string, len(p.directives))
	for i, d := range p.directives {
		parts[i] = d.String()
	}
	return strings.Join(parts, "; ")
}

func (d directive) String() string { return strings.Join(append([]string{d.name}, d.sources...), " ") }

// Fallbacks of the two things that the widget needs.
var (
	scriptDirectives = []string{"script-src-elem", "script-src", "default-src"}
	frameDirectives  = []string{"frame-src", "child-src", "default-src"}
)

// with is the policy with one more source for what these directives decide. Where
// default-src decides alone, the proper directive gets a copy of it.
func (p policy) with(names []string, source string) policy {
	decides := p.find(names...)
	proper := "script-src"
	if names[0] == "frame-src" {
		proper = "frame-src"
	}
	grown := directive{name: decides.name, sources: append(without(decides.sources, "'none'"), source)}
	out := policy{meta: p.meta}
	for _, d := range p.directives {
		if d.name == decides.name && d.name != "default-src" {
			d = grown
		}
		out.directives = append(out.directives, d)
	}
	if decides.name == "default-src" {
		grown.name = proper
		out.directives = append(out.directives, grown)
	}
	return out
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.EqualFold(s, word) })
}

// lets reports whether a directive's sources take an address. page is the page's
// own address, for 'self' and scheme-less sources.
func (d directive) lets(at, page *url.URL) bool {
	return slices.ContainsFunc(d.sources, func(s string) bool { return matches(s, at, page) })
}

// matches is the matching of a source against an address (CSP 3, §6.7.2).
func matches(source string, at, page *url.URL) bool {
	lower := strings.ToLower(source)
	switch {
	case lower == "*":
		return at.Scheme == "http" || at.Scheme == "https" || at.Scheme == page.Scheme
	case lower == "'self'":
		return originOf(at) == originOf(page) || at.Hostname() == page.Hostname() && upgrades(page.Scheme, at.Scheme) && usualPorts(page, at)
	case strings.HasPrefix(lower, "'"):
		return false
	case strings.HasSuffix(lower, ":") && !strings.Contains(lower, "/"):
		return upgrades(strings.TrimSuffix(lower, ":"), at.Scheme)
	}
	scheme, rest, has := strings.Cut(lower, "://")
	if !has {
		scheme, rest = page.Scheme, lower
	}
	if !upgrades(scheme, at.Scheme) {
		return false
	}
	host, path, hasPath := strings.Cut(rest, "/")
	host, port, _ := strings.Cut(host, ":")
	return hostMatches(host, at.Hostname()) && portMatches(port, scheme, at) && (!hasPath || pathMatches("/"+path, at.Path))
}

// upgrades: http in a policy takes https too.
func upgrades(wanted, has string) bool { return wanted == has || wanted == "http" && has == "https" }

func usualPorts(a, b *url.URL) bool { return a.Port() == "" && b.Port() == "" }

func hostMatches(pattern, host string) bool {
	if tail, wild := strings.CutPrefix(pattern, "*"); wild {
		return strings.HasSuffix(strings.ToLower(host), tail) && tail != ""
	}
	return strings.EqualFold(pattern, host)
}

func portMatches(port, scheme string, at *url.URL) bool {
	has := at.Port()
	if has == "" {
		has = map[string]string{"http": "80", "https": "443"}[at.Scheme]
	}
	switch port {
	case "*":
		return true
	case "":
		return has == "443" && at.Scheme == "https" || has == "80" && scheme == "http"
	case "80":
		return has == "80" || has == "443"
	}
	return port == has
}

func pathMatches(pattern, path string) bool {
	if pattern == "/" {
		return true
	}
	if strings.HasSuffix(pattern, "/") {
		return strings.HasPrefix(path, pattern)
	}
	return pattern == strings.ToLower(path)
}

func (d directive) has(keyword string) bool {
	return slices.ContainsFunc(d.sources, func(s string) bool { return strings.EqualFold(s, keyword) })
}
