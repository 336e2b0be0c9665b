package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([._-].*)?$`)

// notices are the licences of everything that is in the program: Go's own
// library, and each module that it is linked with.
func notices(t target) ([]byte, error) {
	const format = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"
	list, err := goTool(t, "list", "-deps", "-f", format, "./cmd/bedside").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	root, err := goTool(t, "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	modules := strings.Split(strings.TrimSpace(string(list)), "\n")
	slices.Sort(modules)
	modules = append([]string{"the Go standard library\t" + strings.TrimSpace(string(root))}, slices.Compact(modules)...)
	var out bytes.Buffer
	out.WriteString("Bedside is linked with the following. Each part stands under its own licence.\n")
	for _, m := range modules {
		name, folder, _ := strings.Cut(m, "\t")
		if err := notice(&out, name, folder); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

func notice(out *bytes.Buffer, name, folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	found := false
	for _, e := range entries {
		if e.IsDir() || !licence.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(out, "\n%s\n%s: %s\n\n%s\n", strings.Repeat("=", 72), name, e.Name(), bytes.TrimSpace(text))
	}
	if !found {
		return fmt.Errorf("%s has no licence in %s", name, folder)
	}
	return nil
}
