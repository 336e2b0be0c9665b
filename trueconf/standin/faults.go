package standin

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// FaultDoc describes one name that [ParseFault] takes.
type FaultDoc struct {
	Name    string // as in --fault NAME=VALUE
	Value   string // the values it takes; empty: none
	Default string // what holds without it
	Does    string
	Source  string // section of the API reference that leaves it open
}

// fault is a documented name and how its value changes the switches.
type fault struct {
	FaultDoc
	parse parser
}

// Faults lists every name that [ParseFault] takes, in the order of the help.
func Faults() []FaultDoc {
	docs := make([]FaultDoc, len(faults))
	for i, f := range faults {
		docs[i] = f.FaultDoc
	}
	return docs
}

// ParseFault reads NAME or NAME=VALUE, as --fault takes it, and returns the change
// that it makes to the switches. The error names what would have been right.
func ParseFault(text string) (func(*Switches), error) {
	name, value, _ := strings.Cut(text, "=")
	for _, f := range faults {
		if f.Name != name {
			continue
		}
		change, err := f.parse(value)
		if err != nil {
			return nil, fmt.Errorf("fault %s: %w (takes %s)", name, err, f.Value)
		}
		return change, nil
	}
	names := make([]string, len(faults))
	for i, f := range faults {
		names[i] = f.Name
	}
	return nil, fmt.Errorf("fault %q is not known; known are: %s", name, strings.Join(names, ", "))
}

// troubleForm is how the value of a trouble is written; the parts may stand in any order.
const (
	troubleForm = "[ENDPOINT][:TIMES]"
	waitForm    = "[ENDPOINT:]DURATION[:TIMES]"
)

// faults is the whole table: bad luck first, then the open questions.
var faults = slices.Concat(
	[]fault{
		waits("latency", TroubleLatency, "waits before working; nothing is done for a client that hangs up"),
		waits("hang", TroubleHang, "waits before working, and works even if the client has hung up"),
		waits("late", TroubleLate, "works at once and answers after the wait"),
		befalls("lost", TroubleLost, "works, then closes the connection without an answer"),
		befalls("cut", TroubleCut, "closes the connection without working"),
		befalls("error_500", Trouble500, "answers 500 without working"),
		befalls("error_429", TroubleThrottle, "answers 429 without working"),
		befalls("unavailable", TroubleDown, "answers 503 without working"),
		befalls("html_502", TroubleHTML, "answers the HTML page of a proxy without working"),
		befalls("ok_error", TroubleOKError, "answers 200 with an error object, without working"),
		befalls("truncated", TroubleTruncated, "works, then breaks the connection within the answer"),
		befalls("half_json", TroubleShort, "works, then answers half of the JSON as if it were whole"),
		befalls("empty", TroubleEmpty, "works, then answers with nothing"),
		{FaultDoc{"nobody", "[TIMES]", "", "the participant list reads empty, whoever is there", ""}, func(v string) (func(*Switches), error) {
			return parseTrouble(TroubleNobody, strings.TrimSuffix("participants:"+v, ":"), false)
		}},
	},
	tokenFaults, conferenceFaults, linkFaults, callFaults,
)

var tokenFaults = []fault{
	{FaultDoc{"escaping", "plain|unicode|article|double", `"\/" and "\uXXXX" as PHP writes`, "how JSON strings are written", "§3, §7"},
		oneOf(func(w *Switches) *Escaping { return &w.Escaping }, EscapePlain, EscapeUnicode, EscapeArticle, EscapeDouble)},
	{FaultDoc{"loose_types", "", "numbers and booleans as documented", "numbers are strings and booleans 0 or 1", "§3"},
		flag(func(w *Switches) *bool { return &w.LooseTypes })},
	{FaultDoc{"skew", "DURATION", "none", "the server's clock is ahead by so much (or behind: -30s)", ""},
		duration(func(w *Switches) *time.Duration { return &w.Skew })},
	{FaultDoc{"expires_in", "DURATION", "168h", "life of access tokens; negative: one hour, not told in the answer", "§2.1"},
		duration(func(w *Switches) *time.Duration { return &w.TokenLife })},
	{FaultDoc{"token_uses", "N", "unlimited", "an access token dies after N calls", "§2.4"},
		number(func(w *Switches) *int { return &w.TokenUses }, 1, 1_000_000)},
	{FaultDoc{"bad_token", "401|403", "403", "status of a bad or expired token", "§2.4"},
		badToken},
	{FaultDoc{"token_refusal", "reason|401", "400 invalid_client", "how bad client credentials are refused", "§2.4"},
		oneOf(func(w *Switches) *TokenRefusal { return &w.TokenRefusal }, RefusalReason, Refusal401)},
	{FaultDoc{"take_both_tokens", "", "400 invalid_request", "a token in header and query at once is taken", "§2.3"},
		flag(func(w *Switches) *bool { return &w.TakeBothTokens })},
	{FaultDoc{"highest_minor", "N", "11", "API v3 prefixes above v3.N answer routeNotFound", "§1"},
		number(func(w *Switches) *int { return &w.HighestMinor }, 1, 99)},
	{FaultDoc{"no_v4", "", "a few calls of v4 answer", "nothing below /api/v4 answers", "§1"},
		flag(func(w *Switches) *bool { return &w.NoV4 })},
}

var conferenceFaults = []fault{
	{FaultDoc{"ignore_state", "", `POST honours state "running"`, `POST ignores state "running"`, "§9.1"},
		flag(func(w *Switches) *bool { return &w.IgnoreState })},
	{FaultDoc{"run_twice", "400|409", "200", "run on a running room", "§9.1"},
		oneOf(func(w *Switches) *Twice { return &w.RunTwice }, Twice400, Twice409)},
	{FaultDoc{"stop_twice", "400|409", "200", "stop on a stopped room", "§10"},
		oneOf(func(w *Switches) *Twice { return &w.StopTwice }, Twice400, Twice409)},
	{FaultDoc{"delete_running", "400|409", "stops and deletes", "delete on a running room", "§9.2"},
		oneOf(func(w *Switches) *Twice { return &w.DeleteRunning }, Twice400, Twice409)},
	{FaultDoc{"delete_204", "", `200 {"id"}`, "delete answers 204 without a body", "§1"},
		flag(func(w *Switches) *bool { return &w.DeleteNoContent })},
	{FaultDoc{"edit_running", "", "only the description", "everything of a running room may be changed", "§9.2"},
		flag(func(w *Switches) *bool { return &w.EditRunning })},
	{FaultDoc{"own_ids", "replaced|refused", "accepted", "a conference id chosen by the client: the server makes its own ten digits, or 400", "§5.1"},
		oneOf(func(w *Switches) *OwnIDs { return &w.OwnIDs }, OwnIDReplaced, OwnIDRefused)},
	{FaultDoc{"any_owner", "", "400", "an owner who does not exist is accepted", "§10"},
		flag(func(w *Switches) *bool { return &w.AnyOwner })},
	{FaultDoc{"owner_with_server", "", "anna", "answers name the owner as anna@server", "§3"},
		flag(func(w *Switches) *bool { return &w.OwnerWithServer })},
	{FaultDoc{"ends_on_time", "", "runs on", "a scheduled meeting stops when its duration is over", "§9.2"},
		flag(func(w *Switches) *bool { return &w.EndsOnTime })},
	{FaultDoc{"no_start", "", "it begins and its owner is rung", "a scheduled meeting does not begin by itself", ""},
		flag(func(w *Switches) *bool { return &w.NoStart })},
	{FaultDoc{"calendars", "bare|list|strings|objects|none", `{"calendars":{"google",…}}`, "how calendar links are answered; none: no such route", "§8"},
		oneOf(func(w *Switches) *CalendarShape { return &w.Calendars }, CalendarsBare, CalendarsList, CalendarsStrings, CalendarsObjects, CalendarsNone)},
}

var linkFaults = []fault{
	{FaultDoc{"deeplinks", "inside|none", "beside clients", "where software/clients puts the deeplinks", "§6.2"},
		oneOf(func(w *Switches) *Deeplinks { return &w.Deeplinks }, DeeplinksInside, DeeplinksNone)},
	{FaultDoc{"widget_decoy", "", "one web entry", "a /webrtc-widget/ entry stands before the right one", "§6.2"},
		flag(func(w *Switches) *bool { return &w.WidgetDecoy })},
	{FaultDoc{"no_standalone", "", "apps are listed", "software/clients lists no apps", "§6.2"},
		flag(func(w *Switches) *bool { return &w.NoStandalone })},
	{FaultDoc{"no_web", "", "listed", "software/clients lists no web client, as without a licence", "§6.2"},
		flag(func(w *Switches) *bool { return &w.NoWeb })},
	{FaultDoc{"clients_need_token", "", "open", "software/clients wants an access token", "§6.1"},
		flag(func(w *Switches) *bool { return &w.ClientsNeedToken })},
	{FaultDoc{"link_life", "DURATION", "1m", "life of a guest link", "§6.5"},
		duration(func(w *Switches) *time.Duration { return &w.LinkLife })},
	{FaultDoc{"link_once", "", "any number of times", "a guest link lets in once only", "§19.7"},
		flag(func(w *Switches) *bool { return &w.LinkOnce })},
	{FaultDoc{"refuse_frames", "", "may be framed", "the call page forbids being framed", "§13"},
		flag(func(w *Switches) *bool { return &w.RefuseFrames })},
	{FaultDoc{"no_camera", "silent|refuses", "the microphone alone", "what the call page does where the browser gives it no camera", "§13"},
		oneOf(func(w *Switches) *NoCamera { return &w.NoCamera }, NoCameraSilent, NoCameraRefuses)},
	{FaultDoc{"mute_page", "", "joins", "the call page comes and never joins nor says a word", ""},
		flag(func(w *Switches) *bool { return &w.MutePage })},
}

var callFaults = []fault{
	{FaultDoc{"participants", "bare|uid|v4|strings", `id "*guest*…"`, "shape of the list of participants", "§19.9"},
		oneOf(func(w *Switches) *ParticipantShape { return &w.Participants }, ShapeBareID, ShapeUID, ShapeV4, ShapeStrings)},
	{FaultDoc{"second_join", "refused|doubles", "replaces", "the same guest id joins while inside", "§6.1, §19.7"},
		oneOf(func(w *Switches) *SecondJoin { return &w.SecondJoin }, SecondRefused, SecondDoubles)},
	{FaultDoc{"guest_seats", "N", "2", "guest connections of the licence", "§12"}, guestSeats},
	{FaultDoc{"ghost", "DURATION", "10s", "how long somebody whose connection died stays listed", "§9.2"}, ghost},
	{FaultDoc{"ring_for", "DURATION", "45s", "how long somebody's app rings", ""},
		duration(func(w *Switches) *time.Duration { return &w.RingFor })},
	{FaultDoc{"stopped_admits", "", "not_running", "guests may enter a stopped room", "§6.7"},
		flag(func(w *Switches) *bool { return &w.StoppedAdmits })},
}
