package wire

import (
	"time"

	"bedside/bot"
	"bedside/flows"
)

// Start is the body of POST /api/v1/conversations. The browser makes the ticket
// (256 bits, base64url without padding, 43 characters) and sends it as bearer;
// a service may leave it out and gets one.
type Start struct {
	Key      string `json:"key"`                // the client's own id of this start, 1 to 128 visible ASCII characters
	Site     string `json:"site,omitempty"`     // "" is the first site
	Flow     string `json:"flow,omitempty"`     // the door; "" is the site's own
	Language string `json:"language,omitempty"` // BCP 47; "" is Accept-Language, then the site's
	Zone     string `json:"zone,omitempty"`     // the patient's time zone, as in Europe/Moscow; moments are told in it
	Identity string `json:"identity,omitempty"` // signed by the clinic's server, see Identify
	Previous string `json:"previous,omitempty"` // the conversation that this one follows; of the same person, else it is dropped
}

// Started answers Start with 201.
type Started struct {
	Conversation string  `json:"conversation"`
	Ticket       string  `json:"ticket,omitempty"` // only when the caller sent none
	Entries      []Entry `json:"entries"`
}

// Identify is the body of POST /api/v1/identity: who is that, as the clinic's
// server has signed it? A token is a JWT (RFC 7519) signed by HS256 with the
// site's identity_key, with the claims sub and exp, and name, birthdate
// (1958-03-07) and phone_number where the clinic knows them.
type Identify struct {
	Site     string `json:"site,omitempty"` // "" is the first site
	Identity string `json:"identity"`
}

// Identified answers Identify. A browser keeps what belongs to this person under
// the shelf's name, apart from everybody else's.
type Identified struct {
	Shelf string `json:"shelf"`
}

// Head answers GET /api/v1/conversations/{id}: where a conversation stands and
// what the caller may do now. All that follows May is for staff, save Call.
type Head struct {
	ID         string    `json:"id"`
	Phase      bot.Phase `json:"phase"`
	Seq        uint64    `json:"seq"`            // the last that the caller may see
	May        []bot.Do  `json:"may,omitzero"`   // left out in lists
	Call       *HeadCall `json:"call,omitempty"` // the open call, or the last one
	Site       string    `json:"site,omitempty"`
	Department string    `json:"department,omitempty"`
	Priority   string    `json:"priority,omitempty"`
	Since      time.Time `json:"since,omitzero"`   // the first waiting time
	Doctor     string    `json:"doctor,omitempty"` // login
	DoctorName string    `json:"doctor_name,omitempty"`
	Patient    string    `json:"patient,omitempty"` // the name, where it is known
	Born       string    `json:"born,omitempty"`    // 1958-03-07
	Signed     bool      `json:"signed,omitempty"`  // the clinic's site has said who it is
	Language   string    `json:"language,omitempty"`
	Owed       time.Time `json:"owed,omitzero"`     // the first word of the patient that nobody has answered
	ReplyBy    time.Time `json:"reply_by,omitzero"` // when the patient goes back to the queue, unless answered
	Rung       int       `json:"rung,omitempty"`    // how many rungs of the wait have passed

	Offered  []string      `json:"offered,omitempty"` // the departments whose doctors may take it, in the order in which they are rung
	Purpose  string        `json:"purpose,omitempty"` // of the wait: video
	CallBack *HeadCallBack `json:"callback,omitempty"`
	Bookings []HeadBooking `json:"bookings,omitempty"`
	Offer    *HeadOffer    `json:"offer,omitempty"`
	Tasks    []HeadTask    `json:"tasks,omitempty"`
	Asks     bool          `json:"asks_video,omitempty"` // the patient has asked for video
	Way      string        `json:"way,omitempty"`        // in which the patient's device can come: page, app, sound, phone
}

// HeadCallBack is the promise to call that is open.
type HeadCallBack struct {
	By         time.Time `json:"by"`
	Phone      string    `json:"phone,omitempty"` // none: reach the patient in the chat
	Department string    `json:"department"`
	Missed     bool      `json:"missed,omitempty"` // the time has passed
}

// HeadCall is the call of a head.
type HeadCall struct {
	ID        string        `json:"id"`
	State     bot.CallState `json:"state"`
	How       bot.How       `json:"how,omitempty"` // staff
	Inside    []bot.Role    `json:"inside,omitempty"`
	Strangers int           `json:"strangers,omitempty"` // staff: how many in the room are not ours
	Unwatched bool          `json:"unwatched,omitempty"` // staff: nobody can say who is inside
	Lacks     string        `json:"lacks,omitempty"`     // staff: seat or room, for which it waits
	Seats     int           `json:"seats,omitempty"`     // staff: guest seats that it holds
	Until     time.Time     `json:"until,omitzero"`      // when it ends, where that is not the usual limit
}

// Heads answers GET /api/v1/conversations.
type Heads struct {
	Heads []Head `json:"heads"`
	Next  string `json:"next,omitempty"` // give it as before= for the next page
}

// Find is the body of POST /api/v1/conversations/find: the name travels in a body
// and so stands in no log. Each word begins a word of the patient's name; case,
// accents, ё and е make no difference.
type Find struct {
	Words string `json:"words"`           // at most 200 bytes
	Limit int    `json:"limit,omitempty"` // rows; 0 and more than 100 are 100
}

// Found answers Find: those of one's own first, the last first.
type Found struct {
	Heads []Head `json:"heads"`
	More  bool   `json:"more,omitempty"` // there are more than these
}

// By is who did it, as readers know them.
type By struct {
	Role bot.Role `json:"role"`
	Name string   `json:"name,omitempty"`
}

// Entry is one entry of the journal as the caller may read it. Prev is the one
// before it that the caller may see: where it is not the last one had, there is
// a gap to fetch.
type Entry struct {
	Seq  uint64    `json:"seq"`
	Prev uint64    `json:"prev"`
	At   time.Time `json:"at"`
	Kind bot.Kind  `json:"kind"`
	By   By        `json:"by"`
	Body any       `json:"body"` // by kind, see Bodies
}

// Entries answers GET /api/v1/conversations/{id}/entries, ascending. Last is
// the last sequence that the caller may see, in this page or not.
type Entries struct {
	Entries []Entry `json:"entries"`
	Last    uint64  `json:"last"`
}

// Command is the body of POST /api/v1/conversations/{id}/commands, and with a
// conversation the frame of the same name. A field that the command does not
// know is refused.
type Command struct {
	Key      string   `json:"key"` // the client's own id of this command, 1 to 128 visible ASCII characters
	Do       bot.Do   `json:"do"`
	Text     string   `json:"text,omitempty"`     // send, note, rate
	Step     string   `json:"step,omitempty"`     // choose, skip: the question's; skip with that of queue.joined declines its video
	Option   string   `json:"option,omitempty"`   // choose; agree or refuse for a consent, a time as it was offered or none for a booking
	Options  []string `json:"options,omitempty"`  // choose several; for files the ids of those that were sent
	Stars    int      `json:"stars,omitempty"`    // rate: 1 to 5
	How      bot.How  `json:"how,omitempty"`      // escalate; "" is what suits the doctor
	To       string   `json:"to,omitempty"`       // transfer: a department, or doctor/<login>
	Outcome  string   `json:"outcome,omitempty"`  // finish
	Reason   string   `json:"reason,omitempty"`   // release, transfer, callback_failed
	Language string   `json:"language,omitempty"` // speak: BCP 47; the nearest that the flow has is taken

	Attributes map[string]string `json:"attributes,omitempty"` // describe: at most 20, names of 40 and values of 200 characters

	Booking    string            `json:"booking,omitempty"`    // accept_time, decline_time, move, cancel, reassign, kept, no_show, late
	Start      time.Time         `json:"start,omitzero"`       // propose, move
	Minutes    int               `json:"minutes,omitempty"`    // propose: 0 is the department's length; extend
	Department string            `json:"department,omitempty"` // propose: "" is that of the conversation
	Words      string            `json:"words,omitempty"`      // finish: for the patient
	Next       *bot.Next         `json:"next,omitempty"`       // finish
	Devices    *bot.Devices      `json:"devices,omitempty"`    // devices
	Channel    bot.Channel       `json:"channel,omitempty"`    // leave_contact, drop_contact
	Address    string            `json:"address,omitempty"`    // leave_contact: a number or a mail address
	Push       *bot.Subscription `json:"push,omitempty"`       // leave_contact
	Task       string            `json:"task,omitempty"`       // task_done
}

// Commanded answers a Command: what it recorded, as far as the caller may see
// it; the same again for the same key.
type Commanded struct {
	Seq     uint64  `json:"seq"`
	Entries []Entry `json:"entries"`
}

// Elsewhere answers POST /api/v1/conversations/{id}/elsewhere: a link by which the
// patient goes on in another browser, once, until it expires. Its secret stands in
// the fragment.
type Elsewhere struct {
	Link      string    `json:"link"`
	ExpiresAt time.Time `json:"expires_at"`
	QR        []string  `json:"qr"` // the link as a QR code, row by row: 1 is dark, 0 is light
}

// GoOn is the body of POST /api/v1/elsewhere; the bearer is the ticket that the
// new browser made for itself.
type GoOn struct {
	Secret string `json:"secret"` // of the link's fragment
}

// WentOn answers GoOn: the conversation in which the ticket counts from here on.
type WentOn struct {
	Conversation string `json:"conversation"`
}

// Join is the body of the join calls; it may be left out.
type Join struct {
	Failed   bool   `json:"failed,omitempty"`   // the call's frame said loginFail to the link before
	Language string `json:"language,omitempty"` // of the call's page; "" is the conversation's
	Device   string `json:"device,omitempty"`   // tells apart browsers that came by one visit key, 1 to 64 characters
	Move     bool   `json:"move,omitempty"`     // after elsewhere: the call moves to this device
	Itself   bool   `json:"itself,omitempty"`   // nobody has pressed: refused as elsewhere where another device has come already
}

// CallNow answers GET /api/v1/calls/{call}: how the call stands for somebody who
// may enter it.
type CallNow struct {
	State  bot.CallState `json:"state"`
	Inside []bot.Role    `json:"inside"`           // who of the two is in the room
	Seen   bool          `json:"seen"`             // false: nobody can say who is inside
	Doctor string        `json:"doctor,omitempty"` // the name
	Lacks  string        `json:"lacks,omitempty"`  // seat or room: it goes on by itself when one is free
	Until  time.Time     `json:"until,omitzero"`   // when the call ends

	Again  bool        `json:"again,omitempty"`  // the clinic has missed the appointment: a doctor is called, and the same link leads into that call
	Booked *BookedCall `json:"booked,omitempty"` // the appointment, until both have met in its call

	Conversation string `json:"conversation,omitempty"` // that it belongs to, for staff
}

// Joined answers a join: a fresh guest link for the caller alone, or rung when
// the doctor comes by app and the app was rung again.
type Joined struct {
	Rung      bool       `json:"rung,omitempty"`
	WebURL    string     `json:"web_url,omitempty"`
	Deeplinks *Deeplinks `json:"deeplinks,omitempty"`
	ExpiresAt time.Time  `json:"expires_at,omitzero"`
	Apps      []App      `json:"apps,omitempty"` // where the TrueConf app is had, where the server says so
}

// App says where the TrueConf app for a platform is had.
type App struct {
	Platform string `json:"platform"` // ios, android, windows, macos, linux, or what the server calls it
	URL      string `json:"url"`      // https: a store's page, or a download
}

// Deeplinks open the TrueConf app. They are opaque: set them by script.
type Deeplinks struct {
	Default string `json:"default"`
	Android string `json:"android"`
}

// SignIn is the body of POST /api/v1/session; the answer is 204 and the cookie.
type SignIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// Session answers GET /api/v1/session: who is signed in.
type Session struct {
	Login       string   `json:"login"`
	Name        string   `json:"name"`
	Role        bot.Role `json:"role"`
	Departments []string `json:"departments"`
	App         bool     `json:"app"` // has a TrueConf ID, so may come by app
}

// DoctorApp answers GET /api/v1/session/app: whether the caller's own TrueConf app
// can be rung, as TrueConf says or has said up to 20 s ago.
type DoctorApp struct {
	State string `json:"state"` // online, busy, offline, nobody (TrueConf has no such user) or unknown
}

// Problem is the body of every refusal, application/problem+json (RFC 9457).
type Problem struct {
	Type       string   `json:"type"` // "about:blank"
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Code       bot.Code `json:"code"` // stable; this is what programs look at
	Detail     string   `json:"detail,omitempty"`
	Cure       string   `json:"cure,omitempty"`        // for staff: what to do about it
	RetryAfter int      `json:"retry_after,omitempty"` // seconds
	Request    string   `json:"request,omitempty"`     // the request's id, as the log has it
}

// Page stands in the HTML of /widget/, /join/ and /console/ as
// <script type="application/json" id="bedside">…</script>: what the page must
// know before its first call, and even if that call fails.
type Page struct {
	Site      string     `json:"site,omitempty"`
	Title     string     `json:"title"`
	Titles    flows.Text `json:"titles,omitempty"`   // the title by language, where there are several
	Language  string     `json:"language,omitempty"` // "" leaves it to the browser
	Theme     string     `json:"theme,omitempty"`    // light, dark or "" (the browser's)
	Phone     string     `json:"phone,omitempty"`
	Emergency string     `json:"emergency,omitempty"`
	Origins   []string   `json:"origins,omitempty"` // of the clinic's pages that may embed the panel; exact
	TrueConf  []string   `json:"trueconf"`          // origins whose frames are calls; exact
	Call      string     `json:"call,omitempty"`    // the join page's
	How       bot.How    `json:"how,omitempty"`     // console: the preset way into a call

	Notify      []bot.Channel `json:"notify,omitempty"`      // panel: in which somebody who has left the page can be written to
	Video       *bool         `json:"video,omitempty"`       // panel: false where no flow leads to video
	Departments []Department  `json:"departments,omitempty"` // console: where a patient can be sent
}

// Department is one of the clinic's queues.
type Department struct {
	ID    string     `json:"id"`
	Title flows.Text `json:"title"` // by language
}
