//go:build !windows

package service

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Where things are kept on a system with systemd.
const (
	programPath = "/usr/local/bin/bedside"
	unitFile    = "/etc/systemd/system/bedside.service"
)

// Install is the plan that brings the service to this machine, or to its new
// version. The error says what stands in the way, before anything is done.
func Install(o Options) (Plan, error) {
	text, err := o.unit()
	if err != nil {
		return nil, err
	}
	if err := o.mayInstall(); err != nil {
		return nil, err
	}
	plan := Plan{
		{"copy this program to " + programPath, func(context.Context) error { return copyProgram(o.at(programPath), o.Program) }},
		{"make the user " + Name + ", unless there is one", o.makeUser},
		{"let the user read " + filepath.Dir(o.Config), func(context.Context) error { return o.letRead() }},
		{"give the user " + o.Data, func(context.Context) error { return o.giveData() }},
		{"write " + unitFile, func(context.Context) error { return replace(o.at(unitFile), text, 0o644) }},
	}
	if o.Root != "" {
		return slices.Delete(plan, 1, 2), nil
	}
	plan = append(plan, systemctl("daemon-reload"), systemctl("enable", Name), systemctl("restart", Name))
	if o.Ready != nil {
		plan = append(plan, Step{"wait until the server answers", o.wait})
	}
	return plan, nil
}

// Uninstall is the plan that takes the service away. Program, configuration,
// data and user stay.
func Uninstall(o Options) (Plan, error) {
	if err := o.ourUnit(); err != nil {
		return nil, err
	}
	remove := Step{"remove " + unitFile, func(context.Context) error { return os.Remove(o.at(unitFile)) }}
	if o.Root != "" {
		return Plan{remove}, nil
	}
	return Plan{systemctl("disable", "--now", Name), remove, systemctl("daemon-reload")}, nil
}

// at is where a path is written.
func (o Options) at(path string) string { return filepath.Join(o.Root, path) }

// mayInstall looks at what would fail half-way, or only when the service runs.
func (o Options) mayInstall() error {
	if o.Root == "" {
		if _, err := os.Stat("/run/systemd/system"); err != nil {
			return errors.New("this machine is not run by systemd; have whatever starts its services run: bedside serve -c " + o.Config)
		}
	}
	if err := o.ourUnit(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if folder := filepath.Dir(o.Config); slices.Contains(shared, folder) || o.isHome(folder) {
		return fmt.Errorf("%s lies in %s beside what is not Bedside's; put it into a folder of its own, like /etc/bedside", o.Config, folder)
	}
	if err := o.mayOwn(); err != nil {
		return err
	}
	if o.Root != "" {
		return nil
	}
	return errors.Join(reachable(o.Config), reachable(o.Data))
}

// shared are folders in which everybody's things lie.
var shared = []string{"/", "/etc", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/usr/local", "/usr/local/etc", "/var", "/var/lib"}

// isHome reports whether a folder is somebody's home.
func (o Options) isHome(folder string) bool {
	if filepath.Dir(folder) == "/home" {
		return true
	}
	info, err := os.Stat(o.at(folder))
	if err != nil {
		return false
	}
	is, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	owner, err := user.LookupId(strconv.FormatUint(uint64(is.Uid), 10))
	return err == nil && owner.Username != Name && filepath.Clean(owner.HomeDir) == folder
}

// mayOwn wants a data folder that can be given away whole: a new one, an empty one,
// or one in which Bedside has been at work.
func (o Options) mayOwn() error {
	if below(o.Config, o.Data) {
		return fmt.Errorf("the data folder %s holds the configuration, which the service must not be able to change; write another one into it, like data: /var/lib/bedside", o.Data)
	}
	entries, err := os.ReadDir(o.at(o.Data))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	strange := ""
	for _, e := range entries {
		switch e.Name() {
		case "journal.db", "key":
			return nil
		case "lost+found": // a disk of its own
		default:
			strange = e.Name()
		}
	}
	if strange != "" {
		return fmt.Errorf("the data folder %s holds %s, which is not Bedside's; name a folder of its own as data, like /var/lib/bedside", o.Data, strange)
	}
	return nil
}

// ourUnit wants a unit that Bedside has written; fs.ErrNotExist where there is none.
func (o Options) ourUnit() error {
	text, err := os.ReadFile(o.at(unitFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no service is installed: %w", err)
	}
	if err == nil && !strings.HasPrefix(string(text), ours) {
		return fmt.Errorf("%s was not written by bedside and is left alone; remove it by hand first", unitFile)
	}
	return err
}

// reachable wants every folder above a folder of Bedside's to let others pass.
func reachable(path string) error {
	for folder := filepath.Dir(filepath.Dir(path)); folder != "/"; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o001 == 0 {
			return fmt.Errorf("the service's user could not reach %s, for %s is closed to others; move it, for instance to /etc/bedside and /var/lib/bedside", path, folder)
		}
	}
	return nil
}

func systemctl(args ...string) Step {
	return Step{"systemctl " + strings.Join(args, " "), func(ctx context.Context) error { return command(ctx, "systemctl", args...) }}
}

func command(ctx context.Context, name string, args ...string) error {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// makeUser makes a user without a home and a shell.
func (o Options) makeUser(ctx context.Context) error {
	if _, err := user.Lookup(Name); err == nil {
		return nil
	}
	return command(ctx, "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", o.Data, "--shell", "/usr/sbin/nologin", Name)
}

// owner is the service's user; -1 leaves owners as they are.
func (o Options) owner() (uid, gid int, err error) {
	if o.Root != "" {
		return -1, -1, nil
	}
	u, err := user.Lookup(Name)
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}
