//go:build !windows

package service

import (
	"context"
	"os/exec"
	"strings"
)

// State is what the system says of the service: "active (running) since …", "not
// installed", or "" where no system keeps services here.
func State(ctx context.Context) string {
	if err := (Options{}).ourUnit(); err != nil {
		return "not installed"
	}
	out, err := exec.CommandContext(ctx, "systemctl", "show", "--property=ActiveState,SubState,StateChangeTimestamp,NRestarts", Name).Output()
	if err != nil {
		return "unknown: " + err.Error()
	}
	said := map[string]string{}
	for _, line := range strings.Split(string(out), "\n") {
		key, value, _ := strings.Cut(line, "=")
		said[key] = value
	}
	state := said["ActiveState"] + " (" + said["SubState"] + ")"
	if since := said["StateChangeTimestamp"]; since != "" {
		state += " since " + since
	}
	if n := said["NRestarts"]; n != "" && n != "0" {
		state += "; started again " + n + " times"
	}
	return state
}

// Run runs the server as a service of the system would; here it is a program
// like any other.
func Run(ctx context.Context, serve func(context.Context) error) error { return serve(ctx) }

// Managed reports whether the system's service manager has started the program
// in a way that needs Run.
func Managed() bool { return false }
