package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
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
func newLibrary(r config.Reading, programs map[string]*flows.Program) (*library, error) {
	lib := &library{first: r.Sites[0].Name, bySite: map[string]*flows.Program{}}
	var wrong config.Problems
	for i, site := range r.Sites {
		at := fmt.Sprintf("sites[%d]", i)
		program := programs[flowOf(site)]
		if program == nil {
			wrong = append(wrong, r.Problem(at, fmt.Sprintf("site %s: there is no flow that it could be served", site.Name), "publish one that has it"))
			continue
		}
		if _, ok := program.Door(site.Door); !ok {
			wrong = append(wrong, r.Problem(at+".flow", fmt.Sprintf("site %s: the flow %s has no door %q", site.Name, cmp.Or(site.Flows, r.Flows.Path), site.Door),
				"write one of "+strings.Join(doorsOf(program), ", ")+", or leave it out for the first"))
		}
		lib.bySite[site.Name] = program
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return lib, nil
}

// doorsOf are the names of a flow's doors.
func doorsOf(p *flows.Program) []string {
	var out []string
	for _, d := range p.Doors() {
		out = append(out, d.Name)
	}
	return out
}

// loadLibrary compiles the flows of all sites as they stand in the files. The error
// lists every problem of every flow, one a line.
func loadLibrary(r config.Reading) (*library, error) {
	paths := flowPaths(r.Config)
	draft := publish.New(publish.Options{Read: readSources, Rehearse: rehearsed}).FromFiles(paths)
	if err := brokenFlow(r, paths, draft); err != nil {
		return nil, err
	}
	return newLibrary(r, draft.Programs)
}

// flowsNowhere are the paths of flows at which nothing lies.
func flowsNowhere(r config.Reading, paths map[string]string) (wrong config.Problems) {
	for i, site := range r.Sites {
		key, path := "flows.path", r.Flows.Path
		if site.Flows != "" {
			key, path = fmt.Sprintf("sites[%d].flows", i), site.Flows
		}
		_, err := os.Stat(path)
		if paths[flowOf(site)] != path || err == nil {
			continue
		}
		p := r.Problem(key, "flows: "+path+": "+config.Reason(err), "name the file of a flow, or the folder of its files")
		if !slices.Contains(wrong, p) {
			wrong = append(wrong, p)
		}
	}
	return wrong
}

// brokenFlow says what is wrong in a draft, nil where nothing is.
func brokenFlow(r config.Reading, paths map[string]string, draft publish.Draft) error {
	if !draft.Broken() {
		return nil
	}
	if nowhere := flowsNowhere(r, paths); len(nowhere) > 0 {
		return nowhere
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
