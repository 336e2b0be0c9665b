package trueconf

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// visit is the room of one consultation, as API reference §5.2 has it.
func visit() Conference {
	return Conference{
		ID: testID, Topic: "Consultation", Owner: "doctor1", MaxPodiums: 2, MaxParticipants: 2,
		Invitations: []Invitation{{ID: "doctor1"}}, AllowGuests: true, State: Running, Tags: []string{"bedside"},
		Rights: &Rights{Guest: CallRights(), User: AllRights()},
	}
}

func TestCreateSendsTheWholeBody(t *testing.T) {
	f := newFake()
	var sent []byte
	var kind string
	f.mux.HandleFunc("POST /api/v3.11/conferences", func(w http.ResponseWriter, r *http.Request) {
		sent, _ = io.ReadAll(r.Body)
		kind = r.Header.Get("Content-Type")
		reply(w, 200, `{"conference":`+string(sent)+`}`)
	})
	made, err := f.client(t).Create(ctx, visit())
	require.NoError(t, err)
	require.Equal(t, "application/json", kind)
	require.JSONEq(t, `{"id":"`+testID+`","type":0,"topic":"Consultation","owner":"doctor1",
		"max_podiums":2,"max_participants":2,"schedule":{"type":-1},"invitations":[{"id":"doctor1"}],
		"allow_guests":true,"allow_only_planned_participants":false,"auto_invite":0,"recording":0,
		"tags":["bedside"],"state":"running","rights":{
		"guest":{"chat_send":false,"chat_rcv":false,"slide_show_send":false,"slide_show_rcv":false,"white_board_send":false,"white_board_rcv":false,"file_transfer_send":false,"file_transfer_rcv":false,"desktop_sharing":true,"recording":false,"audio_send":true,"audio_rcv":true,"video_send":true,"video_rcv":true},
		"user":{"chat_send":true,"chat_rcv":true,"slide_show_send":true,"slide_show_rcv":true,"white_board_send":true,"white_board_rcv":true,"file_transfer_send":true,"file_transfer_rcv":true,"desktop_sharing":true,"recording":true,"audio_send":true,"audio_rcv":true,"video_send":true,"video_rcv":true}}}`,
		string(sent))
	require.Equal(t, visit(), made)
}

func TestEveryFieldTravelsBothWays(t *testing.T) {
	full := visit()
	full.Description, full.Mode, full.OnlyPlanned, full.AutoInvite = "d", RoleBased, true, RingOnInvited
	full.Recording, full.StreamRecordingState = true, 1
	full.MulticastEnable, full.MulticastAddress = true, "239.1.1.1:5000"
	full.BroadcastEnabled, full.BroadcastID, full.Broadcast = true, "b", json.RawMessage(`{"x":1}`)
	full.Invitations = []Invitation{{ID: "anna", DisplayName: "Anna"}, {ID: `domain\bob`}}
	for _, s := range []Schedule{
		{},
		{Kind: Once, StartTime: time.Unix(1798794000, 0).UTC(), Duration: time.Hour, Offset: 3 * time.Hour},
		{Kind: Weekly, Days: []time.Weekday{time.Monday, time.Sunday}, Time: "09:30", Duration: time.Minute},
	} {
		full.Schedule = s
		raw, err := json.Marshal(full.wire())
		require.NoError(t, err)
		var back wireConference
		require.NoError(t, json.Unmarshal(raw, &back))
		require.Equal(t, full, back.conference())
	}
}

// What a PHP server makes of the same object (API reference §3).
func TestTolerantConference(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/conferences/0415605552", 200, "\ufeff"+`{"conference":{"id":"0415605552","topic":null,"owner":"anna@srv","type":"3",
		"max_podiums":"6","max_participants":120.0,"schedule":{"type":"1","start_time":"1798794000","duration":"1800","special_time_offset":180},
		"allow_guests":1,"allow_only_planned_participants":"0","auto_invite":"1","recording":"1","state":"stopped",
		"created_at":{"date":"2026-03-04 10:11:12.000000","timezone_type":3,"timezone":"Europe\/London"},
		"url":"https:\/\/v.example\/c\/0415605552","web_client_url":"https:\/\/v.example\/webrtc\/0415605552","access":"public",
		"invitations":{"1":{"id":"anna"},"2":17},"tags":[7,"x"],"broadcast":null,
		"rights":{"chat_send":1,"audio_rcv":"1"},"new_thing":{"a":[]}}}`)
	conf, err := f.client(t).Conference(ctx, "0415605552")
	require.NoError(t, err)
	rights := RightSet{ChatSend: true, AudioReceive: true}
	require.Equal(t, Conference{
		ID: "0415605552", Owner: "anna@srv", Mode: RoleBased, MaxPodiums: 6, MaxParticipants: 120,
		Schedule:    Schedule{Kind: Once, StartTime: time.Unix(1798794000, 0).UTC(), Duration: 30 * time.Minute},
		AllowGuests: true, AutoInvite: RingOnAnyone, Recording: true, State: Stopped,
		CreatedAt: time.Date(2026, 3, 4, 10, 11, 12, 0, time.UTC), Access: "public",
		URL: "https://v.example/c/0415605552", WebClientURL: "https://v.example/webrtc/0415605552",
		Invitations: []Invitation{{ID: "anna"}}, Tags: []string{"7", "x"}, Rights: &Rights{rights, rights},
	}, conf)
}

// The vector of API reference §5.3: 1 January 2027, 12:00 in Moscow, for half an hour.
func TestAPlanIsSentAsUnixSeconds(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	plan := Schedule{Kind: Once, StartTime: time.Date(2027, 1, 1, 12, 0, 0, 0, moscow), Duration: 30 * time.Minute}
	sent, err := json.Marshal(plan)
	require.NoError(t, err)
	require.JSONEq(t, `{"type":1,"start_time":1798794000,"duration":1800}`, string(sent))
	var read Schedule
	require.NoError(t, json.Unmarshal(sent, &read))
	require.True(t, read.StartTime.Equal(plan.StartTime))
	require.Equal(t, plan.Duration, read.Duration)
	require.Empty(t, read.fault())
}

func TestConferencesThatAreNotSent(t *testing.T) {
	for name, change := range map[string]func(*Conference){
		"bad id":           func(c *Conference) { c.ID = "a-b" },
		"long id":          func(c *Conference) { c.ID = fmt.Sprintf("%0129d", 1) },
		"no topic":         func(c *Conference) { c.Topic = "" },
		"no owner":         func(c *Conference) { c.Owner = "" },
		"broken broadcast": func(c *Conference) { c.Broadcast = json.RawMessage(`{`) },
		"short plan": func(c *Conference) {
			c.Schedule = Schedule{Kind: Once, StartTime: time.Unix(1, 0), Duration: time.Second}
		},
		"long plan": func(c *Conference) {
			c.Schedule = Schedule{Kind: Once, StartTime: time.Unix(1, 0), Duration: 24 * time.Hour}
		},
		"plan without time": func(c *Conference) { c.Schedule = Schedule{Kind: Once, Duration: time.Hour} },
		"week without days": func(c *Conference) { c.Schedule = Schedule{Kind: Weekly, Time: "09:00", Duration: time.Hour} },
		"week at no hour": func(c *Conference) {
			c.Schedule = Schedule{Kind: Weekly, Days: []time.Weekday{1}, Time: "24:00", Duration: time.Hour}
		},
		"unknown plan": func(c *Conference) { c.Schedule = Schedule{Kind: 9} },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			conf := visit()
			change(&conf)
			_, err := f.client(t).Create(ctx, conf)
			require.Equal(t, Invalid, KindOf(err))
			require.Empty(t, f.requests())
		})
	}
}

func TestCreateThatFails(t *testing.T) {
	const unknownUser, knownUser = 404, 200
	for name, v := range map[string]struct {
		status int
		body   string
		user   int // the answer when the owner is looked up
		kind   Kind
	}{
		"duplicate":                    {400, fault(400, "uniqueValueAlreadyInUse", "no", "id"), knownUser, Duplicate},
		"owner named by location":      {400, fault(400, "invalidValue", "no", "owner"), knownUser, NoOwner},
		"owner named by reason":        {400, fault(400, "ownerNotFound", "no", ""), knownUser, NoOwner},
		"owner as an unknown user":     {404, fault(404, "userNotFound", "no", "user_id"), knownUser, NoOwner},
		"no word, but no such user":    {400, `{"error":{"code":400,"message":"Bad Request"}}`, unknownUser, NoOwner},
		"no word, and the user exists": {400, `{"error":{"code":400,"message":"Bad Request"}}`, knownUser, Refused},
		"another parameter":            {400, fault(400, "invalidValue", "no", "topic"), unknownUser, Refused},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.answer("POST /api/v3.11/conferences", v.status, v.body)
			user := `{"user":{"id":"doctor1"}}`
			if v.user == unknownUser {
				user = fault(404, "userNotFound", "no", "user_id")
			}
			f.answer("GET /api/v3.11/users/doctor1", v.user, user)
			_, err := f.client(t).Create(ctx, visit())
			require.Equal(t, v.kind, KindOf(err), err)
		})
	}
}

func TestReplacedIDIsToldAndNotWorkedWith(t *testing.T) {
	f := newFake()
	f.answer("POST /api/v3.11/conferences", 200, `{"conference":{"id":"0415605552","state":"running"}}`)
	made, err := f.client(t).Create(ctx, visit())
	e := asError(t, err)
	require.Equal(t, Refused, e.Kind)
	require.Equal(t, "idReplaced", e.Reason)
	require.NotContains(t, err.Error(), "0415605552")
	require.Equal(t, "0415605552", made.ID, "for the caller to remove")
}

func TestRunStopDelete(t *testing.T) {
	refused := fault(400, "conferenceState", "no", "")
	missing := fault(404, "conferenceNotFound", "no", "conference_id")
	type step struct {
		status int
		body   string
	}
	for name, v := range map[string]struct {
		act  string
		does step // the answer of the act itself
		look step // the answer when the conference is read
		kind Kind
		more int // requests besides the first
	}{
		"run":                        {"run", step{200, `{"state":"running"}`}, step{}, "", 0},
		"run, state in a conference": {"run", step{200, `{"conference":{"state":"running"}}`}, step{}, "", 0},
		"run, nothing said":          {"run", step{204, ``}, step{200, roomBody}, "", 1},
		"run, runs already":          {"run", step{400, refused}, step{200, roomBody}, "", 1},
		"run, error inside a 200":    {"run", step{200, refused}, step{200, roomBody}, "", 1},
		"run, refused":               {"run", step{400, refused}, step{200, `{"conference":{"id":"1","state":"stopped"}}`}, Refused, 1},
		"run, gone":                  {"run", step{404, missing}, step{}, NotFound, 0},
		"run, a page":                {"run", step{200, `<html>`}, step{}, Unexpected, 0},
		"stop":                       {"stop", step{200, `{"state":"stopped"}`}, step{}, "", 0},
		"stop, gone":                 {"stop", step{404, missing}, step{}, "", 0},
		"stop, stopped already":      {"stop", step{400, refused}, step{200, `{"conference":{"id":"1","state":"stopped"}}`}, "", 1},
		"stop, gone meanwhile":       {"stop", step{500, `{"error":{"code":500}}`}, step{404, missing}, "", 1},
		"stop, refused":              {"stop", step{400, refused}, step{200, roomBody}, Refused, 1},
		"stop, a proxy's 404":        {"stop", step{404, `<html>`}, step{}, Unexpected, 1},
		"delete":                     {"delete", step{200, `{"id":"1"}`}, step{}, "", 0},
		"delete, nothing said":       {"delete", step{204, ``}, step{}, "", 0},
		"delete, gone":               {"delete", step{404, missing}, step{}, "", 0},
		"delete, gone inside a 200":  {"delete", step{200, missing}, step{}, "", 0},
		"delete, a proxy's 404":      {"delete", step{404, `<html>`}, step{}, Unexpected, 1},
		"delete, right missing":      {"delete", step{403, fault(403, "forbidden", "no", "")}, step{}, Scope, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			path := map[string]string{"run": "POST /api/v3.11/conferences/1/run", "stop": "POST /api/v3.11/conferences/1/stop", "delete": "DELETE /api/v3.11/conferences/1"}
			f.answer(path[v.act], v.does.status, v.does.body)
			if v.look.status != 0 {
				f.answer("GET /api/v3.11/conferences/1", v.look.status, v.look.body)
			}
			c := f.client(t, secretKey("k"))
			var err error
			var state string
			switch v.act {
			case "run":
				state, err = c.Run(ctx, "1")
			case "stop":
				err = c.Stop(ctx, "1")
			case "delete":
				err = c.Delete(ctx, "1")
			}
			require.Equal(t, v.kind, KindOf(err), err)
			if v.act == "run" && err == nil {
				require.Equal(t, Running, state)
			}
			require.Len(t, f.requests(), 1+v.more)
		})
	}
}

func TestIDsCannotLeaveTheirPath(t *testing.T) {
	f := newFake()
	f.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		reply(w, 200, `{"conference":{"id":"`+r.URL.EscapedPath()+`"},"user":{"id":"x"}}`)
	})
	c := f.client(t, secretKey("k"))
	for _, id := range []string{"", ".", ".."} {
		require.Equal(t, Invalid, KindOf(c.Delete(ctx, id)))
		require.Equal(t, Invalid, KindOf(c.Stop(ctx, id)))
		_, err := c.User(ctx, id)
		require.Equal(t, Invalid, KindOf(err))
	}
	require.Empty(t, f.requests())
	for id, path := range map[string]string{
		"../users/anna":                     "..%2Fusers%2Fanna",
		"a?b#c":                             "a%3Fb%23c",
		"0000001c@ru1pe2.trueconf.name#vcs": "0000001c%40ru1pe2.trueconf.name%23vcs",
		"a b%2f":                            "a%20b%252f",
	} {
		conf, err := c.Conference(ctx, id)
		require.NoError(t, err)
		require.Equal(t, "/api/v3.11/conferences/"+path, conf.ID)
	}
}

// pages answers a list of n conferences as the server does: pages from 1.
func pages(n int, count bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(query(r).Get("page_id"))
		size, _ := strconv.Atoi(query(r).Get("page_size"))
		var list []map[string]any
		for i := (page - 1) * size; i < min(page*size, n); i++ {
			list = append(list, map[string]any{"id": "c" + strconv.Itoa(i), "state": "stopped", "tags": []string{"t"}})
		}
		answer := map[string]any{"conferences": list}
		if list == nil {
			answer["conferences"] = []int{}
		}
		if count {
			answer["cnt"] = strconv.Itoa(n)
		}
		raw, _ := json.Marshal(answer)
		reply(w, 200, string(raw))
	}
}

func TestConferencesOfAllPages(t *testing.T) {
	for _, n := range []int{0, 1, 100, 101, 250} {
		for _, count := range []bool{true, false} {
			f := newFake()
			f.mux.HandleFunc("GET /api/v3.11/conferences", pages(n, count))
			list, err := f.client(t, secretKey("k")).Conferences(ctx, Filter{Tag: "t", State: Stopped})
			require.NoError(t, err)
			require.Len(t, list, n)
			require.LessOrEqual(t, len(f.requests()), n/100+2)
		}
	}
}

func TestListsWithoutEndAreBounded(t *testing.T) {
	f := newFake()
	f.mux.HandleFunc("GET /api/v3.11/conferences", pages(1<<30, true))
	list, err := f.client(t, secretKey("k")).Conferences(ctx, Filter{})
	require.NoError(t, err)
	require.Len(t, list, MaxListed)

	same := newFake() // a server that ignores page_id
	same.answer("GET /api/v3.11/conferences", 200, `{"cnt":500,"conferences":[{"id":"a"},{"id":"b"}]}`)
	list, err = same.client(t, secretKey("k")).Conferences(ctx, Filter{})
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Len(t, same.requests(), 2)
}

func TestFilterThatTheServerIgnores(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/conferences", 200, `{"cnt":4,"conferences":[{"id":"mine","tags":["t"]},{"id":"theirs","tags":["u"]},{"id":"untold"},{"id":"runs","tags":["t"],"state":"running"}]}`)
	list, err := f.client(t, secretKey("k")).Conferences(ctx, Filter{Tag: "t", State: Stopped})
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, "mine", list[0].ID)
	require.Equal(t, "untold", list[1].ID)
	require.Nil(t, list[1].Tags)
}

func TestNoListIsAnErrorAndNotAnEmptyOne(t *testing.T) {
	for _, body := range []string{`{}`, `{"cnt":0}`, `{"conferences":null}`, `{"conferences":"x"}`, `[]`} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences", 200, body)
		_, err := f.client(t, secretKey("k")).Conferences(ctx, Filter{})
		require.Equal(t, Unexpected, KindOf(err), body)
	}
}
