//go:build browser

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The chat stays usable beside the call; the picture may have the whole window
// and gives it back on Escape; the frame is never loaded anew for that, and
// stays where it is when the chat scrolls.
func TestChatBesideTheCall(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	patient.open(h.page)
	patient.opensWidget(h)
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	_, err := ask[bool](patient, h.trueconf, `(window.same = true)`)
	require.NoError(t, err)
	patient.picture("widget-call-beside")
	patient.types(h.bedside, ".composer", "I can write.")
	doctor.reads(h.bedside, "I can write.")
	for range 12 {
		doctor.types(h.bedside, write, "One line and another.")
	}
	patient.until(h.bedside, "the chat scrolls", `((t) => t.scrollHeight > t.clientHeight + 50)(document.querySelector(".timeline"))`)
	patient.stays(h, "scrolls", `document.querySelector(".timeline").scrollTop = 0`)

	patient.press(h.bedside, ".stage .larger")
	patient.until(h.bedside, "has the whole window", `innerWidth >= 1279 && innerHeight >= 799`)
	patient.picture("widget-call-whole")
	patient.press(h.bedside, ".stage .chat")
	patient.missing(h.bedside, ".composer")
	doctor.types(h.bedside, write, "Can you read this?")
	patient.until(h.bedside, "the unread one is counted", `document.querySelector(".stage .chat .badge").textContent === "1"`)
	patient.picture("widget-call-alone")
	patient.press(h.bedside, ".stage .chat")
	patient.reads(h.bedside, "Can you read this?")
	patient.press(h.bedside, ".composer textarea")
	patient.hits("\x1b")
	patient.until(h.bedside, "has the panel again", `innerWidth < 1279 && document.querySelector(".stage .larger")`)
	patient.sees(h.bedside, ".call-frame")
	same, err := ask[bool](patient, h.trueconf, `window.same === true`)
	require.NoError(t, err)
	require.True(t, same, "the frame was loaded anew")
}

// stays holds the frame to its place while something happens.
func (p *person) stays(h *house, what, script string) {
	p.t.Helper()
	const place = `JSON.stringify(document.querySelector(".call-frame").getBoundingClientRect())`
	before, err := ask[string](p, h.bedside, place)
	require.NoError(p.t, err)
	_, err = ask[bool](p, h.bedside, `(`+script+`, true)`)
	require.NoError(p.t, err)
	after, err := ask[string](p, h.bedside, place)
	require.NoError(p.t, err)
	require.Equal(p.t, before, after, what)
}

// On a phone the call stands on top with the chat below; larger, the chat is one
// press away, with the number of what is unread.
func TestChatBesideTheCallOnAPhone(t *testing.T) {
	h := served(t)
	patient, doctor := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	patient.sees(h.bedside, ".composer textarea")
	patient.wellMade(h.bedside, "phone-call-both")
	patient.press(h.bedside, ".stage .larger")
	patient.missing(h.bedside, ".composer textarea")
	patient.wellMade(h.bedside, "phone-call-whole")
	doctor.types(h.bedside, write, "Can you read this?")
	patient.until(h.bedside, "the unread one is counted", `document.querySelector(".stage .chat .badge").textContent === "1"`)
	patient.wellMade(h.bedside, "phone-call-unread")
	patient.press(h.bedside, ".stage .chat")
	patient.reads(h.bedside, "Can you read this?")
	patient.sees(h.bedside, ".call-frame")
}

// By keys alone one comes past the frame, and back before it.
func TestKeysPastTheFrame(t *testing.T) {
	h := served(t)
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	title, err := ask[string](patient, h.bedside, `document.querySelector(".call-frame").title`)
	require.NoError(t, err)
	require.NotEmpty(t, title)
	_, err = ask[bool](patient, h.bedside, `(document.querySelector(".menu-button").focus(), true)`)
	require.NoError(t, err)
	patient.tabsTo(h, ".stage .bypass:first-child")
	patient.wellMade(h.bedside, "phone-call-bypass")
	patient.hits("\r")
	patient.until(h.bedside, "is past the frame", `document.activeElement.matches(".larger")`)
	patient.tabsTo(h, ".stage .bypass:last-child")
	patient.hits("\r")
	patient.until(h.bedside, "is before the frame", `document.activeElement.matches(".stage .bypass:first-child")`)
}

// Whoever frames the panel and whoever else posts to it is not heard: only the
// call's own frame, in its own words, ends the call on the page.
func TestNobodyElseIsHeard(t *testing.T) {
	h := &house{}
	h.pages = http.HandlerFunc(h.hostilePages)
	h.serve(t, "")
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	patient.open(h.page) // frames the panel without the launcher, and a stranger beside it
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	patient.until(h.clinic, "the page has shouted", `window.shouts > 20`)
	patient.until(h.clinic, "the stranger has shouted", `window.strangers > 20`)
	for host, source := range map[string]string{h.bedside: "window", h.trueconf: "parent"} {
		words := `["logout", "loginFail", "connectionClosed", "notSupported"].map((type) => ({ type }))`
		if host == h.trueconf { // the right frame, in words that nobody knows
			words = `[null, "logout", 7, { type: 1 }, { type: "LOGOUT" }, { type: "somethingElse" }, { bedside: 1, type: "close" }]`
		}
		_, err := ask[bool](patient, host, `(`+words+`.forEach((data) => `+source+`.postMessage(data, "*")), true)`)
		require.NoError(t, err)
	}
	patient.reads(h.bedside, "We have told Doctor Two")
	patient.comesIn(h)
	patient.press(h.trueconf, "#leave") // and the frame itself is heard
	patient.missing(h.bedside, ".call-frame")
}

// hostilePages is a clinic's page in a stranger's hands.
func (h *house) hostilePages(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	const shout = `for (const type of ["logout", "loginFail", "connectionClosed", "notSupported"]) `
	if r.URL.Path == "/stranger" {
		fmt.Fprint(w, `<script>setInterval(() => { `+shout+`{ for (let i = 0; i < parent.frames.length; i++) parent.frames[i].postMessage({ type }, "*"); } parent.postMessage("shouted", "*") }, 50)</script>`)
		return
	}
	stranger := "http://stranger.localhost" + h.clinic[strings.LastIndex(h.clinic, ":"):] + "/stranger"
	fmt.Fprintf(w, `<!doctype html><title>Clinic</title>
<iframe id="panel" src="http://%s/widget/?site=clinic" allow="camera; microphone; autoplay; display-capture; fullscreen" style="width:1000px;height:700px"></iframe>
<iframe src="%s"></iframe>
<script>
window.shouts = window.strangers = 0;
addEventListener("message", (e) => { if (e.data === "shouted") strangers++ });
setInterval(() => { const p = document.getElementById("panel").contentWindow; `+shout+`{ p.postMessage({ type }, "*"); for (let i = 0; i < p.frames.length; i++) p.frames[i].postMessage({ type }, "*") } shouts++ }, 50);
</script>`, h.bedside, stranger)
}
