package main

import (
	"cmp"
	"context"
	"log/slog"
	"net/mail"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/cmd/bedside/config"
	"bedside/flows"
	"bedside/trueconf"
	"bedside/web"

	"github.com/prometheus/client_golang/prometheus"
)

// wiring turns the configuration into what each package wants of it.
type wiring struct {
	config     config.Config
	data       data
	video      *rooms.Rooms // nil: nothing is asked of TrueConf
	house      house
	library    *library
	today      *today
	collectors []prometheus.Collector // how configuration and flows fare
	log        *slog.Logger
	health     *watch
	flows      *publishing
	onDuty     func(department string) bool
	kept       outs // who is kept out
	present    func(login string) bool
	attended   func(conversation string) bool // the patient's page is open
	left       func(conversation string) bot.Leave
}

func (w wiring) engine() (*engine.Engine, error) {
	o := engine.Options{
		Store: w.data.store, Flows: w.today, Key: w.data.key, Installation: w.house.Installation,
		Staff:   w.today.staff,
		Limits:  w.today.limits,
		OnDuty:  w.onDuty,
		Present: w.present,

		PatientHere: w.attended, PatientLeft: w.left,
		Lead: leadOf(w.config.Notify), PublicURL: w.config.PublicURL.String(), ConsoleURL: w.config.ConsoleURL.String(),
		VideoUp: w.health.up, AppPresence: w.config.TrueConf.Presence,
		Log:     w.log,
		Effects: w.house.Home,
	}
	if from, err := mail.ParseAddress(w.config.Notify.Email.From); err == nil {
		o.From = from.Address
	}
	var err error
	if o.Notify, err = office(w.config, w.data.key); err != nil {
		return nil, err
	}
	if w.video != nil {
		o.Rooms = w.video
	}
	return engine.New(o)
}

// rooms are those of the configured TrueConf Server; nil for a restored backup, which
// asks nothing of it.
func (w wiring) rooms() (*rooms.Rooms, error) {
	if !w.house.Home {
		return nil, nil
	}
	t := w.config.TrueConf
	client, err := trueConf(t, w.health.noticed)
	if err != nil {
		return nil, err
	}
	return rooms.New(client, rooms.Config{
		Key: w.data.key, Installation: w.house.Installation,
		ServiceAccount: t.ServiceAccount, GuestSeats: t.GuestSeats, Rights: rights(t.Rights),
	})
}

// trueConf is a client of the configured server; noticed, where it is not nil,
// hears how its requests end. It asks nothing yet.
func trueConf(t config.TrueConf, noticed func(error)) (*trueconf.Client, error) {
	return trueconf.New(trueconf.Config{
		URL: t.URL.String(), PublicURLs: written(t.PublicURLs), APIVersion: t.APIVersion,
		ClientID: t.ClientID, ClientSecret: t.ClientSecret.Reveal(), SecretKey: t.SecretKey.Reveal(),
		CAFile: t.CAFile, Timeout: t.Timeout, Noticed: noticed,
	})
}

func (w wiring) web(e *engine.Engine) (*web.Server, error) {
	c := w.config
	return web.New(web.Options{
		Engine: e, Store: w.data.store, Sites: w.sites(), Staff: w.staff(),
		PublicURL: c.PublicURL.String(), ConsoleURL: c.ConsoleURL.String(),
		TrueConf:       append([]string{c.TrueConf.URL.String()}, written(c.TrueConf.PublicURLs)...),
		DataFolder:     c.Data,
		TrustedProxies: c.TrustedProxies, MetricsFrom: c.MetricsFrom, MetricsApart: c.AdminListen != "",
		HSTS:   time.Duration(c.TLS.HSTS),
		Limits: w.doorLimits(), Departments: w.today.departments, PresetHow: bot.How(c.TrueConf.Preset),
		TrueConfCalendars: w.calendars(),
		Health:            w.health.shown(), Flows: w.flows.shown(e), Log: w.log, Collectors: w.collectors,
	})
}

// calendars reads TrueConf's own calendar links, where the clinic wants them.
func (w wiring) calendars() func(context.Context, bot.Room) ([]string, error) {
	if w.video == nil || !w.config.TrueConf.Calendars {
		return nil
	}
	return w.video.Calendars
}

func (w wiring) staff() []web.StaffMember {
	out := make([]web.StaffMember, 0, len(w.config.Staff))
	for _, p := range w.config.Staff {
		if w.kept.disabled(p.Login) {
			continue
		}
		out = append(out, web.StaffMember{
			Login: p.Login, Name: p.Name, Role: bot.Role(p.Role), Departments: p.Departments,
			TrueConfID: p.TrueConfID, Capacity: p.Capacity, Hours: p.Hours, PasswordHash: p.PasswordHash.Reveal(),
			OutAt: w.kept[strings.ToLower(p.Login)].At,
		})
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
			Phone: clinic.Phone, Emergency: clinic.Emergency, IdentityKey: []byte(s.IdentityKey.Reveal()),
			NoCalls: !w.library.Live(s.Name).MayCall(s.Door),
		}
		if s.Title == "" {
			out[i].Titles = clinic.Name
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
	l.NoticeKinds, l.LeadKinds = channels(w.config.Notify)
	l.UsePhone = w.config.Notify.UsePhone
	l.TextMax = cmp.Or(c.TextMax, l.TextMax)
	if r := w.config.TrueConf.Recording; r.Consent != "" && w.config.TrueConf.Rights.Recording {
		l.Recording, l.Kept = r.Consent, flows.Text{}
		for language, text := range map[string]string{"en": r.KeptEN, "ru": r.KeptRU} {
			if text != "" {
				l.Kept[language] = text
			}
		}
	}
	l.GuestSeats, l.MaxCalls = w.config.TrueConf.GuestSeats, w.config.TrueConf.MaxCalls
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

func written(urls []config.URL) []string {
	out := make([]string, len(urls))
	for i, u := range urls {
		out[i] = u.String()
	}
	return out
}

// settings are what may change while the web runs.
func (w wiring) settings() web.Settings {
	c := w.config
	return web.Settings{
		Sites: w.sites(), Staff: w.staff(), Limits: w.doorLimits(),
		TrustedProxies: c.TrustedProxies, MetricsFrom: c.MetricsFrom,
	}
}
