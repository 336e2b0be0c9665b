package trueconf

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFlexibleScalars(t *testing.T) {
	for raw, want := range map[string]struct {
		number  flexInt
		boolean flexBool
		text    flexText
	}{
		`7`:                    {7, true, "7"},
		`"7"`:                  {7, true, "7"},
		`7.0`:                  {7, true, "7.0"},
		`-1`:                   {-1, true, "-1"},
		`0`:                    {0, false, "0"},
		`"0"`:                  {0, false, "0"},
		`true`:                 {1, true, ""},
		`"true"`:               {1, true, "true"},
		`"True"`:               {0, true, "True"},
		`false`:                {0, false, ""},
		`null`:                 {},
		`""`:                   {},
		`"x"`:                  {0, false, "x"},
		`1.5`:                  {0, false, "1.5"},
		`1e300`:                {0, false, "1e300"},
		`99999999999999999999`: {0, false, "99999999999999999999"},
		`{}`:                   {},
		`[1]`:                  {},
		`"Europe\/London"`:     {0, false, "Europe/London"},
	} {
		var n flexInt
		var b flexBool
		var s flexText
		require.NoError(t, json.Unmarshal([]byte(raw), &n))
		require.NoError(t, json.Unmarshal([]byte(raw), &b))
		require.NoError(t, json.Unmarshal([]byte(raw), &s))
		require.Equal(t, want.number, n, raw)
		require.Equal(t, want.boolean, b, raw)
		require.Equal(t, want.text, s, raw)
	}
}

func TestFlexibleTimes(t *testing.T) {
	at := time.Date(2026, 7, 4, 10, 11, 12, 0, time.UTC)
	for raw, want := range map[string]time.Time{
		fmt.Sprint(at.Unix()):          at,
		fmt.Sprintf(`"%d"`, at.Unix()): at,
		`"2026-07-04T12:11:12+02:00"`:  at,
		`"2026-07-04 10:11:12"`:        at,
		`{"date":"2026-07-04 11:11:12.000000","timezone_type":3,"timezone":"Europe\/London"}`:  at,
		`{"date":"2026-07-04 13:11:12.000000","timezone_type":1,"timezone":"+03:00"}`:          at,
		`{"date":"2026-07-04 10:11:12.000000","timezone_type":2,"timezone":"Z"}`:               at,
		`{"date":"2026-07-04 10:11:12.000000","timezone_type":3,"timezone":"Atlantis\/City"}`:  {},
		`{"date":"2026-07-04 10:11:12.000000","timezone_type":3,"timezone":"..\/etc\/passwd"}`: {},
		`{"date":"2026-07-04 10:11:12.000000","timezone":"Local"}`:                             {},
		`{"date":"2026-07-04 10:11:12.000000"}`:                                                {},
		`{"date":7}`:                                                                           {}, `0`: {}, `-5`: {}, `null`: {}, `""`: {}, `"soon"`: {}, `[]`: {}, `{}`: {}, `9223372036854775807`: {},
	} {
		var got flexTime
		require.NoError(t, json.Unmarshal([]byte(raw), &got), raw)
		require.Equal(t, want, got.Time, raw)
	}
}

func TestFlexibleLists(t *testing.T) {
	for raw, want := range map[string]flexList[wireInvitation]{
		`[{"id":"a"},{"id":2}]`:                 {{ID: "a"}, {ID: "2"}},
		`{"10":{"id":"c"},"2":{"id":"b"}}`:      {{ID: "b"}, {ID: "c"}},
		`[{"id":"a"},7,"x",[]]`:                 {{ID: "a"}},
		`{"id":{"id":"no list"}}`:               nil,
		`{"01":{"id":"not a key of an array"}}`: nil,
		`null`:                                  nil, `7`: nil, `"x"`: nil, `[]`: nil, `{}`: nil,
	} {
		var got flexList[wireInvitation]
		require.NoError(t, json.Unmarshal([]byte(raw), &got), raw)
		require.Equal(t, want, got, raw)
	}
}

// Any JSON object reads as a conference without an error or a panic, whatever
// stands in its fields.
func TestStrangeFieldsCostNothing(t *testing.T) {
	names := []string{"topic", "type", "schedule", "rights", "tags", "invitations", "created_at", "broadcast", "max_podiums", "allow_guests", "recording"}
	values := []string{`null`, `0`, `"0"`, `true`, `[]`, `{}`, `""`, `[{}]`, `{"1":2}`, `{"type":"once","days":{}}`, `{"guest":[],"user":7}`, `-1e400`}
	rapid.Check(t, func(t *rapid.T) {
		object := `{"id":"1"`
		for _, name := range names {
			object += fmt.Sprintf(`,%q:%s`, name, rapid.SampledFrom(values).Draw(t, name))
		}
		var w wireConference
		require.NoError(t, json.Unmarshal([]byte(object+"}"), &w))
		require.Equal(t, "1", w.conference().ID)
	})
}

func FuzzAnswer(f *testing.F) {
	f.Add(200, []byte(`{"conference":{"id":"1","rights":{"guest":{"chat_send":1}}}}`))
	f.Add(404, []byte(fault(404, "conferenceNotFound", "no", "conference_id")))
	f.Add(200, []byte(`{"error":{"errors":{"3":{"reason":7}}}}`))
	c := linkClient(f, Config{})
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := answer{status: status, body: body}
		if e := a.judge(); e != nil {
			require.NotEmpty(t, e.Kind)
			return
		}
		require.True(t, a.ok())
		if conf, err := c.readConference(request{op: "x"}, body); err == nil {
			require.NotEmpty(t, conf.ID)
		}
		_, _ = readUser(body)
		_ = readState(body)
	})
}
