//go:build windows

package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"
)

// whereItSpeaks is where an administrator reads on.
const whereItSpeaks = "what it says is in bedside.log beside the configuration"

const display = "Bedside: a clinic's chat and its video visits"

// Install is the plan that brings the service to this machine, or to another
// configuration or version. The program stays where it is.
func Install(o Options) (Plan, error) {
	if o.Root != "" {
		return nil, errors.New("--root is for systems with systemd")
	}
	plan := Plan{
		{"register the service " + Name + " for " + o.Program, o.register},
		{"start it", func(ctx context.Context) error { return withService(start) }},
	}
	if o.Ready != nil {
		plan = append(plan, Step{"wait until the server answers", o.wait})
	}
	return plan, nil
}

// Uninstall is the plan that takes the service away; files stay.
func Uninstall(Options) (Plan, error) {
	return Plan{
		{"stop it", func(ctx context.Context) error {
			return withService(func(s *mgr.Service) error { return stop(ctx, s) })
		}},
		{"remove the service " + Name, func(context.Context) error { return withService((*mgr.Service).Delete) }},
	}, nil
}

// Unit is empty: Windows keeps services in its registry.
func Unit(Options) (string, error) { return "", nil }

// register makes the service, or has the one that is there run this program. It
// runs as the local service account, is started late, and again when it falls.
func (o Options) register(ctx context.Context) error {
	m, err := mgr.Connect()
	if err != nil {
		return rights(err)
	}
	defer m.Disconnect()
	like := mgr.Config{
		DisplayName: display, StartType: mgr.StartAutomatic, DelayedAutoStart: true,
		ServiceStartName: `NT AUTHORITY\LocalService`,
	}
	s, err := m.OpenService(Name)
	if err == nil {
		defer s.Close()
		if err := stop(ctx, s); err != nil {
			return err
		}
		like.BinaryPathName = windows.ComposeCommandLine([]string{o.Program, "serve", "-c", o.Config})
		like.ServiceType = windows.SERVICE_WIN32_OWN_PROCESS
		like.ErrorControl = mgr.ErrorNormal
		return s.UpdateConfig(like)
	}
	s, err = m.CreateService(Name, o.Program, like, "serve", "-c", o.Config)
	if err != nil {
		return rights(err)
	}
	defer s.Close()
	again := mgr.RecoveryAction{Type: mgr.ServiceRestart, Delay: 2 * time.Second}
	return errors.Join(
		s.SetRecoveryActions([]mgr.RecoveryAction{again, again, again}, 3600),
		s.SetRecoveryActionsOnNonCrashFailures(true),
	)
}

func start(s *mgr.Service) error { return rights(s.Start()) }

// stop asks it to stop and waits until it has.
func stop(ctx context.Context, s *mgr.Service) error {
	status, err := s.Query()
	if err != nil || status.State == svc.Stopped {
		return rights(err)
	}
	if _, err := s.Control(svc.Stop); err != nil {
		return rights(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for status.State != svc.Stopped {
		select {
		case <-ctx.Done():
			return errors.New("it does not stop")
		case <-tick.C:
		}
		if status, err = s.Query(); err != nil {
			return err
		}
	}
	return nil
}

func withService(do func(*mgr.Service) error) error {
	m, err := mgr.Connect()
	if err != nil {
		return rights(err)
	}
	defer m.Disconnect()
	s, err := m.OpenService(Name)
	if err != nil {
		return rights(err)
	}
	defer s.Close()
	return do(s)
}

// rights names the cure of the usual refusal.
func rights(err error) error {
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return fmt.Errorf("%w: open the prompt with Run as administrator: %w", ErrRights, err)
	}
	return err
}
