package trueconf

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParticipantsInAllShapes(t *testing.T) {
	guest := Participant{ID: "p_1", Guest: true, Name: "Ann"}
	doctor := Participant{ID: "anna", Name: "Dr A"}
	for name, v := range map[string]struct {
		body string
		want []Participant
	}{
		"nobody":                 {`{"participants":[]}`, nil},
		"nobody, v4":             {`{"cnt":0,"list":[]}`, nil},
		"nobody, as an object":   {`{"participants":{}}`, nil},
		"nobody, bare":           {`[]`, nil},
		"guest by id":            {`{"participants":[{"id":"*guest*p_1","display_name":"Ann"}]}`, []Participant{guest}},
		"guest by uid":           {`{"participants":[{"id":"p_1","uid":"*guest*p_1@srv","display_name":"Ann"}]}`, []Participant{guest}},
		"guest by call id":       {`{"cnt":1,"list":[{"id":17,"call_id":"*guest*p_1@srv.name/abc","display_name":"Ann"}]}`, []Participant{guest}},
		"guest by a flag":        {`{"participants":[{"id":"p_1","is_guest":1,"name":"Ann"}]}`, []Participant{guest}},
		"guest by type":          {`{"participants":[{"participant_id":"p_1","type":"guest","name":"Ann"}]}`, []Participant{guest}},
		"guest, percent-encoded": {`{"participants":[{"id":"%2Aguest%2Ap_1","name":"Ann"}]}`, []Participant{guest}},
		"guest without a mark":   {`{"participants":[{"id":"p_1","display_name":"Ann"}]}`, []Participant{{ID: "p_1", Name: "Ann"}}},
		"user":                   {`{"participants":[{"id":"anna","uid":"anna@srv","display_name":"Dr A"}]}`, []Participant{doctor}},
		"user by call id":        {`{"count":1,"participants":[{"call_id":"anna@srv","display_name":"Dr A","role":2}]}`, []Participant{doctor}},
		"keyed by numbers":       {`{"participants":{"3":{"id":"anna","display_name":"Dr A"},"12":{"id":"*guest*p_1","display_name":"Ann"}}}`, []Participant{doctor, guest}},
		"bare ids":               {`{"participants":["*guest*p_1","anna@srv"]}`, []Participant{{ID: "p_1", Guest: true}, {ID: "anna"}}},
		"bare array":             {`[{"id":"anna","display_name":"Dr A"}]`, []Participant{doctor}},
		"stranger without an id": {`{"participants":[{"display_name":"X"}]}`, []Participant{{Name: "X"}}},
		"planned, not in (v4)":   {`{"cnt":2,"list":[{"call_id":"anna@srv","display_name":"Dr A","is_in_conf":true},{"call_id":"bob@srv","is_in_conf":false}]}`, []Participant{doctor}},
		"escaped by PHP":         {`{"participants":[{"id":"*guest*p_1","display_name":"Ann\/B"}]}`, []Participant{{ID: "p_1", Guest: true, Name: "Ann/B"}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.answer("GET /api/v3.11/conferences/1/participants", 200, v.body)
			people, err := f.client(t, secretKey("k")).Participants(ctx, "1")
			require.NoError(t, err)
			require.Equal(t, v.want, people)
		})
	}
}

// Absence of evidence is not evidence of absence.
func TestUnusableParticipantsAreNoEmptyList(t *testing.T) {
	for _, body := range []string{
		``, `{}`, `null`, `"x"`, `7`, `{"participants":null}`, `{"participants":"none"}`, `{"cnt":0}`,
		`{"cnt":2,"list":[{"id":"a"}]}`, `{"participants":[7]}`, `{"participants":[null]}`, `{"participants":[["a"]]}`,
		`{"participants":{"id":"anna"}}`, `<html>`, `{"participants":[{"id":"a"}`,
	} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences/1/participants", 200, body)
		people, err := f.client(t, secretKey("k")).Participants(ctx, "1")
		require.Equal(t, Unexpected, KindOf(err), body)
		require.Nil(t, people)
	}
}

func FuzzParticipants(f *testing.F) {
	f.Add([]byte(`{"cnt":1,"list":[{"call_id":"*guest*p_1@srv"}]}`))
	f.Add([]byte(`{"participants":{"1":"a"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		people, what := readParticipants(body)
		require.True(t, what == "" || people == nil)
	})
}

func TestInvite(t *testing.T) {
	f := newFake()
	var sent string
	f.mux.HandleFunc("POST /api/v3.11/conferences/1/invite", func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		sent = string(raw)
		reply(w, 200, `{}`)
	})
	c := f.client(t, secretKey("k"))
	require.NoError(t, c.Invite(ctx, "1", "anna@srv", "#sip:100@host"))
	require.JSONEq(t, `{"participants":["anna@srv","#sip:100@host"]}`, sent)
	require.NoError(t, c.Invite(ctx, "1"))
	require.Equal(t, Invalid, KindOf(c.Invite(ctx, "1", "")))
	require.Len(t, f.requests(), 1)
}

func TestInviteByTheOlderForm(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/conferences/1", 200, roomBody)
	f.answer("POST /api/v3.11/conferences/1/invite", 404, fault(404, "routeNotFound", "no", ""))
	var sent []string
	f.mux.HandleFunc("POST /api/v3.11/conferences/1/participants", func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		sent = append(sent, string(raw))
		reply(w, 200, `{}`)
	})
	c := f.client(t, secretKey("k"))
	_, err := c.Conference(ctx, "1") // settles the version
	require.NoError(t, err)
	require.NoError(t, c.Invite(ctx, "1", "anna", "bob"))
	require.Equal(t, []string{`{"participant_id":"anna"}`, `{"participant_id":"bob"}`}, sent)
}

func TestUsers(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/users/anna", 200, `{"user":{"id":"anna","uid":"anna@abc.trueconf.name","display_name":"Dr A","email":"a@x","is_active":1,"status":"2","avatar":null}}`)
	f.answer("GET /api/v3.11/users/quiet", 200, `{"id":"quiet"}`)
	f.answer("GET /api/v3.11/users/other", 200, `{"user":{"id":"anna"}}`)
	f.answer("GET /api/v3.11/users/empty", 200, `{"user":{}}`)
	f.answer("GET /api/v3.11/users/{id}", 404, fault(404, "userNotFound", "User is not found", "user_id"))
	c := f.client(t, secretKey("k"))
	want := User{ID: "anna", UID: "anna@abc.trueconf.name", DisplayName: "Dr A", Email: "a@x", Active: true, Presence: Busy}
	for _, id := range []string{"anna", "anna@abc.trueconf.name", "anna@v.example", " anna "} {
		u, err := c.User(ctx, id)
		require.NoError(t, err)
		require.Equal(t, want, u)
	}
	quiet, err := c.User(ctx, "quiet")
	require.NoError(t, err)
	require.Equal(t, PresenceUnknown, quiet.Presence)
	for id, kind := range map[string]Kind{"nobody": NotFound, "other": Unexpected, "empty": Unexpected, "@srv": Invalid, "*guest*a": Invalid} {
		_, err := c.User(ctx, id)
		require.Equal(t, kind, KindOf(err), id)
	}
}

func TestSameUserAndSameGuest(t *testing.T) {
	for _, v := range []struct {
		a, b        string
		user, guest bool
	}{
		{"anna", "anna@server", true, true},
		{"anna@one", "anna@two", true, true},
		{"Anna", "anna", true, false},
		{"anna", "anne", false, false},
		{"", "", false, false},
		{"@a", "@b", false, false},
		{`domain\anna`, "anna", false, false},
		{"*guest*anna", "anna", false, true},
		{"*guest*p_1@srv", "p_1", false, true},
		{"*guest*Ann%20Lee", "Ann Lee", false, true},
	} {
		require.Equal(t, v.user, SameUser(v.a, v.b), "%q %q", v.a, v.b)
		require.Equal(t, v.user, SameUser(v.b, v.a), "%q %q", v.a, v.b)
		require.Equal(t, v.guest, SameGuest(v.a, v.b), "%q %q", v.a, v.b)
	}
}
