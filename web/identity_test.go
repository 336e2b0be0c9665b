package web_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"maps"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

const identityKey = "a key of at least thirty-two bytes"

// clinicWithKey is a house whose first site signs; the second has no key.
func clinicWithKey(t testing.TB) *house {
	return newHouse(t, func(o *web.Options) { o.Sites[0].IdentityKey = []byte(identityKey) })
}

// anna is what a clinic's server knows of somebody, with what a test changes.
func anna(changes jwt.MapClaims) jwt.MapClaims {
	c := jwt.MapClaims{
		"sub": "patient-17", "exp": time.Now().Add(5 * time.Minute).Unix(),
		"name": "Anna Lee", "birthdate": "1958-03-07", "phone_number": "+7 900 000-00-00",
	}
	maps.Copy(c, changes)
	for k, v := range changes {
		if v == nil {
			delete(c, k)
		}
	}
	return c
}

func sign(t testing.TB, method jwt.SigningMethod, key any, c jwt.MapClaims) string {
	t.Helper()
	token, err := jwt.NewWithClaims(method, c).SignedString(key)
	require.NoError(t, err)
	return token
}

func signedAnna(t testing.TB, changes jwt.MapClaims) string {
	return sign(t, jwt.SigningMethodHS256, []byte(identityKey), anna(changes))
}

// Whatever is not signed by this site, and good at this moment, is nobody's word: whoever comes
// with it is told so, by the start and by the shelf's call alike.
func TestAttacksOnTheIdentity(t *testing.T) {
	h := clinicWithKey(t)
	soon := time.Now().Add(5 * time.Minute).Unix()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	good := signedAnna(t, nil)
	pieces := strings.Split(good, ".")
	withHeader := func(name string, value any) string {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, anna(nil))
		token.Header[name] = value
		text, err := token.SignedString([]byte(identityKey))
		require.NoError(t, err)
		return text
	}
	for name, tt := range map[string]struct {
		token string
		code  bot.Code
	}{
		"alg none":              {sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, anna(nil)), bot.IdentityRefused},
		"alg None, our signing": {part(`{"alg":"None","typ":"JWT"}`) + "." + pieces[1] + "." + pieces[2], bot.IdentityRefused},
		"no signature":          {pieces[0] + "." + pieces[1] + ".", bot.IdentityRefused},
		"two parts":             {pieces[0] + "." + pieces[1], bot.IdentityRefused},
		"RS256":                 {sign(t, jwt.SigningMethodRS256, rsaKey, anna(nil)), bot.IdentityRefused},
		"HS512 with our key":    {sign(t, jwt.SigningMethodHS512, []byte(identityKey), anna(nil)), bot.IdentityRefused},
		"another key":           {sign(t, jwt.SigningMethodHS256, []byte(strings.Repeat("x", 32)), anna(nil)), bot.IdentityRefused},
		"an empty key":          {sign(t, jwt.SigningMethodHS256, []byte{}, anna(nil)), bot.IdentityRefused},
		"other claims":          {pieces[0] + "." + part(`{"sub":"patient-18","exp":9999999999}`) + "." + pieces[2], bot.IdentityRefused},
		"expired":               {signedAnna(t, jwt.MapClaims{"exp": time.Now().Add(-2 * time.Minute).Unix()}), bot.IdentityExpired},
		"expired, another key":  {sign(t, jwt.SigningMethodHS256, []byte(strings.Repeat("x", 32)), anna(jwt.MapClaims{"exp": 1})), bot.IdentityRefused},
		"no exp":                {signedAnna(t, jwt.MapClaims{"exp": nil}), bot.IdentityRefused},
		"exp in a week":         {signedAnna(t, jwt.MapClaims{"exp": time.Now().Add(7 * 24 * time.Hour).Unix()}), bot.IdentityRefused},
		"exp beyond all time":   {signedAnna(t, jwt.MapClaims{"exp": 1e300}), bot.IdentityExpired}, // no moment at all: it has passed
		"exp a text":            {signedAnna(t, jwt.MapClaims{"exp": "soon"}), bot.IdentityRefused},
		"not valid yet":         {signedAnna(t, jwt.MapClaims{"nbf": soon}), bot.IdentityRefused},
		"issued in the future":  {signedAnna(t, jwt.MapClaims{"iat": soon}), bot.IdentityRefused},
		"no sub":                {signedAnna(t, jwt.MapClaims{"sub": nil}), bot.IdentityRefused},
		"an empty sub":          {signedAnna(t, jwt.MapClaims{"sub": ""}), bot.IdentityRefused},
		"a number for sub":      {signedAnna(t, jwt.MapClaims{"sub": 17}), bot.IdentityRefused},
		"a long sub":            {signedAnna(t, jwt.MapClaims{"sub": strings.Repeat("x", 256)}), bot.IdentityRefused},
		"for another site":      {signedAnna(t, jwt.MapClaims{"aud": "kids"}), bot.IdentityRefused},
		"for two other sites":   {signedAnna(t, jwt.MapClaims{"aud": []string{"kids", "zoo"}}), bot.IdentityRefused},
		"a list for name":       {signedAnna(t, jwt.MapClaims{"name": []string{"Anna"}}), bot.IdentityRefused},
		"a critical header":     {withHeader("crit", []string{"b64"}), bot.IdentityRefused},
		"huge":                  {signedAnna(t, jwt.MapClaims{"more": strings.Repeat("x", 8000)}), bot.IdentityRefused},
		"padded":                {good + "=", bot.IdentityRefused},
		"white space":           {good + "\n", bot.IdentityRefused},
		"rubbish":               {"x", bot.IdentityRefused},
		"dots":                  {"..", bot.IdentityRefused},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{h: h, bearer: newTicket()}
			start := p.refused("POST", "/api/v1/conversations", wire.Start{Key: "k", Identity: tt.token}, 422, tt.code)
			shelf := p.refused("POST", "/api/v1/identity", wire.Identify{Identity: tt.token}, 422, tt.code)
			require.Equal(t, start.Detail, shelf.Detail)
			for _, piece := range strings.Split(tt.token, ".") {
				if len(piece) > 8 {
					require.NotContains(t, start.Detail, piece)
					require.NotContains(t, h.log.String(), piece, "nothing of a token is logged")
				}
			}
			var started wire.Started
			p.call("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 201, &started) // unsigned it goes on
		})
	}
	p := &person{h: h, bearer: newTicket()}
	p.refused("POST", "/api/v1/conversations", wire.Start{Key: "k", Site: "kids", Identity: good}, 422, bot.IdentityRefused)
	p.refused("POST", "/api/v1/identity", wire.Identify{}, 400, bot.Malformed)
	p.refused("POST", "/api/v1/identity", `{"identity":{}}`, 400, bot.Malformed)
	p.refused("POST", "/api/v1/identity", wire.Identify{Site: "nowhere", Identity: good}, 404, bot.Unknown)
}

// What the clinic's server says of a patient is not asked again; the doctor sees
// it at once, and that it is the clinic's word. Nobody but staff gets it back.
func TestASignedPatientIsNotAskedAgain(t *testing.T) {
	h := clinicWithKey(t)
	for name, changes := range map[string]jwt.MapClaims{
		"plain":               nil,
		"for this site":       {"aud": "main"},
		"for several sites":   {"aud": []string{"main", "kids"}},
		"clocks a little off": {"exp": time.Now().Add(-10 * time.Second).Unix(), "iat": time.Now().Add(10 * time.Second).Unix()},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{h: h, bearer: newTicket()}
			var started wire.Started
			res := p.call("POST", "/api/v1/conversations", wire.Start{Key: newKey(), Identity: signedAnna(t, changes)}, 201, &started)
			require.NotContains(t, res.Request.URL.String(), "ey")
			p.id = started.Conversation
			p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
			entries := p.entries("after=0").Entries
			last := entries[len(entries)-1].Body.(map[string]any)
			require.Equal(t, "What is the trouble?", last["text"], "name, birth date and phone are known")
			for _, e := range entries {
				require.NotContains(t, e.Body, "patient")
				require.NotContains(t, e.Body, "signed")
			}
			p.do(wire.Command{Do: bot.DoSend, Text: "It hurts"})
			p.do(wire.Command{Do: bot.DoSend, Text: "3"})

			vera := h.staff("vera").with(p)
			var head wire.Head
			vera.call("GET", "/api/v1/conversations/"+p.id, nil, 200, &head)
			require.Equal(t, []any{"Anna Lee", "1958-03-07", true}, []any{head.Patient, head.Born, head.Signed})
			begun := vera.entries("after=0").Entries[0].Body.(map[string]any)
			require.Equal(t, true, begun["signed"])
			require.Equal(t, map[string]any{"name": "Anna Lee", "born": "1958-03-07", "phone": "+7 900 000-00-00"}, begun["patient"])
		})
	}
}

// A claim that no patient could have answered is left out, and asked.
func TestAClaimThatDoesNotFitIsAsked(t *testing.T) {
	h := clinicWithKey(t)
	for name, tt := range map[string]struct {
		changes jwt.MapClaims
		asked   string
	}{
		"no name":               {jwt.MapClaims{"name": nil}, "What is your name?"},
		"longer than the slot":  {jwt.MapClaims{"name": strings.Repeat("x", 100)}, "What is your name?"},
		"longer than any":       {jwt.MapClaims{"name": strings.Repeat("x", 201)}, "What is your name?"},
		"a name with a newline": {jwt.MapClaims{"name": "Anna\nLee"}, "What is your name?"},
		"a name turned round":   {jwt.MapClaims{"name": "Anna \u202eeeL"}, "What is your name?"},
		"a year alone":          {jwt.MapClaims{"birthdate": "1958"}, "Anna Lee, when were you born? For example 7 March 1958"},
		"no year":               {jwt.MapClaims{"birthdate": "0000-03-07"}, "Anna Lee, when were you born? For example 7 March 1958"},
		"no such day":           {jwt.MapClaims{"birthdate": "1958-02-30"}, "Anna Lee, when were you born? For example 7 March 1958"},
		"not born yet":          {jwt.MapClaims{"birthdate": "2999-01-01"}, "Anna Lee, when were you born? For example 7 March 1958"},
		"no number":             {jwt.MapClaims{"phone_number": "at home"}, "Which number can we call if we get cut off?"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{h: h, bearer: newTicket()}
			var started wire.Started
			p.call("POST", "/api/v1/conversations", wire.Start{Key: newKey(), Identity: signedAnna(t, tt.changes)}, 201, &started)
			p.id = started.Conversation
			p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
			entries := p.entries("after=0").Entries
			require.Equal(t, tt.asked, entries[len(entries)-1].Body.(map[string]any)["text"])
		})
	}
}

// One person has one shelf in all browsers, and nobody else has it: not the same
// subject of another site, and it tells nothing of what the journal keeps.
func TestShelves(t *testing.T) {
	h := newHouse(t, func(o *web.Options) {
		o.Sites[0].IdentityKey, o.Sites[1].IdentityKey = []byte(identityKey), []byte(identityKey)
	})
	shelf := func(site, subject string) string {
		var out wire.Identified
		(&person{h: h}).call("POST", "/api/v1/identity", wire.Identify{Site: site, Identity: signedAnna(t, jwt.MapClaims{"sub": subject})}, 200, &out)
		return out.Shelf
	}
	require.Equal(t, shelf("", "a"), shelf("main", "a"))
	seen := map[string]bool{shelf("main", "a"): true}
	for _, other := range []string{shelf("main", "b"), shelf("kids", "a"), bot.PersonID(serverKey, "main", "a")} {
		require.False(t, seen[other])
		seen[other] = true
	}
}

// A key that can be guessed is refused before anything is served.
func TestAShortIdentityKeyIsRefused(t *testing.T) {
	h := newHouse(t)
	o := h.options(nil, nil)
	o.Engine, o.Log = h.e, nil
	o.Sites[0].IdentityKey = []byte("short")
	_, err := web.New(o)
	require.ErrorContains(t, err, "identity key of site main")
}
