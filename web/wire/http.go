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
	Identity string `json:"identity,omitempty"` // signed by the clinic's server
	Previous string `json:"previous,omitempty"` // the conversation that this one follows
}

// Started answers Start with 201.
type Started struct {
	Conversation string  `json:"conversation"`
	Ticket       string  `json:"ticket,omitempty"` // only when the caller sent none
	Entries      []Entry `json:"entries"`
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
	Language   string    `json:"language,omitempty"`
	Owed       time.Time `json:"owed,omitzero"`  // the first word of the patient that nobody has answered
	Rung       int       `json:"rung,omitempty"` // how many rungs of the wait have passed
}

// HeadCall is the call of a head.
type HeadCall struct {
	ID        string        `json:"id"`
	State     bot.CallState `json:"state"`
	How       bot.How       `json:"how,omitempty"` // staff
	Inside    []bot.Role    `json:"inside,omitempty"`
	Strangers int           `json:"strangers,omitempty"` // staff: how many in the room are not ours
	Unwatched bool          `json:"unwatched,omitempty"` // staff: nobody can say who is inside
}

// Heads answers GET /api/v1/conversations.
type Heads struct {
	Heads []Head `json:"heads"`
	Next  string `json:"next,omitempty"` // give it as before= for the next page
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
	Key     string   `json:"key"` // the client's own id of this command, 1 to 128 visible ASCII characters
	Do      bot.Do   `json:"do"`
	Text    string   `json:"text,omitempty"`    // send, note
	Step    string   `json:"step,omitempty"`    // choose, skip
	Option  string   `json:"option,omitempty"`  // choose
	Options []string `json:"options,omitempty"` // choose
	How     bot.How  `json:"how,omitempty"`     // escalate; "" is what suits the doctor
	To      string   `json:"to,omitempty"`      // transfer: a department
	Outcome string   `json:"outcome,omitempty"` // finish
	Reason  string   `json:"reason,omitempty"`  // release, transfer
}

// Commanded answers a Command: what it recorded, as far as the caller may see
// it; the same again for the same key.
type Commanded struct {
	Seq     uint64  `json:"seq"`
	Entries []Entry `json:"entries"`
}

// Join is the body of the join calls; it may be left out.
type Join struct {
	Failed   bool   `json:"failed,omitempty"`   // the call's frame said loginFail to the link before
	Language string `json:"language,omitempty"` // of the call's page; "" is the conversation's
}

// Joined answers a join: a fresh guest link for the caller alone, or rung when
// the doctor comes by app and the app was rung again.
type Joined struct {
	Rung      bool       `json:"rung,omitempty"`
	WebURL    string     `json:"web_url,omitempty"`
	Deeplinks *Deeplinks `json:"deeplinks,omitempty"`
	ExpiresAt time.Time  `json:"expires_at,omitzero"`
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
	Site        string       `json:"site,omitempty"`
	Title       string       `json:"title"`
	Language    string       `json:"language,omitempty"` // "" leaves it to the browser
	Theme       string       `json:"theme,omitempty"`    // light, dark or "" (the browser's)
	Phone       string       `json:"phone,omitempty"`
	Emergency   string       `json:"emergency,omitempty"`
	Origins     []string     `json:"origins,omitempty"`     // of the clinic's pages that may embed the panel; exact
	TrueConf    []string     `json:"trueconf"`              // origins whose frames are calls; exact
	Call        string       `json:"call,omitempty"`        // the join page's
	How         bot.How      `json:"how,omitempty"`         // console: the preset way into a call
	Departments []Department `json:"departments,omitempty"` // console: where a patient can be sent
}

// Department is one of the clinic's queues.
type Department struct {
	ID    string     `json:"id"`
	Title flows.Text `json:"title"` // by language
}
