//go:build browser

package e2e

import (
	"testing"
	"time"
)

func (s script) head(id, name string, more map[string]any) map[string]any {
	h := map[string]any{
		"id": id, "phase": "waiting", "seq": 9, "department": "gp", "priority": "normal", "patient": name, "born": "1958-03-07", "language": s.l,
		"since": time.Now().Add(-7 * time.Minute).UTC().Format(time.RFC3339),
	}
	for k, v := range more {
		h[k] = v
	}
	return h
}

func ahead(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339) }

// morning is everybody whom a doctor may have in the lists at once.
func (s script) morning(first map[string]any) []map[string]any {
	one, two, three := words{"Patient Two", "Пациентка Вторая"}.in(s.l), words{"Patient Three", "Пациент Третий"}.in(s.l), words{"Patient Four", "Пациентка Четвёртая"}.in(s.l)
	return []map[string]any{
		s.head("c1", words{"Patient One", "Пациент Первый"}.in(s.l), first),
		s.head("c2", one, map[string]any{"priority": "urgent", "purpose": "video", "rung": 2}),
		s.head("c3", two, map[string]any{"phase": "parked", "callback": map[string]any{"by": ahead(-5 * time.Minute), "phone": "+7 916 000-00-02", "department": "gp", "missed": true}}),
		s.head("c4", three, map[string]any{"phase": "parked", "callback": map[string]any{"by": ahead(48 * time.Minute), "phone": "+7 916 000-00-03", "department": "gp"}}),
		s.head("c5", one, map[string]any{"phase": "parked", "bookings": []any{s.visitOf("b5", "booked", 26*time.Hour, nil)}}),
	}
}

// triage is a history with a red flag, several answers and a consent.
func (s script) triage() []fact {
	red := s.chose("chest", "yes", "Yes", "Да", true)
	red.body["label"] = map[string]any{"en": "Chest pain", "ru": "Боль в груди"}
	name := s.chose("name", "x", "Patient One", "Пациент Первый", false)
	name.body["label"] = map[string]any{"en": "Name", "ru": "Имя"}
	return []fact{
		{"conversation.started", "patient", map[string]any{"language": s.l}}, s.hello(), s.consent(), s.agreed(), name,
		s.symptoms(), s.chose("symptoms", []any{"fever", "cough", "rash"}, "Fever, Cough, Rash", "Температура, Кашель, Сыпь", false),
		s.asked("triage/1", "yes_no", "Is there pain or pressure in the chest?", "Есть боль или тяжесть в груди?", nil), red,
	}
}

func (s script) waited() []fact {
	return []fact{
		s.queued(map[string]any{"purpose": "video"}),
		{"wait.reached", "system", map[string]any{"rung": 2, "also": []string{"duty"}, "alert": "lead"}},
		{"lead.alerted", "system", map[string]any{"who": "lead", "why": "emergency"}},
	}
}

// What a flow makes happen, as a doctor sees it: emergencies, call-backs, consents,
// ladders and ratings, on every screen, in both languages, held to WCAG.
func TestWhatAFlowShowsDoctors(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	th := newTheatre(t)
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			s := script{t, language}
			doctor := sit(t, "doctor", look{width: 1280, height: 800, language: language})
			face := func(name string) {
				t.Helper()
				doctor.everyway(th.host, "flow-console-"+name+"-"+language)
				doctor.accessible(th.host, axe, name)
			}
			opens := func(row string) {
				t.Helper()
				doctor.press(th.host, row)
				doctor.sees(th.host, ".pane:not([hidden]) .answers")
			}
			emergency := map[string]any{"phase": "intake", "priority": "emergency", "offered": []string{"duty"}}
			th.console(doctor, language, s.morning(emergency), append(s.triage(), s.raised(), s.danger(), s.howAreYou())...)
			if doctorSeesReady(doctor, th) {
				doctor.press(th.host, `[data-act="ready-later"]`)
			}
			opens(`.head-row.urgent`)
			face("emergency")
			opens(`[data-head="c2"]`)
			face("waits")

			mine := map[string]any{"phase": "parked", "callback": map[string]any{"by": ahead(-5 * time.Minute), "phone": "+7 916 000-00-01", "department": "gp", "missed": true}}
			facts := append(append(s.triage(), s.waited()...), s.promised(-5*time.Minute), parked("callback"), fact{"callback.missed", "system", nil})
			th.console(doctor, language, s.morning(mine), facts...)
			opens(`.callbacks-list [data-head="c1"]`)
			face("callback")
			doctor.press(th.host, `[data-act="callback-failed"]`)
			doctor.sees(th.host, ".question input")
			face("unreached")

			closed := append(append(s.triage(), s.waited()...), fact{"conversation.closed", "system", map[string]any{"why": "end", "rate": true}},
				fact{"rating.given", "patient", map[string]any{"stars": 5, "text": words{"Quick and kind.", "Быстро и по-доброму."}.in(s.l)}})
			th.console(doctor, language, s.morning(map[string]any{"phase": "consulting", "doctor": "doctor1"}), closed...)
			opens(`.mine-list [data-head="c1"]`)
			face("rated")
		})
	}
}

// doctorSeesReady says that the strip of the morning stands before the lists.
func doctorSeesReady(p *person, th *theatre) bool {
	p.t.Helper()
	there, err := ask[bool](p, th.host, visible(`[data-act="ready-later"]`))
	return err == nil && there
}
