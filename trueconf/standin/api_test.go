package standin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/trueconf/standin"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"), // kept-alive connections of the test's own client
		goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}

// A client that knows nothing of us: every version prefix, token in header and in
// query, software/clients with and without a token.
func TestEveryVersionServesTheWholeWay(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	for minor := 1; minor <= 11; minor++ {
		a.version = fmt.Sprintf("v3.%d", minor)
		id := fmt.Sprintf("room_%d", minor)
		created := a.do("POST", "/conferences/", `{"id":"`+id+`","topic":"T","owner":"doctor1@anything","allow_guests":true,"max_participants":"2"}`)
		require.Equal(t, id, get(t, created, "conference", "id"))
		require.Equal(t, "stopped", get(t, created, "conference", "state"))
		require.Equal(t, "doctor1", get(t, created, "conference", "owner"))
		require.EqualValues(t, 2, get(t, created, "conference", "max_participants"))
		require.Equal(t, "running", get(t, a.do("POST", "/conferences/"+id+"/run/", ""), "state"))
		require.Equal(t, "running", get(t, a.do("GET", "/conferences/"+id, ""), "conference", "state"))
		require.Equal(t, a.base+"/webrtc/"+id, get(t, created, "conference", "webclient_url"))

		token := a.token
		a.token = ""
		for _, query := range []string{"", "&access_token=" + token, "&access_token=nonsense"} {
			got := a.do("GET", "/software/clients?call_id="+id+"&case=join_conference_button&user=$Ann%20Lee"+query, "")
			require.Contains(t, get(t, got, "clients", 0, "web_url"), a.base+"/webrtc/"+id+"#login=*guest*")
		}
		require.Equal(t, "running", get(t, a.do("GET", "/conferences/"+id+"?access_token="+token, ""), "conference", "state"))
		a.token = token
		a.do("GET", "/software/clients?call_id="+id, "")
	}
}

func TestTokensByFormJSONAndBasic(t *testing.T) {
	a := serve(t, standin.Options{SecretKey: "the-key"})
	ask := func(kind, body string, basic bool) (int, string) {
		req, err := http.NewRequest("POST", a.base+"/oauth2/v1/token", strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Content-Type", kind)
		if basic {
			req.SetBasicAuth(testID, testSecret)
		}
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		return read(t, res)
	}
	const form, jsonKind = "application/x-www-form-urlencoded", "application/json"
	for _, c := range []struct {
		name, kind, body string
		basic            bool
		status           int
		err              string
	}{
		{"form", form, "grant_type=client_credentials&client_id=c0ffee&client_secret=s3cret", false, 200, ""},
		{"JSON", jsonKind, `{"grant_type":"client_credentials","client_id":"c0ffee","client_secret":"s3cret"}`, false, 200, ""},
		{"Basic", form, "grant_type=client_credentials", true, 200, ""},
		{"bad secret", form, "grant_type=client_credentials&client_id=c0ffee&client_secret=no", false, 400, "invalid_client"},
		{"no client", form, "grant_type=client_credentials", false, 400, "invalid_client"},
		{"no grant", form, "client_id=c0ffee&client_secret=s3cret", false, 400, "invalid_request"},
		{"other grant", form, "grant_type=password&client_id=c0ffee&client_secret=s3cret", false, 400, "unsupported_grant_type"},
		{"unknown scope", form, "grant_type=client_credentials&client_id=c0ffee&client_secret=s3cret&scope=moon", false, 400, "invalid_scope"},
		{"broken JSON", jsonKind, `{"grant_type":`, false, 400, "invalid_request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body := ask(c.kind, c.body, c.basic)
			require.Equal(t, c.status, status, body)
			if c.err != "" {
				require.Equal(t, c.err, get(t, body, "error"))
				return
			}
			require.Len(t, get(t, body, "access_token"), 40)
			require.EqualValues(t, 604800, get(t, body, "expires_in"))
		})
	}
	status, _ := ask("", "", false)
	require.Equal(t, 400, status)
	a.token = "the-key"
	a.do("GET", "/conferences", "")
	res, err := http.Get(a.base + "/oauth2/v1/token")
	require.NoError(t, err)
	status, _ = read(t, res)
	require.Equal(t, 405, status)
}

func TestBadTokensAndScopes(t *testing.T) {
	now := time.Now()
	a := serve(t, standin.Options{Now: func() time.Time { return now }, Scopes: []string{"conferences:read"}}).login()
	a.do("GET", "/conferences", "")
	status, body := a.raw("POST", "/conferences", `{"topic":"T","owner":"doctor1"}`)
	require.Equal(t, 403, status)
	require.Equal(t, "forbidden", reason(t, body))

	status, body = a.raw("GET", "/conferences?access_token="+a.token, "")
	require.Equal(t, 400, status, "two tokens at once")
	require.Equal(t, "invalid_request", get(t, body, "error"))

	now = now.Add(604800 * time.Second)
	status, body = a.raw("GET", "/conferences", "")
	require.Equal(t, 403, status)
	require.Equal(t, "accessTokenInvalid", reason(t, body))
	a.srv.SetSwitches(func(w *standin.Switches) { w.BadTokenStatus = 401 })
	status, _ = a.raw("GET", "/conferences", "")
	require.Equal(t, 401, status)
	a.srv.SetSwitches(func(w *standin.Switches) { w.TokenUses = 2 })
	a.login()
	a.do("GET", "/conferences", "")
	a.do("GET", "/conferences", "")
	status, _ = a.raw("GET", "/conferences", "")
	require.Equal(t, 401, status, "a token of two uses")
	a.login()
	a.srv.Restart()
	status, _ = a.raw("GET", "/conferences", "")
	require.Equal(t, 401, status, "after a restart")
}

func TestRefusedBodies(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	a.room(`,"id":"taken"`)
	for _, c := range []struct{ name, body, reason, location string }{
		{"no topic", `{"owner":"doctor1"}`, "required", "topic"},
		{"long topic", `{"owner":"doctor1","topic":"` + strings.Repeat("x", 241) + `"}`, "invalidValue", "topic"},
		{"no owner", `{"topic":"T"}`, "required", "owner"},
		{"unknown owner", `{"topic":"T","owner":"nobody"}`, "ownerNotFound", "owner"},
		{"bad id", `{"topic":"T","owner":"doctor1","id":"a-b"}`, "invalidValue", "id"},
		{"long id", `{"topic":"T","owner":"doctor1","id":"` + strings.Repeat("a", 129) + `"}`, "invalidValue", "id"},
		{"taken id", `{"topic":"T","owner":"doctor1","id":"taken"}`, "uniqueValueAlreadyInUse", "id"},
		{"bad type", `{"topic":"T","owner":"doctor1","type":2}`, "invalidValue", "type"},
		{"bad auto_invite", `{"topic":"T","owner":"doctor1","auto_invite":7}`, "invalidValue", "auto_invite"},
		{"nobody fits", `{"topic":"T","owner":"doctor1","max_participants":0}`, "invalidValue", "max_participants"},
		{"bad schedule", `{"topic":"T","owner":"doctor1","schedule":{"type":4}}`, "invalidValue", "schedule"},
		{"once without start", `{"topic":"T","owner":"doctor1","schedule":{"type":1,"duration":600}}`, "invalidValue", "start_time"},
		{"too short", `{"topic":"T","owner":"doctor1","schedule":{"type":1,"start_time":9,"duration":59}}`, "invalidValue", "duration"},
		{"weekly without days", `{"topic":"T","owner":"doctor1","schedule":{"type":0,"time":"10:00","duration":600}}`, "invalidValue", "schedule"},
		{"no weekday", `{"topic":"T","owner":"doctor1","schedule":{"type":0,"days":["someday"],"time":"10:00","duration":600}}`, "invalidValue", "days"},
		{"no JSON", `{"topic":`, "parseError", "body"},
		{"a number in words", `{"topic":"T","owner":"doctor1","type":"two"}`, "parseError", "body"},
		{"an array", `[]`, "parseError", "body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body := a.raw("POST", "/conferences", c.body)
			require.Equal(t, 400, status, body)
			require.Equal(t, c.reason, reason(t, body))
			require.Equal(t, c.location, get(t, body, "error", "errors", 0, "location"))
		})
	}
	require.Len(t, a.srv.Rooms(), 1)
}

func TestRoomsLifeAndItsSwitches(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	id := a.room("")
	run, stop := "/conferences/"+id+"/run", "/conferences/"+id+"/stop"
	require.Equal(t, "running", get(t, a.do("POST", run, ""), "state"), "twice is fine")
	require.NotEmpty(t, get(t, a.do("GET", "/conferences/"+id, ""), "conference", "session_id"))

	status, body := a.raw("PUT", "/conferences/"+id, `{"topic":"Other"}`)
	require.Equal(t, 400, status, body)
	got := a.do("PUT", "/conferences/"+id, `{"topic":"Consultation","description":"words"}`)
	require.Equal(t, "words", get(t, got, "conference", "description"))

	a.srv.SetSwitches(func(w *standin.Switches) { w.RunTwice, w.StopTwice, w.DeleteRunning = "400", "409", "409" })
	status, _ = a.raw("POST", run, "")
	require.Equal(t, 400, status)
	status, _ = a.raw("DELETE", "/conferences/"+id, "")
	require.Equal(t, 409, status)
	require.Equal(t, "stopped", get(t, a.do("POST", stop, ""), "state"))
	status, _ = a.raw("POST", stop, "")
	require.Equal(t, 409, status)
	a.do("PUT", "/conferences/"+id, `{"topic":"Other","owner":"doctor2"}`)
	require.Equal(t, "doctor2", a.srv.Rooms()[0].Owner)
	require.JSONEq(t, `{"id":"`+id+`"}`, a.do("DELETE", "/conferences/"+id, ""))
	status, body = a.raw("DELETE", "/conferences/"+id, "")
	require.Equal(t, 404, status)
	require.Equal(t, "conferenceNotFound", reason(t, body))
	require.Equal(t, "conference_id", get(t, body, "error", "errors", 0, "location"))

	a.srv.SetSwitches(func(w *standin.Switches) { *w = standin.Switches{DeleteNoContent: true, IgnoreState: true} })
	id = a.room("")
	require.Equal(t, "stopped", a.srv.Rooms()[0].State, "state on POST ignored")
	status, body = a.raw("DELETE", "/conferences/"+id, "")
	require.Equal(t, 204, status)
	require.Empty(t, body)
}

func TestOwnIDs(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{OwnIDs: standin.OwnIDReplaced}}).login()
	zeros := 0
	for range 12 {
		id := a.room(`,"id":"mine"`)
		require.Regexp(t, `^[0-9]{10}$`, id)
		if id[0] == '0' {
			zeros++
		}
	}
	require.Positive(t, zeros, "some ids start with 0")
	a.srv.SetSwitches(func(w *standin.Switches) { w.OwnIDs = standin.OwnIDRefused })
	status, _ := a.raw("POST", "/conferences", `{"id":"mine","topic":"T","owner":"doctor1"}`)
	require.Equal(t, 400, status)
}

func TestListsPageFromOneAndFilter(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	for i := range 5 {
		a.room(fmt.Sprintf(`,"id":"r%d","tags":["bs_%d"]`, i, i%2))
	}
	a.do("POST", "/conferences/r1/stop", "")
	ids := func(query string) (out []string) {
		got := a.do("GET", "/conferences?"+query, "")
		for _, c := range get(t, got, "conferences").([]any) {
			out = append(out, c.(map[string]any)["id"].(string))
		}
		return out
	}
	require.Equal(t, []string{"r0", "r1"}, ids("page_id=1&page_size=2"))
	require.Equal(t, []string{"r4"}, ids("page_id=3&page_size=2"))
	require.Empty(t, ids("page_id=9&page_size=2"))
	require.Equal(t, []string{"r1", "r3"}, ids("tag=bs_1"))
	require.Equal(t, []string{"r1"}, ids("state=stopped"))
	require.EqualValues(t, 5, get(t, a.do("GET", "/conferences?page_size=2", ""), "cnt"))
}

func TestUnknownRoutesAndVersions(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{HighestMinor: 3}}).login()
	for _, c := range []struct{ version, method, path string }{
		{"v3.11", "GET", "/conferences"}, {"v3.4", "GET", "/conferences"}, {"v3.0", "GET", "/conferences"},
		{"v3", "GET", "/conferences"}, {"v5", "GET", "/x"}, {"v3.3", "GET", "/nothing"}, {"v3.3", "PATCH", "/conferences/1"},
		{"v4", "GET", "/conferences"},
	} {
		a.version = c.version
		status, body := a.raw(c.method, c.path, "")
		require.Equal(t, 404, status, c)
		require.Equal(t, "routeNotFound", reason(t, body), c)
	}
	a.version = "v3.3"
	a.do("GET", "/conferences", "")
	a.version, a.token = "v4", ""
	require.Contains(t, get(t, a.do("GET", "/server", ""), "product", "name"), "Stand-in")
	a.srv.SetSwitches(func(w *standin.Switches) { w.NoV4 = true })
	status, _ := a.raw("GET", "/server", "")
	require.Equal(t, 404, status)
}

func TestUsersInvitationsAndLogs(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	require.EqualValues(t, 1, get(t, a.do("GET", "/users/doctor1@standin.trueconf.name", ""), "user", "status"))
	status, body := a.raw("GET", "/users/nobody", "")
	require.Equal(t, 404, status)
	require.Equal(t, "userNotFound", reason(t, body))
	got := a.do("GET", "/users?page_size=2", "")
	require.EqualValues(t, 1, get(t, got, "next_page_id"))
	require.EqualValues(t, -1, get(t, a.do("GET", "/users?page_size=2&page_id=1", ""), "next_page_id"))
	require.True(t, a.srv.SetUserStatus("doctor2", standin.StatusAway))
	require.EqualValues(t, 0, get(t, a.do("GET", "/users/doctor2", ""), "user", "status"))

	id := a.room(`,"invitations":[{"id":"doctor1"}]`)
	inv := "/conferences/" + id + "/invitations"
	require.EqualValues(t, 1, get(t, a.do("GET", inv+"/doctor1", ""), "invitation", "is_owner"))
	require.Equal(t, "custom", get(t, a.do("POST", inv, `{"id":"x@mail.example","display_name":"X"}`), "invitation", "type"))
	require.Len(t, get(t, a.do("GET", inv, ""), "invitations"), 2)
	a.do("PUT", inv+"/doctor1", `{"display_name":"Doc"}`)
	require.Equal(t, "Doc", get(t, a.do("GET", inv, ""), "invitations", 0, "display_name"))
	a.do("DELETE", inv+"/x@mail.example", "")
	status, _ = a.raw("GET", inv+"/x@mail.example", "")
	require.Equal(t, 404, status)

	v, err := a.srv.EnterUser(id, "doctor1@standin.trueconf.name")
	require.NoError(t, err)
	require.EqualValues(t, 5, get(t, a.do("GET", "/users/doctor1", ""), "user", "status"))
	calls := a.do("GET", "/logs/calls?named_conf_id="+id, "")
	require.Nil(t, get(t, calls, "list", 0, "end_time"))
	session := url.PathEscape(get(t, calls, "list", 0, "conference_id").(string))
	require.EqualValues(t, 2, get(t, a.do("GET", "/conference-sessions/"+session+"/participants", ""), "participants", 0, "role"))
	v.Leave()
	a.do("POST", "/conferences/"+id+"/stop", "")
	require.Equal(t, "UTC", get(t, a.do("GET", "/logs/calls/"+session, ""), "end_time", "timezone"))
	require.EqualValues(t, 1, get(t, a.do("GET", "/logs/calls/"+session+"/participants", ""), "cnt"))
}

func TestRings(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	id := a.room(`,"auto_invite":1,"invitations":[{"id":"doctor1"},{"id":"doctor2"}]`)
	a.do("POST", "/conferences/"+id+"/invite", `{"participants":["doctor1@x","#tel:100"]}`)
	a.do("POST", "/conferences/"+id+"/participants", `{"participant_id":"doctor2"}`)
	status, _ := a.raw("POST", "/conferences/"+id+"/invite", `{"participants":["nobody"]}`)
	require.Equal(t, 404, status)
	_, err := a.srv.EnterUser(id, "doctor1")
	require.NoError(t, err)
	var got []string
	for _, r := range a.srv.Rings() {
		got = append(got, fmt.Sprint(r.User, " ", r.Cause, " ", r.Answered))
	}
	require.Equal(t, []string{"doctor1 invite true", "#tel:100 invite false", "doctor2 invite false", "doctor2 auto_invite false"}, got)
	a.srv.StopRoom(id)
	status, _ = a.raw("POST", "/conferences/"+id+"/invite", `{"participants":["doctor1"]}`)
	require.Equal(t, 400, status)
}

func TestScheduledMeetingStartsByItself(t *testing.T) {
	now := time.Unix(1_798_790_000, 0)
	a := serve(t, standin.Options{Now: func() time.Time { return now }}).login()
	got := a.do("POST", "/conferences", `{"id":"later","topic":"T","owner":"doctor1","allow_guests":true,"schedule":{"type":1,"start_time":1798794000,"duration":600}}`)
	require.Equal(t, "stopped", get(t, got, "conference", "state"))
	_, err := a.srv.Enter(a.link("later", "$Ann"))
	require.ErrorIs(t, err, standin.ReasonNotRunning)
	require.Contains(t, get(t, a.do("GET", "/conferences/later/calendars", ""), "calendars", "google"), "20270101T090000Z")
	require.Contains(t, a.do("GET", "/conferences/later/ics", ""), "DTSTART:20270101T090000Z\r\n")

	now = time.Unix(1_798_794_000, 0)
	require.Equal(t, "running", a.srv.Rooms()[0].State)
	require.Equal(t, standin.RingSchedule, a.srv.Rings()[0].Cause)
	now = now.Add(time.Hour)
	require.Equal(t, "running", a.srv.Rooms()[0].State, "it runs on")
	a.srv.SetSwitches(func(w *standin.Switches) { w.EndsOnTime = true })
	require.Equal(t, "stopped", a.srv.Rooms()[0].State)
	require.Len(t, a.srv.Rings(), 1, "it does not start again")
}
