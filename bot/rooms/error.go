package rooms

import (
	"context"
	"errors"

	"bedside/trueconf"
)

// Kind is the closed set of what goes wrong with a room.
type Kind string

const (
	Unreachable Kind = "unreachable"   // TrueConf does not answer, or not as TrueConf
	Setup       Kind = "setup"         // credentials, rights, owner: the administrator must act
	IDRefused   Kind = "id_refused"    // the server does not take our ids; we do not work with its ten digits
	Foreign     Kind = "foreign"       // a room of our id that is not ours
	Gone        Kind = "gone"          // there is no such room, or it will not run: another attempt is needed
	NoWeb       Kind = "no_web_client" // no guest link: web client or guests are not available there
	RoomFull    Kind = "room_full"
	NoGuestSeat Kind = "no_guest_seat"
	Ghost       Kind = "ghost" // only the caller's own dead tab is inside
)

// Error is every failure of this package. It names no room and holds no link.
type Error struct {
	Kind  Kind
	What  string // what was attempted
	Cure  string // for operators and staff
	Retry bool   // the same may succeed later by itself
	cause error
}

func (e *Error) Error() string {
	s := "rooms: " + e.What + ": " + string(e.Kind)
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap gives TrueConf's own error, which is masked already.
func (e *Error) Unwrap() error { return e.cause }

// KindOf is the kind of an error of this package, "" for all others.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// wrap sorts TrueConf's errors into our kinds.
func wrap(what string, err error) *Error {
	e := &Error{Kind: Unreachable, What: what, Retry: true, cause: err}
	var tc *trueconf.Error
	if errors.As(err, &tc) {
		e.Cure = tc.Cure
	}
	switch trueconf.KindOf(err) {
	case trueconf.Credentials, trueconf.Scope, trueconf.NoOwner, trueconf.TLS, trueconf.Invalid:
		e.Kind, e.Retry = Setup, false
	case trueconf.Refused:
		e.Kind, e.Retry = Setup, false
	case trueconf.NotFound:
		e.Kind, e.Retry = Gone, false
	}
	if errors.Is(err, context.Canceled) {
		e.Retry = true
	}
	return e
}
