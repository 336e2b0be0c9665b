//go:build browser

package e2e

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/web/wire"
)

// lateVisit is a visit whose doctor does not come, as the page of its link hears of it.
type lateVisit struct {
	mu     sync.Mutex
	chosen string
	over   bool
	lost   bool          // what is chosen does not arrive
	again  *wire.CallNow // another doctor is called
	joins  int
}

func (v *lateVisit) now(w http.ResponseWriter, _ *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if v.over {
		w.WriteHeader(http.StatusConflict)
		_ = json.NewEncoder(w).Encode(wire.Problem{Status: http.StatusConflict, Code: bot.CallOver})
		return
	}
	if v.again != nil {
		_ = json.NewEncoder(w).Encode(v.again)
		return
	}
	_ = json.NewEncoder(w).Encode(wire.CallNow{State: bot.CallStands, Inside: []bot.Role{}, Seen: true, Doctor: "Doctor One", Booked: &wire.BookedCall{
		State: bot.DueNow, Start: time.Now().Add(-11 * time.Minute).UTC(), Length: 1800, Department: "General practice", Now: time.Now().UTC(),
		Late: 3, Chosen: v.chosen, May: []bot.Do{bot.DoLate},
	}})
}

func (v *lateVisit) choose(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var in wire.LateChoice
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Key == "" || v.lost {
		http.Error(w, "lost", http.StatusServiceUnavailable)
		return
	}
	v.chosen = in.Option
	v.over = in.Option == bot.LatePhone
	if in.Option == bot.LateOther {
		v.again = &wire.CallNow{State: bot.CallAsked, Inside: []bot.Role{}, Again: true}
	}
	w.WriteHeader(http.StatusNoContent)
}

// join lets into the room.
func (v *lateVisit) join(host string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		v.set(func(v *lateVisit) { v.joins++ })
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(wire.Joined{WebURL: "http://" + host + "/room", Deeplinks: &wire.Deeplinks{}, ExpiresAt: time.Now().Add(time.Minute).UTC()})
	}
}

func (v *lateVisit) set(change func(*lateVisit)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	change(v)
}

// The doctor does not come, and the patient has nothing but the link: what is to be
// done is chosen on its page, and what comes of it is said there.
func TestALateDoctorByTheLinkAlone(t *testing.T) {
	v := &lateVisit{}
	host := joinPageOf(t, func(mux *http.ServeMux, _ string) {
		mux.HandleFunc("GET /api/v1/calls/b1", v.now)
		mux.HandleFunc("POST /api/v1/calls/b1/late", v.choose)
	})
	axe := checker(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + host + "/join/b1#key")
	p.reads(host, "What would you like?")
	p.everyway(host, "join-late")
	p.accessible(host, axe, "join-late")
	p.resize(320, 640)
	p.wellMade(host, "join-late-320")
	p.resize(390, 844)

	v.set(func(v *lateVisit) { v.lost = true })
	p.does(host, `document.querySelector('.late-choice [data-act="wait"]').focus()`)
	p.strikes("Enter", "Enter")
	p.reads(host, "That did not work.")
	v.set(func(v *lateVisit) { v.lost = false })
	p.press(host, `.late-choice [data-act="wait"]`)
	p.reads(host, "The doctor is still called.")
	p.missing(host, `.late-choice [data-act="wait"]`)
	p.sees(host, ".join") // and the room stays open

	v.set(func(v *lateVisit) { v.chosen = "" })
	p.press(host, `.late-choice [data-act="new_time"]`)
	p.reads(host, "Call the clinic, or choose one in the chat")
	p.sees(host, `.late-choice a[href^="tel:"]`)
	p.sees(host, `.late-choice a[href^="/widget/"]`)
	p.everyway(host, "join-late-newtime")

	v.set(func(v *lateVisit) { v.chosen = "" })
	p.press(host, `.late-choice [data-act="phone"]`)
	p.reads(host, "The clinic calls you")
	p.until(host, "it is over", `document.querySelector(".join-page").dataset.face === "over"`)
	p.everyway(host, "join-late-phone")

	p.open("about:blank")
	p.open("http://" + host + "/join/b1#key") // tomorrow
	p.reads(host, "This visit is over")
	p.reads(host, "choose a new time there")
	p.sees(host, `a[href^="/widget/"]`)
}

// Another doctor is asked for in the room in which nobody came: the page leaves it,
// waits with the patient, and takes them along into the call of whoever comes.
func TestAnotherDoctorByTheLinkAlone(t *testing.T) {
	v := &lateVisit{}
	host := joinPageOf(t, func(mux *http.ServeMux, host string) {
		mux.HandleFunc("GET /api/v1/calls/b1", v.now)
		mux.HandleFunc("POST /api/v1/calls/b1/late", v.choose)
		mux.HandleFunc("POST /api/v1/calls/b1/join", v.join(host))
	})
	axe := checker(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + host + "/join/b1#key")
	p.sees(host, ".join")
	_, err := ask[bool](p, host, `(localStorage.setItem("bedside-join/asked", "1"), true)`)
	require.NoError(t, err)
	p.press(host, ".join")
	p.sees(host, ".call-frame")
	p.press(host, `.late-choice [data-act="other"]`)
	p.reads(host, "Another doctor is being called")
	p.missing(host, ".call-frame")
	p.reads(host, "You are the first in the queue.")
	p.sees(host, `a[href^="tel:"]`)
	p.sees(host, `a[href^="/widget/"]`)
	p.missing(host, ".join:not([hidden])")
	p.everyway(host, "join-another")
	p.accessible(host, axe, "join-another")
	p.resize(320, 640)
	p.wellMade(host, "join-another-320")
	p.resize(390, 844)

	v.set(func(v *lateVisit) {
		v.again = &wire.CallNow{State: bot.CallAsked, Doctor: "Doctor Two", Inside: []bot.Role{}, Again: true}
	})
	p.reads(host, "Doctor Two has taken your visit.")
	v.set(func(v *lateVisit) {
		v.again = &wire.CallNow{State: bot.CallStands, Doctor: "Doctor Two", Inside: []bot.Role{}, Seen: true, Again: true}
	})
	p.sees(host, ".call-frame")
	v.set(func(v *lateVisit) { require.Equal(t, 2, v.joins); v.again, v.over = nil, true })
	p.until(host, "it is over", `document.querySelector(".join-page").dataset.face === "over"`)
	p.reads(host, "This visit is over")
}

// A page that would open by itself while another device of the patient is there
// already asks first.
func TestASecondPageAsks(t *testing.T) {
	started := make(chan struct{})
	joins := make(chan wire.Join, 4)
	host := joinPageOf(t, func(mux *http.ServeMux, host string) {
		mux.HandleFunc("GET /api/v1/calls/b1", func(w http.ResponseWriter, _ *http.Request) {
			now := wire.CallNow{State: bot.CallStands, Inside: []bot.Role{}, Seen: true, Doctor: "Doctor One"}
			select {
			case <-started:
			default:
				now = wire.CallNow{Inside: []bot.Role{}, Booked: &wire.BookedCall{State: bot.BookedFor, Start: time.Now().Add(time.Second), Length: 1800, Now: time.Now(), May: []bot.Do{}}}
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(now)
		})
		mux.HandleFunc("POST /api/v1/calls/b1/join", func(w http.ResponseWriter, r *http.Request) {
			var in wire.Join
			_ = json.NewDecoder(r.Body).Decode(&in)
			joins <- in
			w.Header().Set("Content-Type", "application/json")
			if in.Itself {
				w.WriteHeader(http.StatusConflict)
				_ = json.NewEncoder(w).Encode(wire.Problem{Status: http.StatusConflict, Code: bot.Elsewhere})
				return
			}
			_ = json.NewEncoder(w).Encode(wire.Joined{WebURL: "http://" + host + "/room", Deeplinks: &wire.Deeplinks{}, ExpiresAt: time.Now().Add(time.Minute).UTC()})
		})
	})
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + host + "/join/b1#key")
	p.sees(host, ".early")
	_, err := ask[bool](p, host, `(localStorage.setItem("bedside-join/asked", "1"), true)`)
	require.NoError(t, err)
	close(started)
	p.sees(host, `[data-act="move"]`)
	p.missing(host, ".call-frame")
	require.True(t, (<-joins).Itself)
	p.wellMade(host, "join-second")
	p.press(host, `[data-act="move"]`)
	p.sees(host, ".call-frame")
	moved := <-joins
	require.True(t, moved.Move)
	require.False(t, moved.Itself)
}
