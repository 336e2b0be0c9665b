package trueconf

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
)

// Participant is somebody in the room now.
type Participant struct {
	// ID is a guest's login or a user's TrueConf ID without the server's name;
	// compare it with [SameGuest] or [SameUser]. Empty if the server told none:
	// a stranger.
	ID string
	// Guest is set if the server marked a guest. Servers that mark nobody exist.
	Guest bool
	// Name is what they call themselves; nobody has checked it.
	Name string
}

// String shows a participant without id and name.
func (p Participant) String() string {
	return fmt.Sprintf("trueconf.Participant{Guest: %t, %s}", p.Guest, hidden)
}

// GoString is String, so that %#v names nobody either.
func (p Participant) GoString() string { return p.String() }

// LogValue is String for slog.
func (p Participant) LogValue() slog.Value { return slog.StringValue(p.String()) }

// Participants reads who is in the room. An empty list means that the server
// said so: an answer without a list, or with fewer entries than it counts, is
// an error of the kind Unexpected, for it proves nobody's absence.
func (c *Client) Participants(ctx context.Context, id string) ([]Participant, error) {
	r, err := c.onConference("read participants", http.MethodGet, id, "/participants")
	if err != nil {
		return nil, err
	}
	body, err := c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	people, what := readParticipants(body)
	if what != "" {
		return nil, c.unreadable(r, what)
	}
	return people, nil
}

// readParticipants reads all known shapes of the list (API reference §1, §4.1):
// {"participants":[…]}, {"cnt":n,"list":[…]} and a bare array.
func readParticipants(body []byte) (people []Participant, fault string) {
	raw, count := json.RawMessage(body), -1
	var keyed struct {
		Participants json.RawMessage `json:"participants"`
		List         json.RawMessage `json:"list"`
		Count        *flexInt        `json:"cnt"`
		CountV3      *flexInt        `json:"count"`
	}
	if len(body) > 0 && body[0] != '[' {
		if json.Unmarshal(body, &keyed) != nil {
			return nil, "the answer holds no list of participants"
		}
		if raw = keyed.Participants; raw == nil {
			raw = keyed.List
		}
		for _, n := range []*flexInt{keyed.Count, keyed.CountV3} {
			if n != nil {
				count = int(*n)
			}
		}
	}
	if !isList(raw) {
		return nil, "the answer holds no list of participants"
	}
	entries := elements(raw)
	if len(entries) < count {
		return nil, "the list of participants is shorter than its own count"
	}
	for _, entry := range entries {
		p, present, ok := readParticipant(entry)
		if !ok {
			return nil, "an entry of the list of participants is not readable"
		}
		if present {
			people = append(people, p)
		}
	}
	return people, ""
}

// wireParticipant has every field in which some version names the person.
type wireParticipant struct {
	CallID        flexText  `json:"call_id"`
	UID           flexText  `json:"uid"`
	ID            flexText  `json:"id"`
	ParticipantID flexText  `json:"participant_id"`
	UserID        flexText  `json:"user_id"`
	Login         flexText  `json:"login"`
	DisplayName   flexText  `json:"display_name"`
	Name          flexText  `json:"name"`
	Type          flexText  `json:"type"`
	IsGuest       flexBool  `json:"is_guest"`
	Guest         flexBool  `json:"guest"`
	InConference  *flexBool `json:"is_in_conf"`
}

// readParticipant reads one entry: an object or a bare id. present is false
// for somebody who is only planned (generation 4 lists both).
func readParticipant(raw json.RawMessage) (p Participant, present, ok bool) {
	if len(raw) > 0 && raw[0] == '"' {
		text := scalar(raw)
		return Participant{ID: localID(text), Guest: isGuestLogin(text)}, true, true
	}
	var w wireParticipant
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &w) != nil {
		return p, false, false
	}
	p = Participant{
		Guest: bool(w.IsGuest || w.Guest) || w.Type == "guest",
		Name:  firstText(string(w.DisplayName), string(w.Name)),
	}
	named := []flexText{w.CallID, w.UID, w.ID, w.ParticipantID, w.UserID, w.Login}
	for _, text := range named {
		if isGuestLogin(string(text)) {
			p.ID, p.Guest = localID(string(text)), true
			break
		}
		p.ID = firstText(p.ID, localID(string(text)))
	}
	return p, w.InConference == nil || bool(*w.InConference), true
}

// Invite rings users of the server, or call strings such as "#sip:100@host",
// into a running conference (API reference §4.1).
func (c *Client) Invite(ctx context.Context, id string, users ...string) error {
	const op = "invite"
	r, err := c.onConference(op, http.MethodPost, id, "/invite")
	if err != nil {
		return err
	}
	for _, user := range users {
		if user == "" {
			return c.invalid(op, "an invited user's id is empty")
		}
	}
	if len(users) == 0 {
		return nil
	}
	r.body = map[string][]string{"participants": users}
	_, err = c.do(ctx, r)
	if e, ok := err.(*Error); ok && e.Reason == reasonNoRoute {
		return c.inviteOneByOne(ctx, id, users)
	}
	return err
}

// inviteOneByOne is the older form of the same call.
func (c *Client) inviteOneByOne(ctx context.Context, id string, users []string) error {
	for _, user := range users {
		r, err := c.onConference("invite", http.MethodPost, id, "/participants")
		if err != nil {
			return err
		}
		r.body = map[string]string{"participant_id": user}
		if _, err := c.do(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
