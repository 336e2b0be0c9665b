package config

import (
	"net/netip"
	"time"
)

// Config is the whole file. A zero value means that the key was left out and
// has no default; defaults are filled in by [Load].
type Config struct {
	Listen         Address        `yaml:"listen"`         // where Bedside answers
	PublicURL      URL            `yaml:"public_url"`     // how browsers reach it
	ConsoleListen  Address        `yaml:"console_listen"` // a second address for the console alone
	ConsoleURL     URL            `yaml:"console_url"`    // how browsers reach that one
	Data           string         `yaml:"data"`           // the folder of the journal, the key and the socket
	Host           string         `yaml:"host"`           // the machine's name, where it changes by itself
	ServerKey      Secret         `yaml:"server_key" env:"BEDSIDE_SERVER_KEY"`
	Flows          string         `yaml:"flows"` // a file or a folder
	Sites          []Site         `yaml:"sites"`
	Staff          []Staff        `yaml:"staff"`
	TrueConf       TrueConf       `yaml:"trueconf"`
	TrustedProxies []netip.Prefix `yaml:"trusted_proxies"` // whose X-Forwarded-For is believed; must be written where a URL is https
	MetricsFrom    []netip.Prefix `yaml:"metrics_from"`    // who may read /metrics
	Limits         Limits         `yaml:"limits"`
	Log            Log            `yaml:"log"`
}

// Site is one website of the clinic that shows the widget.
type Site struct {
	Name     string   `yaml:"name"`  // what the snippet calls it
	Title    string   `yaml:"title"` // what the panel is called
	Origins  []Origin `yaml:"origins"`
	Flows    string   `yaml:"flows"` // where it differs from the common one
	Door     string   `yaml:"flow"`  // the door of the flow; empty: its first
	Language string   `yaml:"language"`
	Theme    string   `yaml:"theme"` // light or dark; empty: the browser's
}

// Staff is one person of the clinic.
type Staff struct {
	Login        string   `yaml:"login"`
	Name         string   `yaml:"name"` // what patients read
	Role         string   `yaml:"role"` // doctor, admin or auditor
	Departments  []string `yaml:"departments"`
	TrueConfID   string   `yaml:"trueconf_id"`
	PasswordHash Secret   `yaml:"password_hash"` // made by `bedside staff hash`
}

// TrueConf is the server on which the calls take place.
type TrueConf struct {
	URL            URL           `yaml:"url"`
	PublicURLs     []URL         `yaml:"public_urls"` // further addresses that its links may name
	ClientID       string        `yaml:"client_id"`
	ClientSecret   Secret        `yaml:"client_secret" env:"BEDSIDE_TRUECONF_CLIENT_SECRET"`
	SecretKey      Secret        `yaml:"secret_key" env:"BEDSIDE_TRUECONF_SECRET_KEY"` // instead of the client
	CAFile         string        `yaml:"ca_file"`
	ServiceAccount string        `yaml:"service_account"` // owns the rooms that doctors enter in the page
	GuestSeats     int           `yaml:"guest_seats"`
	APIVersion     string        `yaml:"api_version"`
	Timeout        time.Duration `yaml:"timeout"` // of one request
	Preset         string        `yaml:"preset"`  // app or page: how the console offers to come; empty: what suits the doctor
	Rights         Rights        `yaml:"rights"`
}

// Rights are what TrueConf allows inside a call beside picture, sound and
// screen sharing. What is said in its chat vanishes with the room, so all are
// off unless a clinic wants them.
type Rights struct {
	Chat      bool `yaml:"chat"`
	Files     bool `yaml:"files"`
	Recording bool `yaml:"recording"`
}

// Limits are times and counts; what is left out keeps its usual value.
type Limits struct {
	WaitRung     time.Duration `yaml:"wait_rung"`
	ReplyWithin  time.Duration `yaml:"reply_within"`
	IntakeIdle   time.Duration `yaml:"intake_idle"`
	ResumeWithin time.Duration `yaml:"resume_within"`
	CallLimit    time.Duration `yaml:"call_limit"`
	CallEmpty    time.Duration `yaml:"call_empty"`
	CallUnused   time.Duration `yaml:"call_unused"`
	GiveUpAfter  time.Duration `yaml:"give_up_after"`
	TextMax      int           `yaml:"text_max"`

	RequestsPerSecond   int `yaml:"requests_per_second"` // of one address
	RequestBurst        int `yaml:"request_burst"`
	StartsPerMinute     int `yaml:"starts_per_minute"` // conversations begun from one address
	StartBurst          int `yaml:"start_burst"`
	SiteStartsPerMinute int `yaml:"site_starts_per_minute"` // ... on one site, from all addresses
	SiteStartBurst      int `yaml:"site_start_burst"`
	CommandsPerSecond   int `yaml:"commands_per_second"` // of one patient or staff member
	CommandBurst        int `yaml:"command_burst"`
	TextPerSecond       int `yaml:"text_per_second"` // bytes that one patient may write
	TextBurst           int `yaml:"text_burst"`
	SocketsPerAddress   int `yaml:"sockets_per_address"`
	SocketsPerTicket    int `yaml:"sockets_per_ticket"`
	Sockets             int `yaml:"sockets"`   // altogether
	FreeDisk            int `yaml:"free_disk"` // MiB free on the data disk, below which no conversation is begun
}

// Log says what is written about Bedside's own work. It never holds what
// people said.
type Log struct {
	Level  string `yaml:"level"`  // debug, info, warn or error
	Format string `yaml:"format"` // text or json
}
