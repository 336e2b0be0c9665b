package checksite

import (
	"net/url"
	"slices"
	"strings"

	"bedside/cmd/bedside/check"
)

// Judge says everything about a page that Bedside's widget and its calls depend on,
// in the order in which a browser meets it.
func Judge(p Page, want Want) []Finding {
	bedside, err := url.Parse(want.Origin)
	if err != nil {
		return []Finding{fail("bedside", Widget, want.Origin+" is no address of Bedside", "Write it like https://bedside.clinic.example.")}
	}
	if p.Untrusted != "" {
		return []Finding{fail("certificate", Widget, "browsers do not trust the certificate of "+p.URL.Host+": "+p.Untrusted,
			"Install a certificate of a public authority with its whole chain, for example of Let's Encrypt.")}
	}
	return merged(slices.Concat(
		judgeTransport(p, bedside),
		judgeSnippet(p, want, bedside),
		judgePolicies(p, want, bedside),
		judgePermissions(p, want),
		judgeIsolation(p),
		judgeFraming(p, want),
		judgeMixed(p),
		judgeRecorders(p),
	), p, want)
}

// Good reports whether nothing is broken.
func Good(all []Finding) bool {
	return !slices.ContainsFunc(all, func(f Finding) bool { return f.Verdict == check.Failed })
}

// judgeTransport is about HTTPS: without it a browser gives no camera, to no frame.
func judgeTransport(p Page, bedside *url.URL) []Finding {
	var out []Finding
	secure := p.URL.Scheme == "https" || local(p.URL)
	switch {
	case !secure:
		out = append(out, fail("http", Camera, p.URL.String()+" is plain http: browsers give no camera and no microphone there, to Bedside's frame neither",
			"Set up HTTPS for the website, and send its visitors there."))
	case p.Plain != nil && p.Plain.Scheme == "http" && !local(p.URL):
		f := warn("http_open", "the page is served at http:// too: whoever comes that way gets no camera", "Send http:// on to https://.")
		f.Nginx, f.Apache = "return 301 https://$host$request_uri;", "Redirect permanent / https://"+p.URL.Host+"/"
		out = append(out, f)
	case local(p.URL):
		out = append(out, ok("local", "the page is on this machine, where browsers ask for no HTTPS"))
	case p.URL.Scheme == "https":
		out = append(out, ok("https", "the page is served by HTTPS"))
	}
	for i, hop := range p.Hops {
		if hop.Scheme == "https" && i+1 < len(p.Hops) && p.Hops[i+1].Scheme == "http" {
			out = append(out, warn("http_hop", hop.String()+" sends visitors by way of http", "Let it send on to https:// at once."))
		}
	}
	if p.URL.Scheme == "https" && bedside.Scheme != "https" && !local(bedside) {
		out = append(out, fail("bedside_http", Widget, "Bedside's own address is http: on a page of https browsers load neither its script nor its frame",
			"Set up HTTPS for Bedside, and write https:// into public_url and into the snippet."))
	}
	if p.Cut {
		out = append(out, warn("cut", "the page is longer than 4 MiB; what stands behind that was not looked at", "Put the snippet further up."))
	}
	return out
}

// judgeIsolation is about pages that isolate themselves: foreign frames must then
// say that they may be embedded, and Bedside's, which holds patients' words, does
// not.
func judgeIsolation(p Page) []Finding {
	value := p.Header.Get("Cross-Origin-Embedder-Policy")
	token, _, _ := strings.Cut(word(value), ";")
	if token = strings.TrimSpace(token); token != "require-corp" && token != "credentialless" {
		return nil
	}
	f := fail("coep", Widget, "the page isolates itself (Cross-Origin-Embedder-Policy: "+token+"): browsers show no frame of another site in it",
		"Leave the header out on pages that show the widget; credentialless does not help, for it holds for frames too.")
	f.Nginx, f.Apache = `add_header Cross-Origin-Embedder-Policy "unsafe-none" always;`, `Header always set Cross-Origin-Embedder-Policy "unsafe-none"`
	return []Finding{f}
}

// judgeFraming asks Bedside itself whether the panel may stand on this page.
func judgeFraming(p Page, want Want) []Finding {
	origin := originOf(p.URL)
	name := siteOf(p, want)
	site, known := want.site(name)
	switch {
	case want.Sites != nil && known && !slices.Contains(site.Origins, origin):
		return []Finding{fail("origin", Widget, "the configuration's site "+site.Name+" does not name "+origin+twin(origin, site.Origins),
			"Add "+origin+" to the origins of the site "+site.Name+" in the configuration, and reload it; www and the bare name are two.")}
	case p.Panel == nil && p.Script == 0:
		return []Finding{fail("bedside_away", Widget, "Bedside does not answer at "+want.Origin+": "+p.PanelError, "Start Bedside, and look at its address with bedside check.")}
	case p.Panel == nil && strings.HasPrefix(p.PanelError, "404"):
		return []Finding{fail("panel_unknown", Widget, "Bedside knows no site "+name, "Write data-site as the configuration names the site.")}
	case p.Panel == nil:
		return []Finding{fail("bedside_away", Widget, "Bedside's panel does not open at "+want.Origin+": "+p.PanelError, "Look at Bedside with bedside check.")}
	}
	panel := parsePolicy(p.Panel.Get("Content-Security-Policy"), false)
	if len(panel) > 0 {
		at := *p.URL
		if d := panel[0].find("frame-ancestors"); d != nil && !d.lets(&at, &url.URL{Scheme: "https", Host: "bedside.invalid"}) {
			return []Finding{fail("ancestors", Widget, "Bedside's panel may not be shown on "+origin+" ("+d.String()+")",
				"Add "+origin+" to the origins of the site in Bedside's configuration, and reload it.")}
		}
	}
	return []Finding{ok("origin", "Bedside's panel may be shown on "+origin)}
}

func siteOf(p Page, want Want) string {
	bedside, err := url.Parse(want.Origin)
	if err != nil {
		return ""
	}
	if s := ours(scriptsOf(p.Body), p.URL, bedside); len(s) > 0 {
		return s[0].site()
	}
	return ""
}

// twin points at the other spelling of a name, which is the usual reason.
func twin(origin string, origins []string) string {
	scheme, host, _ := strings.Cut(origin, "://")
	other := scheme + "://www." + host
	if bare, found := strings.CutPrefix(host, "www."); found {
		other = scheme + "://" + bare
	}
	if slices.Contains(origins, other) {
		return " (it names " + other + ")"
	}
	return ""
}
