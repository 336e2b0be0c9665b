//go:build browser

package e2e

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/web/ui"
	"bedside/web/wire"
)

// hourOff puts a browser's clock an hour ahead.
const hourOff = `{ const now = Date.now; Date.now = () => now() + 3600000; }`

// A patient whose clock is an hour off opens the link before the visit, has the device
// checked, and is taken into the room when it runs, without a press.
func TestAVisitOpensByItself(t *testing.T) {
	var start atomic.Pointer[time.Time]
	checked := make(chan wire.Checked, 4)
	host := joinHouse(t, &start, checked)
	p := sit(t, "patient", look{width: 390, height: 844})
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: hourOff})
	require.NoError(t, err)
	p.open("http://" + host + "/join/b1#key")
	p.until(host, "the clock runs down by Bedside's time", `/^1:\d\d$/.test(document.querySelector(".card h1 + .clock").textContent)`)
	axe := checker(t)
	p.accessible(host, axe, "early")

	p.press(host, ".early [data-act=check]")
	p.press(host, "[data-act=start-check]")
	for _, part := range []string{"browser", "camera", "microphone", "connection"} {
		p.sees(host, `.checks [data-part="`+part+`"][data-state="ok"]`)
	}
	p.press(host, "[data-act=play]")
	p.press(host, "[data-act=unheard]")
	p.reads(host, "See to this first, as it says above: Speaker.")
	p.press(host, "[data-act=play]")
	p.press(host, "[data-act=heard]")
	p.reads(host, "You are ready for the video call.")
	p.press(host, "[data-act=sound]")
	p.press(host, "[data-act=finish-check]")
	last := wire.Checked{}
	for last.Devices.Way != "sound" {
		select {
		case last = <-checked:
		case <-time.After(patience):
			require.Fail(t, "the doctor is not told of the device")
		}
	}
	require.Equal(t, []string{"ok", "ok", "ok", "ok", "ok"}, []string{last.Devices.Browser, last.Devices.Camera, last.Devices.Microphone, last.Devices.Speaker, last.Devices.Connection})

	soon := time.Now().Add(2 * time.Second)
	start.Store(&soon)
	p.sees(host, ".stage iframe")
	p.until(host, "the camera is kept from the call, as was wished", `!document.querySelector(".stage iframe").allow.includes("camera")`)
}

// joinPageOf serves the page of a join link, and what a test adds of the wire.
func joinPageOf(t *testing.T, more func(mux *http.ServeMux, host string)) string {
	t.Helper()
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	require.NoError(t, err)
	host := "bedside.localhost:" + port
	mux.Handle("/ui/", ui.Assets())
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/room", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<p>The room</p>")) })
	mux.HandleFunc("/join/{call}", func(w http.ResponseWriter, r *http.Request) {
		doc, err := ui.Render(ui.Join, wire.Page{Title: "Harbour Clinic", Phone: "+1 555 0100", Emergency: "112", TrueConf: []string{}, Call: r.PathValue("call")})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(doc)
	})
	more(mux, host)
	return host
}

// joinHouse serves the page of a join link: a visit that begins at a moment, and runs
// from then on.
func joinHouse(t *testing.T, start *atomic.Pointer[time.Time], checked chan wire.Checked) string {
	t.Helper()
	later := time.Now().Add(110 * time.Second)
	start.Store(&later)
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	return joinPageOf(t, func(mux *http.ServeMux, host string) {
		mux.HandleFunc("GET /api/v1/calls/b1", func(w http.ResponseWriter, _ *http.Request) {
			at, now := *start.Load(), time.Now()
			if now.After(at) {
				answer(w, wire.CallNow{State: bot.CallStands, Inside: []bot.Role{}, Seen: true, Doctor: "Doctor One"})
				return
			}
			answer(w, wire.CallNow{Inside: []bot.Role{}, Doctor: "Doctor One", Booked: &wire.BookedCall{
				State: bot.BookedFor, Start: at.UTC(), Length: 1800, Department: "General practice", Now: now.UTC(), May: []bot.Do{},
			}})
		})
		mux.HandleFunc("POST /api/v1/calls/b1/join", func(w http.ResponseWriter, _ *http.Request) {
			answer(w, wire.Joined{WebURL: "http://" + host + "/room", Deeplinks: &wire.Deeplinks{}, ExpiresAt: time.Now().Add(time.Minute).UTC()})
		})
		mux.HandleFunc("POST /api/v1/calls/b1/devices", func(w http.ResponseWriter, r *http.Request) {
			var in wire.Checked
			if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			checked <- in
			w.WriteHeader(http.StatusNoContent)
		})
	})
}
