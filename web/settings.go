package web

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"

	"bedside/web/wire"
)

// Settings are what may change while the server runs; the rest of Options holds
// until it ends. The zero value of a field means what it means in Options.
type Settings struct {
	Sites          []Site
	Staff          []StaffMember
	TrustedProxies []netip.Prefix
	MetricsFrom    []netip.Prefix
	Limits         Limits
}

// live is one state of the settings with what is made of them. It is never changed,
// only replaced: a request that has begun sees one and the same to its end wherever
// it takes it once.
type live struct {
	Settings
	staff map[string]StaffMember // by login in small letters
	pages *pages
}

func newLive(o Options) *live {
	l := &live{
		Settings: Settings{Sites: o.Sites, Staff: o.Staff, TrustedProxies: o.TrustedProxies, MetricsFrom: o.MetricsFrom, Limits: o.Limits},
		staff:    map[string]StaffMember{}, pages: newPages(o),
	}
	for _, m := range o.Staff {
		l.staff[strings.ToLower(m.Login)] = m
	}
	return l
}

// Change puts other settings in place, for the next request and the next frame.
// Sockets stay, but for those of staff: whoever is no more is signed out at once,
// whoever has another password within 2 s, and whose name, role or departments have changed is told
// to come back, which is a new greeting with the same session. An error changes
// nothing.
func (s *Server) Change(n Settings) error {
	o := s.o
	o.Sites, o.Staff, o.TrustedProxies, o.MetricsFrom, o.Limits = n.Sites, n.Staff, n.TrustedProxies, n.MetricsFrom, n.Limits.withDefaults()
	if err := o.check(); err != nil {
		return fmt.Errorf("web: change of settings: %w", err)
	}
	now := newLive(o)
	s.live.Store(now)
	s.rates.set(now.Limits)
	s.sockets.greetAnew(now.changed)
	s.sockets.endGone(now.gone)
	return nil
}

// changed reports whether somebody who has signed in is another one by now: in
// name, role or departments. Whoever is gone is signed out, which is not this.
func (l *live) changed(p party) bool {
	is := l.staff[strings.ToLower(p.actor.Login)]
	return p.kind == bySession && is.Login != "" && !reflect.DeepEqual(p.actor, is.actor())
}

// gone reports whether a staff member is no more.
func (l *live) gone(p party) bool {
	return p.kind == bySession && l.staff[strings.ToLower(p.actor.Login)].Login == ""
}

// endGone signs out the sockets of staff who are no more.
func (t *sockets) endGone(gone func(party) bool) {
	var out []party
	t.mu.Lock()
	for _, same := range t.byKey {
		for c := range same {
			if gone(c.p) {
				out = append(out, c.p)
				c.close(wire.CloseSignedOut, "signed out")
			}
		}
	}
	t.mu.Unlock()
	for _, p := range out {
		t.s.duty.leaves(p.actor.Login)
	}
}

// greetAnew closes the sockets of staff whose actor has changed; they come back.
func (t *sockets) greetAnew(changed func(party) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, same := range t.byKey {
		for c := range same {
			if changed(c.p) {
				c.close(wire.CloseRestart, "changed")
			}
		}
	}
}

// set gives the rate limits other numbers; what somebody has spent stays spent.
func (r rates) set(l Limits) {
	const perMinute = 1.0 / 60
	r.requests.set(l.RequestsPerSecond, l.RequestBurst)
	r.starts.set(l.StartsPerMinute*perMinute, l.StartBurst)
	r.siteStarts.set(l.SiteStartsPerMin*perMinute, l.SiteStartBurst)
	r.commands.set(l.CommandsPerSecond, l.CommandBurst)
	r.writing.ticket.set(l.TextPerSecond, l.TextBurst)
	r.writing.address.set(blockShare*l.TextPerSecond, blockShare*l.TextBurst)
}
