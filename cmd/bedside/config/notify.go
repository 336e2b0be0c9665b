package config

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"bedside/bot/notify"
	"bedside/flows"
)

// Notify is how people are reached who have left the page.
type Notify struct {
	// Text messages, over any gateway that is asked by HTTP.
	SMS SMS `yaml:"sms"`
	// Mail, over the clinic's own server.
	Email Email `yaml:"email"`
	// Whether patients on Bedside's own pages, and doctors in the console, may let their
	// browsers be woken. Messages go over the push services of the browsers' makers,
	// encrypted; they hold nothing of a person. Wants https and a way to the internet.
	Push bool `yaml:"push"`
	// Who is written to when a promise to a patient is about to break.
	Lead Lead `yaml:"lead"`
	// How many messages go in a day, so that no stranger spends the clinic's money.
	Limits Daily `yaml:"limits"`
	// Whether reminders of appointments also go to the phone that the flow has asked
	// for, where the patient has left no other number for messages.
	UsePhone bool `yaml:"use_phone"`
}

// Daily is how many text messages, and as many mails, go in a day of the clinic's. What
// is withheld is a task on the board: to be told by hand.
type Daily struct {
	// To one number or address, and for one conversation.
	Address int `yaml:"address" range:"1 1000000"`
	// To the patients of one site: more cannot be spent on them, whoever asks for them.
	// Set it above what your busiest day needs: one for each appointment made (these take
	// half of it at most), three reminders of it, one for each patient who waits.
	Site int `yaml:"site" range:"1 1000000"`
	// To one address of the lead, counted apart from those of patients.
	Lead int `yaml:"lead" range:"1 1000000"`
}

// SMS is a gateway for text messages.
type SMS struct {
	// The address that is asked. In it, in the headers and in the body {{.Phone}} stands
	// for the number as +79160000000, {{.Digits}} for the same without the plus, {{.Text}}
	// for what is written, {{.Key}} for the message's name, which is the same at every
	// attempt, and {{.Secret}} for the secret. Here they are escaped as those of a query.
	URL string `yaml:"url" text:"free"`
	// The HTTP method; left out, POST, or GET where there is no body.
	Method string `yaml:"method" oneof:"GET POST PUT"`
	// Headers, each as "Name: value".
	Headers []string `yaml:"headers" text:"free"`
	// The body. Values in it are escaped by its Content-Type: JSON where it begins with
	// a brace, else a form, unless a header says otherwise (JSON, XML, a form; nothing
	// is escaped in others).
	Body string `yaml:"body" text:"free"`
	// How the numbers begin to which messages go, like +7; left out, all. Numbers abroad
	// and those that cost more are how strangers spend a clinic's money.
	Numbers []string `yaml:"numbers" text:"free"`
	// What stands for {{.Secret}}: the gateway's key or password.
	Secret Secret `yaml:"secret" env:"BEDSIDE_NOTIFY_SMS_SECRET"`
	// The statuses with which the gateway says that it has taken a message; left out,
	// 200 to 299.
	Success []int `yaml:"success" range:"100 599"`
	// What the body of such an answer says, for a gateway that answers so whatever
	// becomes of a message. Left out, the status alone decides.
	Expect Expect `yaml:"expect"`
}

// Expect is what a gateway's answer says when it has taken a message. The fields of
// the request may stand in text and json too.
type Expect struct {
	// A text that stands in the body.
	Text string `yaml:"text" text:"free"`
	// Or, where the body is JSON, a pointer (RFC 6901) to what tells it, like /status or
	// /messages/0/code.
	JSON string `yaml:"json" text:"free"`
	// What stands there, any of these; left out, anything but null.
	Is []string `yaml:"is" text:"free"`
}

// On reports whether there is a gateway.
func (s SMS) On() bool { return s.URL != "" }

// Gateway is the section as the room takes it.
func (s SMS) Gateway() notify.GatewayConfig {
	c := notify.GatewayConfig{
		URL: s.URL, Method: s.Method, Body: s.Body, Secret: s.Secret.Reveal(), Success: s.Success, Numbers: s.Numbers,
		Expect: notify.Expect{Text: s.Expect.Text, JSON: s.Expect.JSON, Is: s.Expect.Is},
	}
	for _, line := range s.Headers {
		name, value, _ := strings.Cut(line, ":")
		c.Headers = append(c.Headers, notify.Header{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return c
}

// Email is the clinic's mail server.
type Email struct {
	// Its host, or host and port; left out, the port is 587, 465 with tls: tls, and 25
	// with tls: none.
	Server string `yaml:"server"`
	// From whom mail comes, like Your Clinic <visits@clinic.example>.
	From string `yaml:"from" text:"free"`
	// The name to sign in with; left out, Bedside does not sign in.
	User string `yaml:"user"`
	// Its password.
	Password Secret `yaml:"password" env:"BEDSIDE_NOTIFY_EMAIL_PASSWORD"`
	// How the way there is kept from being read: starttls, tls from the first byte, or
	// none for a server on the same machine.
	TLS string `yaml:"tls" oneof:"starttls tls none"`
	// A file of certificates that are trusted besides the system's authorities.
	CAFile string `yaml:"ca_file"`
}

// On reports whether there is a mail server.
func (e Email) On() bool { return e.Server != "" }

// At is the server's host and port.
func (e Email) At() (host string, port int, err error) {
	usual := map[string]int{"starttls": 587, "": 587, "tls": 465, "none": 25}[e.TLS]
	host, text, err := net.SplitHostPort(e.Server)
	if err != nil {
		if strings.ContainsAny(e.Server, ":/ ") {
			return "", 0, errors.New("is neither a host nor host and port")
		}
		return e.Server, usual, nil
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 1 || port > 65535 || host == "" {
		return "", 0, errors.New("is neither a host nor host and port")
	}
	return host, port, nil
}

// Sender is a sender to the server. It asks nothing yet.
func (e Email) Sender() (*notify.Mail, error) {
	host, port, err := e.At()
	if err != nil {
		return nil, fmt.Errorf("notify.email.server %w", err)
	}
	c := notify.MailConfig{
		Host: host, Port: port, Security: notify.Security(e.TLS), User: e.User, Password: e.Password.Reveal(), From: e.From,
	}
	if e.CAFile == "" {
		return notify.NewMail(c)
	}
	pem, err := os.ReadFile(e.CAFile)
	if err != nil {
		return nil, fmt.Errorf("notify.email.ca_file cannot be read: %s", Reason(err))
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // of a system without any
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("notify.email.ca_file holds no certificate")
	}
	c.TLS = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return notify.NewMail(c)
}

// Lead is where whoever watches over the promises is reached. There they read what is
// about to break, in which department and since when; never of whom.
type Lead struct {
	// Mail addresses. They want notify.email.
	Email []string `yaml:"email"`
	// Telephone numbers with the country's code. They want notify.sms.
	Phone []string `yaml:"phone"`
}

func (d *decoder) checkNotify(c *Config) {
	n := c.Notify
	d.checkSMS(n.SMS)
	d.checkEmail(n.Email)
	if n.Push && c.PublicURL.Scheme == "http" && !loopback(c.PublicURL.Hostname()) {
		d.at("notify.push", "wants https", "browsers are woken for pages of https alone")
	}
	for i, address := range n.Lead.Email {
		if _, ok := flows.MailAddress(address); !ok {
			d.at(item("notify.lead.email", i), "is no mail address", "write one like lead@clinic.example")
		}
	}
	if len(n.Lead.Email) > 0 && !n.Email.On() {
		d.at("notify.lead.email", "has no mail server", "write notify.email, or leave the addresses out")
	}
	for i, number := range n.Lead.Phone {
		if text, ok := flows.PhoneNumber(number, flows.Clinic{}); !ok || !strings.HasPrefix(text, "+") {
			d.at(item("notify.lead.phone", i), "is no telephone number with the country's code", "write one like +79160000000")
		}
	}
	if len(n.Lead.Phone) > 0 && !n.SMS.On() {
		d.at("notify.lead.phone", "has no gateway", "write notify.sms, or leave the numbers out")
	}
	if n.UsePhone && !n.SMS.On() {
		d.at("notify.use_phone", "has no gateway", "write notify.sms, or leave it out")
	}
}

// wellBegun is how an international number begins.
var wellBegun = regexp.MustCompile(`^\+[1-9][0-9]{0,14}$`)

func (d *decoder) checkSMS(s SMS) {
	const at = "notify.sms"
	if !s.On() {
		if s.Body != "" || len(s.Headers)+len(s.Success)+len(s.Numbers) > 0 || !s.Secret.IsZero() || s.Method != "" || s.Expect.Text != "" || s.Expect.JSON != "" {
			d.at(at+".url", "is missing", "write the gateway's address")
		}
		return
	}
	for i, line := range s.Headers {
		if !strings.Contains(line, ":") {
			d.at(item(at+".headers", i), "is no header", `write it as "Name: value"`)
		}
	}
	for i, begins := range s.Numbers {
		if !wellBegun.MatchString(begins) {
			d.at(item(at+".numbers", i), "is no beginning of an international number", `write + and the country's code, in quotes, like "+7"`)
		}
	}
	if s.Expect.Text != "" && s.Expect.JSON != "" {
		d.at(at+".expect.json", "stands beside text", "keep one of them")
		return
	}
	if d.spoiled(at+".url", at+".body", at+".headers", at+".method", at+".expect") {
		return
	}
	if _, err := notify.NewGateway(s.Gateway()); err != nil {
		d.at(at, "makes no request: "+strings.TrimPrefix(err.Error(), "notify: "), "compare it with the gateway's manual; config.example.yaml shows one")
	}
	if u, err := url.Parse(s.URL); err == nil && u.Scheme == "http" && !loopback(u.Hostname()) {
		d.warnings = append(d.warnings, d.problem(d.places[at+".url"], at+".url is http: numbers, texts and the secret cross the net readable",
			"write https where the gateway speaks it, and keep one that does not inside the clinic's net"))
	}
}

func (d *decoder) checkEmail(e Email) {
	const at = "notify.email"
	if !e.On() {
		if e.From != "" || e.User != "" || !e.Password.IsZero() || e.TLS != "" || e.CAFile != "" {
			d.at(at+".server", "is missing", "write the mail server's host")
		}
		return
	}
	host, _, err := e.At()
	if err != nil {
		d.at(at+".server", err.Error(), "write it like mail.clinic.example or mail.clinic.example:587")
	}
	if _, err := notify.NewMail(notify.MailConfig{Host: "localhost", Port: 25, From: e.From}); err != nil {
		d.at(at+".from", "is missing or no mail address", "write one like Your Clinic <visits@clinic.example>")
	}
	if (e.User == "") != e.Password.IsZero() && !d.spoiled(at+".password") {
		d.at(at+".password", "and user go together", "write both, or neither")
	}
	if e.TLS == "none" && e.User != "" && !loopback(host) {
		d.at(at+".tls", "is none, and a password would cross the net readable", "write starttls or tls")
	}
}
