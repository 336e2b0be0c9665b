package main

import (
	"context"
	"sync/atomic"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/cmd/bedside/config"
	"bedside/flows"
	"bedside/web"
)

// setting is what a configuration says, with what is made of it. It is never
// changed, only replaced.
type setting struct {
	reading config.Reading
	library *library
	limits  bot.Limits
	actors  map[string]bot.Actor // by login
}

// today is the setting that holds now; it is engine.Library. Whoever asks twice may
// hear of two settings, each whole.
type today struct {
	atomic.Pointer[setting]
	out atomic.Pointer[outs] // who is kept out; nil: nobody
	in  atomic.Pointer[staffIn]
}

// staffIn are those of a setting whom nobody keeps out. It is asked for with every
// command, and reckoned when one of the two has changed.
type staffIn struct {
	of     *setting
	out    *outs
	actors map[string]bot.Actor // by login
}

// newSetting takes the flows from the files and holds the staff against them.
func newSetting(r config.Reading) (*setting, error) {
	lib, err := loadLibrary(r)
	if err != nil {
		return nil, inPlace(err)
	}
	return settingOf(r, lib)
}

// settingWith is a configuration that is served these flows, by their names.
func settingWith(r config.Reading, programs map[string]*flows.Program) (*setting, error) {
	lib, err := newLibrary(r, programs)
	if err != nil {
		return nil, inPlace(err)
	}
	return settingOf(r, lib)
}

func settingOf(r config.Reading, lib *library) (*setting, error) {
	if err := checkNames(r, lib); err != nil {
		return nil, inPlace(err)
	}
	w := wiring{config: r.Config, library: lib}
	return &setting{reading: r, library: lib, limits: w.limits(), actors: web.Staff(w.staff())(context.Background())}, nil
}

// inPlace says that what surrounds Bedside must be mended first.
func inPlace(err error) error {
	said, _ := inWords(err)
	return wrongPlace{sentence: said, cause: err}
}

// Live is the flow that a site serves today.
func (t *today) Live(site string) *flows.Program { return t.Load().library.Live(site) }

// staff are those of the configuration who are not kept out; nobody changes the map.
func (t *today) staff(context.Context) map[string]bot.Actor {
	all, out := t.Load(), t.out.Load()
	if out == nil || len(*out) == 0 {
		return all.actors
	}
	if in := t.in.Load(); in != nil && in.of == all && in.out == out {
		return in.actors
	}
	in := &staffIn{of: all, out: out, actors: make(map[string]bot.Actor, len(all.actors))}
	for login, a := range all.actors {
		if !out.disabled(login) {
			in.actors[login] = a
		}
	}
	t.in.Store(in)
	return in.actors
}

// kept are the records of who is kept out.
func (t *today) kept() outs {
	if o := t.out.Load(); o != nil {
		return *o
	}
	return nil
}

func (t *today) limits() bot.Limits { return t.Load().limits }

func (t *today) departments() []web.Department {
	s := t.Load()
	return wiring{config: s.reading.Config, library: s.library}.departments()
}

var _ engine.Library = (*today)(nil)
