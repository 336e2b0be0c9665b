package setup

import (
	"crypto/rand"
	"strings"

	"bedside/cmd/bedside/config"
)

// Answers are what a clinic says of itself, checked.
type Answers struct {
	PublicURL      config.URL
	Origins        []string // of the clinic's website
	Clinic         string   // its name, as patients read it
	Phone          string
	Emergency      string   // the number to dial in danger
	Languages      []string // en, ru; the first is the usual one
	Zone           string   // such as Europe/Moscow
	TrueConf       config.URL
	TrueConfCA     string // a file; empty: the system's authorities alone
	ClientID       string
	ClientSecret   config.Secret
	ServiceAccount string
	GuestSeats     int
	Admin          Person
	Doctors        []Person
	Listen         string
	Data           string // absolute, or within the folder
}

// Person is somebody who may sign in.
type Person struct {
	Login, Name string
	TrueConfID  string // a doctor's; may be empty
	Password    config.Secret
	MadeUp      bool // nobody has chosen the password: it has to be told
}

// Passwords are those that were made up, by login, for whoever runs the setup.
func (a Answers) Passwords() []Person {
	var out []Person
	for _, p := range append([]Person{a.Admin}, a.Doctors...) {
		if p.MadeUp {
			out = append(out, p)
		}
	}
	return out
}

// madeUp is a password that can be read out over the phone: 80 bits in groups
// of four.
func madeUp() config.Secret {
	text := strings.ToLower(rand.Text()[:16])
	return config.NewSecret(strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-"))
}
