package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/trueconf/standin"
)

type standInCommand struct {
	Listen       string   `default:"127.0.0.1:0" placeholder:"HOST:PORT" help:"Where to listen; port 0 takes a free one."`
	ClientID     string   `placeholder:"ID" help:"The OAuth2 application's id; made up and printed where none is given."`
	ClientSecret string   `placeholder:"SECRET" help:"Its secret."`
	GuestSeats   int      `default:"2" placeholder:"N" help:"How many guests may be in calls at once."`
	PublicURL    string   `name:"public-url" placeholder:"URL" help:"The address that its links name; usually the one it was asked by."`
	Fault        []string `sep:"none" placeholder:"NAME[=VALUE]" help:"Bad luck, or another answer to an open question; may be given many times."`
}

// Help is printed under the usage: all faults, with what they do.
func (standInCommand) Help() string {
	var b strings.Builder
	b.WriteString("It speaks the server API v3 and serves calls in the page, and says everywhere that it is\na stand-in. Its users are doctor1, doctor2 and the service account bedside; /doctor/doctor1\nplays the TrueConf app of the first, and rings.\n\n" +
		"Examples:\n  bedside stand-in\n  bedside stand-in --listen 127.0.0.1:8090 --client-id id --client-secret secret --fault latency=300ms\n\nFaults:\n")
	for _, f := range standin.Faults() {
		name := f.Name
		if f.Value != "" {
			name += "=" + f.Value
		}
		fmt.Fprintf(&b, "  %s: %s", name, f.Does)
		if f.Default != "" {
			fmt.Fprintf(&b, " (usually %s)", f.Default)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Run serves until ctx ends.
func (c standInCommand) Run(ctx context.Context, s streams) error {
	o, err := c.options()
	if err != nil {
		return wrongUse{err}
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return cannotListen{key: "--listen", address: c.Listen, err: err}
	}
	server := startStandIn(l, o)
	if c.ClientID == "" {
		fmt.Fprintf(s.out, "client: %s %s\n", o.ClientID, o.ClientSecret)
	}
	fmt.Fprintf(s.out, "stand-in: %s\n", addressOf(l))
	<-ctx.Done()
	return server.Close()
}

func (c standInCommand) options() (standin.Options, error) {
	if (c.ClientID == "") != (c.ClientSecret == "") {
		return standin.Options{}, errors.New("give both --client-id and --client-secret, or neither")
	}
	if c.ClientID == "" {
		c.ClientID, c.ClientSecret = strings.ToLower(rand.Text()), rand.Text()
	}
	if c.PublicURL != "" {
		if _, err := config.ParseURL(c.PublicURL); err != nil {
			return standin.Options{}, fmt.Errorf("--public-url %w", err)
		}
	}
	if c.GuestSeats < 0 {
		return standin.Options{}, errors.New("--guest-seats is a count")
	}
	o := standin.Options{ClientID: c.ClientID, ClientSecret: c.ClientSecret, PublicURL: c.PublicURL, GuestSeats: c.GuestSeats}
	if c.GuestSeats == 0 {
		o.Switches.GuestSeats = -1 // the switch for none at all
	}
	for _, text := range c.Fault {
		change, err := standin.ParseFault(text)
		if err != nil {
			return standin.Options{}, err
		}
		change(&o.Switches)
	}
	return o, nil
}

// standInServer is a stand-in that listens.
type standInServer struct {
	http *http.Server
	tc   *standin.Server
	done chan struct{}
}

func startStandIn(l net.Listener, o standin.Options) *standInServer {
	s := &standInServer{tc: standin.New(o), done: make(chan struct{})}
	s.http = &http.Server{Handler: s.tc, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(l) // ends with Close
	}()
	return s
}

// Close ends all calls and returns when all is quiet.
func (s *standInServer) Close() error {
	err := errors.Join(s.http.Close(), s.tc.Close())
	<-s.done
	return err
}

// addressOf is how a browser on this machine reaches a listener. Loopback is
// called localhost, which browsers take for secure and give a camera.
func addressOf(l net.Listener) string {
	a := l.Addr().(*net.TCPAddr) // all our listeners are tcp
	host := a.IP.String()
	if a.IP.IsLoopback() || a.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(a.Port))
}
