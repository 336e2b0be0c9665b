// Command dist makes what is handed out: an archive for each system with the
// program and what belongs beside it, and SHA256SUMS over them. Two runs of one
// toolchain on one commit give the same bytes: nothing of the machine, the folder
// or the hour is in them.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// release is one run.
type release struct {
	version string
	made    time.Time // of the commit; all files carry it
	out     string
}

// target is a system and a processor, as Go names them.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

func main() {
	version := flag.String("version", "development", "what bedside version prints")
	epoch := flag.Int64("epoch", 0, "the time that all files carry, in seconds since 1970")
	out := flag.String("out", "dist", "the folder to write to")
	targets := flag.String("targets", "linux/amd64 linux/arm64 windows/amd64", "systems, as GOOS/GOARCH")
	flag.Parse()
	r := release{version: *version, made: time.Unix(max(*epoch, 315532800), 0).UTC(), out: *out} // zip begins in 1980
	if err := r.run(strings.Fields(*targets)); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func (r release) run(targets []string) error {
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	var sums []string
	for _, text := range targets {
		system, arch, ok := strings.Cut(text, "/")
		if !ok {
			return fmt.Errorf("%s: write GOOS/GOARCH", text)
		}
		name, data, err := r.archive(target{system, arch})
		if err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
		if err := os.WriteFile(filepath.Join(r.out, name), data, 0o644); err != nil {
			return err
		}
		fmt.Println(filepath.Join(r.out, name))
		sums = append(sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name))
	}
	slices.SortFunc(sums, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(strings.Join(sums, "")), 0o644)
}

// archive is a whole archive and its name.
func (r release) archive(t target) (name string, data []byte, err error) {
	folder := fmt.Sprintf("bedside-%s-%s-%s", r.version, t.os, t.arch)
	files, err := r.contents(t)
	if err != nil {
		return "", nil, err
	}
	if t.os == "windows" {
		data, err = zipped(folder, files, r.made)
		return folder + ".zip", data, err
	}
	data, err = tarred(folder, files, r.made)
	return folder + ".tar.gz", data, err
}
