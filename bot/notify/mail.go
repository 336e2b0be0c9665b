package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/wneessen/go-mail"
)

// Security is how the way to a mail server is kept from being read.
type Security string

// The ways.
const (
	StartTLS Security = "starttls" // begins plain and goes on only under TLS (RFC 3207)
	TLS      Security = "tls"      // from the first byte (RFC 8314)
	Plain    Security = "none"     // a server on this machine, or in a net that is trusted
)

// MailConfig is a server that takes the clinic's mail.
type MailConfig struct {
	Host     string
	Port     int
	Security Security // "" is StartTLS
	User     string   // "" signs in nowhere
	Password string
	From     string      // an address, also with a name: Clinic <visits@clinic.example>
	TLS      *tls.Config // nil: the system's authorities
	Domain   string      // of Message-IDs; "" is that of From
}

// Mail sends mail. It is safe for concurrent use: each message has a connection of
// its own.
type Mail struct {
	c       MailConfig
	options []mail.Option
}

// NewMail checks the configuration. Nothing is asked of the server yet.
func NewMail(c MailConfig) (*Mail, error) {
	if err := mail.NewMsg().From(c.From); err != nil {
		return nil, errors.New("notify: from is no mail address")
	}
	if c.Domain == "" {
		c.Domain = strings.Trim(c.From[strings.LastIndex(c.From, "@")+1:], "> ")
	}
	m := &Mail{c: c, options: []mail.Option{
		mail.WithPort(c.Port), mail.WithTimeout(SendTime), mail.WithHELO(c.Domain), mail.WithoutNoop(), mail.WithoutRset(),
	}}
	switch c.Security {
	case "", StartTLS:
		m.options = append(m.options, mail.WithTLSPolicy(mail.TLSMandatory))
	case TLS:
		m.options = append(m.options, mail.WithSSL())
	case Plain:
		m.options = append(m.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("notify: no way to a mail server is called %q", c.Security)
	}
	if c.TLS != nil {
		own := c.TLS.Clone()
		own.ServerName = c.Host
		m.options = append(m.options, mail.WithTLSConfig(own))
	}
	if c.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if c.Security == Plain {
			auth = mail.SMTPAuthPlainNoEnc
		}
		m.options = append(m.options, mail.WithSMTPAuth(auth), mail.WithUsername(c.User), mail.WithPassword(c.Password))
	}
	if _, err := mail.NewClient(c.Host, m.options...); err != nil {
		return nil, errors.New("notify: the mail server's host or port cannot be used")
	}
	return m, nil
}

// Send hands one mail to the server. Its Message-ID is the message's own, so that
// whoever gets it twice can know it.
func (s *Mail) Send(ctx context.Context, m Message) error {
	letter, err := s.letter(m)
	if err != nil {
		return err
	}
	client, err := mail.NewClient(s.c.Host, s.options...)
	if err != nil {
		return fail(Refused, false, "the mail server's address cannot be used")
	}
	if err := client.DialWithContext(ctx); err != nil {
		return s.trouble(err)
	}
	defer client.Close()
	return s.trouble(client.Send(letter))
}

// letter is the mail: plain text, and the calendar's file beside it.
func (s *Mail) letter(m Message) (*mail.Msg, error) {
	letter := mail.NewMsg()
	if err := letter.From(s.c.From); err != nil {
		return nil, fail(Refused, false, "the clinic's own address cannot be used")
	}
	if err := letter.To(m.To); err != nil {
		return nil, fail(Address, false, "the address is none")
	}
	letter.Subject(strings.NewReplacer("\r", " ", "\n", " ").Replace(m.Title))
	letter.SetMessageIDWithValue(m.ID + "@" + s.c.Domain)
	letter.SetDate()
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no machine answers it
	letter.SetBodyString(mail.TypeTextPlain, m.Text+"\r\n")
	if len(m.Calendar) > 0 {
		kind := "text/calendar; charset=utf-8; method=" + m.Method
		err := letter.AttachReader("visit.ics", bytes.NewReader(m.Calendar), mail.WithFileContentType(mail.ContentType(kind)))
		if err != nil {
			return nil, fail(Refused, false, "the calendar's file could not be added")
		}
	}
	return letter, nil
}

// trouble sorts what the server, or the way to it, says. Mail may go twice, so what
// nobody knows is tried again.
func (s *Mail) trouble(err error) error {
	if err == nil {
		return nil
	}
	var (
		sent *mail.SendError
		op   net.Error
	)
	switch {
	case errors.As(err, &sent):
		code := sent.ErrorCode()
		switch {
		case sent.Reason == mail.ErrSMTPRcptTo && !sent.IsTemp() && code >= 500:
			return fail(Address, false, "the mail server answered %d: it does not take this address", code)
		case code >= 500 && !sent.IsTemp():
			return fail(Refused, false, "the mail server answered %d", code)
		case code > 0:
			return fail(Refused, true, "the mail server answered %d", code)
		}
		return fail(Unreachable, true, "the mail server did not end what it began")
	case errors.As(err, &op), errors.Is(err, io.EOF), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fail(Unreachable, true, "the mail server cannot be reached: %s", why(err))
	}
	return fail(Refused, true, "the mail server did not let Bedside in: name and password, or TLS")
}

// Check signs in to the server and leaves again; nothing is sent.
func (s *Mail) Check(ctx context.Context) error {
	client, err := mail.NewClient(s.c.Host, s.options...)
	if err != nil {
		return fail(Refused, false, "the mail server's address cannot be used")
	}
	if err := client.DialWithContext(ctx); err != nil {
		return s.trouble(err)
	}
	_ = client.Close() // it let us in, which was the question
	return nil
}
