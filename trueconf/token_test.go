package trueconf

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// tokenServer gives a new token each time and lets in whoever holds a live one.
type tokenServer struct {
	*fake
	minted  atomic.Int32
	revoked sync.Map
	life    string
	delay   time.Duration
}

func newTokenServer() *tokenServer {
	s := &tokenServer{fake: &fake{mux: http.NewServeMux(), asked: make(chan string, 10000)}, life: `"expires_in":3600,`}
	s.mux.HandleFunc("POST /oauth2/v1/token", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(s.delay)
		reply(w, 200, `{"access_token":"token-`+strconv.Itoa(int(s.minted.Add(1)))+`",`+s.life+`"token_type":"Bearer"}`)
	})
	s.mux.HandleFunc("GET /api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
		bearer := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if _, revoked := s.revoked.Load(bearer); revoked || bearer == "" {
			reply(w, 403, fault(403, "accessTokenInvalid", "expired", ""))
			return
		}
		reply(w, 200, `{"conference":{"id":"1","state":"running"}}`)
	})
	return s
}

func (s *tokenServer) client(t *testing.T) *Client {
	return s.fake.client(t, func(c *Config) { c.Transport = inProcess{s} })
}

func TestTokenIsAskedForByFormAndOnce(t *testing.T) {
	f := newFake()
	var form url.Values
	f.mux = http.NewServeMux()
	f.mux.HandleFunc("POST /oauth2/v1/token", func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		form, _ = url.ParseQuery(string(raw))
		if r.Header.Get("Authorization") != "" {
			form = nil
		}
		reply(w, 200, `{"access_token":"`+testToken+`","expires_in":"604800","token_type":"Bearer"}`)
	})
	f.mux.HandleFunc("GET /api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testToken || r.URL.RawQuery != "" {
			reply(w, 500, `{}`)
			return
		}
		reply(w, 200, `{"conference":{"id":"1"}}`)
	})
	c := f.client(t)
	for range 3 {
		_, err := c.Conference(ctx, "1")
		require.NoError(t, err)
	}
	require.Equal(t, url.Values{"grant_type": {"client_credentials"}, "client_id": {testClient}, "client_secret": {testSecret}}, form)
	require.Len(t, f.requests(), 4)
}

func TestTokenIsRenewedAMinuteEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		c := s.client(t)
		use := func() {
			_, err := c.Conference(ctx, "1")
			require.NoError(t, err)
		}
		use()
		time.Sleep(59*time.Minute - time.Second)
		use()
		require.EqualValues(t, 1, s.minted.Load())
		time.Sleep(2 * time.Second)
		use()
		require.EqualValues(t, 2, s.minted.Load())
	})
}

func TestTokenWithoutLifetimeLastsAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.life = ""
		c := s.client(t)
		for range 3 {
			_, err := c.Conference(ctx, "1")
			require.NoError(t, err)
			time.Sleep(40 * time.Minute)
		}
		require.EqualValues(t, 2, s.minted.Load())
	})
}

func TestShortTokenIsStillCached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.life = `"expires_in":30,`
		c := s.client(t)
		for range 10 {
			_, err := c.Conference(ctx, "1")
			require.NoError(t, err)
			time.Sleep(time.Second)
		}
		require.EqualValues(t, 1, s.minted.Load())
	})
}

func TestRefusedTokenIsReplacedOnce(t *testing.T) {
	s := newTokenServer()
	c := s.client(t)
	s.revoked.Store("token-1", true)
	_, err := c.Conference(ctx, "1")
	require.NoError(t, err)
	require.EqualValues(t, 2, s.minted.Load())

	s.revoked.Store("token-2", true)
	s.revoked.Store("token-3", true)
	_, err = c.Conference(ctx, "1")
	require.Equal(t, Credentials, KindOf(err))
	require.EqualValues(t, 3, s.minted.Load(), "one new token and no more")
}

func TestUnauthorizedInAnyShapeReplacesTheToken(t *testing.T) {
	for name, refusal := range map[string]struct {
		status int
		body   string
	}{
		"401 of the API":    {401, fault(401, "unauthorized", "no", "")},
		"401 with a page":   {401, "<html>sign in</html>"},
		"401 with nothing":  {401, ""},
		"403 of the token":  {403, fault(403, "accessTokenInvalid", "no", "")},
		"inside a 200":      {200, fault(403, "accessTokenInvalid", "no", "")},
		"reason at the top": {403, `{"reason":"accessTokenInvalid"}`},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			var times atomic.Int32
			f.mux.HandleFunc("GET /api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
				if times.Add(1) == 1 {
					reply(w, refusal.status, refusal.body)
					return
				}
				reply(w, 200, `{"conference":{"id":"1"}}`)
			})
			_, err := f.client(t).Conference(ctx, "1")
			require.NoError(t, err)
			require.EqualValues(t, 2, times.Load())
		})
	}
}

func TestMissingScopeDoesNotReplaceTheToken(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/conferences/1", 403, fault(403, "forbidden", "no", ""))
	_, err := f.client(t).Conference(ctx, "1")
	require.Equal(t, Scope, KindOf(err))
	require.Len(t, f.requests(), 2)
}

func TestManyRefusedAtOnceFetchOneToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.delay = time.Second
		c := s.client(t)
		use := func() {
			failed := make(chan error, 50)
			for range cap(failed) {
				go func() {
					_, err := c.Conference(ctx, "1")
					failed <- err
				}()
			}
			for range cap(failed) {
				require.NoError(t, <-failed)
			}
		}
		use()
		require.EqualValues(t, 1, s.minted.Load())
		s.revoked.Store("token-1", true)
		use()
		require.EqualValues(t, 2, s.minted.Load())
	})
}

func TestWaiterLeavesWithItsOwnContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.delay = 10 * time.Second
		c := s.client(t)
		patient := make(chan error, 1)
		go func() {
			_, err := c.Conference(ctx, "1")
			patient <- err
		}()
		synctest.Wait()

		hurried, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		start := time.Now()
		_, err := c.Conference(hurried, "1")
		require.Equal(t, Unreachable, KindOf(err))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(start))

		require.NoError(t, <-patient, "the one who gave up must not take the other's fetch along")
		require.EqualValues(t, 1, s.minted.Load())
	})
}

// The one who began the fetch may leave: it goes on for the next.
func TestFetchOutlivesTheOneWhoBeganIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.delay = 10 * time.Second
		c := s.client(t)
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		_, err := c.Conference(cancelled, "1")
		require.ErrorIs(t, err, context.Canceled)
		require.False(t, Temporary(err))
		_, err = c.Conference(ctx, "1")
		require.NoError(t, err)
		require.EqualValues(t, 1, s.minted.Load())
	})
}

func TestTokenEndpointThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTokenServer()
		s.delay = time.Hour
		start := time.Now()
		_, err := s.client(t).Conference(ctx, "1")
		require.Equal(t, Unreachable, KindOf(err))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.True(t, Temporary(err))
		require.Equal(t, DefaultTimeout, time.Since(start))
		time.Sleep(time.Hour) // the handler ends
	})
}

func TestTokenRefusals(t *testing.T) {
	for name, v := range map[string]struct {
		status int
		body   string
		kind   Kind
		reason string
	}{
		"bad secret":          {400, `{"error":"invalid_client","error_description":"The client credentials are invalid"}`, Credentials, "invalid_client"},
		"client not allowed":  {400, `{"error":"unauthorized_client"}`, Credentials, "unauthorized_client"},
		"bad grant":           {401, `{"error":"invalid_grant"}`, Credentials, "invalid_grant"},
		"no such scope":       {400, `{"error":"invalid_scope"}`, Scope, "invalid_scope"},
		"top-level reason":    {400, `{"reason":"InvalidCredentials","message":"no"}`, Credentials, "InvalidCredentials"},
		"reason inside a 200": {200, `{"reason":"InvalidCredentials"}`, Credentials, "InvalidCredentials"},
		"error inside a 200":  {200, `{"error":"invalid_client"}`, Credentials, "invalid_client"},
		"object inside a 200": {200, `{"error":{"code":401,"message":"no"}}`, Credentials, ""},
		"object":              {403, `{"error":{"code":403,"errors":[{"reason":"forbidden"}]}}`, Credentials, "forbidden"},
		"unsupported grant":   {400, `{"error":"unsupported_grant_type"}`, Refused, "unsupported_grant_type"},
		"a proxy's page":      {502, `<html><title>502 Bad Gateway</title></html>`, Unexpected, ""},
		"a page with 200":     {200, `<html><title>Welcome</title></html>`, Unexpected, ""},
		"nothing":             {200, ``, Unexpected, ""},
		"no token":            {200, `{"token_type":"Bearer"}`, Unexpected, ""},
		"an endless answer":   {200, `{"access_token":"` + strings.Repeat("x", 2<<20) + `"}`, Unexpected, ""},
		"no such path":        {404, `{"error":{"code":404}}`, Unexpected, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{mux: http.NewServeMux(), asked: make(chan string, 100)}
			f.answer("POST /oauth2/v1/token", v.status, v.body)
			_, err := f.client(t).Conference(ctx, "1")
			e := asError(t, err)
			require.Equal(t, v.kind, e.Kind, err)
			require.Equal(t, v.reason, e.Reason)
			require.Equal(t, opToken, e.Op)
			require.NotEmpty(t, e.Cure)
			require.Len(t, f.requests(), 1, "asking again would change nothing")
		})
	}
}

func TestSecretKeyIsTheToken(t *testing.T) {
	f := newFake()
	f.mux.HandleFunc("GET /api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") == "Bearer the-key" && query(r).Get("access_token") == "":
			reply(w, 200, `{"conference":{"id":"1"}}`)
		case r.Header.Get("Authorization") == "" && query(r).Get("access_token") == "the-key":
			reply(w, 200, `{"conference":{"id":"1"}}`)
		default:
			reply(w, 403, fault(403, "accessTokenInvalid", "no", ""))
		}
	})
	for _, inQuery := range []bool{false, true} {
		c := f.client(t, secretKey("the-key"), func(c *Config) { c.TokenInQuery = inQuery })
		_, err := c.Conference(ctx, "1")
		require.NoError(t, err)
	}
	_, err := f.client(t, secretKey("another")).Conference(ctx, "1")
	require.Equal(t, Credentials, KindOf(err))
	require.NotContains(t, f.requests(), "POST /oauth2/v1/token")
}

func TestNoTokenGoesToAnotherHost(t *testing.T) {
	for _, to := range []string{"https://evil.example/x", "http://v.example/x", "https://v.example:444/x", "https://sub.v.example/x", "//evil.example/x"} {
		f := newFake()
		f.mux.HandleFunc("/api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
		})
		f.answer("/x", 200, `{"conference":{"id":"1"}}`)
		_, err := f.client(t).Conference(ctx, "1")
		e := asError(t, err)
		require.Equal(t, Unexpected, e.Kind)
		require.Contains(t, e.Message, "redirects")
		require.NotContains(t, f.requests(), "GET /x")
	}
}

func TestReadsFollowTheSameOriginAndWritesNever(t *testing.T) {
	f := newFake()
	f.mux.HandleFunc("/api/v3.11/conferences/1", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/moved", http.StatusFound)
	})
	f.answer("/moved", 200, `{"conference":{"id":"1"}}`)
	c := f.client(t)
	_, err := c.Conference(ctx, "1")
	require.NoError(t, err)
	require.Equal(t, Unexpected, KindOf(c.Delete(ctx, "1")))
	require.NotContains(t, f.requests(), "DELETE /moved")
}

func TestSecretNeverFollowsARedirect(t *testing.T) {
	f := &fake{mux: http.NewServeMux(), asked: make(chan string, 100)}
	f.mux.HandleFunc("POST /oauth2/v1/token", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://evil.example/steal", http.StatusTemporaryRedirect)
	})
	f.answer("/steal", 200, `{"access_token":"x"}`)
	_, err := f.client(t).Conference(ctx, "1")
	require.Equal(t, Unexpected, KindOf(err))
	require.Equal(t, []string{"POST /oauth2/v1/token"}, f.requests())
}
