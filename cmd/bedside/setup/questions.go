package setup

import (
	"cmp"
	"fmt"

	"bedside/cmd/bedside/config"
)

// question is one thing to know. Flags and prompts answer it alike.
type question struct {
	flag   string // its name on the command line, without the dashes
	prompt string
	help   string                       // what it is for, in a line; shown before the prompt
	usual  func(Answers) string         // what stands where nothing is said; nil: it must be said
	take   func(*Answers, string) error // checks and keeps it
	secret bool                         // not shown as it is typed
	twice  bool                         // typed twice, since nobody sees it
	silent bool                         // not asked for at a terminal
}

// set keeps a value that a reader gives.
func set[T any](to func(*Answers) *T, read func(string) (T, error)) func(*Answers, string) error {
	return func(a *Answers, text string) error {
		value, err := read(text)
		if err == nil {
			*to(a) = value
		}
		return err
	}
}

func usually(text string) func(Answers) string { return func(Answers) string { return text } }

// questions are in the order in which they are asked.
func questions() []question {
	return append(clinicQuestions(), serverQuestions()...)
}

func clinicQuestions() []question {
	return []question{
		{flag: "public-url", prompt: "Bedside's public address",
			help: "What browsers will open; a subdomain beside the website's, like https://bedside.clinic.example.",
			take: set(func(a *Answers) *config.URL { return &a.PublicURL }, publicURL)},
		{flag: "site", prompt: "The website's addresses",
			help: "Every origin of the pages that show the chat, like https://www.clinic.example, https://clinic.example.",
			take: set(func(a *Answers) *[]string { return &a.Origins }, origins)},
		{flag: "clinic", prompt: "The clinic's name", help: "As patients read it above the chat.",
			take: set(func(a *Answers) *string { return &a.Clinic }, words)},
		{flag: "phone", prompt: "The clinic's phone", help: "Patients are given it whenever something fails.",
			take: set(func(a *Answers) *string { return &a.Phone }, number)},
		{flag: "emergency", prompt: "The emergency number", help: "What to dial in danger, like 112 or 103.",
			take: set(func(a *Answers) *string { return &a.Emergency }, number)},
		{flag: "language", prompt: "Languages (en, ru, or both with a comma)", help: "What the bot speaks; the first is the usual one.",
			usual: usually("en"), take: set(func(a *Answers) *[]string { return &a.Languages }, languages)},
		{flag: "zone", prompt: "Time zone", help: "The clinic's own, like Europe/Moscow.",
			usual: func(Answers) string { return localZone() }, take: set(func(a *Answers) *string { return &a.Zone }, zone)},
	}
}

func serverQuestions() []question {
	return []question{
		{flag: "trueconf-url", prompt: "The TrueConf Server's address",
			help: "As patients' browsers reach it, like https://video.clinic.example.",
			take: set(func(a *Answers) *config.URL { return &a.TrueConf }, serverURL)},
		{flag: "client-id", prompt: "OAuth client id",
			help: "Of the OAuth2 application that you made in TrueConf's control panel; INSTALL.md says how, and with which scopes.",
			take: set(func(a *Answers) *string { return &a.ClientID }, token)},
		{flag: "client-secret-file", prompt: "OAuth client secret (not shown)", secret: true,
			take: func(a *Answers, text string) error {
				text, err := token(text)
				a.ClientSecret = config.NewSecret(text)
				return err
			}},
		{flag: "service-account", prompt: "Service account",
			help:  "The TrueConf user that owns the rooms of doctors who come by the page.",
			usual: usually("bedside"), take: set(func(a *Answers) *string { return &a.ServiceAccount }, account)},
		{flag: "guest-seats", silent: true, usual: usually("1"), take: set(func(a *Answers) *int { return &a.GuestSeats }, seats)},
		{flag: "trueconf-ca", silent: true, usual: usually(""), take: func(a *Answers, text string) (err error) {
			if text != "" {
				a.TrueConfCA, err = file(text)
			}
			return err
		}},
		{flag: "listen", silent: true, usual: usually("127.0.0.1:8080"), take: set(func(a *Answers) *string { return &a.Listen }, address)},
		{flag: "admin", prompt: "First administrator's login", usual: usually("admin"),
			help: "Who watches over the doctors' work; signs in to the console.",
			take: takeAdmin},
		{flag: "admin-name", prompt: "The administrator's name", usual: func(a Answers) string { return cmp.Or(a.Admin.Login, "admin") },
			take: set(func(a *Answers) *string { return &a.Admin.Name }, words)},
		{flag: "admin-password-file", prompt: "The administrator's password (not shown; Enter makes one up)", secret: true, twice: true,
			take: func(a *Answers, text string) error { return a.Admin.choose(text) }},
	}
}

// choose takes a password, or makes one up where none is given.
func (p *Person) choose(text string) (err error) {
	if p.MadeUp = text == ""; p.MadeUp {
		p.Password = madeUp()
		return nil
	}
	p.Password, err = password(text)
	return err
}

func takeAdmin(a *Answers, text string) (err error) {
	if a.Admin.Login, err = login(text); err != nil {
		return err
	}
	for _, d := range a.Doctors {
		if d.Login == text {
			return fmt.Errorf("the login %s is a doctor's; everybody has one of their own", text)
		}
	}
	return nil
}
