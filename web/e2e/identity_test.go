//go:build browser

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

const siteKey = "a key of at least thirty-two bytes"

// signing is a house whose website signs its visitors.
func signing(t *testing.T) *house {
	t.Helper()
	h := &house{identityKey: siteKey}
	h.pages = site{"/": around(usual)}.handler(h)
	h.serve(t, "")
	return h
}

// token is what the website's server says of a visitor; good for so long.
func token(t *testing.T, key, subject, name string, life time.Duration) string {
	t.Helper()
	text, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"sub": subject, "name": name, "birthdate": "1958-03-07", "aud": "clinic", "exp": time.Now().Add(life).Unix(),
	}).SignedString([]byte(key))
	require.NoError(t, err)
	return text
}

// arrives opens the website, with something done before the chat is opened.
func (p *person) arrives(h *house, before string) {
	p.t.Helper()
	p.open(h.page)
	p.launcher(named(closedName))
	p.onPage(h, listens+before)
	p.onPage(h, `Bedside("open")`)
}

// asksTrouble presses the way to a doctor and is asked for the trouble at once.
func (p *person) asksTrouble(h *house) {
	p.t.Helper()
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is the trouble?")
	p.until(h.bedside, "was not asked for the name", `!document.body.innerText.includes("What is your name?")`)
}

func identify(token string) string { return `Bedside("identify", ` + quote(token) + `);` }

// Whom the website has signed is not asked for a name, and the doctor sees whose
// word it is. The conversation is this person's: it is there again for them, and
// for nobody else at the same browser, signed or not.
func TestSignedPeopleKeepApart(t *testing.T) {
	h := signing(t)
	p, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	anna, boris := token(t, siteKey, "p-1", "Anna Lee", 5*time.Minute), token(t, siteKey, "p-2", "Boris Petrov", 5*time.Minute)

	p.arrives(h, "") // nobody yet
	p.press(h.bedside, `[data-option="medicine"]`)
	p.reads(h.bedside, "What is your name?")
	p.onPage(h, identify(anna)) // the page signs in its visitor while an unsigned chat is under way
	p.reads(h.bedside, "How can we help?")
	p.until(h.bedside, "it is another conversation", `!document.body.innerText.includes("What is your name?")`)
	p.asksTrouble(h)
	p.press(h.bedside, `[data-option="pain"]`)
	p.press(h.bedside, `[data-option="yes"]`)
	p.press(h.bedside, ".skip")
	p.sees(h.bedside, `[data-phase="waiting"]`)

	doctor.signsIn(h)
	doctor.takes(h)
	doctor.reads(h.bedside, "Anna Lee")
	doctor.reads(h.bedside, "Confirmed by the clinic's site")
	p.onPage(h, `Bedside("setAttributes", { page: "Prices", product: "Check-up" })`)
	doctor.reads(h.bedside, "Check-up")
	doctor.everyway(h.bedside, "console-signed")

	p.onPage(h, identify(boris)) // somebody else has signed in
	p.reads(h.bedside, "How can we help?")
	p.asksTrouble(h)
	p.until(h.bedside, "nothing of the other is there", `!document.body.innerText.includes("Doctor Two")`)
	p.onPage(h, identify(anna))
	p.reads(h.bedside, "Doctor Two")
	p.arrives(h, "") // the website again, and nobody is signed in
	p.reads(h.bedside, "What is your name?")
	p.arrives(h, `Bedside("identify", () => new Promise((done) => setTimeout(() => done(`+quote(anna)+`), 500)));`)
	p.reads(h.bedside, "Doctor Two")
	kept, err := ask[string](p, h.bedside, `JSON.stringify(Object.assign({}, localStorage))`)
	require.NoError(t, err)
	for _, secret := range []string{anna, strings.Split(anna, ".")[1], "p-1", "p-2"} {
		require.NotContains(t, kept, secret, "no token and no subject is kept")
	}
	at, err := ask[string](p, h.bedside, `location.href + document.referrer`)
	require.NoError(t, err)
	require.NotContains(t, at, "eyJ", "and none stands in an address")
}

// A token that is no good opens nobody's conversation and closes nobody's chat:
// the page is told why, and the patient is asked like everybody else.
func TestTokensThatAreNoGood(t *testing.T) {
	h := signing(t)
	p := sit(t, "patient", look{})
	for code, bad := range map[string]string{
		"identity_expired": token(t, siteKey, "p-1", "Anna Lee", -5*time.Minute),
		"identity_refused": token(t, strings.Repeat("x", 32), "p-1", "Anna Lee", 5*time.Minute),
	} {
		p.arrives(h, identify(bad))
		p.learns(h, `error {"code":"`+code+`"}`)
		p.reads(h.bedside, "How can we help?")
	}

	// A page that signs anew when it is told, and one whose function is asked again.
	good := token(t, siteKey, "p-1", "Anna Lee", 5*time.Minute)
	old := token(t, siteKey, "p-1", "Anna Lee", -5*time.Minute)
	p.arrives(h, `Bedside("on", "error", (e) => e.code === "identity_expired" && Bedside("identify", `+quote(good)+`));`+identify(old))
	p.asksTrouble(h)

	// A forged token while a signed person is there: they must not see each other.
	p.onPage(h, `heard.length = 0;`+identify(token(t, strings.Repeat("x", 32), "p-2", "Somebody", 5*time.Minute)))
	p.learns(h, `error {"code":"identity_refused"}`)
	p.reads(h.bedside, "How can we help?")
	p.until(h.bedside, "the signed conversation is gone from view", `!document.body.innerText.includes("What is the trouble?")`)
}

// While it is not known yet who is here, the numbers stand there and the chat can
// be closed; a page that cannot say it is told so, and the patient is asked.
func TestWhoIsHereTakesAWhile(t *testing.T) {
	h := signing(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.arrives(h, `Bedside("identify", () => new Promise((_, fail) => window.fail = fail));`)
	p.reads(h.bedside, "One moment")
	p.sees(h.bedside, ".numbers-strip a[href^='tel:']")
	p.wellMade(h.bedside, "panel-recognising-390")
	p.press(h.bedside, ".shut")
	p.learns(h, "close {}")
	p.onPage(h, `Bedside("open"); fail(new Error("no such page"))`)
	p.learns(h, `error {"code":"identity_unavailable"}`)
	p.reads(h.bedside, "How can we help?")
}

// shutdown is a sign-out: what this browser kept is gone, seen or unseen, in each
// tab; the next to sit here begins anew.
func TestShutdown(t *testing.T) {
	h := signing(t)
	p := sit(t, "patient", look{})
	anna := token(t, siteKey, "p-1", "Anna Lee", 5*time.Minute)
	kept := `Object.keys(localStorage).filter((k) => k.includes("conversation")).length`
	p.arrives(h, identify(anna))
	p.asksTrouble(h)
	p.until(h.bedside, "the conversation is kept", kept+" === 1")
	other := p.tab("the other tab")
	other.arrives(h, identify(anna))
	other.reads(h.bedside, "What is the trouble?")

	p.onPage(h, `Bedside("shutdown")`)
	p.learns(h, "close {}")
	p.launcher(named(closedName))
	other.learns(h, "close {}")
	p.onPage(h, `Bedside("open")`)
	p.reads(h.bedside, "How can we help?")
	p.until(h.bedside, "one conversation, the new one", kept+` === 1 && !document.body.innerText.includes("What is the trouble?")`)

	p.open(h.page) // the page after the sign-out: the chat was never opened here
	p.launcher(named(closedName))
	p.onPage(h, `Bedside("shutdown")`)
	p.hasPanels(h, 0)
	p.arrives(h, identify(anna))
	p.reads(h.bedside, "How can we help?")
	p.until(h.bedside, "anna's is gone too", `!document.body.innerText.includes("What is the trouble?")`)
}
