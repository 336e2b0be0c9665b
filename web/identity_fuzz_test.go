package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

// Whatever comes as a token, none is believed whose signature is not the key's
// own, by the one algorithm; and what is believed names somebody, for an hour at
// most.
func FuzzIdentity(f *testing.F) {
	key := []byte("a key of at least thirty-two bytes")
	now := time.Unix(1_800_000_000, 0)
	sign := func(claims string) string {
		text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return text + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
	}
	good, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": "p", "exp": now.Add(time.Minute).Unix()}).SignedString(key)
	require.NoError(f, err)
	f.Add(good, false)
	f.Add("..", false)
	for _, claims := range []string{`{"sub":"p","exp":1800000060}`, `{"sub":"p","exp":1e400}`, `{"sub":"p","exp":-1,"aud":["clinic"]}`, `{"sub":"\u0000","exp":1800000060,"name":"\ud800","birthdate":"1958-03-07"}`, `[]`, `null`, `{"exp":1800000060,"exp":"x"}`} {
		f.Add(claims, true)
	}
	site := Site{ID: "clinic", IdentityKey: key}
	f.Fuzz(func(t *testing.T, token string, ours bool) {
		if ours { // claims of a clinic's own server, whatever they are
			token = sign(token)
		}
		s := &Server{now: func() time.Time { return now }}
		who, err := s.signedBy(site, token)
		if err != nil || token == "" {
			require.Empty(t, who.subject)
			return
		}
		cut := strings.LastIndex(token, ".")
		mac, err := base64.RawURLEncoding.DecodeString(token[cut+1:])
		require.NoError(t, err)
		m := hmac.New(sha256.New, key)
		m.Write([]byte(token[:cut]))
		require.Equal(t, m.Sum(nil), mac)
		require.NotEmpty(t, who.subject)
		c, err := readToken(token, site, now)
		require.NoError(t, err)
		require.False(t, c.ExpiresAt.After(now.Add(time.Hour+time.Minute)))
		for name, fact := range who.facts {
			require.NotEmpty(t, fact, name)
			require.LessOrEqual(t, len(fact), 4*maxName, name)
		}
	})
}
