package main

import (
	"cmp"
	"log/slog"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/cmd/bedside/config"
	"bedside/trueconf"
	"bedside/web"
)

// wiring turns the configuration into what each package wants of it.
type wiring struct {
	config  config.Config
	data    data
	house   house
	library *library
	log     *slog.Logger
}

func (w wiring) engine() (*engine.Engine, error) {
	limits := w.limits()
	o := engine.Options{
		Store: w.data.store, Flows: w.library, Key: w.data.key, Installation: w.house.Installation,
		Staff:   web.Staff(w.staff()),
		Limits:  func() bot.Limits { return limits },
		Log:     w.log,
		Effects: w.house.Home,
	}
	if w.house.Home {
		r, err := w.rooms()
		if err != nil {
			return nil, err
		}
		o.Rooms = r
	}
	return engine.New(o)
}

func (w wiring) rooms() (*rooms.Rooms, error) {
	t := w.config.TrueConf
	client, err := trueconf.New(trueconf.Config{
		URL: t.URL.String(), PublicURLs: texts(t.PublicURLs), APIVersion: t.APIVersion,
		ClientID: t.ClientID, ClientSecret: t.ClientSecret.Reveal(), SecretKey: t.SecretKey.Reveal(),
		CAFile: t.CAFile, Timeout: t.Timeout,
	})
	if err != nil {
		return nil, err
	}
	return rooms.New(client, rooms.Config{
		Key: w.data.key, Installation: w.house.Installation,
		ServiceAccount: t.ServiceAccount, GuestSeats: t.GuestSeats, Rights: rights(t.Rights),
	})
}

func (w wiring) web(e *engine.Engine) (*web.Server, error) {
	c := w.config
	return web.New(web.Options{
		Engine: e, Store: w.data.store, Sites: w.sites(), Staff: w.staff(),
		PublicURL: c.PublicURL.String(), ConsoleURL: c.ConsoleURL.String(),
		TrueConf:       append([]string{c.TrueConf.URL.String()}, texts(c.TrueConf.PublicURLs)...),
		DataFolder:     c.Data,
		TrustedProxies: c.TrustedProxies, MetricsFrom: c.MetricsFrom,
		Limits: w.doorLimits(), Departments: w.departments, PresetHow: bot.How(c.TrueConf.Preset),
		Log: w.log,
	})
}

func (w wiring) staff() []web.StaffMember {
	out := make([]web.StaffMember, len(w.config.Staff))
	for i, p := range w.config.Staff {
		out[i] = web.StaffMember{
			Login: p.Login, Name: p.Name, Role: bot.Role(p.Role), Departments: p.Departments,
			TrueConfID: p.TrueConfID, PasswordHash: p.PasswordHash.Reveal(),
		}
	}
	return out
}

func (w wiring) sites() []web.Site {
	out := make([]web.Site, len(w.config.Sites))
	for i, s := range w.config.Sites {
		clinic := w.library.Live(s.Name).Clinic()
		language := cmp.Or(s.Language, w.library.Live(s.Name).Languages()[0])
		out[i] = web.Site{
			ID: s.Name, Title: cmp.Or(s.Title, clinic.Name.In(language)),
			Flow: s.Door, Language: s.Language, Theme: s.Theme,
			Phone: clinic.Phone, Emergency: clinic.Emergency,
		}
		for _, o := range s.Origins {
			out[i].Origins = append(out[i].Origins, string(o))
		}
	}
	return out
}

func (w wiring) departments() []web.Department {
	var out []web.Department
	for _, d := range w.library.departments(w.config.Sites) {
		out = append(out, web.Department{ID: d.ID, Title: d.Title})
	}
	return out
}

// limits are the conversation's: what the configuration names, else the usual.
func (w wiring) limits() bot.Limits {
	l, c := bot.Defaults(), w.config.Limits
	for to, from := range map[*time.Duration]time.Duration{
		&l.WaitRung: c.WaitRung, &l.ReplyWithin: c.ReplyWithin, &l.IntakeIdle: c.IntakeIdle,
		&l.ResumeWithin: c.ResumeWithin, &l.CallLimit: c.CallLimit, &l.CallEmpty: c.CallEmpty,
		&l.CallUnused: c.CallUnused, &l.GiveUpAfter: c.GiveUpAfter,
	} {
		*to = cmp.Or(from, *to)
	}
	l.TextMax = cmp.Or(c.TextMax, l.TextMax)
	l.GuestSeats = w.config.TrueConf.GuestSeats
	return l
}

// doorLimits are the web's; its own defaults stand where nothing is named.
func (w wiring) doorLimits() web.Limits {
	c := w.config.Limits
	return web.Limits{
		RequestsPerSecond: float64(c.RequestsPerSecond), RequestBurst: c.RequestBurst,
		StartsPerMinute: float64(c.StartsPerMinute), StartBurst: c.StartBurst,
		SiteStartsPerMin: float64(c.SiteStartsPerMinute), SiteStartBurst: c.SiteStartBurst,
		CommandsPerSecond: float64(c.CommandsPerSecond), CommandBurst: c.CommandBurst,
		TextPerSecond: float64(c.TextPerSecond), TextBurst: c.TextBurst, FreeDisk: int64(c.FreeDisk) << 20,
		SocketsPerAddress: c.SocketsPerAddress, SocketsPerTicket: c.SocketsPerTicket, Sockets: c.Sockets,
	}
}

// rights are picture, sound and screen sharing, and what the clinic adds.
func rights(c config.Rights) *trueconf.RightSet {
	r := trueconf.CallRights()
	r.ChatSend, r.ChatReceive = c.Chat, c.Chat
	r.FileTransferSend, r.FileTransferReceive = c.Files, c.Files
	r.Recording = c.Recording
	return &r
}

func texts(urls []config.URL) []string {
	out := make([]string, len(urls))
	for i, u := range urls {
		out[i] = u.String()
	}
	return out
}

var _ engine.Library = (*library)(nil)
