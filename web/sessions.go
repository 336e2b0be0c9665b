package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"bedside/bot"
	"bedside/store"

	"github.com/alexedwards/scs/v2"
)

// sessionLife is how long a sign-in lasts: a long shift.
const sessionLife = 14 * time.Hour

// sessions are the sign-ins of staff. The browser has the token in a cookie, the
// store its hash. A session holds the login and a mark of the password it was
// made with, so that a new password or a removed login ends it.
type sessions struct {
	m     *scs.SessionManager
	staff map[string]StaffMember
}

const (
	loginField = "login"
	markField  = "mark"
)

func newSessions(st store.Store, staff []StaffMember, secure bool) *sessions {
	cookie := scs.SessionCookie{
		Name: "bedside", Path: "/", HttpOnly: true, Secure: secure,
		SameSite: http.SameSiteStrictMode, Persist: true,
	}
	if secure {
		cookie.Name = "__Host-bedside"
	}
	// Not scs.New: its own store would keep a goroutine for good.
	out := &sessions{staff: map[string]StaffMember{}, m: &scs.SessionManager{
		Lifetime: sessionLife, Store: sessionStore{st}, Codec: scs.GobCodec{}, HashTokenInStore: true, Cookie: cookie,
	}}
	for _, m := range staff {
		out.staff[strings.ToLower(m.Login)] = m
	}
	return out
}

// begin makes a session and sets its cookie.
func (s *sessions) begin(w http.ResponseWriter, r *http.Request, m StaffMember) error {
	ctx, err := s.m.Load(r.Context(), "")
	if err != nil {
		return err
	}
	s.m.Put(ctx, loginField, m.Login)
	s.m.Put(ctx, markField, passwordMark(m))
	token, expiry, err := s.m.Commit(ctx)
	if err != nil {
		return err
	}
	s.m.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// end forgets the session and its cookie.
func (s *sessions) end(w http.ResponseWriter, r *http.Request, token string) error {
	ctx, err := s.m.Load(r.Context(), token)
	if err != nil {
		return err
	}
	if err := s.m.Destroy(ctx); err != nil {
		return err
	}
	s.m.WriteSessionCookie(ctx, w, "", time.Time{})
	return nil
}

// token is the cookie's value, or "".
func (s *sessions) token(r *http.Request) string {
	c, err := r.Cookie(s.m.Cookie.Name)
	if err != nil {
		return ""
	}
	return c.Value
}

// who is the staff member of a token, or Unauthorized.
func (s *sessions) who(ctx context.Context, token string) (StaffMember, error) {
	if token == "" {
		return StaffMember{}, refuse(bot.Unauthorized, "Please sign in.")
	}
	ctx, err := s.m.Load(ctx, token)
	if err != nil {
		return StaffMember{}, err
	}
	m, ok := s.staff[strings.ToLower(s.m.GetString(ctx, loginField))]
	if !ok || s.m.GetString(ctx, markField) != passwordMark(m) {
		return StaffMember{}, refuse(bot.Unauthorized, "Please sign in.")
	}
	return m, nil
}

// passwordMark changes with the password and tells nothing of it.
func passwordMark(m StaffMember) string {
	sum := sha256.Sum256([]byte("bedside session\x00" + m.PasswordHash))
	return hex.EncodeToString(sum[:8])
}

// credentialKey names a token or ticket where its holder's sockets are counted
// and found, without being it.
func credentialKey(secret string) string {
	sum := sha256.Sum256([]byte("bedside credential\x00" + secret))
	return hex.EncodeToString(sum[:16])
}
