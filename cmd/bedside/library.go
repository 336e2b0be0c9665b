package main

import (
	"fmt"
	"strings"

	"bedside/cmd/bedside/config"
	"bedside/flows"
)

// library is the compiled flow of each site; it is engine.Library.
type library struct {
	first  string
	bySite map[string]*flows.Program
}

// loadLibrary compiles the flows of all sites. The error lists every problem of
// every flow, one a line.
func loadLibrary(c config.Config) (*library, error) {
	byPath := map[string]*flows.Program{}
	lib := &library{first: c.Sites[0].Name, bySite: map[string]*flows.Program{}}
	for _, site := range c.Sites {
		path := site.Flows
		if path == "" {
			path = c.Flows
		}
		program, ok := byPath[path]
		if !ok {
			var err error
			if program, err = loadFlow(path); err != nil {
				return nil, err
			}
			byPath[path] = program
		}
		if _, ok := program.Door(site.Door); !ok {
			return nil, fmt.Errorf("site %s: the flow %s has no door %q", site.Name, path, site.Door)
		}
		lib.bySite[site.Name] = program
	}
	return lib, nil
}

func loadFlow(path string) (*flows.Program, error) {
	files, err := readFlow(path)
	if err != nil {
		return nil, fmt.Errorf("flow: %w", err)
	}
	program, problems := flows.Compile(files)
	if program != nil {
		return program, nil
	}
	lines := []string{"the flow " + path + " has errors:"}
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	return nil, fmt.Errorf("%s", strings.Join(lines, "\n"))
}

// Live is the flow that a site serves today, nil for a site that there is not.
func (l *library) Live(site string) *flows.Program {
	if site == "" {
		site = l.first
	}
	return l.bySite[site]
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

// checkDepartments refuses doctors of departments that no flow has, and
// departments that nobody serves: whoever waited there would wait alone.
func checkDepartments(c config.Config, l *library) error {
	known, served := map[string]bool{}, map[string]bool{}
	departments := l.departments(c.Sites)
	for _, d := range departments {
		known[d.ID] = true
	}
	for _, p := range c.Staff {
		for _, d := range p.Departments {
			if !known[d] {
				return fmt.Errorf("staff %s: no flow has a department %q", p.Login, d)
			}
			served[d] = served[d] || p.Role == "doctor"
		}
	}
	for _, d := range departments {
		if !served[d.ID] {
			return fmt.Errorf("department %s: no doctor of the configuration serves it; patients would wait there for nobody", d.ID)
		}
	}
	return nil
}
