package checksite

import (
	"net/url"
	"slices"
	"strings"
)

// needed are the features that a call uses, and whether it can do without.
var needed = []struct {
	name   string
	breaks Breaks
}{
	{"camera", Camera}, {"microphone", Camera}, {"autoplay", Nothing}, {"display-capture", Nothing}, {"fullscreen", Nothing},
}

// allowlist is who may use a feature: the sources of its header.
type allowlist struct {
	sources []string // *, self, origins; none: nobody
	policy  string   // the header it stands in
}

// permissions reads Permissions-Policy, and Feature-Policy for what it does not name.
func permissions(p Page) map[string]allowlist {
	out := map[string]allowlist{}
	for _, part := range splitTop(strings.Join(p.Header.Values("Feature-Policy"), ";"), ';') {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		a := allowlist{policy: "Feature-Policy"}
		for _, w := range words[1:] {
			if w = strings.Trim(word(w), "'"); w != "none" {
				a.sources = append(a.sources, w)
			}
		}
		if _, had := out[word(words[0])]; !had {
			out[word(words[0])] = a
		}
	}
	for _, part := range splitTop(strings.Join(p.Header.Values("Permissions-Policy"), ","), ',') {
		name, value, has := strings.Cut(part, "=")
		if !has || word(name) == "" {
			continue
		}
		a := allowlist{policy: "Permissions-Policy"}
		value, _, _ = strings.Cut(value, ";") // parameters
		for _, w := range strings.Fields(strings.Trim(strings.TrimSpace(value), "()")) {
			a.sources = append(a.sources, strings.Trim(word(w), `"`))
		}
		out[word(name)] = a
	}
	return out
}

// splitTop splits where the separator stands outside of parentheses and quotes.
func splitTop(text string, separator rune) []string {
	var out []string
	depth, quoted, from := 0, false, 0
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == separator && depth <= 0:
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}

// lets reports whether a frame of this origin may be given the feature: both the
// page itself and the frame must be in the list, for nobody gives on what he has
// not.
func (a allowlist) lets(origin string, page *url.URL) bool {
	return a.holds(origin, page) && a.holds(originOf(page), page)
}

func (a allowlist) holds(origin string, page *url.URL) bool {
	at, err := url.Parse(origin)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(a.sources, func(s string) bool {
		switch s {
		case "*":
			return true
		case "self":
			return origin == originOf(page)
		}
		return strings.TrimSuffix(s, "/") == origin || strings.Contains(s, "*") && matches(s, at, page)
	})
}

// judgePermissions says which features the page keeps from Bedside's frame. A
// feature that no header names may be given on by the frame's allow, and is.
func judgePermissions(p Page, want Want) []Finding {
	have := permissions(p)
	var out []Finding
	var names []string
	for _, n := range needed {
		a, named := have[n.name]
		if !named || a.lets(want.Origin, p.URL) {
			continue
		}
		says := "the page's " + a.policy + " keeps " + n.name + " from the chat's frame"
		f := fail("permissions_"+n.name, n.breaks, says, "Let "+n.name+" name the page itself and Bedside, or leave it out of the header.")
		if n.breaks == Nothing {
			f = warn("permissions_"+n.name, says, f.Cure)
		}
		out = append(out, f)
		names = append(names, n.name)
	}
	if len(out) == 0 {
		return []Finding{ok("permissions", "camera and microphone may be given to the chat's frame")}
	}
	nginx, apache := header("Permissions-Policy", mendedPermissions(p, want, names))
	for i := range out {
		out[i].Nginx, out[i].Apache = nginx, apache
	}
	return out
}

// mendedPermissions is the page's own header with Bedside added to some features.
func mendedPermissions(p Page, want Want, names []string) string {
	var parts []string
	seen := map[string]bool{}
	for _, part := range splitTop(strings.Join(p.Header.Values("Permissions-Policy"), ","), ',') {
		name, _, has := strings.Cut(part, "=")
		if name = word(name); !has || seen[name] {
			continue
		}
		seen[name] = true
		if !slices.Contains(names, name) {
			parts = append(parts, strings.TrimSpace(part))
		} else {
			parts = append(parts, name+`=(self "`+want.Origin+`")`)
		}
	}
	for _, name := range names {
		if !seen[name] {
			parts = append(parts, name+`=(self "`+want.Origin+`")`)
		}
	}
	return strings.Join(parts, ", ")
}
