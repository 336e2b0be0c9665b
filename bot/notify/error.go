package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
)

// Kind is the closed set of what goes wrong with a message.
type Kind string

const (
	Refused       Kind = "refused"        // whoever should carry it does not take it
	Unreachable   Kind = "unreachable"    // nobody answered before it was handed over
	Address       Kind = "address"        // there is no such number or address
	Gone          Kind = "gone"           // the browser wants no more messages
	Unknown       Kind = "unknown"        // handed over, and nobody said what became of it
	NotConfigured Kind = "not_configured" // the clinic has no such channel
	Withheld      Kind = "withheld"       // as many went today as the clinic lets go
)

// Error is every failure of this package.
type Error struct {
	Kind  Kind
	What  string // what happened, for staff and operators
	Retry bool   // the same may succeed later by itself, and can not have gone now
}

func (e *Error) Error() string { return "notify: " + string(e.Kind) + ": " + e.What }

// KindOf is the kind of an error of this package, "" for all others.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func fail(k Kind, retry bool, format string, args ...any) *Error {
	return &Error{Kind: k, Retry: retry, What: fmt.Sprintf(format, args...)}
}

// why says what kind of trouble an error of the net is, and nothing of addresses:
// those of a gateway may hold secrets.
func why(err error) string {
	var (
		name  *net.DNSError
		timed net.Error
		at    *url.Error
	)
	if errors.As(err, &at) {
		err = at.Err
	}
	switch {
	case errors.Is(err, errInside):
		return errInside.Error()
	case errors.As(err, &name):
		return "its name is not known"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timed) && timed.Timeout():
		return "it did not answer in time"
	case errors.Is(err, context.Canceled):
		return "Bedside is stopping"
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return "nothing listens there"
	}
	return "the connection broke or was not trusted"
}
