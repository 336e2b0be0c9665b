package checksite

import (
	"net/url"
	"strconv"
	"strings"
)

// delayers are what optimisers make of a script: a type or an attribute by which
// they are known, and how to leave a script out.
var delayers = []struct {
	name, kind, attribute, exclude string
}{
	{"Cloudflare Rocket Loader", "-text/javascript", "data-cf-settings", `Write data-cfasync="false" before src in the snippet.`},
	{"WP Rocket (delay JavaScript)", "rocketlazyloadscript", "data-rocket-src", "Add widget.js to Excluded JavaScript Files of WP Rocket (File Optimization, Delay JavaScript execution)."},
	{"LiteSpeed Cache", "litespeed/javascript", "data-litespeed-src", "Add widget.js to JS Delayed and JS Deferred Excludes of LiteSpeed Cache (Page Optimization, Tuning), or write data-no-optimize=\"1\" in the snippet."},
	{"Perfmatters", "pmdelayedscript", "data-perfmatters-type", "Add widget.js to Perfmatters' list of scripts that are not delayed."},
	{"a consent manager", "text/plain", "data-category", "Let the consent manager take the widget as necessary: it stores nothing before it is opened."},
}

// judgeSnippet is about the tag that brings the widget.
func judgeSnippet(p Page, want Want, bedside *url.URL) []Finding {
	scripts := scriptsOf(p.Body)
	mine := ours(scripts, p.URL, bedside)
	if len(mine) == 0 {
		return []Finding{missing(scripts, want)}
	}
	out := judgeTag(mine[0], want, bedside, p.URL)
	if len(mine) > 1 {
		out = append(out, warn("twice", "the snippet stands in the page more than once; the widget appears once all the same", "Keep one of them."))
	}
	if name := mine[0].site(); want.Sites != nil {
		if _, known := want.site(name); !known {
			out = append(out, fail("site", Widget, "the snippet names the site "+name+", which the configuration does not have", "Write one of: "+want.names()+"."))
		}
	}
	if p.Script != 0 && p.Script != 200 {
		out = append(out, fail("script", Widget, "Bedside answers for "+want.Origin+"/widget.js with status "+strconv.Itoa(p.Script), "Look at Bedside with bedside check."))
	}
	if len(out) == 0 {
		return []Finding{ok("snippet", "the snippet is there and well formed")}
	}
	return out
}

// missing looks for those who may bring the widget by script, which is not seen
// from here.
func missing(scripts []element, want Want) Finding {
	for _, s := range scripts {
		src := word(s.attrs["src"])
		if strings.Contains(s.text, "/widget.js") {
			return warn("by_script", "a script of the page brings the widget; whether it does cannot be seen from here", "Open the page and look for the round button; a snippet in the page itself is the surest.")
		}
		if strings.Contains(src, "googletagmanager.com/") || strings.Contains(s.text, "googletagmanager.com/gtm.js") || strings.Contains(src, "mc.yandex.ru/") && strings.Contains(src, "tag") {
			return warn("tag_manager", "the page has no snippet, and a tag manager, which may bring it; that cannot be seen from here", "Open the page and look for the round button; ad blockers stop tag managers, so a snippet in the page itself reaches more patients.")
		}
	}
	f := fail("snippet", Widget, "the page has no snippet of "+want.Origin, "Put the snippet before </body>.")
	f.HTML = `<script src="` + want.Origin + `/widget.js" async></script>`
	if len(want.Sites) > 0 {
		f.HTML = `<script src="` + want.Origin + `/widget.js" data-site="` + want.Sites[0].Name + `" async></script>`
	}
	return f
}

func judgeTag(s element, want Want, bedside, page *url.URL) []Finding {
	var out []Finding
	if originOf(s.at) != originOf(bedside) {
		out = append(out, fail("snippet_origin", Widget, "the snippet leads to "+originOf(s.at)+", and Bedside is at "+want.Origin, "Write src=\""+want.Origin+"/widget.js\"."))
	} else if page.Scheme == "https" && s.at.Scheme == "http" && !local(s.at) {
		out = append(out, fail("snippet_http", Widget, "the snippet is loaded by http on a page of https: browsers refuse it", "Write https:// in its src."))
	}
	if _, checks := s.attrs["integrity"]; checks {
		out = append(out, warn("integrity", "the snippet has an integrity: the next version of Bedside would not load", "Take the attribute integrity away."))
	}
	if _, cors := s.attrs["crossorigin"]; cors {
		out = append(out, fail("crossorigin", Widget, "the snippet has the attribute crossorigin: browsers refuse a script that is not meant for that", "Take the attribute crossorigin away."))
	}
	if f, found := delayed(s); found {
		out = append(out, f)
	} else if !runnable(s.attrs["type"]) {
		out = append(out, fail("type", Widget, "the snippet's type is "+s.attrs["type"]+": browsers do not run it", "Take the attribute type away."))
	}
	_, async := s.attrs["async"]
	_, deferred := s.attrs["defer"]
	if !async && !deferred && runnable(s.attrs["type"]) && word(s.attrs["type"]) != "module" {
		out = append(out, warn("blocking", "the snippet has no async: the page waits for Bedside before it goes on", "Write async in the snippet."))
	}
	return out
}

// delayed finds an optimiser that has changed the snippet.
func delayed(s element) (Finding, bool) {
	kind := word(s.attrs["type"])
	for _, d := range delayers {
		_, marked := s.attrs[d.attribute]
		if kind == d.kind || strings.HasPrefix(d.kind, "-") && strings.HasSuffix(kind, d.kind) || marked && !runnable(kind) {
			return warn("delayed", d.name+" holds the snippet back: the button comes late, or after the first touch only", d.exclude), true
		}
	}
	return Finding{}, false
}
