package trueconf

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Presence is what a user is doing (API reference §4.3).
type Presence int

// The documented values, and one for an answer without any.
const (
	PresenceUnknown Presence = -100
	NotActive       Presence = -2
	InvalidUser     Presence = -1
	Offline         Presence = 0
	Online          Presence = 1
	Busy            Presence = 2
	Hosting         Presence = 5 // in a conference of their own
)

// User is a registered user of the server.
type User struct {
	ID          string // "anna"
	UID         string // "anna@server"
	DisplayName string
	Email       string
	Active      bool
	Presence    Presence
}

// User looks up a TrueConf ID, with or without the server's name. NotFound
// means that there is no such user here.
func (c *Client) User(ctx context.Context, id string) (User, error) {
	const op = "read user"
	name := localID(strings.TrimSpace(id))
	if name == "" || name == "." || name == ".." || isGuestLogin(id) {
		return User{}, c.invalid(op, "the user's id is empty or not an id")
	}
	r := request{op: op, method: http.MethodGet, path: "/users/" + segment(name)}
	body, err := c.do(ctx, r)
	if err != nil {
		return User{}, err
	}
	user, ok := readUser(body)
	switch {
	case !ok:
		return User{}, c.unreadable(r, "the answer holds no user with an id")
	case !SameUser(user.ID, name) && !SameUser(user.UID, name):
		return User{}, c.unreadable(r, "the answer is about another user")
	}
	return user, nil
}

type wireUser struct {
	ID          flexText `json:"id"`
	UID         flexText `json:"uid"`
	LoginName   flexText `json:"login_name"`
	DisplayName flexText `json:"display_name"`
	Email       flexText `json:"email"`
	Active      flexBool `json:"is_active"`
	Status      *flexInt `json:"status"`
}

// readUser reads {"user":{…}} or the object bare.
func readUser(body []byte) (User, bool) {
	var wrapped struct {
		User *wireUser `json:"user"`
	}
	if json.Unmarshal(body, &wrapped) != nil {
		return User{}, false
	}
	w := wrapped.User
	if w == nil {
		w = &wireUser{}
		if json.Unmarshal(body, w) != nil {
			return User{}, false
		}
	}
	u := User{
		ID:          firstText(string(w.ID), localID(string(w.UID)), string(w.LoginName)),
		UID:         string(w.UID),
		DisplayName: string(w.DisplayName),
		Email:       string(w.Email),
		Active:      bool(w.Active),
		Presence:    PresenceUnknown,
	}
	if w.Status != nil {
		u.Presence = Presence(*w.Status)
	}
	return u, u.ID != ""
}
