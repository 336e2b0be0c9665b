package standin_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

const body = `{"id":"r1","topic":"T","owner":"doctor1"}`

func TestTroublesOfAnAnswer(t *testing.T) {
	for _, c := range []struct {
		fault  string
		status int // 0: no whole answer
		text   string
		worked bool
	}{
		{"error_500=create", 500, `"code":500`, false},
		{"error_429=create", 429, `"code":429`, false},
		{"unavailable=create", 503, `"code":503`, false},
		{"html_502=create", 502, "<html>", false},
		{"ok_error=create", 200, `"error"`, false},
		{"empty=create", 200, "", true},
		{"half_json=create", 200, `{"conference"`, true},
		{"truncated=create", 0, "", true},
		{"lost=create", 0, "", true},
		{"cut=create", 0, "", false},
	} {
		t.Run(c.fault, func(t *testing.T) {
			a := serve(t, standin.Options{}).login()
			change, err := standin.ParseFault(c.fault + ":1")
			require.NoError(t, err)
			a.srv.SetSwitches(change)
			status, got, err := a.create()
			if c.status == 0 {
				require.Error(t, err)
			} else {
				require.NoError(t, err)
				require.Equal(t, c.status, status)
				require.True(t, strings.HasPrefix(got, c.text) || strings.Contains(got, c.text), got)
			}
			require.Equal(t, c.worked, len(a.srv.Rooms()) == 1)
			a.do("GET", "/conferences", "")
			status, _, err = a.create()
			require.NoError(t, err, "the trouble came once")
			require.Equal(t, map[bool]int{true: 400, false: 200}[c.worked], status)
			require.Equal(t, 2, a.srv.Requests()[standin.EndpointCreate])
		})
	}
}

// create is a call whose failure is no failure of the test. It does not retry.
func (a *api) create() (int, string, error) {
	req, err := http.NewRequest("POST", a.base+"/api/v3.11/conferences", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, string(raw), err
}

func TestNobodyForOneRead(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	_, err := a.srv.EnterUser(room, "doctor1")
	require.NoError(t, err)
	change, err := standin.ParseFault("nobody=1")
	require.NoError(t, err)
	a.srv.SetSwitches(change)
	path := "/conferences/" + room + "/participants"
	require.Empty(t, get(t, a.do("GET", path, ""), "participants"))
	require.Len(t, get(t, a.do("GET", path, ""), "participants"), 1)
}

// Waiting, on a clock of its own: what happens when, and to whom who hangs up.
func TestTroublesThatWait(t *testing.T) {
	for _, c := range []struct {
		fault          string
		early, patient int // rooms after 5 s, and after the whole time when the client waits
		hungUp         int // rooms in the end when the client hangs up at 5 s
	}{
		{"latency=create:15s", 0, 1, 0},
		{"hang=create:15s", 0, 1, 1},
		{"late=create:15s", 1, 1, 1},
	} {
		for _, hangsUp := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				s := standin.New(standin.Options{SecretKey: "k"})
				change, err := standin.ParseFault(c.fault)
				require.NoError(t, err)
				s.SetSwitches(change)
				ctx, hangUp := context.WithCancel(t.Context())
				defer hangUp()
				r := httptest.NewRequest("POST", "http://v.example/api/v3.11/conferences?access_token=k", strings.NewReader(body)).WithContext(ctx)
				done := make(chan struct{})
				began := time.Now()
				go func() { defer close(done); s.ServeHTTP(httptest.NewRecorder(), r) }()
				time.Sleep(5 * time.Second)
				synctest.Wait()
				require.Len(t, s.Rooms(), c.early, c.fault)
				if hangsUp {
					hangUp()
				}
				<-done
				want := c.patient
				if hangsUp {
					want = c.hungUp
				} else {
					require.Equal(t, 15*time.Second, time.Since(began))
				}
				require.Len(t, s.Rooms(), want, c.fault)
				require.NoError(t, s.Close())
			})
		}
	}
}

func TestCloseEndsWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := standin.New(standin.Options{SecretKey: "k", Switches: standin.Switches{Troubles: []standin.Trouble{{Kind: standin.TroubleHang, For: time.Hour}}}})
		done := make(chan struct{})
		began := time.Now()
		go func() {
			defer close(done)
			s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "http://v.example/api/v3.11/conferences?access_token=k", nil))
		}()
		synctest.Wait()
		require.NoError(t, s.Close())
		<-done
		require.Zero(t, time.Since(began))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		require.Equal(t, 503, w.Code)
	})
}
