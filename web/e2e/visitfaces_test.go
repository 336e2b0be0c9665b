//go:build browser

package e2e

import (
	"testing"
	"time"
)

// visitState is what stands above the chat, and a part of it that says it is drawn.
type visitState struct {
	facts []fact
	shows string
	press string // opens something in it first
}

func (s script) appointment(kind string, in time.Duration, more map[string]any) fact {
	body := map[string]any{
		"booking": "b1", "department": "gp", "title": words{"General practice", "Терапевт"}.in(s.l), "doctor_name": words{"Doctor One", "Врач Первый"}.in(s.l),
		"start": time.Now().Add(in).UTC().Format(time.RFC3339), "length": 1800, "text": "",
	}
	for k, v := range more {
		body[k] = v
	}
	return fact{kind, "doctor", body}
}

func (s script) visitStates() map[string]visitState {
	booked := s.appointment("booking.made", 50*time.Hour, nil)
	of := func(kind string, more map[string]any) fact {
		body := map[string]any{"booking": "b1"}
		for k, v := range more {
			body[k] = v
		}
		return fact{kind, "system", body}
	}
	assigned := fact{"doctor.assigned", "system", map[string]any{"name": words{"Doctor One", "Врач Первый"}.in(s.l), "department": "gp"}}
	finished := fact{"doctor.finished", "doctor", map[string]any{
		"words": words{"It is a cold. Rest, and drink a lot.", "Это простуда. Отдых и много питья."}.in(s.l),
		"next":  map[string]any{"kind": "follow_up", "at": time.Now().Add(300 * time.Hour).UTC().Format(time.RFC3339)},
	}}
	late := []fact{s.hello(), s.appointment("booking.made", -11*time.Minute, nil), parked("booking"), of("booking.due", nil), of("booking.late", map[string]any{"stage": 3})}
	return map[string]visitState{
		"appointment": {[]fact{s.hello(), booked, parked("booking")}, ".appointment [data-act=cancel]", ""},
		"cancel":      {[]fact{s.hello(), booked, parked("booking")}, ".appointment [data-act=cancel-yes]", "[data-act=cancel]"},
		"soon":        {[]fact{s.hello(), s.appointment("booking.made", 4*time.Minute, nil), parked("booking")}, ".appointment .left.soon", ""},
		"proposal": {[]fact{s.hello(), s.queued(nil), assigned, s.appointment("booking.proposed", 20*time.Hour, map[string]any{
			"until": time.Now().Add(time.Hour).UTC().Format(time.RFC3339), "words": words{"Shall we?", "Подойдёт?"}.in(s.l),
		})}, ".proposal [data-act=accept]", ""},
		"late":     {late, ".appointment [data-act=new_time]", ""},
		"shut":     {[]fact{s.hello(), s.appointment("booking.made", -time.Minute, nil), parked("booking"), of("booking.due", nil)}, ".appointment [data-act=open-visit]", ""},
		"device":   {[]fact{s.hello(), s.queued(nil)}, "[data-act=start-check]", ".besides [data-act=check]"},
		"askvideo": {[]fact{s.hello(), s.queued(nil), assigned}, "[data-act=ask-video]", ""},
		"outcome":  {[]fact{s.hello(), s.queued(nil), assigned, finished, {"conversation.closed", "system", map[string]any{"why": "end"}}}, ".outcome [data-act=print]", ""},
	}
}

// What stands above the chat of appointments, the device and the end of a visit, on a
// phone and a desk, by light and in the dark, in both languages, held to WCAG.
func TestWhatAVisitShowsPatients(t *testing.T) {
	axe := checker(t)
	th := newTheatre(t)
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			p := sit(t, "patient", look{width: 390, height: 844, language: language})
			for name, state := range (script{t, language}).visitStates() {
				p.stands(th, language, state)
				p.everyway(th.host, "visit-"+name+"-"+language)
				p.accessible(th.host, axe, name)
			}
		})
	}
}

// The same in a language of the other direction.
func TestWhatAVisitShowsFromRightToLeft(t *testing.T) {
	th := newTheatre(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	for name, state := range (script{t, "en"}).visitStates() {
		for _, f := range state.facts {
			delete(f.body, "words") // a doctor's own, in no file of texts
		}
		p.stands(th, pseudo, state)
		p.isWhole(th.host, "rtl-visit-"+name)
	}
}

func (p *person) stands(th *theatre, language string, state visitState) {
	p.t.Helper()
	th.panel(p, language, state.facts...)
	if state.press != "" {
		p.press(th.host, state.press)
	}
	p.sees(th.host, state.shows)
}

// Times are chosen by the keyboard alone: arrows go from day to day, the way people
// read, and only the day that stands there can be tabbed to.
func TestTimesByTheKeyboard(t *testing.T) {
	th := newTheatre(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	s := script{t, "en"}
	th.panel(p, "en", s.hello(), s.times())
	p.sees(th.host, ".times .day-tab")
	p.does(th.host, `document.querySelector(".times .day-tab").focus()`)
	p.strikes("ArrowRight", "ArrowRight")
	p.focused(th.host, `.times .day-tab[aria-selected="true"]:nth-child(2)`)
	p.strikes("End", "End")
	p.focused(th.host, `.times .day-tab[aria-selected="true"]:last-child`)
	p.strikes("Home", "Home")
	p.focused(th.host, `.times .day-tab[aria-selected="true"]:first-child`)
	p.until(th.host, "one day can be tabbed to", `document.querySelectorAll(".day-tab:not([tabindex='-1'])").length === 1`)
	p.strikes("Tab", "Tab")
	p.focused(th.host, `.times [role="tabpanel"] [data-option]`)
	p.strikes("Enter", "Enter")
	p.until(th.host, "gives the time as it was offered", `(({ do: what, step, option } = {}) => what === "choose" && step === "booking/2" && window.journal.entries[2].body.options[0].id === option)(window.sent[window.sent.length - 1])`)

	th.panel(p, pseudo, s.hello(), s.times())
	p.sees(th.host, ".times .day-tab")
	p.does(th.host, `document.querySelector(".times .day-tab").focus()`)
	p.strikes("ArrowLeft", "ArrowLeft")
	p.focused(th.host, `.times .day-tab[aria-selected="true"]:nth-child(2)`)
}
