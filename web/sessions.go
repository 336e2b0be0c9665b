package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
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
	staff func(login string) StaffMember // today's; the zero value is nobody
}

const (
	loginField = "login"
	markField  = "mark"
)

func newSessions(st store.Store, secure bool) *sessions {
	cookie := scs.SessionCookie{
		Name: "bedside", Path: "/", HttpOnly: true, Secure: secure,
		SameSite: http.SameSiteStrictMode, Persist: true,
	}
	if secure {
		cookie.Name = "__Host-bedside"
	}
	// Not scs.New: its own store would keep a goroutine for good.
	return &sessions{m: &scs.SessionManager{
		Lifetime: sessionLife, Store: sessionStore{st}, Codec: scs.GobCodec{}, HashTokenInStore: true, Cookie: cookie,
	}}
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
	m := s.staff(s.m.GetString(ctx, loginField))
	if m.Login == "" || s.m.GetString(ctx, markField) != passwordMark(m) {
		return StaffMember{}, refuse(bot.Unauthorized, "Please sign in.")
	}
	return m, nil
}

// passwordMark changes with the password, and when somebody is kept out for a
// while, and tells nothing of either.
func passwordMark(m StaffMember) string {
	marked := m.PasswordHash
	if !m.OutAt.IsZero() {
		marked += "\x00" + m.OutAt.UTC().Format(time.RFC3339Nano)
	}
	sum := sha256.Sum256([]byte("bedside session\x00" + marked))
	return hex.EncodeToString(sum[:8])
}

// credentialKey names a token or ticket where its holder's sockets are counted
// and found, without being it.
func credentialKey(secret string) string {
	sum := sha256.Sum256([]byte("bedside credential\x00" + secret))
	return hex.EncodeToString(sum[:16])
}
