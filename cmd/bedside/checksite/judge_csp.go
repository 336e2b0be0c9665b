package checksite

import (
	"fmt"
	"net/url"
	"strings"
)

// judgePolicies says what the page's content security policies refuse. Every one
// of them must allow a thing.
func judgePolicies(p Page, want Want, bedside *url.URL) []Finding {
	script := *bedside
	script.Path = "/widget.js"
	panel := *bedside
	panel.Path = "/widget/"
	all := policies(p)
	var out []Finding
	for _, one := range all {
		out = append(out, one.judge(p, want, &script, &panel)...)
	}
	for _, one := range reported(p) {
		if len(one.judge(p, want, &script, &panel)) > 0 {
			out = append(out, warn("csp_report_only", "a policy that is only reported (Content-Security-Policy-Report-Only) would stop the widget once it is enforced",
				"Add "+want.Origin+" to its script-src and frame-src before you enforce it."))
		}
	}
	switch {
	case len(out) > 0:
	case len(all) == 0:
		out = append(out, ok("csp", "the page has no content security policy"))
	default:
		out = append(out, ok("csp", "the page's content security policy allows Bedside"))
	}
	return out
}

func (p policy) judge(page Page, want Want, script, panel *url.URL) []Finding {
	var out []Finding
	if d := p.find("sandbox"); d != nil && !p.meta && (!d.has("allow-scripts") || !d.has("allow-same-origin")) {
		out = append(out, fail("csp_sandbox", Widget, "the page is in a sandbox (Content-Security-Policy: "+d.String()+"): no script may run as the page's own",
			"Take the directive sandbox out of the page's policy."))
	}
	if d := p.find(scriptDirectives...); d != nil {
		out = append(out, p.judgeScript(*d, page, want, script)...)
	}
	if d := p.find(frameDirectives...); d != nil && !d.lets(panel, page.URL) {
		f := fail("csp_frame", Widget, fmt.Sprintf("the page's policy forbids the chat's frame: %s", d), "Let the policy name Bedside in frame-src.")
		out = append(out, p.mend(f, p.with(frameDirectives, want.Origin)))
	}
	if d := p.find("require-trusted-types-for"); d != nil && len(ours(scriptsOf(page.Body), page.URL, panel)) == 0 {
		out = append(out, warn("trusted_types", "the page requires Trusted Types: a tag manager needs a policy of its own to add the widget's script",
			"Put the snippet into the page itself."))
	}
	return out
}

// judgeScript holds the widget's script against the directive that decides. With
// 'strict-dynamic' addresses count for nothing: a nonce, or a script that has one,
// lets it in.
func (p policy) judgeScript(d directive, page Page, want Want, script *url.URL) []Finding {
	nonced := false
	for _, s := range ours(scriptsOf(page.Body), page.URL, script) {
		nonced = nonced || s.attrs["nonce"] != "" && d.has("'nonce-"+s.attrs["nonce"]+"'")
	}
	if nonced || !d.has("'strict-dynamic'") && d.lets(script, page.URL) {
		return nil
	}
	f := fail("csp_script", Widget, fmt.Sprintf("the page's policy forbids the widget's script: %s", d), "Let the policy name Bedside in script-src.")
	if d.has("'strict-dynamic'") {
		f.Code = "csp_strict_dynamic"
		f.Cure = "Give the snippet the nonce that the page's other scripts have, anew with each answer; naming Bedside does nothing beside 'strict-dynamic'."
		f.HTML = `<script nonce="…" src="` + want.Origin + `/widget.js" async></script>`
		return []Finding{f}
	}
	return []Finding{p.mend(f, p.with(scriptDirectives, want.Origin))}
}

// mend gives a finding the whole policy as it should be.
func (p policy) mend(f Finding, should policy) Finding {
	if p.meta {
		f.HTML = `<meta http-equiv="Content-Security-Policy" content="` + strings.ReplaceAll(should.String(), `"`, "&quot;") + `">`
		return f
	}
	f.Nginx, f.Apache = header("Content-Security-Policy", should.String())
	return f
}

// merged puts the cures of one policy together: a script and a frame that are both
// refused are mended by one line.
func merged(all []Finding, p Page, want Want) []Finding {
	for _, one := range policies(p) {
		both := one
		var mine []int
		for i, f := range all {
			names := map[string][]string{"csp_script": scriptDirectives, "csp_frame": frameDirectives}[f.Code]
			d := one.find(names...) // none: another policy of the page has refused it
			if d != nil && (f.HTML != "") == one.meta && strings.Contains(f.Says, d.String()) {
				both = both.with(names, want.Origin)
				mine = append(mine, i)
			}
		}
		for _, i := range mine {
			all[i] = one.mend(all[i], both)
		}
	}
	return all
}
