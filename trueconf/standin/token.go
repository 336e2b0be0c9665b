package standin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"time"
)

// grant is one access token that was given out.
type grant struct {
	scopes  []string
	expires time.Time
	uses    int
}

// tokenAnswer is the success of the token endpoint (API reference §2.1).
type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   *int64 `json:"expires_in,omitempty"`
	TokenType   string `json:"token_type"`
	Scope       string `json:"scope"`
}

// tokenForm is a token request, from a form or from JSON alike.
type tokenForm struct {
	GrantType    string `json:"grant_type"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	Scope        string `json:"scope"`
}

func (s *Server) serveToken(w http.ResponseWriter, r *http.Request) {
	l := s.countAndDraw(EndpointToken)
	s.through(w, r, l, func() answer { return s.issue(r) })
}

// issue answers a token request: client_credentials by form, JSON or HTTP Basic.
func (s *Server) issue(r *http.Request) answer {
	if r.Method != http.MethodPost {
		return refuseOAuth(http.StatusMethodNotAllowed, "invalid_request", "The request method must be POST when requesting an access token")
	}
	form, err := readTokenForm(r)
	if err != nil {
		return refuseOAuth(http.StatusBadRequest, "invalid_request", "The request body could not be read")
	}
	switch form.GrantType {
	case "client_credentials":
	case "":
		return refuseOAuth(http.StatusBadRequest, "invalid_request", "The grant type was not specified in the request")
	default:
		return refuseOAuth(http.StatusBadRequest, "unsupported_grant_type", "Grant type \""+form.GrantType+"\" not supported")
	}
	client, found := s.client(form.ClientID, form.ClientSecret)
	if !found {
		return refuseClient(s.switches())
	}
	return s.grantTo(client, form.Scope)
}

func (s *Server) grantTo(c Client, asked string) answer {
	scopes := c.Scopes
	if scopes == nil {
		scopes = knownScopes
	}
	if len(scopes) == 0 {
		return refuseOAuth(http.StatusBadRequest, "invalid_scope", "The application has no scope")
	}
	if want := strings.Fields(asked); len(want) > 0 {
		for _, scope := range want {
			if !covers(scopes, scope) {
				return refuseOAuth(http.StatusBadRequest, "invalid_scope", "An unsupported scope was requested")
			}
		}
		scopes = want
	}
	now := s.lock()
	defer s.mu.Unlock()
	life, said := s.sw.tokenLife()
	token := randomHex(20)
	s.grants[token] = &grant{scopes: scopes, expires: now.Add(life)}
	a := tokenAnswer{AccessToken: token, TokenType: "Bearer", Scope: strings.Join(scopes, " ")}
	if said {
		seconds := int64(life / time.Second)
		a.ExpiresIn = &seconds
	}
	return ok(a)
}

func readTokenForm(r *http.Request) (tokenForm, error) {
	var f tokenForm
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody)).Decode(&f); err != nil {
			return f, err
		}
	} else {
		r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
		if err := r.ParseForm(); err != nil {
			return f, err
		}
		f = tokenForm{r.PostForm.Get("grant_type"), r.PostForm.Get("client_id"), r.PostForm.Get("client_secret"), r.PostForm.Get("scope")}
	}
	if id, secret, found := r.BasicAuth(); found {
		f.ClientID, f.ClientSecret = id, secret
	}
	return f, nil
}

func (s *Server) client(id, secret string) (Client, bool) {
	for _, c := range s.clients {
		if c.ID != "" && c.ID == id && subtle.ConstantTimeCompare([]byte(c.Secret), []byte(secret)) == 1 {
			return c, true
		}
	}
	return Client{}, false
}

func refuseClient(sw Switches) answer {
	const why = "The client credentials are invalid"
	switch sw.TokenRefusal {
	case RefusalReason:
		return answer{http.StatusBadRequest, map[string]string{"reason": "InvalidCredentials", "message": why}}
	case Refusal401:
		return refuseOAuth(http.StatusUnauthorized, "invalid_client", why)
	default:
		return refuseOAuth(http.StatusBadRequest, "invalid_client", why)
	}
}

// authorise decides whether a call may be made (API reference §2.3). A nil answer
// means that it may.
func (s *Server) authorise(r *http.Request, scope string) *answer {
	query := r.URL.Query().Get("access_token")
	header, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	now := s.lock()
	defer s.mu.Unlock()
	if query != "" && bearer && !s.sw.TakeBothTokens {
		a := refuseOAuth(http.StatusBadRequest, "invalid_request", "Only one method may be used to authenticate at a time (Auth header, GET or POST)")
		return &a
	}
	token := query
	if bearer {
		token = header
	}
	if s.opt.SecretKey != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.opt.SecretKey)) == 1 {
		return nil
	}
	g := s.grants[token]
	if g == nil || !now.Before(g.expires) || (s.sw.TokenUses > 0 && g.uses >= s.sw.TokenUses) {
		delete(s.grants, token)
		a := refuse(s.sw.badTokenStatus(), errorDetail{Reason: "accessTokenInvalid", Message: "The access token is invalid."})
		return &a
	}
	g.uses++
	if !covers(g.scopes, scope) {
		a := refuse(http.StatusForbidden, errorDetail{Reason: "forbidden"})
		return &a
	}
	return nil
}

func randomHex(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // crypto/rand never fails
	return hex.EncodeToString(b)
}
