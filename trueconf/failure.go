package trueconf

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
)

// maxMessage bounds a foreign text in an error, in runes.
const maxMessage = 300

// place completes an error: where, with masked texts and a cure.
func (c *Client) place(e *Error, op string, secrets []string) *Error {
	secrets = append(append([]string{}, secrets...), c.secrets...)
	e.Op, e.Server = op, c.server.String()
	e.Message = maskText(e.Message, maxMessage, secrets...)
	e.Reason = maskCode(e.Reason, secrets...)
	e.Location = maskCode(e.Location, secrets...)
	e.TraceID = maskCode(e.TraceID, secrets...)
	if e.Cure == "" {
		e.Cure = e.Kind.cure()
	}
	return e
}

// invalid is the error of a request that was never sent.
func (c *Client) invalid(op, what string) *Error {
	return &Error{Kind: Invalid, Op: op, Message: what}
}

// unreadable is the error of a good status with a body that is not the
// described one.
func (c *Client) unreadable(r request, what string) *Error {
	return c.place(&Error{Kind: Unexpected, Status: 200, Message: what, answered: true}, r.op, r.secrets)
}

// noAnswer tells TLS from the rest of what can go wrong on the way. The
// address is taken out of the error, for it holds the conference's id.
func (c *Client) noAnswer(ctx context.Context, op string, err error, secrets []string) *Error {
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	e := &Error{Kind: Unreachable, Message: err.Error()}
	if tlsFault, cure := tlsFailure(err); tlsFault {
		e.Kind, e.Cure = TLS, cure
	}
	cause := err
	if ctx.Err() != nil {
		cause = ctx.Err()
		e.Message, e.Cure = "given up by the caller: "+cause.Error(), "allow it more time"
	} else if errors.Is(err, context.DeadlineExceeded) {
		e.Message = "no answer in time"
	}
	e = c.place(e, op, secrets)
	e.cause = maskedCause{text: e.Message, err: cause}
	return e
}

func tlsFailure(err error) (bool, string) {
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
	)
	switch {
	case errors.As(err, &unknown):
		return true, "name the file of the clinic's certificate authority in CAFile"
	case errors.As(err, &hostname):
		return true, "use the host name for which the certificate was made"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return true, "renew the server's certificate, and check this machine's clock"
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return true, "the port does not speak HTTPS: check the port and set up HTTPS on the server"
	case errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &alert):
		return true, ""
	}
	return false, ""
}
