package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/publish"
	"bedside/flows"
)

// library is the compiled flow of each site; it is engine.Library.
type library struct {
	first  string
	bySite map[string]*flows.Program
}

// flowOf names the flow of a site: "" is the one of all sites, else its own.
func flowOf(s config.Site) string {
	if s.Flows != "" {
		return s.Name
	}
	return ""
}

// flowPaths are where the flows of a configuration stand, by their names.
func flowPaths(c config.Config) map[string]string {
	out := map[string]string{}
	for _, s := range c.Sites {
		out[flowOf(s)] = cmp.Or(s.Flows, c.Flows.Path)
	}
	return out
}

// newLibrary gives each site its program, by the names of flowPaths.
func newLibrary(c config.Config, programs map[string]*flows.Program) (*library, error) {
	lib := &library{first: c.Sites[0].Name, bySite: map[string]*flows.Program{}}
	for _, site := range c.Sites {
		program := programs[flowOf(site)]
		if program == nil {
			return nil, fmt.Errorf("site %s: there is no flow that it could be served", site.Name)
		}
		if _, ok := program.Door(site.Door); !ok {
			return nil, fmt.Errorf("site %s: the flow %s has no door %q", site.Name, cmp.Or(site.Flows, c.Flows.Path), site.Door)
		}
		lib.bySite[site.Name] = program
	}
	return lib, nil
}

// loadLibrary compiles the flows of all sites as they stand in the files. The error
// lists every problem of every flow, one a line.
func loadLibrary(c config.Config) (*library, error) {
	paths := flowPaths(c)
	draft := publish.New(publish.Options{Read: readSources, Rehearse: rehearsed}).FromFiles(paths)
	if err := brokenFlow(paths, draft); err != nil {
		return nil, err
	}
	return newLibrary(c, draft.Programs)
}

// brokenFlow says what is wrong in a draft, nil where nothing is.
func brokenFlow(paths map[string]string, draft publish.Draft) error {
	if !draft.Broken() {
		return nil
	}
	if len(draft.Problems) == 0 {
		return fmt.Errorf("flow: %s", strings.Join(draft.Faults, "\n"))
	}
	where := slices.Compact(slices.Sorted(maps.Values(paths)))
	return fmt.Errorf("the flow %s has errors:\n%s", strings.Join(where, ", "), strings.Join(draft.Lines(), "\n"))
}

// Live is the flow that a site serves today, nil for a site that there is not.
func (l *library) Live(site string) *flows.Program {
	if site == "" {
		site = l.first
	}
	return l.bySite[site]
}

// stale is what time has worn out in the flows, one a line.
func (l *library) stale(now time.Time) (lines []string) {
	for _, p := range l.bySite {
		for _, problem := range flows.Stale(p, now) {
			lines = append(lines, problem.String())
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// same reports whether the sites of both are served the same.
func (l *library) same(other *library) bool {
	for site, p := range l.bySite {
		if q := other.bySite[site]; q != nil && p.Hash() != q.Hash() {
			return false
		}
	}
	return true
}

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
func checkNames(c config.Config, l *library) error {
	var all []error
	known, served := map[string]bool{}, map[string]bool{}
	departments := l.departments(c.Sites)
	for _, d := range departments {
		known[d.ID] = true
	}
	for _, p := range c.Staff {
		for _, d := range p.Departments {
			if !known[d] {
				all = append(all, fmt.Errorf("staff %s: no flow has a department %q; the flows have %s", p.Login, d, strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
			}
			served[d] = served[d] || p.Role == "doctor"
		}
		if p.Hours != "" && !l.namesHours(c.Sites, p.Hours) {
			all = append(all, fmt.Errorf("staff %s: no flow has `hours` named %q; write one of those, or leave hours out for the department's", p.Login, p.Hours))
		}
	}
	for _, d := range departments {
		if !served[d.ID] {
			all = append(all, fmt.Errorf("department %s: no doctor of the configuration serves it; patients would wait there for nobody", d.ID))
		}
	}
	if consent := c.TrueConf.Recording.Consent; consent != "" && !l.asksConsent(c.Sites, consent) {
		all = append(all, fmt.Errorf("trueconf.recording.consent: no flow has a consent %q; nobody could agree to it, and nothing would be recorded; name one of the flow's, or leave trueconf.recording out", consent))
	}
	return errors.Join(all...)
}
