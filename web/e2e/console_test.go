//go:build browser

package e2e

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// born is a question for the day of birth, which the demo does not ask.
const born = `  born:
    type: date
    before: today
    fills: patient.born
    label: {en: "Date of birth", ru: "Дата рождения"}
    ask:   {en: "When were you born?", ru: "Когда вы родились?"}
  trouble:`

// busy is a served house whose patients say when they were born.
func busy(t *testing.T, keys string) *house {
	t.Helper()
	h := &house{flow: func(flow []byte) []byte {
		flow = bytes.Replace(flow, []byte("  trouble:"), []byte(born), 1)
		flow = bytes.Replace(flow, []byte("    - ask: trouble"), []byte("    - ask: born\n    - ask: trouble"), 1)
		return bytes.Replace(flow, []byte("    - hand_over: gp"), []byte("    - hand_over: gp\n      summary: [more, trouble]"), 1)
	}}
	h.serve(t, keys)
	return h
}

func (h *house) port() string { return h.bedside[strings.LastIndex(h.bedside, ":")+1:] }

// comes brings a patient of a busy house into the queue.
func (h *house) comes(t *testing.T, name, born, more string) *person {
	t.Helper()
	p := sit(t, name, look{width: 390, height: 844})
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is your name?")
	p.types(h.bedside, ".composer", name)
	p.reads(h.bedside, "When were you born?")
	p.types(h.bedside, ".composer", born)
	p.press(h.bedside, `[data-option="pain"]`)
	p.press(h.bedside, `[data-option="yes"]`)
	p.reads(h.bedside, "anything else")
	p.types(h.bedside, ".composer", more)
	p.sees(h.bedside, `[data-phase="waiting"]`)
	return p
}

// takesNext claims whoever waits first, beside others that are open.
func (p *person) takesNext(h *house) {
	p.t.Helper()
	p.press(h.bedside, ".waiting-list .head-row")
	p.press(h.bedside, `.pane:not([hidden]) [data-act="claim"]`)
	p.sees(h.bedside, write+":not(.note)")
}

// strikes presses one key by its place on the keyboard, as a layout writes it.
func (p *person) strikes(code, key string, modifiers ...int64) {
	p.t.Helper()
	var mod int64
	for _, m := range modifiers {
		mod |= m
	}
	for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
		event := input.DispatchKeyEventParams{Type: kind, Code: code, Key: key, Modifiers: mod, WindowsVirtualKeyCode: virtual[key]}
		if kind == "keyDown" && len([]rune(key)) == 1 && mod&alt == 0 {
			event.Text = key
		}
		if key == "Enter" && kind == "keyDown" {
			event.Text = "\r"
		}
		_, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, event)
		require.NoError(p.t, err)
	}
}

const (
	alt   = 1
	shift = 8
)

var virtual = map[string]int64{"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, "ArrowLeft": 37, "ArrowRight": 39, "End": 35, "Home": 36}

// writesByHand puts words in where the focus is, as a keyboard does.
func (p *person) writesByHand(words string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: words})
	require.NoError(p.t, err)
}

// focused waits until the focus is on what the selector names.
func (p *person) focused(host, selector string) {
	p.t.Helper()
	p.until(host, "has the focus on "+selector, `document.activeElement?.matches(`+quote(selector)+`)`)
}

func (p *person) value(host, selector, want string) {
	p.t.Helper()
	p.until(host, selector+" holds "+want, `document.querySelector(`+quote(selector)+`)?.value === `+quote(want))
}

const (
	writing = write + " textarea"
	sure    = write + " .sure:not([hidden])"
)

// A whole visit from the console with keys alone, on a Russian layout: find who
// waits, take over, write, note, call, come in, hang up, finish.
func TestConsoleByKeysAlone(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	doctor.signsIn(h)
	patient := h.comes(t, "Anna Petrova", "1958-03-07", "It began on Monday")
	doctor.sees(h.bedside, ".waiting-list .head-row")

	doctor.strikes("KeyJ", "о")
	doctor.focused(h.bedside, ".waiting-list .head-row")
	doctor.strikes("Enter", "Enter")
	doctor.focused(h.bedside, writing) // a note, until the patient is mine
	doctor.strikes("Escape", "Escape")
	doctor.focused(h.bedside, ".waiting-list .head-row")
	doctor.strikes("KeyC", "с")
	doctor.sees(h.bedside, write+":not(.note)")
	doctor.strikes("KeyA", "ф")
	doctor.focused(h.bedside, writing)
	doctor.writesByHand("Good day! You can hear my keys: cvhfx")
	doctor.strikes("Enter", "Enter")
	patient.reads(h.bedside, "You can hear my keys: cvhfx")

	doctor.strikes("Escape", "Escape")
	doctor.strikes("KeyN", "т")
	doctor.sees(h.bedside, write+".note")
	doctor.writesByHand("Calm, no fever")
	doctor.strikes("Enter", "Enter")
	doctor.sees(h.bedside, ".bubble.note")
	doctor.strikes("Escape", "Escape")

	doctor.strikes("KeyV", "м")
	doctor.sees(h.bedside, `[data-act="join"]`)
	patient.press(h.bedside, ".call-card .join")
	doctor.strikes("KeyV", "м")
	doctor.seesMoving(h)
	patient.seesMoving(h)
	doctor.strikes("KeyH", "р")
	doctor.focused(h.bedside, `[data-act="hang-up"]`)
	doctor.strikes("Enter", "Enter")
	patient.missing(h.bedside, ".call-frame")
	doctor.missing(h.bedside, ".call-frame") // while a frame of another site goes, the browser may hand keys to it

	doctor.strikes("KeyF", "а")
	doctor.focused(h.bedside, ".finishing textarea")
	doctor.strikes("Tab", "Tab") // to the outcome
	doctor.writesByHand("Rest")
	doctor.strikes("Enter", "Enter")
	patient.sees(h.bedside, `[data-phase="closed"]`)
	said, err := ask[string](patient, h.bedside, "document.body.innerText")
	require.NoError(t, err)
	require.NotContains(t, said, "Calm, no fever")

	doctor.strikes("Slash", "?", shift)
	doctor.focused(h.bedside, ".sheet button")
	doctor.everyway(h.bedside, "console-keys")
	doctor.strikes("KeyX", "ч")
	doctor.sees(h.bedside, ".tab") // the sheet lies over it
	doctor.press(h.bedside, "#single-keys")
	doctor.strikes("Escape", "Escape")
	doctor.missing(h.bedside, ".sheet")
	doctor.strikes("KeyX", "ч")
	doctor.sees(h.bedside, ".tab")
	doctor.strikes("Slash", "/", alt) // single keys are off, the sheet is still to be had
	doctor.sees(h.bedside, ".sheet")
	doctor.press(h.bedside, "#single-keys")
	doctor.strikes("Escape", "Escape")
	doctor.strikes("KeyX", "ч")
	doctor.missing(h.bedside, ".tab")
}

// Two patients at once: what was begun for one never goes to the other, whatever
// moves under the hand.
func TestNothingGoesToTheWrongPerson(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	doctor.signsIn(h)
	anna := h.comes(t, "Anna Petrova", "1958-03-07", "x")
	doctor.takesNext(h)
	boris := h.comes(t, "Boris Petrov", "2019-05-01", "y")
	doctor.takesNext(h)
	doctor.sees(h.bedside, `.tabs li:nth-child(2).selected`)
	doctor.reads(h.bedside, "Write to Boris Petrov, 7 years")
	label, err := ask[string](doctor, h.bedside, `document.querySelector(`+quote(write+" .send")+`).getAttribute("aria-label")`)
	require.NoError(t, err)
	require.Equal(t, "Send to Boris Petrov, 7 years", label)

	doctor.focused(h.bedside, writing)
	doctor.writesByHand("For the boy")
	doctor.strikes("BracketLeft", "[", alt) // while writing
	doctor.reads(h.bedside, "Write to Anna Petrova, 68 years")
	doctor.focused(h.bedside, writing)
	doctor.value(h.bedside, writing, "")
	doctor.writesByHand("For Anna")
	doctor.sees(h.bedside, ".tabs li:nth-child(2) .draft")
	doctor.picture("console-two-drafts-1280x720")

	// The tab is switched while the hand is about to send: it is asked, and a
	// second press of the same hand is no yes.
	doctor.strikes("BracketRight", "]", alt)
	doctor.strikes("Enter", "Enter")
	doctor.sees(h.bedside, sure)
	doctor.strikes("Enter", "Enter")
	doctor.everyway(h.bedside, "console-sure")
	doctor.sees(h.bedside, sure)
	doctor.press(h.bedside, `[data-act="send-not"]`)
	doctor.value(h.bedside, writing, "For the boy")
	doctor.missing(h.bedside, sure)

	doctor.open(h.console()) // a reload keeps tabs and drafts where they were
	doctor.sees(h.bedside, `.tabs li:nth-child(2).selected`)
	doctor.value(h.bedside, writing, "For the boy")
	doctor.press(h.bedside, `.tabs li:nth-child(2) .tab-close`)
	doctor.sees(h.bedside, `.tabs li:nth-child(1).selected`)
	doctor.value(h.bedside, writing, "For Anna")

	// Lists reorder beneath the hand: nothing is owed to Anna, and Boris stands first.
	boris.types(h.bedside, ".composer", "Hello?")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.press(h.bedside, `.pane:not([hidden]) [data-act="nothing-owed"]`)
	doctor.until(h.bedside, "Boris stands first", `document.querySelector(".mine-list .head-row .name").textContent.includes("Boris")`)
	doctor.sees(h.bedside, ".mine-list .unread")
	doctor.press(h.bedside, writing)
	doctor.strikes("Enter", "Enter")
	anna.reads(h.bedside, "For Anna")
	doctor.press(h.bedside, ".mine-list .head-row")
	doctor.value(h.bedside, writing, "For the boy")

	// Given back and taken again meanwhile, the text stays begun for Boris.
	doctor.strikes("Escape", "Escape")
	doctor.strikes("KeyR", "r")
	doctor.press(h.bedside, `[data-act="sure"]`)
	doctor.reads(h.bedside, "Not sent: the patient is not with you now")
	doctor.strikes("KeyA", "a")
	doctor.strikes("Enter", "Enter")
	doctor.value(h.bedside, writing, "For the boy")
	doctor.strikes("Escape", "Escape")
	doctor.strikes("KeyC", "c")
	doctor.reads(h.bedside, "Write to Boris Petrov, 7 years")
	doctor.strikes("KeyA", "a")
	doctor.strikes("Enter", "Enter")
	boris.reads(h.bedside, "For the boy")
	for who, unsaid := range map[*person]string{anna: "For the boy", boris: "For Anna"} {
		said, err := ask[string](who, h.bedside, "document.body.innerText")
		require.NoError(t, err)
		require.NotContains(t, said, unsaid)
	}
}

// heedless has a page believe that it has lost the focus, or has it again.
func (p *person) heedless(host string, away bool) {
	p.t.Helper()
	_, err := ask[bool](p, host, fmt.Sprintf(`(document.hasFocus = () => %t, window.dispatchEvent(new Event(%q)), true)`, !away, map[bool]string{true: "blur", false: "focus"}[away]))
	require.NoError(p.t, err)
}

// ears counts the sounds of a page.
const ears = `window.tones = 0;
{ const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (...a) { window.tones++; return start.apply(this, a) } }`

// readSoFar is how far the doctor has read, over all conversations.
const readSoFar = `Object.keys(localStorage).filter((k) => k.startsWith("bedside-console-seen/")).reduce((n, k) => n + Number(localStorage.getItem(k)), 0)`

// Who waits and what is unread is heard, and counted in the title until it has
// been seen: a page without the focus has seen nothing.
func TestCalledUntilSeen(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	_, err := chromedp.Call(doctor.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: ears})
	require.NoError(t, err)
	doctor.signsIn(h)
	doctor.press(h.bedside, `[data-check="sound"]`)
	doctor.until(h.bedside, "hears it", "tones > 0")
	title := func(want string) {
		t.Helper()
		doctor.until(h.bedside, "has the title "+want, "document.title === "+quote(want))
	}
	title("Console")
	doctor.heedless(h.bedside, true)
	_, err = ask[bool](doctor, h.bedside, "(tones = 0, true)")
	require.NoError(t, err)
	patient := h.comes(t, "Anna Petrova", "1958-03-07", "x")
	title("(1) A patient is offered to you")
	doctor.sees(h.bedside, ".offer")
	doctor.until(h.bedside, "hears who is offered", "tones > 0")
	doctor.heedless(h.bedside, false)
	_, err = ask[bool](doctor, h.bedside, "(tones = 0, true)")
	require.NoError(t, err)
	doctor.until(h.bedside, "hears it until it is answered", "tones > 0")
	title("(1) A patient is offered to you")

	doctor.takes(h)
	doctor.missing(h.bedside, ".offer")
	title("Console")
	doctor.press(h.bedside, ".tab-close")
	patient.types(h.bedside, ".composer", "Are you there?")
	title("(1) Console")
	doctor.sees(h.bedside, ".mine-list .unread")
	doctor.heedless(h.bedside, true)
	doctor.press(h.bedside, ".mine-list .head-row")
	doctor.reads(h.bedside, "Are you there?")
	title("(1) Console") // it is open, and nobody looks
	before, err := ask[int](doctor, h.bedside, readSoFar)
	require.NoError(t, err)
	doctor.open(h.console())
	doctor.until(h.bedside, "has seen it", readSoFar+" > "+strconv.Itoa(before)) // a new page has that title before it has anything else
	title("Console")

	_, err = ask[bool](doctor, h.bedside, `(document.body.focus(), tones = 0, true)`)
	require.NoError(t, err)
	doctor.strikes("Escape", "Escape")
	doctor.strikes("KeyM", "m")
	doctor.heedless(h.bedside, true)
	patient.types(h.bedside, ".composer", "Hello?")
	title("(1) Console")
	n, err := ask[int](doctor, h.bedside, "tones")
	require.NoError(t, err)
	require.Zero(t, n, "it is muted, and still counted")
}

// Found by name over what is theirs; a colleague who looks is seen; a page that
// the patient closes is told, with the time.
func TestFoundAndSeen(t *testing.T) {
	t.Parallel() // one of the long ones
	h := busy(t, "")
	doctor, colleague := sit(t, "doctor", look{width: 1280, height: 720}), sit(t, "colleague", look{width: 1280, height: 720})
	doctor.signsIn(h)
	other := *h
	other.login = "doctor3"
	colleague.signsIn(&other)
	patient := h.comes(t, "Анна Ёлкина", "1958-03-07", "x")
	doctor.takes(h)
	doctor.reads(h.bedside, "page open")

	doctor.strikes("Escape", "Escape")
	doctor.strikes("Slash", "/")
	doctor.focused(h.bedside, "#find")
	doctor.writesByHand("елк")
	doctor.sees(h.bedside, ".found-list .head-row")
	doctor.everyway(h.bedside, "console-found")
	colleague.press(h.bedside, "#find")
	colleague.writesByHand("елк")
	colleague.reads(h.bedside, "Nobody by that name")
	colleague.picture("console-found-nobody")

	doctor.press(h.bedside, "#find")
	doctor.strikes("Escape", "Escape")
	doctor.missing(h.bedside, ".found-list .head-row")
	doctor.strikes("Escape", "Escape")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.press(h.bedside, `[data-act="transfer"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	colleague.press(h.bedside, "#find")
	colleague.strikes("Escape", "Escape")
	colleague.press(h.bedside, ".waiting-list .head-row")
	doctor.reads(h.bedside, "Doctor Three is looking")
	colleague.reads(h.bedside, "Doctor Two is looking")
	colleague.everyway(h.bedside, "console-looking")
	doctor.press(h.bedside, ".tab-close")
	colleague.until(h.bedside, "is alone again", `!document.body.innerText.includes("is looking")`)

	patient.open("about:blank")
	colleague.until(h.bedside, "sees the page closed", `document.body.innerText.includes("page closed just now")`)
	colleague.sees(h.bedside, ".waiting-list .away:not(:empty)")
	colleague.picture("console-page-closed")
}

// The strip of the morning: what is not ready stands there with what to press,
// becomes one green line, and comes back when something breaks.
func TestReadyStrip(t *testing.T) {
	h := demo(t)
	h.login, h.password = h.appLogin, h.appPassword
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	_, err := chromedp.Call(doctor.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `Object.defineProperty(Notification, "permission", { get: () => window.asked ?? "default" });
			Notification.requestPermission = async (f) => { window.asked = "granted"; f?.("granted"); return "granted" };
			{ const real = window.fetch; window.fetch = async (to, how) => String(to).endsWith("/session/app") && window.away ? new Response(JSON.stringify({ state: "offline" })) : real(to, how) }`,
	})
	require.NoError(t, err)
	doctor.signsIn(h)
	doctor.sees(h.bedside, `.ready [data-of="app"][data-standing="ok"]`)
	doctor.everyway(h.bedside, "console-ready")
	doctor.press(h.bedside, `[data-check="sound"]`)
	doctor.press(h.bedside, `[data-check="notices"]`)
	doctor.sees(h.bedside, ".ready-line.well")
	doctor.missing(h.bedside, ".ready")
	doctor.reads(h.bedside, "All ready")
	doctor.picture("console-ready-well-1280x720")

	_, err = ask[bool](doctor, h.bedside, "window.away = true")
	require.NoError(t, err)
	doctor.press(h.bedside, ".ready-line")
	doctor.sees(h.bedside, ".ready.well")
	doctor.press(h.bedside, ".ready-line")
	doctor.heedless(h.bedside, false) // back at the page
	doctor.until(h.bedside, "is told that the app went away", `document.querySelector('.ready:not([hidden]) [data-of="app"][data-standing="bad"]')`)
	doctor.reads(h.bedside, "Start TrueConf")
	doctor.everyway(h.bedside, "console-ready-broken")
	doctor.press(h.bedside, `[data-act="ready-later"]`)
	doctor.missing(h.bedside, ".ready")
	doctor.reads(h.bedside, "Not ready: TrueConf app")
}

// A camera that the browser refuses is told with what to press.
func TestReadyWithoutCamera(t *testing.T) {
	h := served(t)
	doctor := sit(t, "doctor", look{width: 1280, height: 720, noCamera: true})
	doctor.signsIn(h)
	doctor.press(h.bedside, `[data-check="camera"]`)
	doctor.reads(h.bedside, "The browser refuses camera or microphone")
	doctor.everyway(h.bedside, "console-no-camera")
}

// A session that ends takes no draft along.
func TestSignedOutElsewhere(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	doctor.signsIn(h)
	patient := h.comes(t, "Anna Petrova", "1958-03-07", "x")
	doctor.takes(h)
	doctor.focused(h.bedside, writing)
	doctor.writesByHand("Not yet sent")
	_, err := ask[bool](doctor, h.bedside, `(fetch("/api/v1/session?keep=yes", { method: "DELETE" }), true)`)
	require.NoError(t, err)
	doctor.reads(h.bedside, "Your session has ended.")
	_, err = ask[bool](doctor, h.bedside, `(login.value = `+quote(h.login)+`, password.value = `+quote(h.password)+`, document.querySelector(".sign-in form").requestSubmit(), true)`)
	require.NoError(t, err)
	doctor.takes(h) // with the session the patient went back to the queue
	doctor.value(h.bedside, writing, "Not yet sent")
	doctor.press(h.bedside, write+" .send")
	patient.reads(h.bedside, "Not yet sent")
}

// Two doctors look at one patient who waits, and one of them takes over: the
// other's page says so, keeps what was begun, and goes on when the patient is back.
func TestTakenByAColleague(t *testing.T) {
	h := demo(t)
	other := *h
	other.login, other.password = h.appLogin, h.appPassword
	first, second := sit(t, "first", look{width: 1280, height: 720}), sit(t, "second", look{width: 1280, height: 720})
	first.signsIn(&other)
	second.signsIn(h)
	h.waits(t, "Patient One")
	second.press(h.bedside, ".waiting-list .head-row")
	second.focused(h.bedside, writing)
	second.writesByHand("Looks calm")
	first.press(h.bedside, ".waiting-list .head-row")
	first.reads(h.bedside, "Doctor Two is looking")
	first.press(h.bedside, `[data-act="claim"]`)
	first.sees(h.bedside, write+":not(.note)")
	second.reads(h.bedside, "A colleague has this conversation now")
	second.missing(h.bedside, write)
	second.everywhere(h.bedside, "console-taken")
	first.types(h.bedside, write, "Good day!")
	first.sees(h.bedside, ".bubble.mine")

	first.press(h.bedside, ".usual h2")
	first.strikes("KeyR", "r")
	first.press(h.bedside, `[data-act="sure"]`)
	second.reads(h.bedside, "Good day!")
	second.value(h.bedside, writing, "Looks calm")
	whose, err := ask[string](second, h.bedside, `[...document.querySelectorAll(".bubble.theirs[data-role=doctor] .who")].map((e) => e.textContent).join()`)
	require.NoError(t, err)
	require.Contains(t, whose, "Doctor One", "a colleague's words are not one's own")
}
