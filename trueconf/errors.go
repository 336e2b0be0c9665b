package trueconf

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Kind is what went wrong, from a closed set.
type Kind string

const (
	// Invalid: nothing was sent; the arguments or the Config cannot work.
	Invalid Kind = "invalid"
	// Unreachable: no answer came, in time or at all. The request may have
	// been carried out. A caller's own deadline or cancellation is of this
	// kind too and is found with errors.Is.
	Unreachable Kind = "unreachable"
	// TLS: the server's certificate or its TLS was not acceptable.
	TLS Kind = "tls"
	// Credentials: the client id, its secret, the secret key or a fresh token
	// were refused.
	Credentials Kind = "credentials"
	// Scope: the application lacks a right that the call needs.
	Scope Kind = "scope"
	// NotFound: the API says that there is no such conference or user.
	NotFound Kind = "not_found"
	// Duplicate: the id is taken.
	Duplicate Kind = "duplicate"
	// NoOwner: the conference's owner is not a user of this server.
	NoOwner Kind = "no_owner"
	// Refused: the server understood and declined, for a bad field, a state
	// in which it will not, or a missing licence.
	Refused Kind = "refused"
	// Unexpected: an answer that the API reference does not describe: a
	// proxy's page, a server error, a redirect, a link that fails validation.
	Unexpected Kind = "unexpected"
)

// what is the kind in words.
func (k Kind) what() string {
	switch k {
	case Invalid:
		return "invalid argument"
	case Unreachable:
		return "server unreachable"
	case TLS:
		return "TLS failed"
	case Credentials:
		return "credentials refused"
	case Scope:
		return "right missing"
	case NotFound:
		return "not found"
	case Duplicate:
		return "already exists"
	case NoOwner:
		return "no such owner"
	case Refused:
		return "refused"
	}
	return "unexpected answer"
}

// cure is the kind's usual remedy.
func (k Kind) cure() string {
	switch k {
	case Unreachable:
		return "check that TrueConf Server runs and that its address and port are open from here"
	case TLS:
		return "check the server's certificate, and name the clinic's own authority in CAFile"
	case Credentials:
		return "compare client id and secret (or the secret key) with the control panel, and give the application at least one scope"
	case Scope:
		return "give the OAuth2 application the scope conferences (and users:read to look up users) in the control panel"
	case Duplicate:
		return "read the existing one and compare its owner and tags, or use another id"
	case NoOwner:
		return "name an active user of this server as the owner"
	case Refused:
		return "read the server's message; the parameter that it names must change"
	case Unexpected:
		return "check that the address is TrueConf Server itself, of version 4.3.9 or later"
	}
	return ""
}

// Error is every failure of this package. It holds no conference id, link,
// token, secret or guest's name: texts that came from outside are masked.
type Error struct {
	Kind Kind
	// Op is what was attempted, in words: "create conference".
	Op string
	// Server is the origin that was asked, empty if nothing was sent.
	Server string
	// Status is the HTTP status, 0 if there was no answer. An error inside a
	// 200 counts as the status that it names.
	Status int
	// Reason is the server's own code, such as "conferenceNotFound", or one of
	// ours: "idReplaced", "noWebClient", "badLink".
	Reason string
	// Message is the server's or our explanation.
	Message string
	// Location is the parameter that the server objects to.
	Location string
	// TraceID is the server's id of the failed request, for its support.
	TraceID string
	// Cure is what to do about it.
	Cure string

	cause error
	// answered is set when the API itself, not a proxy, gave this answer.
	answered bool
	// retoken is set when a fresh token may help.
	retoken bool
}

// Error is one line: what happened, where, the server's words and the cure.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "trueconf: %s", e.Op)
	if e.Server != "" {
		fmt.Fprintf(&b, " at %s", e.Server)
	}
	fmt.Fprintf(&b, ": %s", e.Kind.what())
	if detail := e.detail(); detail != "" {
		fmt.Fprintf(&b, " (%s)", detail)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.Cure != "" {
		fmt.Fprintf(&b, "; %s", e.Cure)
	}
	return b.String()
}

func (e *Error) detail() string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, fmt.Sprintf("HTTP %d", e.Status))
	}
	for _, p := range []string{e.Reason, e.Location} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if e.TraceID != "" {
		parts = append(parts, "trace "+e.TraceID)
	}
	return strings.Join(parts, ", ")
}

// Unwrap gives the cause, for errors.Is with context.DeadlineExceeded,
// context.Canceled and the like. Its text is masked.
func (e *Error) Unwrap() error { return e.cause }

// KindOf is the kind of an error of this package, or "" for nil and for errors
// of others.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Temporary reports whether the same request may succeed later without anybody
// changing anything: nothing answered, a server error, or too many requests.
// An ended context of the caller is not temporary.
func Temporary(err error) bool {
	var e *Error
	if !errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return false
	}
	return e.Kind == Unreachable || e.Status >= 500 || e.Status == 429
}

// maskedCause keeps what a cause is and hides what it says.
type maskedCause struct {
	text string
	err  error
}

func (m maskedCause) Error() string { return m.text }

func (m maskedCause) Is(target error) bool { return errors.Is(m.err, target) }
