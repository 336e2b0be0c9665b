package notifytest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bedside/bot/notify"
)

// MailServer takes mail by SMTP (RFC 5321), with STARTTLS and AUTH PLAIN.
type MailServer struct {
	Port     int
	User     string // "" wants nobody to sign in
	Password string
	TLS      *tls.Config // what clients trust it by

	listener net.Listener
	own      *tls.Config
	wg       sync.WaitGroup

	mu     sync.Mutex
	refuse func(command string) string // an answer in place of the usual one, or ""
	taken  []Letter
	open   map[net.Conn]bool
}

// Letter is one mail that the server has said yes to.
type Letter struct {
	From, To string
	Data     string
	Secure   bool // it came under TLS
	User     string
}

// NewMailServer begins to listen, until the test ends.
func NewMailServer(t testing.TB) *MailServer {
	t.Helper()
	certificate := httptest.NewUnstartedServer(nil)
	certificate.StartTLS()
	own := &tls.Config{Certificates: certificate.TLS.Certificates}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &MailServer{listener: l, own: own, Port: l.Addr().(*net.TCPAddr).Port, open: map[net.Conn]bool{}}
	s.TLS = trusting(certificate)
	certificate.Close()
	s.wg.Go(s.accept)
	t.Cleanup(s.Close)
	return s
}

// Close ends the server; a mail that it has not answered is not taken.
func (s *MailServer) Close() {
	_ = s.listener.Close()
	s.mu.Lock()
	for c := range s.open {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// Refuse answers commands with what f says, where it says something: a line such as
// "550 no such user". "-" breaks the connection off.
func (s *MailServer) Refuse(f func(command string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = f
}

// Taken are the mails so far.
func (s *MailServer) Taken() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter{}, s.taken...)
}

// Config is for a sender to this server. Its certificate is that of 127.0.0.1.
func (s *MailServer) Config() notify.MailConfig {
	return notify.MailConfig{
		Host: "127.0.0.1", Port: s.Port, User: s.User, Password: s.Password, From: "Rassvet Clinic <visits@clinic.example>", TLS: s.TLS,
	}
}

// Sender sends to it.
func (s *MailServer) Sender(t testing.TB) *notify.Mail {
	t.Helper()
	m, err := notify.NewMail(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (s *MailServer) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.open[c] = true
		s.mu.Unlock()
		s.wg.Go(func() {
			(&dialogue{s: s, conn: c}).run()
			s.mu.Lock()
			delete(s.open, c)
			s.mu.Unlock()
			_ = c.Close()
		})
	}
}

// dialogue is one connection.
type dialogue struct {
	s      *MailServer
	conn   net.Conn
	in     *bufio.Reader
	letter Letter
}

func (d *dialogue) say(line string) { fmt.Fprintf(d.conn, "%s\r\n", line) }

func (d *dialogue) run() {
	d.in = bufio.NewReader(d.conn)
	d.say("220 mail.clinic.example ESMTP")
	for {
		line, err := d.in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		d.s.mu.Lock()
		refuse := d.s.refuse
		d.s.mu.Unlock()
		if refuse != nil {
			if answer := refuse(line); answer == "-" {
				return
			} else if answer != "" {
				d.say(answer)
				continue
			}
		}
		if !d.obey(line) {
			return
		}
	}
}

// obey does one command; false ends the connection.
func (d *dialogue) obey(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	switch strings.ToUpper(verb) {
	case "EHLO", "HELO":
		d.say("250-mail.clinic.example")
		if !d.letter.Secure {
			d.say("250-STARTTLS")
		}
		d.say("250 AUTH PLAIN")
	case "STARTTLS":
		d.say("220 go ahead")
		secure := tls.Server(d.conn, d.s.own)
		if secure.Handshake() != nil {
			return false
		}
		d.conn, d.in, d.letter.Secure = secure, bufio.NewReader(secure), true
	case "AUTH":
		return d.signIn(rest)
	case "MAIL":
		if d.s.User != "" && d.letter.User == "" {
			d.say("530 sign in first")
			return true
		}
		d.letter.From = between(rest)
		d.say("250 ok")
	case "RCPT":
		d.letter.To = between(rest)
		d.say("250 ok")
	case "DATA":
		return d.data()
	case "QUIT":
		d.say("221 bye")
		return false
	default:
		d.say("250 ok")
	}
	return true
}

func (d *dialogue) signIn(rest string) bool {
	_, secret, _ := strings.Cut(rest, " ")
	if secret == "" {
		d.say("334 ")
		line, err := d.in.ReadString('\n')
		if err != nil {
			return false
		}
		secret = strings.TrimSpace(line)
	}
	raw, _ := base64.StdEncoding.DecodeString(secret) // nonsense signs in nobody
	part := strings.Split(string(raw), "\x00")
	if len(part) != 3 || part[1] != d.s.User || part[2] != d.s.Password {
		d.say("535 wrong name or password")
		return true
	}
	d.letter.User = part[1]
	d.say("235 welcome")
	return true
}

func (d *dialogue) data() bool {
	d.say("354 go on")
	var b strings.Builder
	for {
		line, err := d.in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	d.s.mu.Lock()
	refuse := d.s.refuse
	d.s.mu.Unlock()
	if refuse != nil {
		if answer := refuse("."); answer == "-" {
			return false
		} else if answer != "" {
			d.say(answer)
			return true
		}
	}
	d.letter.Data = b.String()
	d.s.mu.Lock()
	d.s.taken = append(d.s.taken, d.letter)
	d.s.mu.Unlock()
	d.say("250 taken")
	return true
}

// between is what stands between the angle brackets.
func between(text string) string {
	_, text, _ = strings.Cut(text, "<")
	text, _, _ = strings.Cut(text, ">")
	return text
}
