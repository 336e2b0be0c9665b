package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/flows"
	"bedside/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Options are what a Server works with. Engine, Store, Sites and PublicURL are
// required.
type Options struct {
	Engine *engine.Engine
	Store  store.Store // keeps the sessions of staff
	Sites  []Site      // the first is the one that is meant where none is named
	Staff  []StaffMember

	// PublicURL is Bedside's own address as browsers know it, without a path:
	// https://bedside.clinic.example. With http the cookies go without Secure.
	PublicURL string
	// ConsoleURL is the console's own address, where it has one: Handler then
	// knows no staff, and ConsoleHandler no patients.
	ConsoleURL string
	// TrueConf are the origins whose pages are calls: they alone are framed and
	// given camera and microphone.
	TrueConf []string

	// DataFolder is where the journal is written: while its disk is nearly full no
	// conversation is begun. "" is not watched.
	DataFolder string

	TrustedProxies []netip.Prefix // whose X-Forwarded-For counts
	MetricsFrom    []netip.Prefix // who may read /metrics; nil is this machine
	MetricsApart   bool           // AdminHandler alone serves /metrics; nil MetricsFrom is everybody there
	HSTS           time.Duration  // for how long browsers come by https alone, where PublicURL is https; 0 says nothing
	Limits         Limits

	// Departments are today's, for the console's transfer; nil is none.
	Departments func() []Department
	PresetHow   bot.How // the console's preset way into a call; "" is what suits the doctor

	// TrueConfCalendars reads the server's own calendar links of a planned room;
	// nil where the clinic does not want them.
	TrueConfCalendars func(ctx context.Context, r bot.Room) ([]string, error)

	Health Health // what the checks of the installation found
	Flows  Flows  // the versions of the flow

	Now      func() time.Time     // nil is time.Now
	Log      *slog.Logger         // nil: nothing is logged
	Registry *prometheus.Registry // nil is a fresh one

	Collectors []prometheus.Collector // shown among the metrics
}

// Site is one of the clinic's websites that show the widget.
type Site struct {
	ID        string
	Title     string     // names the panel
	Titles    flows.Text // … by language, where the clinic has told several names
	Origins   []string   // who may frame the panel: https://www.clinic.example
	Flow      string     // the door of the flow; "" is its first
	Language  string     // "" leaves it to the browser
	Theme     string     // light, dark or ""
	Phone     string     // the clinic's number, shown in every state
	Emergency string     // the emergency number, likewise
	NoCalls   bool       // its flow leads to no visit by video

	// IdentityKey is what the site's server signs identities with, at least
	// MinIdentityKey bytes; without one nobody is believed.
	IdentityKey []byte
}

// StaffMember is somebody who can sign in.
type StaffMember struct {
	Login        string
	Name         string // what patients read
	Role         bot.Role
	Departments  []string
	TrueConfID   string
	Capacity     int       // how many conversations are offered to a doctor at once; 0 is the usual number
	Hours        string    // which of the clinic's hours are the doctor's; "": those of the department
	PasswordHash string    // as HashPassword makes it
	OutAt        time.Time // when they were kept out last: sessions from before are over; zero: never
}

// Department is one of the clinic's queues.
type Department struct {
	ID    string
	Title flows.Text
}

func (m StaffMember) actor() bot.Actor {
	return bot.Actor{
		Role: m.Role, Login: m.Login, Name: m.Name,
		Departments: m.Departments, TrueConfID: m.TrueConfID, Capacity: m.Capacity, Hours: m.Hours,
	}
}

func (o Options) check() error {
	switch {
	case o.Engine == nil:
		return errors.New("web: no engine")
	case o.Store == nil:
		return errors.New("web: no store")
	case len(o.Sites) == 0:
		return errors.New("web: no site")
	}
	addresses := map[string][]string{"public URL": {o.PublicURL}, "TrueConf origin": o.TrueConf}
	if o.ConsoleURL != "" {
		addresses["console URL"] = []string{o.ConsoleURL}
	}
	for _, site := range o.Sites {
		addresses["origin of site "+site.ID] = site.Origins
		if n := len(site.IdentityKey); n > 0 && n < MinIdentityKey {
			return fmt.Errorf("web: the identity key of site %s is shorter than %d bytes", site.ID, MinIdentityKey)
		}
	}
	for what, all := range addresses {
		for _, address := range all {
			if err := checkOrigin(address); err != nil {
				return fmt.Errorf("web: %s %q: %w", what, address, err)
			}
		}
	}
	for _, m := range o.Staff {
		if _, err := parsePHC(m.PasswordHash); err != nil {
			return fmt.Errorf("web: password of %s: %w", m.Login, err)
		}
	}
	return nil
}

// checkOrigin wants scheme and host, for these end up in headers.
func checkOrigin(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("not an address")
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return errors.New("write it as https://host or https://host:port")
	}
	if u.Scheme+"://"+u.Host != address {
		return errors.New("leave out what follows the host, and write it in small letters")
	}
	for _, c := range u.Host {
		if c <= ' ' || c > '~' || c == ';' || c == ',' || c == '"' || c == '\'' || c == '*' {
			return errors.New("the host holds a character that no host has")
		}
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Registry == nil {
		o.Registry = prometheus.NewRegistry()
	}
	if o.Departments == nil {
		o.Departments = func() []Department { return nil }
	}
	o.Limits = o.Limits.withDefaults()
	o.Health = o.Health.withDefaults()
	return o
}

// DepartmentsOf adapts a list that never changes.
func DepartmentsOf(all ...Department) func() []Department {
	return func() []Department { return all }
}

// Staff adapts the staff for engine.Options.
func Staff(all []StaffMember) func(context.Context) map[string]bot.Actor {
	out := make(map[string]bot.Actor, len(all))
	for _, m := range all {
		out[m.Login] = m.actor()
	}
	return func(context.Context) map[string]bot.Actor { return out }
}
