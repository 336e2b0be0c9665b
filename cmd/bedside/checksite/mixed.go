package checksite

import (
	"net/url"
	"strings"
)

// judgeMixed is about what a page of https takes by http: browsers refuse scripts,
// styles and frames, and show the page as less than secure for the rest.
func judgeMixed(p Page) []Finding {
	if p.URL.Scheme != "https" {
		return nil
	}
	for _, one := range policies(p) {
		if one.find("upgrade-insecure-requests", "block-all-mixed-content") != nil {
			return nil
		}
	}
	var refused []string
	for _, e := range elements(p.Body, "script", "iframe", "link") {
		address := e.attrs["src"]
		if e.tag == "link" {
			if !strings.Contains(word(e.attrs["rel"]), "stylesheet") {
				continue
			}
			address = e.attrs["href"]
		}
		at, err := url.Parse(address)
		if err == nil && at.Scheme == "http" && at.Host != "" && !local(at) {
			refused = append(refused, at.Scheme+"://"+at.Host+at.Path)
		}
	}
	if len(refused) == 0 {
		return nil
	}
	const most = 5
	named := strings.Join(refused[:min(len(refused), most)], ", ")
	f := warn("mixed", "the page takes scripts, styles or frames by http, which browsers refuse: "+named, "Write https:// there, or let browsers do it.")
	f.Nginx, f.Apache = header("Content-Security-Policy", "upgrade-insecure-requests")
	return []Finding{f}
}
