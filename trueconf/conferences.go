package trueconf

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"unicode/utf8"
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9_]{1,128}$`)

// Create makes a conference and returns it as the server has it.
//
// Kinds besides the general ones: Duplicate, the id is taken; NoOwner; Refused.
// After Unreachable or a server error the conference may exist all the same:
// ask for its id. If the server put an id of its own in place of the given
// one, the error is Refused with the reason "idReplaced" and the returned
// conference names that id, for the caller to remove.
func (c *Client) Create(ctx context.Context, conf Conference) (Conference, error) {
	const op = "create conference"
	if what := conf.fault(); what != "" {
		return Conference{}, c.invalid(op, what)
	}
	r := request{op: op, method: http.MethodPost, path: "/conferences", body: conf.wire(), secrets: conf.secrets()}
	body, err := c.do(ctx, r)
	if err != nil {
		return Conference{}, c.settleOwner(ctx, conf.Owner, err)
	}
	made, err := c.readConference(r, body)
	if err != nil {
		return Conference{}, err
	}
	if conf.ID != "" && made.ID != conf.ID {
		e := &Error{Kind: Refused, Status: 200, Reason: "idReplaced", answered: true,
			Message: "the server replaced the conference's id with one of its own",
			Cure:    "check that the licence allows public conferences with ids of one's own"}
		return made, c.place(e, op, append(conf.secrets(), made.ID))
	}
	return made, nil
}

func (c Conference) secrets() []string {
	secrets := []string{c.ID, c.Topic, c.Description}
	for _, i := range c.Invitations {
		secrets = append(secrets, i.DisplayName)
	}
	return secrets
}

// fault says what the server would refuse, "" if nothing.
func (c Conference) fault() string {
	switch {
	case c.ID != "" && !idForm.MatchString(c.ID):
		return "the conference's id must be 1 to 128 digits, Latin letters and underscores"
	case c.Topic == "" || utf8.RuneCountInString(c.Topic) > 240:
		return "the topic must be 1 to 240 characters"
	case c.Owner == "" || utf8.RuneCountInString(c.Owner) > 64:
		return "the owner must be a TrueConf ID of 1 to 64 characters"
	case len(c.Broadcast) > 0 && !json.Valid(c.Broadcast):
		return "the broadcast preset is not JSON"
	}
	return c.Schedule.fault()
}

// settleOwner finds out whether a refused creation was about the owner. The
// reason of that refusal is not documented (API reference §10), so where the
// answer does not say, the owner is looked up.
func (c *Client) settleOwner(ctx context.Context, owner string, err error) error {
	e, ok := err.(*Error)
	if !ok || !e.answered || (e.Kind != Refused && e.Kind != NotFound) {
		return err
	}
	if !aboutOwner(e) {
		if e.Location != "" && e.Location != "body" {
			return err
		}
		if _, unknown := c.User(ctx, owner); KindOf(unknown) != NotFound {
			return err
		}
	}
	e.Kind, e.Cure = NoOwner, NoOwner.cure()
	return e
}

var ownerForm = regexp.MustCompile(`(?i)owner|^user_id$|^userNotFound$`)

func aboutOwner(e *Error) bool {
	return ownerForm.MatchString(e.Reason) || ownerForm.MatchString(e.Location)
}

// Conference reads one conference.
func (c *Client) Conference(ctx context.Context, id string) (Conference, error) {
	r, err := c.onConference("read conference", http.MethodGet, id, "")
	if err != nil {
		return Conference{}, err
	}
	body, err := c.do(ctx, r)
	if err != nil {
		return Conference{}, err
	}
	return c.readConference(r, body)
}

// Run starts a session and returns the state. A server that refuses is asked
// for the state: one that runs already is a success (API reference §9.1).
func (c *Client) Run(ctx context.Context, id string) (state string, err error) {
	r, err := c.onConference("run conference", http.MethodPost, id, "/run")
	if err != nil {
		return "", err
	}
	body, err := c.do(ctx, r)
	if err == nil {
		if state = readState(body); state != "" {
			return state, nil
		}
	} else if !refusedHere(err) {
		return "", err
	}
	now, lookErr := c.Conference(ctx, id)
	switch {
	case err == nil:
		return now.State, lookErr
	case lookErr == nil && now.IsRunning():
		return Running, nil
	}
	return "", err
}

// Stop ends the session. One that is stopped already, or gone, is a success.
func (c *Client) Stop(ctx context.Context, id string) error {
	r, err := c.onConference("stop conference", http.MethodPost, id, "/stop")
	if err != nil {
		return err
	}
	_, err = c.do(ctx, r)
	if KindOf(err) == NotFound {
		return nil
	}
	if err == nil || !refusedHere(err) {
		return err
	}
	now, lookErr := c.Conference(ctx, id)
	if KindOf(lookErr) == NotFound || (lookErr == nil && now.State == Stopped) {
		return nil
	}
	return err
}

// Delete removes the conference; one that is gone is a success. Stop it
// first, for what a server does to a running one is not known.
func (c *Client) Delete(ctx context.Context, id string) error {
	r, err := c.onConference("delete conference", http.MethodDelete, id, "")
	if err != nil {
		return err
	}
	if _, err = c.do(ctx, r); KindOf(err) == NotFound {
		return nil
	}
	return err
}

// refusedHere: the API declined or failed, so the state is worth a look.
func refusedHere(err error) bool {
	e, ok := err.(*Error)
	return ok && e.answered && (e.Kind == Refused || e.Kind == Unexpected || e.Kind == Duplicate)
}

// onConference is a request on one conference. An id that would change the
// path is refused: an empty one would turn a delete on all of them.
func (c *Client) onConference(op, method, id, rest string) (request, error) {
	if id == "" || id == "." || id == ".." || len(id) > 512 {
		return request{}, c.invalid(op, "the conference's id is empty or not an id")
	}
	return request{op: op, method: method, path: "/conferences/" + segment(id) + rest, secrets: []string{id}}, nil
}

// readConference reads {"conference":{…}}, or the object bare.
func (c *Client) readConference(r request, body []byte) (Conference, error) {
	var wrapped struct {
		Conference *wireConference `json:"conference"`
	}
	if err := json.Unmarshal(body, &wrapped); err != nil {
		return Conference{}, c.unreadable(r, "the answer holds no readable conference")
	}
	w := wrapped.Conference
	if w == nil {
		w = &wireConference{}
		if err := json.Unmarshal(body, w); err != nil {
			return Conference{}, c.unreadable(r, "the answer holds no readable conference")
		}
	}
	if w.ID == "" {
		return Conference{}, c.unreadable(r, "the conference in the answer has no id")
	}
	return w.conference(), nil
}

func readState(body []byte) string {
	var answer struct {
		State      flexText `json:"state"`
		Conference struct {
			State flexText `json:"state"`
		} `json:"conference"`
	}
	_ = json.Unmarshal(body, &answer)
	return firstText(string(answer.State), string(answer.Conference.State))
}

// Filter narrows a list of conferences; the zero value lists all.
type Filter struct {
	Tag   string
	State string // Running or Stopped
}

func (f Filter) query(page int) url.Values {
	q := url.Values{"page_id": {strconv.Itoa(page)}, "page_size": {strconv.Itoa(pageSize)}}
	if f.Tag != "" {
		q.Set("tag", f.Tag)
	}
	if f.State != "" {
		q.Set("state", f.State)
	}
	return q
}
