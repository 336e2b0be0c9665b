//go:build browser

package e2e

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// asksAPI is an answer of Bedside's own API to somebody's page, which shows its
// credential itself: a patient's their ticket, a doctor's their session.
func (p *person) asksAPI(h *house, method, path string) string {
	p.t.Helper()
	body, err := ask[string](p, h.bedside, `(() => {
		const x = new XMLHttpRequest(), kept = JSON.parse(localStorage.getItem("bedside/clinic/conversation") ?? "null");
		x.open(`+quote(method)+`, `+quote(path)+`.replace("{conversation}", kept?.conversation), false);
		x.setRequestHeader("Content-Type", "application/json");
		if (kept) x.setRequestHeader("Authorization", "Bearer " + kept.ticket);
		x.send(`+quote(method)+` === "GET" ? null : "{}");
		return x.status + " " + x.responseText;
	})()`)
	require.NoError(p.t, err)
	return body
}

// books takes the first free time, and answers with the id of the appointment and
// the address that stands in the patient's calendar.
func (p *person) books(h *house) (booking, link string) {
	p.t.Helper()
	p.press(h.bedside, `.times .clocks button`)
	p.sees(h.bedside, `.visit-card.appointment .when`)
	said := p.asksAPI(h, "GET", "/api/v1/conversations/{conversation}/entries")
	id := regexp.MustCompile(`"kind":"booking.made".*?"booking":"([a-z0-9]+)"`).FindStringSubmatch(said)
	require.NotNil(p.t, id, said)
	file := strings.ReplaceAll(p.asksAPI(h, "GET", "/api/v1/bookings/"+id[1]+"/calendar.ics"), "\r\n ", "")
	found := regexp.MustCompile(`(?m)^URL:(\S+)`).FindStringSubmatch(file)
	require.NotNil(p.t, found, file)
	require.Contains(p.t, found[1], "/join/"+id[1]+"#")
	return id[1], strings.Replace(found[1], "//localhost:", "//bedside.localhost:", 1)
}

// At a time: the patient books, and opens the link of the calendar in a browser
// that knows nothing of it; the page waits, with a clock that is an hour off, until
// the doctor begins, and leads in by itself.
func TestAtATime(t *testing.T) {
	t.Parallel() // one of the long ones
	for size, l := range sizes {
		t.Run(size, func(t *testing.T) {
			h, doctor := waysIn(t)
			patient := h.wants(t, l, "book")
			patient.sees(h.bedside, ".times")
			patient.picture("panel-times-" + size)
			booking, link := patient.books(h)
			patient.picture("panel-booked-" + size)

			patient.press(h.bedside, `[data-act="check"]`)
			patient.press(h.bedside, `[data-act="start-check"]`)
			patient.sees(h.bedside, `.visit-card.check .mirror`)
			patient.picture("panel-device-" + size)
			patient.open(h.page) // away from the panel, which would open the visit by itself

			l.camera = film(t, figureOfPatient)
			guest := sit(t, "guest", l)
			guest.clockOff(time.Hour)
			guest.open(link)
			guest.sees(h.bedside, ".join-page .clock")
			left, err := ask[string](guest, h.bedside, `document.querySelector(".join-page .clock").textContent`)
			require.NoError(t, err)
			require.Regexp(t, `^\d:\d\d$`, left, "minutes, whatever the machine's clock says")
			guest.picture("join-early-" + size)

			doctor.open(h.console() + "#call/" + booking)
			doctor.reads(h.bedside, "Patient One")
			doctor.press(h.bedside, `[data-act="begin"]`)
			doctor.press(h.bedside, `[data-act="join"]`)
			guest.seesMoving(h)
			doctor.seesMoving(h)
			doctor.picture("console-booked-" + size)
			doctor.reads(h.bedside, "The appointment took place") // the server has seen both
			doctor.press(h.bedside, `[data-act="hang-up"]`)
			guest.until(h.bedside, "is told that it is over", `document.querySelector(".join-page").dataset.face === "over"`)
			doctor.press(h.bedside, `[data-act="finish"]`)
			doctor.press(h.bedside, `[data-act="sure"]`)
			patient.open("http://" + h.bedside + "/widget/?site=clinic&language=en")
			patient.reads(h.bedside, "The video call has ended.")
		})
	}
}

// clockOff lets the browser's clock be wrong from the next page on.
func (p *person) clockOff(by time.Duration) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `(() => {
		const Real = Date, off = ` + strconv.FormatInt(by.Milliseconds(), 10) + `;
		window.Date = class extends Real {
			constructor(...of) { if (of.length) super(...of); else super(Real.now() + off) }
			static now() { return Real.now() + off }
		};
	})()`})
	require.NoError(p.t, err)
}
