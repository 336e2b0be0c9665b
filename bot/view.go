package bot

import (
	"encoding/json"
	"time"

	"bedside/flows"
)

// Seen is an entry as one reader gets it: never the journal's own bytes.
type Seen struct {
	Seq  uint64    `json:"seq"`
	Prev uint64    `json:"prev"` // the one before it that this reader may see
	At   time.Time `json:"at"`
	Kind Kind      `json:"kind"`
	By   SeenBy    `json:"by"`
	Body any       `json:"body"`
}

// SeenBy is who did it, without a login.
type SeenBy struct {
	Role Role   `json:"role"`
	Name string `json:"name,omitempty"`
}

// Links make a call's addresses for the reader at the moment of showing. They
// are rendered, never stored.
type Links struct {
	Language string                                  // of the conversation, for rendered texts
	Page     func(call string) string                // the reader's join link; "" where they have none
	Join     func(call string) (method, href string) // the HTTP call that mints
}

// Bodies that differ from what the journal holds.
type (
	SeenStarted struct {
		Language string `json:"language"`
		Site     string `json:"site,omitempty"`
		Door     string `json:"door,omitempty"`
		Previous string `json:"previous,omitempty"`

		Signed  bool              `json:"signed,omitempty"`  // staff: the clinic's site has said who it is
		Patient map[string]string `json:"patient,omitempty"` // staff: what it said: name, born, phone
	}
	SeenAnswer struct {
		Step   string       `json:"step"`
		Slot   string       `json:"slot,omitempty"`
		Option string       `json:"option,omitempty"`
		Value  *flows.Value `json:"value,omitempty"`
		Text   string       `json:"text,omitempty"`
		Label  flows.Text   `json:"label,omitempty"`    // staff
		Red    bool         `json:"red_flag,omitempty"` // staff: stands first on the card
	}
	SeenQueued struct {
		Department string   `json:"department"`
		Title      string   `json:"title,omitempty"`
		Priority   string   `json:"priority,omitempty"`
		Summary    []string `json:"summary,omitempty"`    // staff
		Step       string   `json:"step,omitempty"`       // of the hand-over; skip declines a video by it
		Purpose    string   `json:"purpose,omitempty"`    // video
		Declinable bool     `json:"declinable,omitempty"` // the patient may rather type
		Rungs      []int    `json:"rungs,omitempty"`      // staff: seconds of the wait at which its ladder's rungs come
		First      bool     `json:"first,omitempty"`      // staff: an appointment that is due
	}
	SeenReminder struct {
		Text string `json:"text"`
		Lang string `json:"lang"`
	}
	SeenAssigned struct {
		Name       string `json:"name"`
		Department string `json:"department"`
		Doctor     string `json:"doctor,omitempty"` // staff: the login

		Why        ChosenBy     `json:"why,omitempty"`        // staff
		Considered []Considered `json:"considered,omitempty"` // staff
	}
	SeenReleased struct {
		Why        string `json:"why"`
		Department string `json:"department,omitempty"`
		Reason     string `json:"reason,omitempty"` // staff
	}
	SeenFinished struct {
		Outcome string `json:"outcome,omitempty"` // staff
		Words   string `json:"words,omitempty"`   // they stay pinned in the chat
		Next    *Next  `json:"next,omitempty"`
	}
	SeenClosed struct {
		Why  CloseWhy `json:"why"`
		Rate bool     `json:"rate,omitempty"` // the patient is asked to rate
	}
	SeenParked struct {
		Why  ParkWhy `json:"why"`
		Rate bool    `json:"rate,omitempty"`
	}
	SeenTakenBack struct {
		Step string `json:"step"`
		Slot string `json:"slot,omitempty"`
	}
	SeenRung struct { // staff
		Rung  int      `json:"rung"`
		Also  []string `json:"also,omitempty"`
		Alert string   `json:"alert,omitempty"`
	}
	SeenEmergency struct {
		By         string `json:"by"` // word, red_flag, flow
		Phone      string `json:"phone"`
		Department string `json:"department"`
		Title      string `json:"title,omitempty"`
		Priority   string `json:"priority"`
		Card       bool   `json:"card,omitempty"` // show the number as a card: a doctor has the conversation, no part follows
	}
	SeenEmergencyOver struct {
		Why EmergencyWhy `json:"why"`
	}
	SeenCallback struct {
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		By         time.Time `json:"by"`
		Phone      string    `json:"phone,omitempty"`      // none: the patient is reached in the chat
		PlaceKept  bool      `json:"place_kept,omitempty"` // the place in the queue stays
	}
	SeenCallbackFailure struct {
		Reason string `json:"reason,omitempty"` // staff
		Text   string `json:"text"`             // plain words, for the patient
	}
	SeenBooking struct {
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		Start      time.Time `json:"start"`
		Length     int       `json:"length"` // seconds
		Text       string    `json:"text"`   // the time as the patient has read it

		Booking    string `json:"booking,omitempty"`
		Doctor     string `json:"doctor,omitempty"` // staff: the login
		DoctorName string `json:"doctor_name,omitempty"`
		How        How    `json:"how,omitempty"`  // staff
		Link       string `json:"link,omitempty"` // the reader's own join link, the same whatever becomes of the booking
	}
	SeenCall struct { // requested, ready, withdrawn, interrupted, ended, failed, rung, stranger …
		Call     string    `json:"call"`
		Text     string    `json:"text,omitempty"` // plain words, for the patient
		Attempt  int       `json:"attempt,omitempty"`
		How      How       `json:"how,omitempty"`
		Who      Role      `json:"who,omitempty"`
		Name     string    `json:"name,omitempty"`
		Why      string    `json:"why,omitempty"`
		EndedBy  Role      `json:"ended_by,omitempty"`
		Link     string    `json:"link,omitempty"` // the reader's own join link
		Join     *SeenJoin `json:"join,omitempty"`
		Kind     string    `json:"failure,omitempty"`  // staff: what failed
		Detail   string    `json:"detail,omitempty"`   // staff
		Cure     string    `json:"cure,omitempty"`     // staff
		Retrying bool      `json:"retrying,omitempty"` // it is tried again by itself
		Lacks    string    `json:"lacks,omitempty"`    // seat or room: it goes on when one is free
		Record   bool      `json:"record,omitempty"`   // it is recorded, as the patient has agreed
		Kept     string    `json:"kept,omitempty"`     // … and where that is kept
		Together int       `json:"together,omitempty"` // ended: seconds that both were there
	}
	SeenJoin struct {
		Method string `json:"method"`
		Href   string `json:"href"`
	}
)

// View is what the reader gets of an entry; false means nothing at all. It is an
// allow-list: a kind that is not in it is shown to nobody.
func View(e Entry, reader Actor, l Links) (Seen, bool) {
	show, ok := views[e.Kind]
	if !ok || !e.Visible(reader.Role) {
		return Seen{}, false
	}
	body, err := show(glance{e.Body, reader.Role.Staff(), l, wordsIn(l.Language)})
	if err != nil {
		return Seen{}, false
	}
	return Seen{
		Seq: e.Seq, Prev: e.PrevFor(reader.Role), At: e.At, Kind: e.Kind,
		By: SeenBy{Role: e.By.Role, Name: e.By.Name}, Body: body,
	}, true
}

// glance is one look at one entry.
type glance struct {
	raw   json.RawMessage
	staff bool
	links Links
	words words
}

type view func(glance) (any, error)

// through reads the stored body and shows it by f.
func through[B any](f func(B, glance) any) view {
	return func(g glance) (any, error) {
		var b B
		err := json.Unmarshal(g.raw, &b)
		if err != nil {
			return nil, err
		}
		return f(b, g), nil
	}
}

// whole shows a body as it is stored: only for kinds whose every field both
// sides may see.
func whole[B any]() view { return through(func(b B, _ glance) any { return b }) }

func nothing(glance) (any, error) { return struct{}{}, nil }

// forStaff empties a field for everybody else.
func forStaff[T any](g glance, v T) T {
	if g.staff {
		return v
	}
	var none T
	return none
}
