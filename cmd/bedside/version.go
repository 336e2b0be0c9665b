package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is the version of a released binary, set by the linker.
var release = "development"

type versionCommand struct{}

// Run prints one line: version, commit where it is known, and toolchain.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintf(s.out, "bedside %s%s (%s %s/%s)\n", release, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return " " + s.Value[:12]
		}
	}
	return ""
}
