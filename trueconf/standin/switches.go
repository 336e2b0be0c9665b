package standin

import (
	"slices"
	"time"
)

// Switches settle everything that the API reference marks as inferred or unknown
// (§19), and every kind of bad luck. The zero value of each field is its default.
type Switches struct {
	// Troubles befall calls of chosen endpoints, in the order given.
	Troubles []Trouble

	Escaping   Escaping      // how JSON strings are written; default PHP style (§3, §7)
	LooseTypes bool          // numbers as strings and booleans as 0/1 everywhere (§3)
	Skew       time.Duration // how far the server's clock is ahead of Options.Now

	TokenLife      time.Duration // default 604800 s; negative: the answer has no expires_in and tokens live an hour (§2.1)
	TokenUses      int           // a token dies after so many calls; 0: never (expiry in mid-run)
	BadTokenStatus int           // of a bad or expired token; default 403 (§2.4, §10)
	TokenRefusal   TokenRefusal  // how bad client credentials are refused; default OAuth 2 style (§2.4)
	TakeBothTokens bool          // header and query at once are taken instead of refused with 400 (§2.3)

	HighestMinor int  // v3 prefixes above it answer routeNotFound; default 11 (§1)
	NoV4         bool // no /api/v4 at all, as on an older server

	IgnoreState     bool          // POST ignores state "running" (§9.1)
	RunTwice        Twice         // run on a running room; default 200
	StopTwice       Twice         // stop on a stopped room; default 200
	DeleteRunning   Twice         // delete on a running room; default: it is stopped and deleted
	DeleteNoContent bool          // delete answers 204 instead of 200 {"id"} (§1)
	EditRunning     bool          // PUT on a running room may change everything, not only the description (§9.2)
	OwnIDs          OwnIDs        // a client's own conference id; default accepted (§5.1)
	AnyOwner        bool          // an owner who does not exist is accepted instead of 400
	OwnerWithServer bool          // answers name the owner as anna@server instead of anna
	EndsOnTime      bool          // a scheduled meeting stops when its duration is over (§9.2)
	NoStart         bool          // a scheduled meeting does not begin by itself
	Calendars       CalendarShape // of the calendar links; default an object by name (§8)

	Deeplinks        Deeplinks     // where software/clients puts them; default beside clients (§6.2)
	WidgetDecoy      bool          // a /webrtc-widget/ entry stands before the right one (§6.2)
	NoStandalone     bool          // leave out the entries of the apps
	NoWeb            bool          // no web entry, as without a WebRTC licence
	ClientsNeedToken bool          // software/clients wants a token (§6.1)
	LinkLife         time.Duration // of a guest link; default 60 s (§6.5)
	LinkOnce         bool          // a guest link lets in once only
	RefuseFrames     bool          // /webrtc pages forbid being framed (§13)
	NoCamera         NoCamera      // what the call page does that is given no camera; default it takes the microphone alone (§13)
	MutePage         bool          // the call page comes and never joins nor says a word

	RingFor time.Duration // how long an app rings; default 45 s

	Participants  ParticipantShape // of the participant list; default "*guest*x" ids (§19.9)
	SecondJoin    SecondJoin       // the same guest id joins again; default replaces (§6.1)
	GuestSeats    int              // simultaneous guests; default 2, negative: none at all (§12)
	Ghost         time.Duration    // how long somebody whose connection died stays listed; default 10 s, negative: not at all
	StoppedAdmits bool             // guests may enter a stopped room (§6.1 saw it offered once)
}

// Escaping is a way of writing JSON strings.
type Escaping string

// The ways of writing JSON strings.
const (
	EscapePHP     Escaping = ""        // \/ for slashes, \uXXXX for everything but ASCII
	EscapePlain   Escaping = "plain"   // nothing that need not be
	EscapeUnicode Escaping = "unicode" // \u0026 \u003c \u003e
	EscapeArticle Escaping = "article" // PHP style, and the iframe ends in <\iframe>
	EscapeDouble  Escaping = "double"  // links are encoded twice
)

// TokenRefusal is the shape of the answer to bad client credentials.
type TokenRefusal string

// The shapes of a refusal by the token endpoint.
const (
	RefusalOAuth  TokenRefusal = ""       // {"error":"invalid_client","error_description":…}, 400
	RefusalReason TokenRefusal = "reason" // {"reason":"InvalidCredentials",…}, 400
	Refusal401    TokenRefusal = "401"    // the OAuth 2 shape with status 401
)

// Twice is the answer to an operation whose effect already holds, or which does
// not fit the state of the room.
type Twice string

// The answers to an operation that does not fit.
const (
	TwiceOK  Twice = ""
	Twice400 Twice = "400"
	Twice409 Twice = "409"
)

// OwnIDs tells what happens to an id chosen by the client.
type OwnIDs string

// The fates of an id chosen by the client.
const (
	OwnIDAccepted OwnIDs = ""
	OwnIDReplaced OwnIDs = "replaced" // the server makes its own ten digits and says nothing
	OwnIDRefused  OwnIDs = "refused"  // 400
)

// CalendarShape is a plausible shape of the links of a planned conference.
type CalendarShape string

// The shapes of the calendar links. A conference without a plan has none, which the
// last but one says with an error and the others with an empty object or array.
const (
	CalendarsNamed   CalendarShape = ""        // {"calendars":{"google":…,"outlook":…,"other":…}}
	CalendarsBare    CalendarShape = "bare"    // {"google":…,"outlook":…,"ics":…}
	CalendarsList    CalendarShape = "list"    // {"calendars":[{"type":"google","url":…},…]}
	CalendarsStrings CalendarShape = "strings" // ["https:…",…]
	CalendarsObjects CalendarShape = "objects" // {"calendars":{"google":{"url":…},…}}; none: an error
	CalendarsNone    CalendarShape = "none"    // there is no such route
)

// Deeplinks tells where the answer of software/clients holds its deeplinks.
type Deeplinks string

// The places of deeplinks.
const (
	DeeplinksTop    Deeplinks = ""       // {"clients":[…],"deeplinks":{…}}
	DeeplinksInside Deeplinks = "inside" // {"clients":[{…,"deeplinks":{…}}]}
	DeeplinksNone   Deeplinks = "none"
)

// NoCamera tells what the call page does where the browser gives it no camera.
type NoCamera string

// The fates of a call without a camera.
const (
	NoCameraSound   NoCamera = ""        // it asks for the microphone alone
	NoCameraSilent  NoCamera = "silent"  // it joins without both
	NoCameraRefuses NoCamera = "refuses" // it says notSupported
)

// ParticipantShape is a plausible shape of the participant list.
type ParticipantShape string

// The shapes of the participant list.
const (
	ShapeGuestID ParticipantShape = ""        // {"participants":[{"id":"*guest*p1",…}]}
	ShapeBareID  ParticipantShape = "bare"    // {"participants":[{"id":"p1",…}]}
	ShapeUID     ParticipantShape = "uid"     // {"participants":[{"uid":"*guest*p1@server",…}]}, no id
	ShapeV4      ParticipantShape = "v4"      // {"cnt":1,"list":[{"call_id":…}]}
	ShapeStrings ParticipantShape = "strings" // as the first, numbers as strings
)

// SecondJoin tells what the same guest id does that joins while inside.
type SecondJoin string

// The fates of a second join.
const (
	SecondReplaces SecondJoin = ""
	SecondRefused  SecondJoin = "refused"
	SecondDoubles  SecondJoin = "doubles"
)

// SetSwitches changes the switches while the server runs. change is called with
// the server locked: it must not call the server.
func (s *Server) SetSwitches(change func(*Switches)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.sw)
}

// switches is a copy that no later change reaches.
func (s *Server) switches() Switches {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sw.clone()
}

func (w Switches) clone() Switches {
	w.Troubles = slices.Clone(w.Troubles)
	return w
}

func (w Switches) linkLife() time.Duration { return orDefault(w.LinkLife, time.Minute) }
func (w Switches) ghost() time.Duration    { return max(orDefault(w.Ghost, 10*time.Second), 0) }
func (w Switches) ringFor() time.Duration  { return orDefault(w.RingFor, 45*time.Second) }
func (w Switches) guestSeats() int         { return max(orDefault(w.GuestSeats, 2), 0) }
func (w Switches) highestMinor() int       { return orDefault(w.HighestMinor, 11) }
func (w Switches) badTokenStatus() int     { return orDefault(w.BadTokenStatus, 403) }

// tokenLife is how long a token is honoured, and whether the answer says so.
func (w Switches) tokenLife() (life time.Duration, said bool) {
	if w.TokenLife < 0 {
		return time.Hour, false
	}
	return orDefault(w.TokenLife, 604800*time.Second), true
}

func orDefault[T int | time.Duration](v, preset T) T {
	if v == 0 {
		return preset
	}
	return v
}
