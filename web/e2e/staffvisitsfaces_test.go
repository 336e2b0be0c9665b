//go:build browser

package e2e

import (
	"testing"
	"time"
)

// What visits make of a doctor's console: who is offered, the wish for video, a call
// that nears its end, appointments, the ends of a visit, handing on, signing out, the
// board; on every screen, in both languages, held to WCAG.
func TestWhatVisitsShowDoctors(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			s := script{t, language}
			th := newTheatre(t)
			th.answers("GET /api/v1/duty", map[string]any{"state": "on", "open": 1, "most": 3})
			th.answers("GET /api/v1/board", s.board())
			th.answers("GET /api/v1/conversations/c1/times", freeTimes())
			th.answers("GET /api/v1/bookings/b1/calendar", map[string]any{"google": "https://calendar.example/g", "outlook": "https://calendar.example/o", "office": "https://calendar.example/w", "ics": "/api/v1/bookings/b1/calendar.ics"})
			v := &doctorsVisits{s: s, th: th, axe: axe, p: sit(t, "doctor", look{width: 1280, height: 720, language: language})}
			v.offers()
			v.beside()
			v.endings()
			v.board()
		})
	}
}

// doctorsVisits is one walk through what visits show a doctor.
type doctorsVisits struct {
	s   script
	th  *theatre
	axe string
	p   *person
}

func (v *doctorsVisits) face(name string) {
	v.p.t.Helper()
	v.p.everywhere(v.th.host, "visits-"+name+"-"+v.s.l)
	v.p.accessible(v.th.host, v.axe, name)
}

// opens is the console with these heads, and the doctor's own conversation opened.
func (v *doctorsVisits) opens(heads []map[string]any, facts ...fact) {
	v.p.t.Helper()
	v.th.console(v.p, v.s.l, heads, facts...)
	if doctorSeesReady(v.p, v.th) {
		v.p.press(v.th.host, `[data-act="ready-later"]`)
	}
	v.p.press(v.th.host, `[data-head="c1"]`)
	v.p.sees(v.th.host, ".pane:not([hidden]) .answers")
}

func (v *doctorsVisits) offers() {
	p, host, s := v.p, v.th.host, v.s
	v.opens([]map[string]any{s.mine(nil), s.offered("c2", 2, 9*time.Minute, nil)}, s.consulting()...)
	p.sees(host, ".offer")
	v.face("offered")
	p.until(host, "is asked why", `(document.querySelector('[data-act="decline-offer"]')?.click(), document.querySelector(".offer-why"))`)
	v.face("declining")
	v.opens([]map[string]any{s.mine(nil), s.offered("c2", 2, 9*time.Minute, map[string]any{"priority": "emergency"}), s.offered("c4", 4, 8*time.Minute, map[string]any{"purpose": "", "priority": "urgent", "way": "sound"})}, s.consulting()...)
	p.until(host, "two are offered", `document.querySelectorAll(".offer").length === 2`)
	v.face("two-offered")
}

func (v *doctorsVisits) beside() {
	p, host, s := v.p, v.th.host, v.s
	wish := fact{"video.asked", "patient", map[string]any{"text": words{"I would like to show you the rash.", "Хочу показать вам сыпь."}.in(s.l)}}
	v.opens([]map[string]any{s.mine(map[string]any{"asks_video": true, "way": "sound"})}, s.consulting(wish)...)
	p.sees(host, `[data-act="wish-accept"]`)
	v.face("wish")
	p.press(host, `[data-act="wish-decline"]`)
	p.sees(host, ".side-form input")
	v.face("wish-declined")

	next := s.head("c6", s.name(3), map[string]any{"phase": "parked", "bookings": []any{s.visitOf("b6", "booked", 4*time.Minute, nil)}})
	near := fact{"call.limit_near", "system", map[string]any{"call": "k1", "at": ahead(5 * time.Minute), "next": "b6"}}
	v.opens([]map[string]any{s.mine(nil), next}, s.consulting(inCall(near)...)...)
	p.sees(host, `[data-act="extend-10"]`)
	v.face("limit")

	late := s.mine(map[string]any{
		"bookings": []any{s.visitOf("b1", "due", -6*time.Minute, map[string]any{"late": 2}), s.visitOf("b2", "booked", 50*time.Hour, nil)},
		"tasks":    []any{map[string]any{"task": "t2", "kind": "tell", "at": ahead(-time.Minute), "detail": "+7 916 ••• 03"}},
	})
	v.opens([]map[string]any{late}, s.consulting()...)
	p.sees(host, `[data-booking="b1"]`)
	v.face("due")
	p.press(host, `[data-booking="b1"] summary`)
	v.face("due-changes")
	p.press(host, `[data-booking="b1"] [data-act="calendar"]`)
	p.sees(host, `.dialog .calendars a[href*="/g"]`)
	v.face("calendar")
	p.strikes("Escape", "Escape")
	p.press(host, `[data-booking="b1"] [data-act="reassign"]`)
	p.until(host, "may choose a colleague", `document.querySelector("#reassign-to option")`)
	v.face("reassign")
	p.strikes("Escape", "Escape")
	p.press(host, `[data-booking="b1"] [data-act="no-show"]`)
	p.sees(host, `.dialog [data-act="sure"]`)
	v.face("no-show")
	p.strikes("Escape", "Escape")
}

func (v *doctorsVisits) endings() {
	p, host, s := v.p, v.th.host, v.s
	v.opens([]map[string]any{s.mine(nil), s.head("c2", s.name(2), map[string]any{"phase": "consulting", "doctor": "doctor1", "owed": ahead(-time.Minute), "reply_by": ahead(9 * time.Minute)})}, s.consulting()...)
	p.press(host, `.pane:not([hidden]) [data-act="finish"]`)
	p.focused(host, ".finishing textarea")
	p.writesByHand(words{"It is a cold. Rest, and drink a lot.", "Это простуда. Отдых и много питья."}.in(s.l))
	p.press(host, `.finishing input[value="booking"]`)
	p.press(host, `.finishing [data-start]`)
	v.face("finish-booking")
	p.press(host, `.finishing input[value="follow_up"]`)
	p.press(host, `.dialog [data-act="sure"]`) // without a day
	p.sees(host, ".finishing .fault:not(:empty)")
	v.face("finish-lacks")
	p.strikes("Escape", "Escape")

	p.press(host, ".pane:not([hidden]) .more summary")
	p.press(host, `.pane:not([hidden]) [data-act="propose"]`)
	p.sees(host, `.dialog [data-start]`)
	v.face("propose")
	p.strikes("Escape", "Escape")
	p.press(host, ".pane:not([hidden]) .deeds .more summary")
	p.press(host, `.pane:not([hidden]) [data-act="transfer"]`)
	p.until(host, "may choose a doctor", `document.querySelector('#transfer-to option[value="doctor/doctor2"]')`)
	v.face("transfer")
	p.strikes("Escape", "Escape")

	p.press(host, ".me > summary")
	p.press(host, `.me [data-act="sign-out"]`)
	p.until(host, "both are listed", `document.querySelectorAll("[data-leaving]").length === 2`)
	v.face("sign-out")
	p.strikes("Escape", "Escape")
}

func (v *doctorsVisits) board() {
	p, host := v.p, v.th.host
	p.press(host, `.way[data-place="board"]`)
	p.sees(host, `.board [data-doctor="doctor4"]`)
	v.face("board")
}
