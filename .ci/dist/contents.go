package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed README.txt
var readme string

// beside is what stands beside the program, by its place in the project. Links
// between them follow them to their new places.
var beside = [][2]string{
	{"docs/install.md", "INSTALL.md"},
	{"docs/embedding.md", "docs/embedding.md"},
	{"docs/console.md", "docs/console.md"},
	{"docs/configuration.md", "docs/configuration.md"},
	{"docs/check.md", "docs/check.md"},
	{"docs/nginx/bedside.conf", "nginx.conf"},
	{"config.example.yaml", "config.example.yaml"},
	{"CHANGELOG.md", "CHANGELOG.md"},
}

func (r release) contents(t target) ([]file, error) {
	program, err := r.build(t)
	if err != nil {
		return nil, err
	}
	name := "bedside"
	if t.os == "windows" {
		name += ".exe"
	}
	notices, err := notices(t)
	if err != nil {
		return nil, err
	}
	about := strings.NewReplacer("VERSION", r.version, "SYSTEM", t.String(), "PROGRAM", name).Replace(readme)
	out := []file{{name, 0o755, program}, {"README.txt", 0o644, []byte(about)}, {"THIRD-PARTY-NOTICES.txt", 0o644, notices}}
	for _, b := range beside {
		data, err := os.ReadFile(filepath.FromSlash(b[0]))
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(b[0], ".md") {
			if data, err = relink(data, b[0], b[1]); err != nil {
				return nil, err
			}
		}
		out = append(out, file{b[1], 0o644, data})
	}
	return out, nil
}

var (
	link    = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	picture = regexp.MustCompile(`(?m)^!\[[^\]]*\]\([^)]*\)\n`)
)

// relink has the links of a page point at where their ends stand in the archive.
// A link to what is not in it becomes its words alone; pictures are left out.
func relink(page []byte, from, to string) ([]byte, error) {
	var failed error
	out := link.ReplaceAllFunc(picture.ReplaceAll(page, nil), func(found []byte) []byte {
		parts := link.FindSubmatch(found)
		end := filepath.ToSlash(filepath.Join(filepath.Dir(from), string(parts[1])))
		if _, err := os.Stat(end); err != nil {
			failed = fmt.Errorf("%s links to %s, which is not there", from, parts[1])
		}
		for _, b := range beside {
			if b[0] == end {
				path, _ := filepath.Rel(filepath.Dir(to), b[1]) // both are relative
				return fmt.Appendf(nil, "](%s%s)", filepath.ToSlash(path), parts[2])
			}
		}
		return []byte("](#)")
	})
	return bytes.ReplaceAll(out, []byte("](#)"), []byte("]")), failed
}

// build gives the program. The environment of whoever builds has no say in it.
func (r release) build(t target) ([]byte, error) {
	folder, err := os.MkdirTemp("", "bedside-dist-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "bedside")
	cmd := goTool(t, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.release="+r.version, "-o", path, "./cmd/bedside")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return os.ReadFile(path)
}

func goTool(t target, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=")
	return cmd
}
