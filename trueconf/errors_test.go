package trueconf

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAnswersAndTheirKinds(t *testing.T) {
	for name, v := range map[string]struct {
		status    int
		body      string
		kind      Kind
		reason    string
		temporary bool
	}{
		"unknown conference":       {404, fault(404, "conferenceNotFound", "no", "conference_id"), NotFound, "conferenceNotFound", false},
		"unknown, without details": {404, `{"error":{"code":404,"message":"Not Found"}}`, NotFound, "", false},
		"unknown, reason alone":    {404, `{"error":{"code":404,"errors":[{"reason":"userNotFound"}]}}`, NotFound, "userNotFound", false},
		"unknown, inside a 200":    {200, fault(404, "conferenceNotFound", "no", "conference_id"), NotFound, "conferenceNotFound", false},
		"unknown, errors keyed":    {404, `{"error":{"code":"404","errors":{"0":{"reason":"conferenceNotFound"}}}}`, NotFound, "conferenceNotFound", false},
		"duplicate":                {400, fault(400, "uniqueValueAlreadyInUse", "no", "id"), Duplicate, "uniqueValueAlreadyInUse", false},
		"scope":                    {403, fault(403, "forbidden", "no", ""), Scope, "forbidden", false},
		"validation":               {400, fault(400, "invalidValue", "no", "topic"), Refused, "invalidValue", false},
		"text error inside a 200":  {200, `{"error":"boom"}`, Refused, "boom", false},
		"message alone":            {400, `{"message":"too long"}`, Refused, "", false},
		"server error":             {500, `{"error":{"code":500,"message":"Internal","trace_id":"abc-1"}}`, Unexpected, "", true},
		"server error in a 200":    {200, `{"error":{"code":503,"message":"Busy"}}`, Unexpected, "", true},
		"proxy":                    {502, `<html><head><title>502 Bad Gateway</title></head></html>`, Unexpected, "", true},
		"too many":                 {429, `{}`, Unexpected, "", true},
		"page with 200":            {200, `<!doctype html><title>Sign in</title>`, Unexpected, "", false},
		"page with 403":            {403, `<html>firewall</html>`, Unexpected, "", false},
		"truncated":                {200, `{"conference":{"id":"1"`, Unexpected, "", false},
		"nothing":                  {200, ``, Unexpected, "", false},
		"null":                     {200, `null`, Unexpected, "", false},
		"an array":                 {200, `[]`, Unexpected, "", false},
		"another object":           {200, `{"hello":"world"}`, Unexpected, "", false},
		"no id":                    {200, `{"conference":{"topic":"x"}}`, Unexpected, "", false},
		"endless":                  {200, strings.Repeat(" ", maxBody) + roomBody, Unexpected, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.answer("GET /api/v3.11/conferences/1", v.status, v.body)
			_, err := f.client(t, secretKey("k")).Conference(ctx, "1")
			e := asError(t, err)
			require.Equal(t, v.kind, e.Kind, err)
			require.Equal(t, v.reason, e.Reason)
			require.Equal(t, v.temporary, Temporary(err))
			require.Equal(t, "https://v.example", e.Server)
			if v.kind != NotFound {
				require.NotEmpty(t, e.Cure)
			}
		})
	}
}

// PHP's empty values under "error" are no error.
func TestEmptyErrorIsNone(t *testing.T) {
	for _, empty := range []string{`null`, `false`, `0`, `""`, `[]`, `{}`} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences/1", 200, `{"error":`+empty+`,"conference":{"id":"1"}}`)
		_, err := f.client(t, secretKey("k")).Conference(ctx, "1")
		require.NoError(t, err, empty)
	}
}

func TestErrorReadsAsOneLine(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/conferences/55", 404,
		`{"error":{"code":404,"message":"Not Found","trace_id":"t-9","errors":[{"reason":"conferenceNotFound","message":"Conference '55' is\nnot found.","locationType":"path","location":"conference_id"}]}}`)
	_, err := f.client(t, secretKey("k")).Conference(ctx, "55")
	require.EqualError(t, err, "trueconf: read conference at https://v.example: not found (HTTP 404, conferenceNotFound, conference_id, trace t-9): Conference [hidden] is not found.")
	require.Equal(t, Kind(""), KindOf(nil))
	require.Equal(t, Kind(""), KindOf(fmt.Errorf("another")))
	require.Equal(t, NotFound, KindOf(fmt.Errorf("wrapped: %w", err)))
	require.False(t, Temporary(nil))
}

// A server that echoes everything it was given must not make us log it.
func TestErrorsHideWhatTheServerEchoes(t *testing.T) {
	const name, guest = "Ann-Marie Łęcka", "p_91ab_secretguest"
	echo := func(status int, form string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			all := r.URL.String() + " " + r.URL.Path + " " + query(r).Get("user") + " " + r.Header.Get("Authorization") + " " + testID
			if form == "json" {
				quoted := fmt.Sprintf("%q", all)
				reply(w, status, `{"error":{"code":`+fmt.Sprint(status)+`,"trace_id":"`+testID+`","errors":[{"reason":"`+testID+`","message":`+quoted+`,"location":"`+testID+`"}]}}`)
				return
			}
			reply(w, status, "<html><title>"+all+"</title>"+all)
		}
	}
	for _, status := range []int{200, 400, 401, 403, 404, 409, 500} {
		for _, form := range []string{"json", "html"} {
			f := newFake()
			f.mux.HandleFunc("/api/", echo(status, form))
			c := f.client(t)
			for _, err := range everyCall(c, name, guest) {
				require.Error(t, err)
				text := fmt.Sprintf("%v %+v", err, asError(t, err).Unwrap())
				for _, secret := range []string{testID, testToken, testSecret, testClient, "Marie", "cka", guest, "p_91ab"} {
					require.NotContains(t, text, secret)
				}
			}
		}
	}
}

func TestHostileArgumentsMakeErrorsAndNoPanics(t *testing.T) {
	f := newFake()
	f.answer("/api/", 400, fault(400, "invalidValue", "no", ""))
	c := f.client(t, secretKey("k"))
	for _, id := range []string{"a\xffb", "\x00", "%zz", `(\`, strings.Repeat("x", 500), "日本", " "} {
		_, err := c.Conference(ctx, id)
		require.Equal(t, Refused, KindOf(err))
		_, err = c.Create(ctx, Conference{Topic: id, Owner: "o", Description: id, Invitations: []Invitation{{DisplayName: id}}})
		require.Error(t, err)
		_, err = c.JoinLink(ctx, "1", GuestNamed(id), id)
		require.Equal(t, Refused, KindOf(err))
		_, err = c.User(ctx, id)
		require.Error(t, err)
	}
}

func everyCall(c *Client, name, guest string) []error {
	var errs []error
	add := func(_ any, err error) { errs = append(errs, err) }
	add(c.Conference(ctx, testID))
	add(c.Create(ctx, Conference{ID: testID, Topic: "t", Owner: "o"}))
	add(c.Run(ctx, testID))
	add(c.Participants(ctx, testID))
	add(c.JoinLink(ctx, testID, GuestWithID(guest, name), "en"))
	add(c.JoinLink(ctx, testID, GuestNamed(name), "en"))
	add(nil, c.Invite(ctx, testID, "anna"))
	for _, err := range []error{c.Delete(ctx, testID), c.Stop(ctx, testID)} {
		if err != nil { // not found is a success of theirs
			errs = append(errs, err)
		}
	}
	return errs
}

func TestBrokenConnectionHidesTheAddress(t *testing.T) {
	c, err := New(Config{URL: "https://v.example", SecretKey: testToken, TokenInQuery: true, Transport: failing{}})
	require.NoError(t, err)
	for _, err := range everyCall(c, "Ann", "p_1") {
		e := asError(t, err)
		require.Equal(t, Unreachable, e.Kind)
		require.ErrorIs(t, err, errBroken)
		require.NotContains(t, err.Error()+e.Unwrap().Error(), testID)
		require.NotContains(t, err.Error()+e.Unwrap().Error(), testToken)
	}
}

var errBroken = fmt.Errorf("malformed answer for /conferences/%s?access_token=%s", testID, testToken)

type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errBroken }

// A create that hangs is given up after the timeout and not repeated.
func TestHangingServerIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.mux.HandleFunc("POST /api/v3.11/conferences", func(w http.ResponseWriter, r *http.Request) { time.Sleep(time.Minute) })
		start := time.Now()
		_, err := f.client(t, secretKey("k")).Create(ctx, Conference{ID: testID, Topic: "t", Owner: "o"})
		require.Equal(t, Unreachable, KindOf(err))
		require.True(t, Temporary(err))
		require.Equal(t, DefaultTimeout, time.Since(start))
		require.Len(t, f.requests(), 1)
		time.Sleep(time.Minute)
	})
}

func TestMaskedTextHoldsNoSecret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[a-z0-9_$*% ]{6,30}[a-z]`).Draw(t, "secret")
		if strings.TrimSpace(secret) != secret || strings.Contains(hidden, secret) {
			t.Skip("not a secret")
		}
		text := rapid.String().Draw(t, "before") + secret + rapid.String().Draw(t, "after")
		masked := maskText(text, maxMessage, secret)
		require.NotContains(t, masked, secret)
		require.LessOrEqual(t, len([]rune(masked)), maxMessage+1)
	})
}

func TestMaskKeepsWhatHelps(t *testing.T) {
	for text, want := range map[string]string{
		"topic must be shorter than 240 characters":         "topic must be shorter than 240 characters",
		"uniqueValueAlreadyInUse":                           "uniqueValueAlreadyInUse",
		"room 0415605552 is busy":                           "room [hidden] is busy",
		"Conference '55' is not found":                      "Conference [hidden] is not found",
		"see https://v/webrtc/abc#login=*guest*a&token=$2x": "see https://v/webrtc/[hidden]#login=[hidden]&token=[hidden]",
		`trueconf:\c\abc@v.example`:                         `trueconf:\c\[hidden]@v.example`,
		"Authorization: Bearer abc":                         "Authorization: Bearer [hidden]",
		"line\r\nbreak\x00":                                 "line break",
	} {
		require.Equal(t, want, maskText(text, maxMessage))
	}
	require.Equal(t, "a 1 and [hidden] and 12", maskText("a 1 and 2 and 12", maxMessage, "2"))
	require.Len(t, []rune(maskText(strings.Repeat("ab ", 1000), 10)), 11)
	require.Equal(t, hidden, maskText(strings.Repeat("x", 1<<20), maxMessage))
	cut := "conference '" + strings.Repeat("y", 8150) + "' ab " + testID + testID
	require.Equal(t, "conference [hidden] ab", maskText(cut, maxMessage, testID), "a secret at the cut is dropped whole")
}
