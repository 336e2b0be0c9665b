package config

import (
	"net/netip"
	"time"
)

// The comments of the fields are the reference: `bedside config reference` and
// docs/configuration.md are made of them, so they say to an administrator what a
// key means, and when it is worth a change. The tags say the rest:
//
//	yaml    the key
//	env     the environment variable that holds the secret instead;
//	        {login} stands for the value of the key login beside it
//	range   the least and the most
//	oneof   the words allowed
//	change  live: a reload is enough; else a restart is needed. What is below a
//	        live key is live
//	text    free: words for people, in which any character may stand
//	alone   true: a value in place of the section is this key's

// Config is the whole file. A zero value means that the key was left out and
// has no default; defaults are filled in by [Load].
type Config struct {
	// Where Bedside listens, as address and port. Behind a reverse proxy on the
	// same machine keep the usual one; without a proxy write 0.0.0.0:443 and tls.
	Listen Address `yaml:"listen"`
	// How browsers reach Bedside, without a path. Required. A subdomain beside the
	// clinic's website is best, for some browsers let a frame of a foreign site
	// remember nothing.
	PublicURL URL `yaml:"public_url"`
	// A second address for the doctors' console alone, for instance inside the
	// clinic's net. Once it is set, the first address serves no console.
	ConsoleListen Address `yaml:"console_listen"`
	// How browsers reach the second address. Goes together with console_listen.
	ConsoleURL URL `yaml:"console_url"`
	// An address of its own for /metrics, /healthz and /readyz, for whoever watches
	// over Bedside. Once it is set, no other address serves /metrics. Whoever
	// reaches it may read them, unless metrics_from says less.
	AdminListen Address `yaml:"admin_listen"`
	// The folder of the journal, the server key and the control socket. It belongs
	// to Bedside's user alone.
	Data string `yaml:"data"`
	// The machine's name, where its host name changes by itself (containers). The
	// journal remembers on which machine it lives, so that a copy opened elsewhere
	// asks nothing of TrueConf until `bedside adopt`.
	Host string `yaml:"host"`
	// 64 hexadecimal digits instead of the file key in the data folder, which is
	// made at the first start. A backup is of use only together with it.
	ServerKey Secret `yaml:"server_key" env:"BEDSIDE_SERVER_KEY"`
	// What the bot asks, and how a change of it becomes what is served. A path alone
	// (flows: flows) is that of the file or folder.
	Flows Flows `yaml:"flows" change:"live"`
	// The websites that show the widget. At least one; the first is the one that is
	// meant where none is named.
	Sites []Site `yaml:"sites" change:"live"`
	// Who may sign in. At least one doctor for every department of the flow.
	Staff []Staff `yaml:"staff" change:"live"`
	// The TrueConf Server on which the calls take place.
	TrueConf TrueConf `yaml:"trueconf"`
	// Reaching people who have left the page. Left out, nobody is written to: the page
	// alone tells. Nothing medical is in any message.
	Notify Notify `yaml:"notify"`
	// The reverse proxies whose X-Forwarded-For is believed, as addresses or
	// networks. Required where public_url is https and no tls is set: without it
	// all visitors have one address and share its limits. Write [] where none
	// passes addresses on.
	TrustedProxies []netip.Prefix `yaml:"trusted_proxies" change:"live"`
	// Who may read /metrics, as addresses or networks; left out, this machine alone.
	MetricsFrom []netip.Prefix `yaml:"metrics_from" change:"live"`
	// HTTPS of Bedside's own, where no reverse proxy speaks it.
	TLS TLS `yaml:"tls"`
	// Times and counts that bound what happens.
	Limits Limits `yaml:"limits" change:"live"`
	// What is written about Bedside's own work. Never what people said.
	Log Log `yaml:"log"`
}

// Flows is what the bot asks. A path may stand for the whole section.
type Flows struct {
	// A file, or a folder whose *.yaml files are read as one.
	Path string `yaml:"path" alone:"true"`
	// When a change of the files is served: by_command waits for `bedside flow
	// publish` or the console's button, on_save takes every sound version two seconds
	// after it was saved. A version with errors is never served.
	Publish string `yaml:"publish" oneof:"by_command on_save"`
}

// Ways in which a change of the files becomes what is served.
const (
	ByCommand = "by_command"
	OnSave    = "on_save"
)

// Site is one website of the clinic that shows the widget.
type Site struct {
	// What the website's snippet calls it. Required.
	Name string `yaml:"name"`
	// What the panel is called; left out, the flow's clinic.
	Title string `yaml:"title" text:"free"`
	// The origins of the pages that show the widget, each as scheme and host.
	// Required: pages of other origins cannot frame it.
	Origins []Origin `yaml:"origins"`
	// Where the site has a flow of its own: its file or folder.
	Flows string `yaml:"flows"`
	// The door of the flow; left out, its first.
	Door string `yaml:"flow"`
	// The language to begin in, like en or ru; left out, the browser's.
	Language string `yaml:"language"`
	// The panel's colours; left out, the browser's.
	Theme string `yaml:"theme" oneof:"light dark"`
	// What the website's server signs with who its visitor is, at least 32
	// characters (openssl rand -hex 32); see docs/embedding.md. Left out, nobody's
	// identity is believed.
	IdentityKey Secret `yaml:"identity_key" env:"BEDSIDE_SITE_{name}_IDENTITY_KEY"`
}

// Staff is one person of the clinic.
type Staff struct {
	// The name to sign in with. Required.
	Login string `yaml:"login"`
	// The name that patients read. Required.
	Name string `yaml:"name" text:"free"`
	// What the person may do. Required.
	Role string `yaml:"role" oneof:"doctor admin auditor"`
	// The departments whose patients the person sees. Required for doctors.
	Departments []string `yaml:"departments"`
	// The person's own TrueConf account, whose app is rung; without one a doctor
	// comes by the page, which takes a guest seat.
	TrueConfID string `yaml:"trueconf_id"`
	// How many conversations are offered to the doctor at once; left out, 3. More can
	// be taken by hand.
	Capacity int `yaml:"capacity" range:"1 100"`
	// Which of the flow's `hours` are the doctor's, for appointments; left out, those
	// of the department.
	Hours string `yaml:"hours"`
	// The password's hash as `bedside staff hash` prints it. Required.
	PasswordHash Secret `yaml:"password_hash" env:"BEDSIDE_STAFF_{login}_PASSWORD_HASH"`
}

// TrueConf is the server on which the calls take place.
type TrueConf struct {
	// The address of the TrueConf Server. Required.
	URL URL `yaml:"url"`
	// Further addresses that the server's links may name, where it sits behind NAT
	// or answers to several names.
	PublicURLs []URL `yaml:"public_urls"`
	// The id of an OAuth2 application of the server's control panel.
	ClientID string `yaml:"client_id"`
	// Its secret.
	ClientSecret Secret `yaml:"client_secret" env:"BEDSIDE_TRUECONF_CLIENT_SECRET"`
	// Instead of client_id and client_secret: the control panel's secret key, which
	// may do everything.
	SecretKey Secret `yaml:"secret_key" env:"BEDSIDE_TRUECONF_SECRET_KEY"`
	// A file of certificates that are trusted besides the system's authorities,
	// where the server's is the clinic's own.
	CAFile string `yaml:"ca_file"`
	// The account that owns the rooms of doctors who come by the page. Required.
	ServiceAccount string `yaml:"service_account"`
	// The guest connections of the server's licence. TrueConf Server Free has one;
	// a doctor who comes by the page takes a second.
	GuestSeats int `yaml:"guest_seats" range:"1 100000"`
	// How many calls of Bedside's may go on at once, where the licence limits
	// conferences, as TrueConf Server Free does. A call more waits, and says so.
	// 0: as many as there are guest connections for.
	MaxCalls int `yaml:"max_calls" range:"0 100000"`
	// Whether a doctor whose TrueConf app is in a call is taken for one in a call here
	// too, and is not offered a patient. The application needs the scope users:read.
	Presence bool `yaml:"presence"`
	// The version of the server's API; v3.3 is fallen back to where v3.11 is unknown.
	APIVersion string `yaml:"api_version"`
	// How long one request to the server may take. Raise it on a slow line.
	Timeout time.Duration `yaml:"timeout" range:"1s 5m"`
	// How the console offers to come; left out, what suits the doctor.
	Preset string `yaml:"preset" oneof:"app page"`
	// Whether the doctor of a booked visit is offered the calendar links of the server
	// itself, beside Bedside's own. They show the room's id to the doctor's calendar.
	Calendars bool `yaml:"calendars"`
	// What TrueConf allows in a call beside picture, sound and screen sharing.
	Rights Rights `yaml:"rights"`
	// Under what condition the server records calls. Goes together with
	// rights.recording; without both, and without the patient's consent, nothing is.
	Recording Recording `yaml:"recording"`
}

// Recording says which calls are recorded on the TrueConf Server.
type Recording struct {
	// The id of the consent in the flow to which a patient must have agreed.
	Consent string `yaml:"consent"`
	// Where recordings are kept and how long, as English patients read it beside the
	// call. This or kept_ru is required with consent.
	KeptEN string `yaml:"kept_en" text:"free"`
	// The same in Russian.
	KeptRU string `yaml:"kept_ru" text:"free"`
}

// Rights are what TrueConf allows inside a call beside picture, sound and
// screen sharing. What is said in its chat vanishes with the room, so all are
// off unless a clinic wants them.
type Rights struct {
	// TrueConf's own chat. What is said there vanishes with the room.
	Chat bool `yaml:"chat"`
	// Sending files inside the call.
	Files bool `yaml:"files"`
	// Recording of calls, on the TrueConf Server; only under trueconf.recording.
	Recording bool `yaml:"recording"`
}

// Log says what is written about Bedside's own work. It never holds what
// people said.
type Log struct {
	// How much is written. debug is for looking for a fault.
	Level string `yaml:"level" oneof:"debug info warn error" change:"live"`
	// Lines for people, or JSON for programs that gather them.
	Format string `yaml:"format" oneof:"text json"`
}
