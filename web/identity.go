package web

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/golang-jwt/jwt/v5"
)

// MinIdentityKey is the least length of a site's identity key, in bytes: as much
// as HS256 wants (RFC 7518 §3.2).
const MinIdentityKey = 32

const (
	maxIdentity   = 4096             // bytes of a token
	maxSubject    = 255              // bytes of its subject
	maxName       = 200              // characters
	identityAhead = time.Hour        // the longest life that is left to a token
	identitySkew  = 30 * time.Second // by how much two clocks may differ
)

// signed is what a clinic's server vouches for.
type signed struct {
	subject string
	facts   map[string]string // name, born, phone, as flows.Facts wants them
}

// claims are those of OpenID Connect. Audience and the like are RFC 7519's.
type claims struct {
	jwt.RegisteredClaims
	Name      string `json:"name"`
	Birthdate string `json:"birthdate"`
	Phone     string `json:"phone_number"`
}

// identity is POST /api/v1/identity: the shelf of whoever a token names.
func (s *Server) identity(w http.ResponseWriter, r *http.Request) error {
	var in wire.Identify
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	site, err := s.live.Load().site(in.Site)
	if err != nil {
		return err
	}
	if in.Identity == "" {
		return refuse(bot.Malformed, "Say what the clinic's server has signed.")
	}
	who, err := s.signedBy(site, in.Identity)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.Identified{Shelf: s.o.Engine.PersonShelf(site.ID, who.subject)})
}

// signedBy reads what the site's server has signed; without a token it is nobody.
// Why a token is refused is told in general words, and nothing of it is logged.
func (s *Server) signedBy(site Site, token string) (signed, error) {
	switch {
	case token == "":
		return signed{}, nil
	case len(site.IdentityKey) == 0:
		return signed{}, refuse(bot.IdentityRefused, "This site has no key for signed identities.")
	case len(token) > maxIdentity || !compact.MatchString(token):
		return signed{}, refuse(bot.IdentityRefused, "The signed identity is no token, or too long.")
	}
	c, err := readToken(token, site, s.now())
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return signed{}, refuse(bot.IdentityExpired, "The signed identity has expired.")
	case err != nil:
		return signed{}, refuse(bot.IdentityRefused, "The signed identity is not one of this site's.")
	}
	return signed{subject: c.Subject, facts: c.facts(s.now())}, nil
}

// compact is the form of a token; decoders of base64 pass over line ends.
var compact = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)

// readToken checks a token against the site's key and the time. The algorithm is
// ours to say, never the token's: HS256 and nothing else.
func readToken(token string, site Site, now time.Time) (claims, error) {
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithStrictDecoding(),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(identitySkew),
		jwt.WithTimeFunc(func() time.Time { return now }),
	)
	var c claims
	t, err := parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return site.IdentityKey, nil })
	if err != nil {
		return claims{}, err
	}
	_, critical := t.Header["crit"] // RFC 7515 §4.1.11: whoever knows none refuses all
	switch {
	case critical:
		return claims{}, jwt.ErrTokenUnverifiable
	case c.Subject == "" || len(c.Subject) > maxSubject:
		return claims{}, jwt.ErrTokenInvalidSubject
	case c.ExpiresAt.After(now.Add(identityAhead + identitySkew)):
		return claims{}, jwt.ErrTokenInvalidClaims
	case len(c.Audience) > 0 && !slices.Contains(c.Audience, site.ID):
		return claims{}, jwt.ErrTokenInvalidAudience
	}
	return c, nil
}

var dialled = regexp.MustCompile(`^\+?[0-9][0-9 ().-]{4,28}$`)

// facts are the claims that a patient could have said of themselves; what is
// none is left out, and asked.
func (c claims) facts(now time.Time) map[string]string {
	out := map[string]string{}
	name := strings.TrimSpace(c.Name)
	if name != "" && utf8.RuneCountInString(name) <= maxName && strings.IndexFunc(name, unprintable) < 0 {
		out["name"] = name
	}
	if born, err := time.Parse(time.DateOnly, c.Birthdate); err == nil && born.Year() >= 1880 && born.Before(now) {
		out["born"] = c.Birthdate
	}
	if phone := strings.TrimSpace(c.Phone); dialled.MatchString(phone) {
		out["phone"] = phone
	}
	return out
}

// unprintable are control characters, and those that turn the direction of what
// is written around them.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
