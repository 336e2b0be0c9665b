package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bedside/cmd/bedside/config"
	"bedside/flows"
)

// departments are those of all flows, each once, in the order of the sites.
func (l *library) departments(sites []config.Site) []flows.Department {
	var out []flows.Department
	seen := map[string]bool{}
	for _, site := range sites {
		for _, d := range l.Live(site.Name).Departments() {
			if !seen[d.ID] {
				out = append(out, d)
			}
			seen[d.ID] = true
		}
	}
	return out
}

// namesHours reports whether one of the flows has hours of that name.
func (l *library) namesHours(sites []config.Site, name string) bool {
	return slices.ContainsFunc(sites, func(s config.Site) bool {
		_, ok := l.Live(s.Name).NamedHours(name)
		return ok
	})
}

// asksConsent reports whether one of the flows has a consent of that name.
func (l *library) asksConsent(sites []config.Site, name string) bool {
	return slices.ContainsFunc(sites, func(s config.Site) bool { return l.Live(s.Name).HasConsent(name) })
}

// checkNames refuses what the configuration calls by names of the flows and no flow
// has: departments and hours of doctors, the consent to recording. Departments that
// nobody serves are refused too: whoever waited there would wait alone. All of it is
// said at once.
func checkNames(r config.Reading, l *library) error {
	var wrong config.Problems
	known, served := map[string]bool{}, map[string]bool{}
	departments := l.departments(r.Sites)
	for _, d := range departments {
		known[d.ID] = true
	}
	for i, p := range r.Staff {
		at := fmt.Sprintf("staff[%d]", i)
		for j, d := range p.Departments {
			if !known[d] {
				wrong = append(wrong, r.Problem(fmt.Sprintf("%s.departments[%d]", at, j), fmt.Sprintf("staff %s: no flow has a department %q", p.Login, d),
					"the flows have "+strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
			}
			served[d] = served[d] || p.Role == "doctor"
		}
		if p.Hours != "" && !l.namesHours(r.Sites, p.Hours) {
			wrong = append(wrong, r.Problem(at+".hours", fmt.Sprintf("staff %s: no flow has `hours` named %q", p.Login, p.Hours), "write one of those, or leave hours out for the department's"))
		}
	}
	for _, d := range departments {
		if !served[d.ID] {
			wrong = append(wrong, r.Problem("staff", fmt.Sprintf("department %s: no doctor of the configuration serves it", d.ID), "patients would wait there for nobody; name it among a doctor's departments"))
		}
	}
	if consent := r.TrueConf.Recording.Consent; consent != "" && !l.asksConsent(r.Sites, consent) {
		wrong = append(wrong, r.Problem("trueconf.recording.consent", fmt.Sprintf("trueconf.recording.consent: no flow has a consent %q", consent),
			"nobody could agree to it, and nothing would be recorded; name one of the flow's, or leave trueconf.recording out"))
	}
	if len(wrong) > 0 {
		return wrong.InOrder()
	}
	return nil
}
