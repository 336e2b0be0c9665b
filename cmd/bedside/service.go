package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/service"
)

type serviceCommands struct {
	Install   serviceInstallCommand   `cmd:"" help:"Have the system run Bedside, or its new version."`
	Uninstall serviceUninstallCommand `cmd:"" help:"Take the service away; configuration and data stay."`
	Status    serviceStatusCommand    `cmd:"" help:"Say whether the service runs and the server answers."`
}

// planFlags are those of the commands that change the system.
type planFlags struct {
	DryRun bool   `help:"Say what would be done, and do nothing."`
	Root   string `placeholder:"DIR" help:"Write below this folder and start nothing: for images."`
}

// carryOut prints or works off a plan.
func (f planFlags) carryOut(ctx context.Context, s streams, plan service.Plan, err error) error {
	switch {
	case err != nil:
		return wrongPlace{sentence: "service: " + err.Error(), cause: err}
	case f.DryRun:
		plan.Print(s.out)
		return nil
	}
	if err := plan.Do(ctx, s.out); err != nil {
		return fmt.Errorf("service: %w", err)
	}
	return nil
}

// rights refuses whoever may not change the system, with the line that may.
func (f planFlags) rights() error {
	if f.DryRun || f.Root != "" || runtime.GOOS == "windows" || os.Geteuid() == 0 {
		return nil
	}
	args := append([]string{}, os.Args...)
	if program, err := os.Executable(); err == nil {
		args[0] = program
	}
	return wrongPlace{sentence: "service: this changes the system, which root alone may do:\n  sudo " + strings.Join(args, " ")}
}

type serviceInstallCommand struct {
	configFlag
	planFlags
}

// Help is printed under the usage.
func (serviceInstallCommand) Help() string {
	return `On Linux: copies this program to /usr/local/bin/bedside, makes the user bedside, lets
it read the configuration's folder and own the data folder, writes a systemd unit
that may touch nothing else, and starts it, now and with the machine. Done again
with a newer program, it is the upgrade.

On Windows it registers a service that runs this program from where it lies. That
was built and never tried.

Examples:
  sudo bedside service install -c /etc/bedside/config.yaml
  bedside service install -c /etc/bedside/config.yaml --dry-run`
}

// Run installs, or says what that would be.
func (c serviceInstallCommand) Run(ctx context.Context, s streams) error {
	if err := c.rights(); err != nil {
		return err
	}
	conf, err := c.load()
	if err != nil {
		return err
	}
	o, err := c.options(conf)
	if err != nil {
		return err
	}
	plan, err := service.Install(o)
	if err := c.carryOut(ctx, s, plan, err); err != nil {
		return err
	}
	if c.DryRun {
		unit, err := service.Unit(o)
		if unit != "" {
			fmt.Fprintf(s.out, "\n%s", unit)
		}
		return err
	}
	fmt.Fprintf(s.out, "\nBedside is installed. Look at it with\n  bedside service status -c %s\n", o.Config)
	return nil
}

func (c serviceInstallCommand) options(conf config.Config) (service.Options, error) {
	program, err := os.Executable()
	if err != nil {
		return service.Options{}, err
	}
	file, err := filepath.Abs(c.Config)
	if err != nil {
		return service.Options{}, err
	}
	folder, err := filepath.Abs(conf.Data)
	o := service.Options{Program: program, Config: file, Data: folder, Root: c.Root}
	o.Ready = func(ctx context.Context) error { return ready(ctx, conf) }
	return o, err
}

type serviceUninstallCommand struct{ planFlags }

// Help is printed under the usage.
func (serviceUninstallCommand) Help() string {
	return `Stops the service and removes what the system knows of it. The program, the
configuration, the data and the user stay; the end says how to remove them.

Example:
  sudo bedside service uninstall`
}

// Run uninstalls, or says what that would be.
func (c serviceUninstallCommand) Run(ctx context.Context, s streams) error {
	if err := c.rights(); err != nil {
		return err
	}
	plan, err := service.Uninstall(service.Options{Root: c.Root})
	if errors.Is(err, fs.ErrNotExist) {
		return wrongPlace{sentence: "service: none is installed here"}
	}
	if err := c.carryOut(ctx, s, plan, err); err != nil || c.DryRun {
		return err
	}
	fmt.Fprint(s.out, "\nThe service is gone. What people said and the configuration are still there;\ntake a backup before you remove their folders by hand.\n")
	if runtime.GOOS != "windows" {
		fmt.Fprint(s.out, "  rm /usr/local/bin/bedside && userdel bedside\n")
	}
	return nil
}

type serviceStatusCommand struct{ configFlag }

// Help is printed under the usage.
func (serviceStatusCommand) Help() string {
	return `The first line is what the system says of the service, the second what the server
says of itself over its socket in the data folder. The exit code is 0 when the
server answers, 1 when it does not; containers use it as their health check.

Example:
  sudo bedside service status -c /etc/bedside/config.yaml`
}

// Run asks both.
func (c serviceStatusCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "service: %s\n", service.State(ctx))
	if err := ready(ctx, conf); err != nil {
		fmt.Fprintf(s.out, "server:  %v\n", err)
		return reported{exitFailed}
	}
	fmt.Fprintln(s.out, "server:  ready")
	return nil
}

// ready asks the server of a data folder whether it is.
func ready(ctx context.Context, conf config.Config) error {
	body, err := askRunning(ctx, conf.Data, "GET", controlReady, nil)
	if err != nil {
		return err
	}
	return body.Close()
}
