//go:build windows

package service

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"
)

// State is what the system says of the service.
func State(context.Context) string {
	var state svc.State
	err := withService(func(s *mgr.Service) error {
		status, err := s.Query()
		state = status.State
		return err
	})
	switch {
	case errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST):
		return "not installed"
	case err != nil:
		return "unknown: " + err.Error()
	case state == svc.Running:
		return "active (running)"
	}
	return "not running"
}

// Managed reports whether the system's service manager has started the program,
// which then has to answer it by Run.
func Managed() bool {
	is, err := svc.IsWindowsService()
	return err == nil && is
}

// Run runs the server and ends it when the service manager says so.
func Run(ctx context.Context, serve func(context.Context) error) error {
	h := &handler{ctx: ctx, serve: serve}
	if err := svc.Run(Name, h); err != nil {
		return err
	}
	return h.err
}

type handler struct {
	ctx   context.Context
	serve func(context.Context) error
	err   error
}

// Execute is what svc.Run calls.
func (h *handler) Execute(_ []string, asked <-chan svc.ChangeRequest, say chan<- svc.Status) (bool, uint32) {
	ctx, stop := context.WithCancel(h.ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- h.serve(ctx) }()
	running := svc.Status{State: svc.Running, Accepts: svc.AcceptStop | svc.AcceptShutdown}
	say <- running
	for {
		select {
		case h.err = <-done:
			say <- svc.Status{State: svc.Stopped}
			if h.err != nil {
				return true, 1 // the manager starts it again
			}
			return false, 0
		case c := <-asked:
			switch c.Cmd {
			case svc.Interrogate:
				say <- c.CurrentStatus
			case svc.Stop, svc.Shutdown:
				say <- svc.Status{State: svc.StopPending, WaitHint: uint32(20 * time.Second / time.Millisecond)}
				stop()
			}
		}
	}
}
